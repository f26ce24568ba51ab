"""Listings side by side: what the table says, which addresses it takes, and the ways on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import (
    Accepting,
    FeePurpose,
    ListingState,
    Presence,
    RegistrationState,
    Staffing,
    StaffRole,
    VerificationMethod,
)
from directory.listings.shortlist import Shortlist
from directory.web.links import compare_url
from directory.web.saved import written
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.factories.reviews import make_reviews
from tests.support.markup import text_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

pytestmark = pytest.mark.usefixtures("session")

TABLE = "Facts of the listings, each with how it was checked"
# Vocabulary, demo note, slugs, ratings, what is saved, and the thirteen of pages.
MOST_QUERIES = 18


def beside(client: PageClient, *made: Made, near: str | None = None) -> Page:
    return client.page(compare_url([each.slug for each in made], near))


def rows(page: Page) -> dict[str, list[str]]:
    """Give the cells of each row by its fact, without the names that stand in them."""
    found = {}
    for row in page.markup.all("tr"):
        fact, *cells = page.markup.all("th", "td", within=row)
        for name in page.classed("compare__whose", within=row):
            name.text = ""
            for run in name:
                run.text = ""
        found[text_of(fact)] = [text_of(cell) for cell in cells]
    return found


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a psychologist with much to say."""
    facts = Facts(
        name="Asha Verma",
        accepting=Accepting.YES,
        checks=[("accepting", VerificationMethod.CALL, date(2026, 11, 12))],
        conditions=["depression", "ocd"],
        languages=["hi", "en"],
        modes=["video"],
        fees=[(FeePurpose.FIRST_SESSION, 1500)],
        registrations=[("rci", "A1", RegistrationState.FOUND, date(2026, 8, 18))],
        places=(Place("saket", hours=((0, 600, 1200),)),),
    )
    return make_practitioner(vocabulary, facts)


@pytest.fixture
def centre(vocabulary: Vocabulary) -> Made:
    """Give a centre open day and night with a nurse."""
    facts = Facts(
        name="Jasmine House",
        conditions=["depression"],
        treatments=["detox"],
        languages=["en", "hi"],
        places=(Place("dwarka", open_24x7=True),),
    )
    nurse = Staffing(
        position=0,
        role=StaffRole.NURSE,
        presence=Presence.ON_SITE,
        from_minute=0,
        to_minute=0,
        count=2,
    )
    return make_centre(vocabulary, facts, beds=12, staffing=[nurse])


def test_each_fact_stands_beside_the_others_with_how_it_was_checked(
    client: PageClient, asha: Made, centre: Made
) -> None:
    page = beside(client, asha, centre)
    found = rows(page)

    assert page.by_role("table", TABLE)
    assert (page.h1, page.link("Asha Verma")) == ("Side by side", asha.path)
    assert found["New people differs"] == [
        "Taking new patients Checked 12 Nov",
        "Not stated whether it has room",
    ]
    assert found["Fees differs"][0].startswith("First visit: ₹1,500 Follow-up visit: not stated")
    assert found["Languages the same"] == ["Hindi, English", "English, Hindi"]
    assert found["At night differs"] == [
        "A person, not a place",
        "Says it is open day and night Claims 24x7, not tested",
    ]
    assert found["Who is there at night differs"][1].startswith("Nurses 2 on site all night")
    assert found["What it can take differs"][1].startswith("Withdrawal")
    assert found["Concerns they share the same"] == ["Depression"]
    assert found["Concerns beside those differs"] == [
        "Obsessive-compulsive disorder (OCD)",
        "No others",
    ]
    assert found["Reviews"] == ["No reviews yet", "No reviews yet"]


def test_a_night_is_not_denied_where_an_emergency_department_or_hours_say_it(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    office = (Place(hours=((0, 600, 960),)),)
    nights = (Place(hours=tuple((day, 1200, 1920) for day in range(7))),)
    fridays = (Place(hours=((4, 1320, 1800),)),)
    hospital = Facts(name="Hospital", facilities=["emergency-24x7"], places=office)
    made = [
        make_centre(vocabulary, hospital),
        *(
            make_centre(vocabulary, Facts(name=name, places=places))
            for name, places in (("Nights", nights), ("Fridays", fridays), ("Office", office))
        ),
    ]

    found = rows(beside(client, *made))

    emergency = "Psychiatric emergency, day and night Stated, not checked"
    assert found["At night differs"] == [
        emergency,
        "Open all night, by its hours",
        "Open 1 night a week, by its hours",
        "Does not say it is open at night",
    ]
    assert found["Hours differs"][0].endswith("Psychiatric emergency, day and night")
    assert found["Hours differs"][0].startswith("Open now until 16:00 Mon 10:00–16:00 Stated")


def test_what_holds_for_each_address_is_said_of_each(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    clinic = Place("rohini", label="Day clinic", address="1 Road", hours=((0, 600, 960),))
    ward = Place("saket", address="2 Road", open_24x7=True)
    rung = [("night", VerificationMethod.NIGHT_CALL, date(2025, 1, 3))]
    two = make_centre(vocabulary, Facts(name="Two", checks=rung, places=(clinic, ward)))

    page = beside(client, two, near="saket")

    found = {fact: cells[0] for fact, cells in rows(page).items()}
    assert found["Hours"].startswith(
        "Day clinic: Open now until 16:00 Mon 10:00–16:00 Saket: Says it is open day and night"
    )
    assert found["At night"] == (
        "Saket: says it is open day and night Not night-tested since 3 Jan 2025"
    )
    assert found["Where"].startswith("Day clinic: 23 km from Saket 1 Road, Rohini")
    assert "Saket: 50 m from Saket 2 Road, Saket, Delhi 110017" in found["Where"]


def test_only_what_differs_can_be_shown(client: PageClient, asha: Made, centre: Made) -> None:
    whole = beside(client, asha, centre)
    page = client.page(whole.link("Show only what differs"))

    left_out = set(rows(whole)) - set(rows(page))
    assert {"Languages the same", "Concerns they share the same"} <= left_out
    assert {fact.rpartition(" ")[2] for fact in rows(page)} == {
        "",
        "differs",
        "Reviews",
        "Telephone",
    }
    assert page.link("Show all facts") == whole.response.request.full_path
    assert page.link("Take out, Asha Verma").endswith(f"{centre.slug}&only=differing")


def test_people_alone_have_no_rows_of_nights_and_scores_need_five_reviews(
    client: PageClient, vocabulary: Vocabulary, asha: Made
) -> None:
    bela = make_practitioner(vocabulary, Facts(name="Bela"))
    make_reviews(asha, 4, 4, 3, 5, 4)
    make_reviews(bela, 1, 1)

    found = rows(beside(client, asha, bela))

    assert not [fact for fact in found if "night" in fact]
    assert "of 5 · 5 reviews" in found["Reviews"][0]
    assert found["Reviews"][1] == "2 reviews, no score yet"


def test_distances_are_from_a_place_named_in_any_way_we_know(
    client: PageClient, asha: Made, centre: Made
) -> None:
    page = beside(client, asha, centre, near="hauz khas")

    where = next(cells for fact, cells in rows(page).items() if fact.startswith("Where"))
    assert "km from Hauz Khas" in where[0]
    unknown = beside(client, asha, near="<b>nowhere</b> दूर")
    assert "We do not know the place “<b>nowhere</b> दूर”" in unknown.main_text


def test_the_address_is_shared_cleaned_and_not_for_search_engines(
    client: PageClient, vocabulary: Vocabulary, asha: Made
) -> None:
    old = make_practitioner(vocabulary, Facts(name="Bela", earlier_slugs=["bela-old"]))

    page = client.page(compare_url(["bela-old", asha.slug, old.slug, asha.slug, " "]))

    links = {el.get("rel"): el.get("href") or "" for el in page.markup.all("link")}
    assert links["canonical"].endswith(f"/compare?listing={old.slug}&listing={asha.slug}")
    assert [el.get("content") for el in page.markup.all("meta") if el.get("name") == "robots"] == [
        "noindex"
    ]
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert page.link("Take out, Bela") == f"/compare?listing={asha.slug}"


def test_more_than_four_wrong_and_closed_ones_are_said_with_a_way_on(
    client: PageClient, vocabulary: Vocabulary, asha: Made
) -> None:
    more = [make_practitioner(vocabulary, Facts(name=name)) for name in ("B", "C", "D", "E")]
    gone = Facts(name="Gone", state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    closed = make_practitioner(vocabulary, gone)
    draft = make_practitioner(vocabulary, Facts(state=ListingState.DRAFT))
    slugs = [asha.slug, closed.slug, "no-such", "x" * 500, draft.slug, *(m.slug for m in more)]

    page = client.page(compare_url(slugs))

    assert len(page.classed("compare__head")) == 4
    text = page.main_text
    assert "Gone has closed, on 1 Oct 2026." in text
    assert "no listing at “no-such”" in text
    assert f"no listing at “{draft.slug}”" in text
    assert "Four fit side by side. Left out: E." in text


@pytest.mark.parametrize(
    ("slugs", "status"),
    [
        ([], 200),
        (["", " "], 200),
        (["no-such"], 404),
        (["'; drop", "%00", "\x00", "शब्द"], 404),
        (["x"] * 3000, 404),
    ],
    ids=["none", "empty", "unknown", "no slugs", "thousands"],
)
def test_an_address_with_nothing_to_show_leads_on(
    client: PageClient, slugs: list[str], status: int
) -> None:
    page = client.page(compare_url(slugs), status=status)

    assert page.heading("Nothing to compare yet") is not None
    assert page.link("Find care", within=page.classed("empty")[0]) == "/search"


def test_one_alone_is_offered_what_is_saved(
    app: Flask, client: PageClient, now: datetime, vocabulary: Vocabulary, asha: Made
) -> None:
    bela = make_practitioner(vocabulary, Facts(name="Bela"))
    kept = Shortlist((asha.id, bela.id, 999))
    secret = app.config["SETTINGS"].secret_key
    client.browser.set_cookie("saved", written(kept, secret, now.date()))

    page = beside(client, asha, near="saket")

    assert "Add another one to see where they differ." in page.main_text
    path = f"/compare?listing={asha.slug}&listing={bela.slug}&near=saket"
    assert page.links(within=page.section("Add another")) == [("Add Bela", path)]


def test_it_costs_the_same_with_one_and_with_four(
    client: PageClient, vocabulary: Vocabulary, centre: Made, count_sql: CountSql
) -> None:
    made = [centre, *(make_practitioner(vocabulary, Facts(name=name)) for name in "ABC")]
    beside(client, centre)
    counts = []
    for shown in (made[:1], made):
        with count_sql() as sent:
            beside(client, *shown)
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize(("before", "status"), [(19, 200), (20, 404)])
def test_no_more_than_twenty_slugs_are_looked_at(
    client: PageClient, asha: Made, before: int, status: int
) -> None:
    others = [f"no-such-{number}" for number in range(before)]

    page = client.page(compare_url([*others, asha.slug]), status=status)

    assert len(page.classed("compare__head")) == (status == 200)
