"""Where one is seen at any hour: who is listed, in which order, and what is said of the night."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.core.geo import distance_m
from directory.listings.models import ListingState, PhoneUse, Presence, Staffing, StaffRole
from directory.listings.nights import STATED_BY, Need, needs_taken
from directory.listings.queries.cards import Point
from directory.listings.queries.nights import NightPlace, night_cards, open_at_night
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.listings.schedule_table import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from directory.listings.queries.nights import NightFacts
    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

SAKET, ROHINI = (28.5245, 77.2066), (28.7383, 77.0822)
NIGHT = at("2026-11-24T03:00")
TODAY, EVE = date(2026, 11, 24), date(2026, 11, 23)
# A clinic in Rohini that is closed at night, a ward in Saket that is not, and how else it may be.
CLINIC = Place("rohini", point=ROHINI, hours=((0, 600, 960),))
WARD = Place("saket", point=SAKET, open_24x7=True)
SHUT = replace(WARD, exceptions=tuple((day, None, None, "Repairs") for day in (EVE, TODAY)))
WRITTEN = replace(WARD, open_24x7=False, hours=tuple((day, 0, 1440) for day in range(7)))
EMERGENCY = ["emergency-24x7"]
RINGS = replace(CLINIC, phones=((PhoneUse.EMERGENCY, "+911155501003"),))


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


def found(session: Session, vocabulary: Vocabulary, **asked: object) -> list[int]:
    places = open_at_night(session, vocabulary, NIGHT, **asked)  # type: ignore[arg-type]
    return [place.listing_id for place in places]


def facts_of(
    session: Session, vocabulary: Vocabulary, places: Sequence[NightPlace]
) -> list[NightFacts]:
    return [facts for _card, facts in night_cards(session, places, vocabulary, NIGHT)]


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

    assert set(found(session, vocabulary)) == wanted


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

    in_saket = found(session, vocabulary, near=Point(*SAKET))
    in_rohini = found(session, vocabulary, near=Point(*ROHINI))

    assert in_saket == [two_places, near_saket, by_name_only]
    assert in_rohini[0] == two_places


# The places of one centre, what it carries, and which of them one can go to at three, if any.
STANDING = [
    ("the ward, not the clinic that is nearer", (CLINIC, WARD), (), 1),
    ("in whichever order they are", (WARD, CLINIC), (), 0),
    ("a ward by its hours", (CLINIC, WRITTEN), (), 1),
    ("no ward that is closed today", (CLINIC, SHUT), (), None),
    ("nor its clinic, though it has an emergency", (CLINIC, SHUT), EMERGENCY, None),
    ("of two wards the one that is open", (SHUT, WARD), (), 1),
    ("an emergency at the ward", (CLINIC, WARD), EMERGENCY, 1),
    (
        "an emergency without a ward, at the first",
        (CLINIC, replace(CLINIC, hours=())),
        EMERGENCY,
        0,
    ),
    ("or where its number is", (CLINIC, RINGS), EMERGENCY, 1),
    (
        "an emergency keeps no office hours",
        (replace(CLINIC, exceptions=((TODAY, None, None, "Holiday"),)),),
        EMERGENCY,
        0,
    ),
    ("no clinic", (CLINIC,), (), None),
]


@pytest.mark.db
@pytest.mark.parametrize(
    ("places", "facilities", "expected"),
    [case[1:] for case in STANDING],
    ids=[case[0] for case in STANDING],
)
def test_a_stop_is_the_place_that_is_open_whole(
    session: Session,
    vocabulary: Vocabulary,
    places: tuple[Place, ...],
    facilities: list[str],
    expected: int | None,
) -> None:
    # Each place has a number of its own, so that one sees whose is given.
    numbered = [
        replace(place, phones=((place.phones[0][0], f"+91115550200{n}"),))
        for n, place in enumerate(places)
    ]
    make_centre(vocabulary, Facts(name="House", places=numbered, facilities=facilities))

    for near in (None, Point(*ROHINI)):
        stops = open_at_night(session, vocabulary, NIGHT, near=near)
        assert len(stops) == (expected is not None)
        for card, night in night_cards(session, stops, vocabulary, NIGHT, near):
            assert expected is not None
            assert card.place is not None
            meant, point = numbered[expected], numbered[expected].point
            assert card.place.locality == vocabulary.localities[meant.locality or ""]
            assert card.place.phone == night.phone == meant.phones[0][1]
            assert point is not None
            assert card.place.distance_m == (distance_m(*near, *point) if near else None)


def test_no_other_place_lends_its_number_but_the_ambulance_comes_from_any(
    session: Session, vocabulary: Vocabulary
) -> None:
    rung = (
        (PhoneUse.EMERGENCY, "+911155502001"),
        (PhoneUse.ADMISSIONS, "+911155502002"),
        (PhoneUse.AMBULANCE, "+911155502003"),
    )
    ward = replace(WARD, phones=())
    make_centre(vocabulary, Facts(name="Far", places=(replace(CLINIC, phones=rung), ward)))
    own = replace(WARD, phones=((PhoneUse.AMBULANCE, "+911155502004"),))
    make_centre(vocabulary, Facts(name="Own", places=(replace(CLINIC, phones=rung), own)))

    stops = open_at_night(session, vocabulary, NIGHT)
    (far, far_night), (_card, own_night) = night_cards(session, stops, vocabulary, NIGHT)

    assert far.place is not None
    assert (far.place.phone, far_night.phone) == (None, None)
    assert far_night.ambulance_phone == "+911155502003"
    assert own_night.ambulance_phone == "+911155502004"


@pytest.mark.db
def test_without_a_point_emergencies_come_first_then_names(
    session: Session, vocabulary: Vocabulary
) -> None:
    ids = {
        name: centre(vocabulary, name, facilities=["emergency-24x7"] if name > "C" else [])
        for name in ("B", "A", "D")
    }

    assert found(session, vocabulary) == [ids["D"], ids["A"], ids["B"]]


@pytest.mark.db
def test_needs_are_all_asked_for(session: Session, vocabulary: Vocabulary) -> None:
    both = centre(vocabulary, "Both", facilities=["women-ward"], treatments=["detox"])
    centre(vocabulary, "One", facilities=["women-ward"])

    assert found(session, vocabulary, needs=[Need.WOMEN, Need.WITHDRAWAL]) == [both]
    assert found(session, vocabulary, needs=[Need.CHILDREN]) == []


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
    )
    office = (
        (PhoneUse.EMERGENCY, "+911155501003"),
        (PhoneUse.AMBULANCE, "+911155501002"),
    )
    make_centre(
        vocabulary,
        Facts(
            name="Stated",
            places=(replace(CLINIC, phones=office), replace(WARD, phones=phones)),
            facilities=["emergency-24x7", "children-ward"],
            conditions=["acute-psychosis"],
        ),
        staffing=[
            shift(StaffRole.PSYCHIATRIST, Presence.ON_SITE, start=1080, end=0),
            shift(StaffRole.PSYCHIATRIST, Presence.ON_CALL, start=0, end=480),
            shift(StaffRole.NURSE, Presence.ON_SITE),
            shift(StaffRole.PSYCHOLOGIST, Presence.ON_SITE, start=540, end=1020),
        ],
    )
    centre(vocabulary, "Silent", replace(WARD, phones=()))

    places = open_at_night(session, vocabulary, NIGHT)
    night, nothing = facts_of(session, vocabulary, places)

    assert [(row.role, row.all_night) for row in night.there] == [
        (StaffRole.PSYCHIATRIST, None),
        (StaffRole.NURSE, Presence.ON_SITE),
    ]
    assert night.takes == (Need.PSYCHOSIS, Need.CHILDREN)
    assert [term.slug for term in night.emergencies] == ["emergency-24x7"]
    assert (night.phone, night.ambulance_phone) == ("+911155501001", "+911155501002")
    assert night.has_ambulance
    assert (nothing.there, nothing.takes, nothing.emergencies, nothing.phone) == ((), (), (), None)
    assert not nothing.has_ambulance


def test_the_number_of_queries_does_not_grow(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    for number in range(9):
        centre(vocabulary, f"House {number}")
    places = open_at_night(session, vocabulary, NIGHT)

    with count_sql() as for_one:
        night_cards(session, places[:1], vocabulary, NIGHT)
    with count_sql() as for_all:
        night_cards(session, open_at_night(session, vocabulary, NIGHT), vocabulary, NIGHT)

    assert (len(for_one), len(for_all)) == (12, 13)
    assert sum("listing_term" in words for words in for_one) == 1
    assert night_cards(session, [], vocabulary, NIGHT) == []
