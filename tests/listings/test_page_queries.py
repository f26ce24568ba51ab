"""The read behind a listing's page: found by any slug, whole, and at a constant cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.core.errors import NotFoundError
from directory.listings.models import (
    FeePurpose,
    ListingKind,
    ListingState,
    PhoneUse,
    RegistrationState,
    VerificationMethod,
)
from directory.listings.opening import OpenKind
from directory.listings.queries.page import (
    CheckState,
    ClosedListing,
    ListingPage,
    MovedListing,
    listing_page,
)
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.factories.rich_listings import import_rich_listings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
MOST_QUERIES = 17


def read(session: Session, vocabulary: Vocabulary, slug: str) -> ListingPage:
    found = listing_page(session, slug, vocabulary=vocabulary, now=NOW)
    assert isinstance(found, ListingPage)
    return found


@pytest.mark.db
def test_a_page_says_everything_its_listing_states(
    session: Session, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    page = read(session, vocabulary, "dr-meenakshi-rawat")

    assert page.listing.role.slug == "psychiatrist"
    assert [term.slug for term in page.terms[TermKind.CONDITION]] == [
        "depression",
        "panic-disorder",
    ]
    assert [fee.amount_inr for fee in page.fees] == [1800, 1200, 500]
    assert [cost.total_inr for cost in page.costs] == [5400]
    assert page.main_place.opening.kind is OpenKind.CLOSED
    assert page.main_place.opening.opens == datetime(2026, 11, 23, 16, 0, tzinfo=DELHI)
    assert page.main_place.nearest is not None
    assert page.main_place.nearest.station.slug == "hauz-khas"
    assert page.main_place.map is not None
    assert [other.slug for other in page.colleagues] == ["deer-park-centre-for-mental-health"]


@pytest.mark.db
def test_a_centre_names_who_works_there_and_who_is_there_at_night(
    session: Session, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    page = read(session, vocabulary, "deer-park-centre-for-mental-health")

    assert [other.slug for other in page.colleagues] == ["dr-meenakshi-rawat"]
    assert [row.role.value for row in page.roster] == [
        "psychiatrist",
        "nurse",
        "anaesthetist",
        "psychologist",
    ]
    assert page.main_phone is not None
    assert page.main_phone.use is PhoneUse.ADMISSIONS


def test_each_fact_has_the_state_of_its_newest_check(
    session: Session, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    page = read(session, vocabulary, "dr-meenakshi-rawat")

    assert {fact: check.state for fact, check in page.checks.items()} == {
        "accepting": CheckState.VALID,
        "phone": CheckState.VALID,
        "fee": CheckState.EXPIRED,
        "hours": CheckState.NEVER,
        "payment": CheckState.NEVER,
        "registration:dmc": CheckState.VALID,
        "address": CheckState.NEVER,
        "access": CheckState.NEVER,
    }


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [(89, CheckState.VALID), (90, CheckState.VALID), (91, CheckState.EXPIRED)],
    ids=["before its last day", "on its last day", "the day after"],
)
def test_a_check_counts_to_the_end_of_its_last_day(
    session: Session, vocabulary: Vocabulary, days_ago: int, state: CheckState
) -> None:
    day = NOW.date() - timedelta(days=days_ago)
    made = make_practitioner(vocabulary, Facts(checks=[("phone", VerificationMethod.CALL, day)]))

    assert read(session, vocabulary, made.slug).check("phone").state is state


def test_the_newest_of_several_checks_is_shown(session: Session, vocabulary: Vocabulary) -> None:
    made = make_practitioner(
        vocabulary,
        Facts(
            checks=[
                ("phone", VerificationMethod.VISIT, date(2026, 11, 2)),
                ("phone", VerificationMethod.CALL, date(2026, 11, 1)),
            ]
        ),
    )

    assert read(session, vocabulary, made.slug).check("phone").method is VerificationMethod.VISIT


def test_a_registration_nobody_looked_up_is_not_checked(
    session: Session, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(
        vocabulary, Facts(registrations=[("rci", "A1", RegistrationState.UNCHECKED, None)])
    )

    (found,) = read(session, vocabulary, made.slug).registrations

    assert found.check.state is CheckState.NEVER


def test_a_bare_listing_has_a_page(session: Session, vocabulary: Vocabulary) -> None:
    place = Place(address=None, pincode=None, phones=())
    made = make_practitioner(vocabulary, Facts(places=(place,)))

    page = read(session, vocabulary, made.slug)

    assert (page.fees, page.phones, page.costs, page.checks) == ((), (), (), {})
    assert page.main_place.opening.kind is OpenKind.UNKNOWN
    assert page.main_place.map is None
    assert page.main_place.nearest is not None


def test_an_old_slug_says_where_the_listing_moved(session: Session, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))

    found = listing_page(session, "old-name", vocabulary=vocabulary, now=NOW)

    assert found == MovedListing(ListingKind.PRACTITIONER, made.slug)


@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.SUSPENDED])
def test_a_draft_or_suspended_listing_is_not_found(
    session: Session, vocabulary: Vocabulary, state: ListingState
) -> None:
    made = make_practitioner(vocabulary, Facts(state=state, earlier_slugs=["old-name"]))

    for slug in (made.slug, "old-name"):
        with pytest.raises(NotFoundError):
            listing_page(session, slug, vocabulary=vocabulary, now=NOW)


@pytest.mark.db
def test_a_closed_listing_names_others_of_its_kind_nearest_first(
    session: Session, vocabulary: Vocabulary
) -> None:
    closed = make_practitioner(
        vocabulary,
        Facts(state=ListingState.CLOSED, closed_on=date(2026, 10, 1), places=(Place("saket"),)),
    )
    far = make_practitioner(vocabulary, Facts(places=(Place("rohini"),)))
    near = make_practitioner(vocabulary, Facts(places=(Place("malviya-nagar"),)))
    make_practitioner(vocabulary, Facts(places=(Place("saket"),)), profession="counsellor")
    make_practitioner(vocabulary, Facts(state=ListingState.DRAFT, places=(Place("saket"),)))

    found = listing_page(session, closed.slug, vocabulary=vocabulary, now=NOW)

    assert isinstance(found, ClosedListing)
    assert found.closed_on == date(2026, 10, 1)
    assert [other.slug for other in found.alternatives] == [near.slug, far.slug]


def test_similar_listings_are_near_public_and_of_the_same_profession(
    session: Session, vocabulary: Vocabulary
) -> None:
    here = make_practitioner(vocabulary, Facts(places=(Place("saket"), Place("rohini"))))
    by_point = make_practitioner(
        vocabulary, Facts(places=(Place("rohini"), Place(None, point=(28.5246, 77.2067))))
    )
    by_locality = make_practitioner(vocabulary, Facts(places=(Place("malviya-nagar"),)))
    make_practitioner(vocabulary, Facts(places=(Place("rohini"),)))
    make_practitioner(vocabulary, Facts(places=(Place("saket"),)), profession="counsellor")
    make_practitioner(vocabulary, Facts(state=ListingState.SUSPENDED, places=(Place("saket"),)))

    page = read(session, vocabulary, here.slug)

    assert [other.slug for other in page.similar] == [by_point.slug, by_locality.slug]


def test_a_colleague_who_is_not_public_is_not_named(
    session: Session, vocabulary: Vocabulary
) -> None:
    centre = make_centre(vocabulary)
    make_practitioner(vocabulary, Facts(state=ListingState.DRAFT), works_at=[centre])
    shown = make_practitioner(vocabulary, Facts(name="Ritu Sen"), works_at=[centre])

    page = read(session, vocabulary, centre.slug)

    assert [other.slug for other in page.colleagues] == [shown.slug]


def test_the_first_fee_of_a_centre_is_a_day_in_a_bed(
    session: Session, vocabulary: Vocabulary
) -> None:
    fees = [(FeePurpose.FIRST_SESSION, 1500), (FeePurpose.BED_DAY, 4200)]
    made = make_centre(vocabulary, Facts(fees=fees))

    assert read(session, vocabulary, made.slug).first_fees[0].amount_inr == 4200


def test_a_page_costs_the_same_with_few_rows_and_with_many(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    bare = make_centre(vocabulary, Facts(places=(Place(phones=()),)))
    import_rich_listings(vocabulary, NOW)
    places = tuple(
        Place(hours=tuple((day, 600, 900) for day in range(7)), label=f"Room {number}")
        for number in range(8)
    )
    full = make_centre(vocabulary, Facts(places=places, conditions=["depression", "grief"]))
    for number in range(12):
        make_practitioner(vocabulary, Facts(name=f"Colleague {number}"), works_at=[full])

    counts = []
    for slug in (bare.slug, full.slug, "deer-park-centre-for-mental-health"):
        with count_sql() as sent:
            read(session, vocabulary, slug)
        counts.append(len(sent))

    assert max(counts) <= MOST_QUERIES
    assert len(set(counts)) == 1
