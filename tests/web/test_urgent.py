"""The page of urgent help, as somebody at three in the morning meets it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import RegistrationState, VerificationMethod
from directory.web.helpline_lines import helpline_lines
from tests.factories.guides import publish
from tests.factories.listings import Facts, Place, make_centre

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.support.page import Page, PageClient

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=DELHI)
ROUTE = "route__stop"


@pytest.fixture(autouse=True)
def _at_three_in_the_morning(app: Flask) -> None:
    app.extensions["clock"] = lambda: NIGHT


@pytest.fixture
def places(vocabulary: Vocabulary) -> None:
    """Make seven places in Rohini and one in Saket."""
    for number in range(7):
        place = Place(locality="rohini", open_24x7=True)
        make_centre(vocabulary, Facts(name=f"Rohini {number}", places=(place,)))
    facts = Facts(name="Saket", places=(Place(open_24x7=True),), facilities=["children-ward"])
    make_centre(vocabulary, facts)


def names(page: Page) -> list[str]:
    return [" ".join("".join(stop.itertext()).split()) for stop in page.classed("route__name")]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("query", "first", "said"),
    [
        ("near=saket", "Saket", "Open now, nearest to Saket first"),
        ("near=110017", "Saket", "Open now, nearest to"),
        ("lat=28.5245&lon=77.2066", "Saket", "Open now, nearest to you first"),
        ("near=rohini", "Rohini 0", "Open now, nearest to Rohini first"),
        ("", "Rohini 0", "Open day and night"),
        ("near=atlantis", "Rohini 0", "We do not know that place."),
        ("lat=19.07&lon=72.87", "Rohini 0", "That position is not in or near Delhi."),
        ("lat=x&lon=", "Rohini 0", "That position is not in or near Delhi."),
        ("takes=children&takes=nonsense", "Saket", "Children or teenagers (show all again)"),
    ],
)
def test_the_list_begins_where_one_is(
    client: PageClient, query: str, first: str, said: str
) -> None:
    page = client.page(f"/urgent?{query}")

    assert names(page)[0] == first
    assert said in page.main_text
    assert len(page.classed(ROUTE)) <= 6


@pytest.mark.parametrize(
    ("query", "kept"), [("lat=28.5&lon=77.2", "no-store"), ("", "private, no-cache")]
)
def test_a_position_is_kept_by_no_cache(client: PageClient, query: str, kept: str) -> None:
    assert client.get(f"/urgent?{query}").headers["Cache-Control"] == kept


@pytest.mark.usefixtures("places")
def test_all_places_stand_on_one_page_by_district(client: PageClient) -> None:
    page = client.page("/urgent")
    assert page.link("All 8 places, by district") == "/urgent/all"

    everything = client.page("/urgent/all")

    assert [name for level, name in everything.headings() if level == 2] == [
        "North West उत्तर पश्चिम",
        "South दक्षिण",
    ]
    assert len(everything.classed("nights__row")) == 8
    assert everything.link("Call 112") == "tel:112"


def test_a_claim_is_a_claim_until_a_night_check_counts(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    for name, checked_on in (("New", date(2026, 11, 20)), ("Old", date(2026, 6, 1)), ("No", None)):
        checks = [("night", VerificationMethod.NIGHT_CALL, checked_on)] if checked_on else []
        make_centre(vocabulary, Facts(name=name, checks=checks, places=(Place(open_24x7=True),)))

    said = [
        " ".join("".join(stop.itertext()).split()) for stop in client.page("/urgent").classed(ROUTE)
    ]

    badges = {words.split()[0]: words for words in said}
    assert "Night-tested 20 Nov" in badges["New"]
    assert "Not night-tested since 1 Jun" in badges["Old"]
    assert "Claims 24x7, not tested: ring before you go" in badges["No"]
    assert "Not stated who is there at night" in badges["No"]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("query", "said", "english"),
    [
        ("", "दिन-रात खुले", "/urgent"),
        ("?near=साकेत", "अभी खुले, सबसे पास पहले", "/urgent?near=saket"),
        ("?near=atlantis", "यह जगह हम नहीं पहचान पाए", "/urgent?near=atlantis"),
        ("?lat=1&lon=77", "यह जगह दिल्ली में या उसके पास नहीं है", "/urgent"),
    ],
)
def test_the_same_is_there_in_hindi(
    client: PageClient, query: str, said: str, english: str
) -> None:
    page = client.page(f"/urgent/hindi{query}")

    assert page.h1 == "तुरंत मदद Urgent help"
    assert said in page.main_text
    assert "मंगलवार 24 नवंबर, 3:00 बजे" in page.main_text
    assert "24 घंटे खुले रहने का दावा, जांचा नहीं गया" in page.main_text
    assert names(page)[0] == ("Saket" if "saket" in english else "Rohini 0")
    assert page.link("In English") == english


def test_an_ambulance_and_a_station_are_told_in_both_languages(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    facts = Facts(name="Own", places=(Place(open_24x7=True),), facilities=["ambulance"])
    make_centre(vocabulary, facts)

    english, hindi = (client.page(path).main_text for path in ("/urgent", "/urgent/hindi"))

    assert "Metro station Saket" in english
    assert "Says it has an ambulance" in english
    assert "मेट्रो स्टेशन साकेत" in hindi
    assert "एंबुलेंस होने की बात कहते हैं" in hindi


def test_no_number_is_given_while_a_registration_is_in_doubt(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    refused = ("smha-delhi", "X1", RegistrationState.NOT_FOUND, date(2026, 11, 12))
    place = Place(open_24x7=True)
    make_centre(vocabulary, Facts(name="Doubtful", registrations=[refused], places=(place,)))

    for path in ("/urgent", "/urgent/all"):
        assert "5550 1234" not in client.page(path).main_text


def test_with_nothing_listed_the_page_still_helps(client: PageClient) -> None:
    page = client.page("/urgent")

    assert "No centre here says it is open all night" in page.main_text
    assert page.link("112") == "tel:112"
    asked = client.page("/urgent?takes=withdrawal")
    assert "does not mean that it will turn you away" in asked.main_text


def test_a_need_can_be_added_and_let_go_without_losing_the_place(client: PageClient) -> None:
    page = client.page("/urgent?near=saket&takes=children")

    added = page.link("Withdrawal from alcohol or drugs")
    assert added == "/urgent?near=saket&takes=withdrawal&takes=children#open"
    assert page.link("Children or teenagers (show all again)") == "/urgent?near=saket#open"
    at = client.page("/urgent?lat=28.5&lon=77.2").link("A separate ward for women")
    assert at == "/urgent?lat=28.5&lon=77.2&takes=women#open"
    assert page.link("हिंदी में") == "/urgent/hindi?near=saket&takes=children"


def test_needs_are_there_in_hindi_and_go_along_to_english(client: PageClient) -> None:
    page = client.page("/urgent/hindi?near=saket&takes=children")

    added = page.link("महिलाओं का अलग वार्ड")
    assert added == "/urgent/hindi?near=saket&takes=children&takes=women#open"
    assert page.link("बच्चे या किशोर (फिर सब दिखाएं)") == "/urgent/hindi?near=saket#open"
    assert page.link("In English") == "/urgent?near=saket&takes=children"
    assert "वह मना कर देगी, ऐसा नहीं है" in page.main_text


@pytest.mark.parametrize(
    ("moment", "slug", "opening"),
    [
        ("2026-11-24T03:00", "elder-14567", "closed"),
        ("2026-11-24T07:59", "elder-14567", "closed"),
        ("2026-11-24T08:00", "elder-14567", "open"),
        ("2026-11-24T19:59", "elder-14567", "open"),
        ("2026-11-24T20:00", "elder-14567", "closed"),
        ("2026-11-29T12:00", "icall", "closed"),
        ("2026-11-30T10:00", "icall", "open"),
        ("2026-11-30T20:00", "icall", "closed"),
        ("2026-11-24T03:00", "child-1098", "always"),
        ("2026-11-24T03:00", "legal-15100", "unknown"),
    ],
)
def test_helplines_stand_by_what_holds_now(
    vocabulary: Vocabulary, moment: str, slug: str, opening: str
) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=DELHI)
    lines = helpline_lines(vocabulary, now)

    assert next(line.opening.kind for line in lines if line.view.slug == slug) == opening
    ranks = [line.rank for line in lines]
    assert ranks == sorted(ranks)
    assert {"112", "tele-manas"}.isdisjoint(line.view.slug for line in lines)


def test_a_line_says_when_it_was_rung_and_when_that_no_longer_counts(
    app: Flask, client: PageClient
) -> None:
    run = app.test_cli_runner()
    for slug, day in (("child-1098", "2026-11-20"), ("elder-14567", "2026-05-04")):
        assert run.invoke(args=["helplines", "called", slug, "--on", day]).exit_code == 0

    text = client.page("/urgent").main_text

    assert "English and others · we rang on 20 Nov" in text
    assert re.search(r"closed now, opens 8:00 .* not confirmed since 4 May", text)


def test_guides_for_the_moment_are_led_to(client: PageClient, vocabulary: Vocabulary) -> None:
    publish(vocabulary, NIGHT, slug="after-a-suicide-attempt-or-loss")

    addresses = [address for _words, address in client.page("/urgent").links()]
    assert "/guides/after-a-suicide-attempt-or-loss" in addresses


@pytest.mark.usefixtures("places")
def test_the_page_asks_little_of_the_database(client: PageClient, count_sql: CountSql) -> None:
    client.page("/urgent?near=saket")

    with count_sql() as statements:
        client.page("/urgent?near=saket")

    assert len(statements) <= 18, statements


def test_the_worker_is_a_script_that_is_asked_for_anew(client: PageClient) -> None:
    answer = client.get("/urgent-worker.js")

    assert answer.mimetype in {"text/javascript", "application/javascript"}
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b'addEventListener("fetch"' in answer.data
