"""A therapist's page, as a reader meets it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import (
    Accepting,
    FeePurpose,
    PhoneUse,
    RegistrationState,
    VerificationMethod,
)
from tests.factories.listings import Facts, Place, make_practitioner
from tests.factories.rich_listings import PERSON_PATH, import_rich_listings

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)


@pytest.fixture(autouse=True)
def _at_half_past_two(app: Flask) -> None:
    app.extensions["clock"] = lambda: NOW


@pytest.fixture
def rich(vocabulary: Vocabulary) -> None:
    import_rich_listings(vocabulary, NOW)


@pytest.mark.usefixtures("rich")
def test_a_therapists_page_answers_the_first_questions_first(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    panel = page.main_text
    answers = [
        "Dr Meenakshi Rawat",
        "Psychiatrist.",
        "Registration found, 18 Aug 2026",
        "Taking new patients",
        "₹1,800",
        "Call 011-5550 1201",
        "Closed now, opens",
    ]
    assert sorted(answers, key=panel.index) == answers
    assert page.link("Call 011-5550 1201") == "tel:+911155501201"


@pytest.mark.usefixtures("rich")
def test_a_therapists_page_has_its_parts_in_order(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    assert [heading for level, heading in page.headings() if level == 2] == [
        "What she helps with किस बात में मदद",
        "How sessions go",
        "What it costs कितना ख़र्च होगा",
        "Where and when कहाँ और कब",
        "Training and registration",
        "What patients say लोगों का अनुभव",
        "How this page was checked",
        "Where the facts come from",
    ]


@pytest.mark.usefixtures("rich")
def test_concerns_and_treatments_lead_to_their_own_pages(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    assert page.link("Depression") == "/conditions/depression"
    assert page.link("CBT for insomnia (CBT-I)") == "/treatments/cbt-i"


@pytest.mark.usefixtures("rich")
def test_the_cost_of_two_months_is_summed_from_stated_fees(client: PageClient) -> None:
    rows = client.page(PERSON_PATH).rows(
        "A usual first two months, if you go once and come back three times"
    )

    assert rows == [
        ["What", "Length", "Each", "Times", "Sum"],
        ["First visit", "45 min", "₹1,800", "1", "₹1,800"],
        ["Follow-up visit", "25 min", "₹1,200", "3", "₹3,600"],
        ["Letter or certificate", "", "₹500", "", ""],
        ["Two months", "", "", "", "₹5,400"],
    ]


@pytest.mark.usefixtures("rich")
def test_the_hours_of_the_week_mark_today(client: PageClient) -> None:
    rows = client.page(PERSON_PATH).rows("Opening hours this week, with a bar from 6:00 to 22:00")

    assert rows[1][:2] == ["Monday today", "11:00–14:00, 16:00–19:00"]
    assert rows[2][:2] == ["Tuesday", "Closed"]


@pytest.mark.usefixtures("rich")
def test_every_fact_says_how_when_and_until_when_it_was_checked(client: PageClient) -> None:
    rows = client.page(PERSON_PATH).rows("How each fact was checked")

    assert rows[1:] == [
        ["Taking patients", "We rang and asked", "12 Nov 2026", "12 Dec 2026"],
        ["Phone", "We rang and asked", "12 Nov 2026", "10 Feb 2027"],
        ["Fee", "We rang and asked", "12 Jan 2026", "Not confirmed since"],
        ["Opening hours", "Stated, not checked", "never", "–"],
        ["Ways to pay", "Stated, not checked", "never", "–"],
        ["Registration", "Dated by the source, not by us", "18 Aug 2026", "18 Aug 2027"],
        ["Address", "Stated, not checked", "never", "–"],
        ["Getting in", "Stated, not checked", "never", "–"],
    ]


@pytest.mark.usefixtures("rich")
def test_the_map_says_in_words_what_it_draws(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    (title,) = page.markup.all("{http://www.w3.org/2000/svg}title")
    assert title.text == (
        "The place lies 0.6 km north-west of Hauz Khas metro station (Yellow Line and Magenta Line)"
    )


def test_every_place_with_a_point_has_its_map(client: PageClient, vocabulary: Vocabulary) -> None:
    saket, dwarka = (28.5245, 77.2066), (28.5921, 77.0460)
    places = (Place("saket", point=saket), Place("narela"), Place("dwarka", point=dwarka))
    made = make_practitioner(vocabulary, Facts(places=places))

    page = client.page(made.path)

    titles = [title.text or "" for title in page.markup.all("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 2
    assert all("The place lies" in title for title in titles)


@pytest.mark.usefixtures("rich")
def test_a_text_cannot_break_out_of_the_linked_data(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    thing, trail = page.linked_data()
    assert thing["@type"] == "Physician"
    assert thing["isAcceptingNewPatients"] is True
    assert thing["telephone"] == "+911155501201"
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Home",
        "Psychiatrist",
        "Hauz Khas",
        "Dr Meenakshi Rawat",
    ]
    assert "</script>, and I explain" not in page.response.get_data(as_text=True)


@pytest.mark.usefixtures("rich")
def test_a_demo_page_says_so_and_stays_out_of_search_engines(client: PageClient) -> None:
    page = client.page(PERSON_PATH)

    assert "This is a demo listing." in page.main_text
    assert '<meta name="robots" content="noindex">' in page.response.get_data(as_text=True)


def test_a_bare_listing_says_what_is_missing(client: PageClient, vocabulary: Vocabulary) -> None:
    place = Place(address=None, pincode=None, phones=())
    made = make_practitioner(vocabulary, Facts(name="Bare Listing", places=(place,)))

    text = client.page(made.path).main_text

    for words in (
        "Not stated whether taking new patients",
        "Fee not stated",
        "No telephone number stated",
        "Hours not stated",
        "The exact address is not stated",
        "No registration stated",
        "Nothing on this page has been checked yet.",
        "No source is stated.",
    ):
        assert words in text


def test_a_page_without_a_locality_or_an_address_still_stands(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    place = Place(locality=None, address=None, pincode=None, point=(28.8427, 77.0918))
    made = make_practitioner(vocabulary, Facts(name="Point Only", places=(place,)))

    text = client.page(made.path).main_text

    assert "On the map" in text
    assert "too far to walk" in text


def test_five_places_are_each_shown_with_their_own_number(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    places = tuple(
        Place(
            label=f"Room {number}",
            hours=((0, 600, 780), (4, 1200, 1560)),
            phones=((PhoneUse.APPOINTMENTS, f"+91115550130{number}"),),
        )
        for number in range(5)
    )
    made = make_practitioner(vocabulary, Facts(name="Many Rooms", places=places))

    page = client.page(made.path)

    headings = [heading for level, heading in page.headings() if level == 3]
    assert headings == [f"Room {number}" for number in range(5)]
    assert "Friday 20:00–2:00 next day" in page.main_text
    assert page.link("011-5550 1304") == "tel:+911155501304"


def test_text_only_in_hindi_is_marked_as_hindi(client: PageClient, vocabulary: Vocabulary) -> None:
    facts = Facts(name="Sunita Devi", about="मैं परिवारों के साथ बैठकर बात करती हूँ।")
    made = make_practitioner(vocabulary, facts)

    page = client.page(made.path)

    runs = [element for element in page.markup.all("span") if element.get("lang") == "hi"]
    assert "मैं परिवारों के साथ बैठकर बात करती हूँ।" in ["".join(run.itertext()) for run in runs]


def test_free_care_is_called_free(client: PageClient, vocabulary: Vocabulary) -> None:
    fees = [(FeePurpose.FIRST_SESSION, 0), (FeePurpose.FOLLOW_UP, 0)]
    made = make_practitioner(vocabulary, Facts(name="Free Care", fees=fees))

    rows = client.page(made.path).rows(
        "A usual first two months, if you go once and come back three times"
    )

    assert rows[-1][-1] == "free"


@pytest.mark.parametrize(
    ("accepting", "checked_on", "words"),
    [
        (Accepting.YES, date(2026, 11, 12), "Taking new patients asked 12 Nov"),
        (Accepting.WAITING_LIST, date(2026, 11, 12), "Waiting list asked 12 Nov"),
        (Accepting.NO, date(2026, 11, 12), "Not taking new patients asked 12 Nov"),
        (Accepting.YES, date(2026, 6, 1), "Taking new patients not confirmed since 1 Jun"),
        (Accepting.YES, None, "Taking new patients stated, not checked"),
        (Accepting.UNKNOWN, None, "Not stated whether taking new patients"),
    ],
    ids=["yes", "waiting", "no", "long ago", "never asked", "not stated"],
)
def test_the_word_on_taking_patients_carries_its_date(
    client: PageClient,
    vocabulary: Vocabulary,
    accepting: Accepting,
    checked_on: date | None,
    words: str,
) -> None:
    checks = [("accepting", VerificationMethod.CALL, checked_on)] if checked_on else []
    made = make_practitioner(vocabulary, Facts(accepting=accepting, checks=checks))

    assert words in client.page(made.path).main_text


@pytest.mark.parametrize(
    ("state", "checked_on", "words"),
    [
        (RegistrationState.FOUND, date(2026, 8, 18), "Registration found, 18 Aug 2026"),
        (
            RegistrationState.FOUND,
            date(2025, 8, 18),
            "Registration not confirmed since 18 Aug 2025",
        ),
        (
            RegistrationState.NOT_FOUND,
            date(2026, 8, 18),
            "Not found in the register, 18 Aug 2026",
        ),
        (RegistrationState.UNCHECKED, None, "Registration not checked"),
    ],
    ids=["found", "found long ago", "not found", "not looked up"],
)
def test_the_badge_of_a_registration_carries_its_date(
    client: PageClient,
    vocabulary: Vocabulary,
    state: RegistrationState,
    checked_on: date | None,
    words: str,
) -> None:
    facts = Facts(registrations=[("rci", "A12345", state, checked_on)])
    made = make_practitioner(vocabulary, facts)

    assert words in client.page(made.path).main_text


def test_a_profession_without_a_register_is_said_to_have_none(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary, profession="counsellor")

    assert "No legal register for this profession" in client.page(made.path).main_text
