"""Where one is seen at any hour: who is listed, in which order, and what is said of the night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState, PhoneUse, Presence, Staffing, StaffRole
from directory.listings.nights import STATED_BY, Need, needs_taken
from directory.listings.queries.cards import Point
from directory.listings.queries.nights import night_facts, open_at_night
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

SAKET, ROHINI = (28.5245, 77.2066), (28.7383, 77.0822)
OPEN = {"open_24x7": True}


def by_need() -> list[tuple[Need, TermKind, str]]:
    return [
        (need, kind, slug)
        for need, kinds in STATED_BY.items()
        for kind, slugs in kinds.items()
        for slug in sorted(slugs)
    ]


@pytest.mark.parametrize(("need", "kind", "slug"), by_need())
def test_each_term_that_says_a_need_is_in_the_vocabulary_and_says_it(
    vocabulary: Vocabulary, need: Need, kind: TermKind, slug: str
) -> None:
    assert needs_taken([vocabulary.terms[kind][slug]]) == (need,)


def test_needs_come_in_their_order_and_other_terms_say_none(vocabulary: Vocabulary) -> None:
    facilities, conditions = (vocabulary.terms[k] for k in (TermKind.FACILITY, TermKind.CONDITION))
    terms = [facilities["women-ward"], facilities["lab"], conditions["self-harm"]]

    assert needs_taken(terms) == (Need.SELF_HARM, Need.WOMEN)
    assert needs_taken([facilities["lab"], conditions["depression"]]) == ()


def centre(vocabulary: Vocabulary, name: str, place: Place | None = None, **facts: object) -> int:
    places = (place or Place(open_24x7=True),)
    return make_centre(vocabulary, Facts(name=name, places=places, **facts)).id  # type: ignore[arg-type]


@pytest.mark.db
def test_open_at_night_are_centres_open_all_day_and_emergencies_that_readers_may_see(
    session: Session, vocabulary: Vocabulary
) -> None:
    day = Place(hours=((0, 540, 1020),))
    wanted = {
        centre(vocabulary, "Round the clock"),
        centre(vocabulary, "General", day, facilities=["general-emergency-24x7"]),
        centre(vocabulary, "Psychiatric", day, facilities=["emergency-24x7"]),
    }
    centre(vocabulary, "By day", day)
    centre(vocabulary, "Hidden", state=ListingState.SUSPENDED)
    centre(vocabulary, "Written", state=ListingState.DRAFT)
    make_practitioner(vocabulary, Facts(name="Somebody", places=(Place(open_24x7=True),)))

    assert set(open_at_night(session, vocabulary)) == wanted


@pytest.mark.db
def test_with_a_point_the_nearest_place_of_each_counts(
    session: Session, vocabulary: Vocabulary
) -> None:
    near_saket = centre(vocabulary, "A", Place(point=(28.53, 77.21), open_24x7=True))
    by_name_only = centre(vocabulary, "B", Place(locality="malviya-nagar", open_24x7=True))
    places = (
        Place(locality="rohini", point=ROHINI, open_24x7=True),
        Place(locality="saket", point=(28.5246, 77.2067), open_24x7=True),
    )
    two_places = make_centre(vocabulary, Facts(name="C", places=places)).id

    in_saket = open_at_night(session, vocabulary, near=Point(*SAKET))
    in_rohini = open_at_night(session, vocabulary, near=Point(*ROHINI))

    assert in_saket == [two_places, near_saket, by_name_only]
    assert in_rohini[0] == two_places


@pytest.mark.db
def test_without_a_point_emergencies_come_first_then_names(
    session: Session, vocabulary: Vocabulary
) -> None:
    ids = {
        name: centre(vocabulary, name, facilities=["emergency-24x7"] if name > "C" else [])
        for name in ("B", "A", "D")
    }

    assert open_at_night(session, vocabulary) == [ids["D"], ids["A"], ids["B"]]


@pytest.mark.db
def test_needs_are_all_asked_for(session: Session, vocabulary: Vocabulary) -> None:
    both = centre(vocabulary, "Both", facilities=["women-ward"], treatments=["detox"])
    centre(vocabulary, "One", facilities=["women-ward"])

    found = open_at_night(session, vocabulary, needs=[Need.WOMEN, Need.WITHDRAWAL])

    assert found == [both]
    assert open_at_night(session, vocabulary, needs=[Need.CHILDREN]) == []


def shift(role: StaffRole, presence: Presence, **hours: int) -> Staffing:
    return Staffing(
        position=0,
        role=role,
        presence=presence,
        from_minute=hours.get("start", 1200),
        to_minute=hours.get("end", 480),
        count=1,
    )


@pytest.mark.db
def test_a_night_says_who_is_there_what_is_taken_and_whom_to_call(
    session: Session, vocabulary: Vocabulary
) -> None:
    phones = (
        (PhoneUse.APPOINTMENTS, "+911155501000"),
        (PhoneUse.ADMISSIONS, "+911155501001"),
        (PhoneUse.AMBULANCE, "+911155501002"),
    )
    made = make_centre(
        vocabulary,
        Facts(
            name="Stated",
            places=(Place(open_24x7=True, phones=phones),),
            facilities=["emergency-24x7", "children-ward"],
            conditions=["acute-psychosis"],
        ),
        staffing=[
            shift(StaffRole.PSYCHIATRIST, Presence.ON_CALL),
            shift(StaffRole.PSYCHOLOGIST, Presence.ON_SITE, start=540, end=1020),
        ],
    )
    silent = centre(vocabulary, "Silent", Place(open_24x7=True, phones=()))

    facts = night_facts(session, [made.id, silent], vocabulary)

    night = facts[made.id]
    assert [(row.role, row.all_night) for row in night.there] == [
        (StaffRole.PSYCHIATRIST, Presence.ON_CALL)
    ]
    assert night.takes == (Need.PSYCHOSIS, Need.CHILDREN)
    assert [term.slug for term in night.emergencies] == ["emergency-24x7"]
    assert (night.phone, night.ambulance_phone) == ("+911155501001", "+911155501002")
    assert night.has_ambulance
    nothing = facts[silent]
    assert (nothing.there, nothing.takes, nothing.emergencies, nothing.phone) == ((), (), (), None)
    assert not nothing.has_ambulance


def test_the_number_of_queries_does_not_grow(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    ids = [centre(vocabulary, f"House {number}") for number in range(9)]

    with count_sql() as for_one:
        night_facts(session, ids[:1], vocabulary)
    with count_sql() as for_all:
        night_facts(session, open_at_night(session, vocabulary), vocabulary)

    assert (len(for_one), len(for_all)) == (3, 4)
    assert night_facts(session, [], vocabulary) == {}
