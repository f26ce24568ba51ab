"""The addresses of listings: old, misplaced, closed and hidden ones, and what a page costs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import (
    ListingState,
    Presence,
    Staffing,
    StaffRole,
    VerificationMethod,
)
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.support.page import PageClient

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
# One for the vocabulary, one for the demo note, and what the page itself reads.
MOST_QUERIES = 23


@pytest.fixture(autouse=True)
def _at_half_past_two(app: Flask) -> None:
    app.extensions["clock"] = lambda: NOW


def test_an_old_address_redirects_for_ever(client: PageClient, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))

    answer = client.get("/therapists/old-name")

    assert (answer.status_code, answer.location) == (301, made.path)


def test_an_address_under_the_wrong_kind_redirects(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    person, centre = make_practitioner(vocabulary), make_centre(vocabulary)

    for made, wrong in ((person, "centres"), (centre, "therapists")):
        answer = client.get(f"/{wrong}/{made.slug}")
        assert (answer.status_code, answer.location) == (301, made.path)


def test_a_closed_listing_says_since_when_and_who_else(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    facts = Facts(state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    closed = make_practitioner(vocabulary, facts)
    other = make_practitioner(vocabulary, Facts(name="Ritu Sen"))

    page = client.page(closed.path, status=410)

    assert page.h1 == "Asha Verma has closed"
    assert "Closed since Thursday 1 October 2026." in page.main_text
    assert page.link("Ritu Sen") == other.path


@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.SUSPENDED])
def test_what_is_not_public_is_not_found(
    client: PageClient, vocabulary: Vocabulary, state: ListingState
) -> None:
    made = make_practitioner(vocabulary, Facts(state=state))

    assert "Asha Verma" not in client.page(made.path, status=404).text


def test_a_page_costs_the_same_with_one_row_and_with_fifty(
    client: PageClient, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    few = make_centre(vocabulary, Facts(name="Few"), staffing=[nurse(1)])
    spans = tuple((day, 540 + 60 * part, 570 + 60 * part) for day in range(7) for part in range(7))
    many = make_centre(
        vocabulary,
        Facts(
            name="Many",
            places=(Place(hours=spans), Place(hours=spans)),
            checks=[
                ("phone", VerificationMethod.CALL, date(2026, 11, 1) - timedelta(days=day))
                for day in range(50)
            ],
        ),
        staffing=[nurse(position) for position in range(12)],
    )
    client.page(few.path)

    counts = []
    for made in (few, many):
        with count_sql() as sent:
            client.page(made.path)
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES


def nurse(position: int) -> Staffing:
    return Staffing(
        position=position,
        role=StaffRole.NURSE,
        presence=Presence.ON_SITE,
        from_minute=1200,
        to_minute=480,
        count=1,
    )
