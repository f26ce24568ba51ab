"""A centre's page, as a reader meets it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import (
    VerificationMethod,
)
from directory.listings.operations import import_documents
from tests.factories.listings import Facts, Place, make_centre
from tests.factories.rich_listings import CENTRE_PATH, PERSON_PATH, import_rich_listings

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
def test_a_practitioner_and_a_centre_lead_to_each_other(client: PageClient) -> None:
    assert client.page(PERSON_PATH).link("Deer Park Centre for Mental Health") == CENTRE_PATH
    assert client.page(CENTRE_PATH).link("Dr Meenakshi Rawat") == PERSON_PATH


@pytest.mark.usefixtures("rich")
def test_a_centres_page_says_who_is_there_at_night(client: PageClient) -> None:
    night = client.page(CENTRE_PATH).section("Who is there tonight आज रात कौन मौजूद है")

    said = " ".join("".join(night.itertext()).split())
    for words in (
        "Psychiatrist on site all night",
        "Nurses 3 on site all night",
        "by day: 5 on site 8:00–20:00",
        "Anaesthetist on call, within 40 minutes",
        "Psychologist not there at night",
        "How we know. We rang at night, Monday 12 October 2026. Answered after 4 rings",
    ):
        assert words in said


@pytest.mark.usefixtures("rich")
def test_a_centres_numbers_are_told_apart(client: PageClient) -> None:
    page = client.page(CENTRE_PATH)

    assert page.link("Admissions 011-5550 1900") == "tel:+911155501900"
    assert page.pairs()[:2] == [
        ("Emergency", "011-5550 1911"),
        ("Complaints desk", "011-5550 1944"),
    ]


@pytest.mark.usefixtures("rich")
def test_a_centre_says_what_each_way_of_being_admitted_means(client: PageClient) -> None:
    page = client.page(CENTRE_PATH)

    ways = page.pairs(page.section("Ways of being admitted भर्ती के तरीक़े"))
    assert [(name, means.rpartition("Section ")[2]) for name, means in ways] == [
        ("Independent", "86"),
        ("Supported", "89"),
        ("Emergency", "94"),
    ]


@pytest.mark.usefixtures("rich")
def test_a_week_inside_is_summed_with_the_deposit(client: PageClient) -> None:
    rows = client.page(CENTRE_PATH).rows("A first week, if you stay seven days and pay the deposit")

    assert rows[-1] == ["To have at hand", "", "", "", "₹54,400"]


@pytest.mark.parametrize(
    "place",
    [Place(open_24x7=True), Place(hours=tuple((day, 0, 1440) for day in range(7)))],
    ids=["by a tick", "by its hours"],
)
def test_a_claim_of_day_and_night_is_not_shown_as_tested(
    client: PageClient, vocabulary: Vocabulary, place: Place
) -> None:
    made = make_centre(vocabulary, Facts(name="Aman Hospital", places=(place,)))
    other = make_centre(vocabulary, Facts(name="Beside", places=(Place(),)))

    text = client.page(made.path).main_text

    assert "Says it is open day and night" in client.page(other.path).main_text
    assert "Claims 24x7, not tested" in text
    assert "We have not rung at night to test it." in text
    assert "Open now, day and night" not in text


def test_an_expired_night_test_says_since_when(client: PageClient, vocabulary: Vocabulary) -> None:
    tested = ("night", VerificationMethod.NIGHT_CALL, date(2026, 5, 2))
    facts = Facts(name="Aman Hospital", places=(Place(open_24x7=True),), checks=[tested])

    text = client.page(make_centre(vocabulary, facts).path).main_text

    assert "Last tested at night on 2 May 2026; not confirmed since." in text


def test_a_centre_of_public_sources_says_so_near_the_top(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    import_public_hospital(vocabulary)

    text = client.page("/centres/public-hospital").main_text

    notice = text.index("From public sources, not yet checked by us. Call before you go.")
    assert notice < text.index("Who is there tonight")
    assert "Taken from: Annual reports, read on 1 Nov 2026." in text


def import_public_hospital(vocabulary: Vocabulary) -> None:
    document = {
        "ref": "test:public",
        "kind": "centre",
        "name": "Public Hospital",
        "centre_type": "psychiatric-hospital",
        "locations": [
            {
                "locality": "dilshad-garden",
                "phones": [{"use": "appointments", "number": "+911122114021"}],
            }
        ],
        "source": {"name": "Annual reports", "url": None, "retrieved_on": "2026-11-01"},
    }
    assert import_documents([document], now=NOW, vocabulary=vocabulary).errors == ()
