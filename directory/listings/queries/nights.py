"""Where one can be seen at any hour: round-the-clock centres and emergency departments.

Read from the database alone, so that urgent help needs no index. Called by the door of urgent
help.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, or_, select

from directory.core.clock import DELHI, delhi_day
from directory.listings.models import (
    Listing,
    ListingKind,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    PhoneUse,
    Staffing,
)
from directory.listings.nights import AMBULANCE, EMERGENCIES, STATED_BY, Need, needs_taken
from directory.listings.queries.card_places import PlaceSought
from directory.listings.queries.card_rows import read_card_rows
from directory.listings.queries.cards import cards_from
from directory.listings.queries.distances import metres_to
from directory.listings.queries.hours import always_open, open_now
from directory.listings.queries.search import ListingSearch
from directory.listings.queries.visible import is_public
from directory.listings.roster import Shift, night_roster
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from directory.listings.queries.cards import ListingCard, Point
    from directory.listings.roster import RosterRow
    from directory.vocabulary.queries import TermView, Vocabulary

# Which number one calls at night.
NIGHT_CALLS = (PhoneUse.EMERGENCY, PhoneUse.ADMISSIONS, PhoneUse.APPOINTMENTS)


class NightPlace(NamedTuple):
    """A centre one can go to at night, and the one place of it that is open; both by id."""

    listing_id: int
    location_id: int


@dataclass(frozen=True, slots=True)
class NightFacts:
    """What a centre states of its nights; empty and None mean not stated.

    `emergencies` are the kinds of emergency department, as terms of the vocabulary; `phones` are
    the numbers to call at night in the order to try them, by use.
    """

    roster: tuple[RosterRow, ...]
    takes: tuple[Need, ...]
    emergencies: tuple[TermView, ...]
    has_ambulance: bool
    ambulance_phone: str | None
    phones: Mapping[PhoneUse, str]

    @property
    def phone(self) -> str | None:
        """Give the first number to call at night."""
        return next((self.phones[use] for use in NIGHT_CALLS if use in self.phones), None)

    @property
    def there(self) -> tuple[RosterRow, ...]:
        """Give the roles that are there or on call at night, if not all of it."""
        return tuple(row for row in self.roster if row.at_night)


def open_at_night(
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    near: Point | None = None,
    needs: Iterable[Need] = (),
) -> list[NightPlace]:
    """Give the public centres one can go to now and at any hour; one query.

    Nearest first with a point; without one, psychiatric emergencies first, then by name. With
    `needs`, only those that say they take all of them. What an exception closes now is left out.
    """
    rows = session.execute(_places_at_night(vocabulary, now, needs))
    by_listing = groupby(map(_Place._make, rows), key=lambda place: place.listing_id)
    ranked: list[tuple[tuple[bool, int], NightPlace]] = []
    for listing_id, places in by_listing:
        meant = [(_rank(place, near, vocabulary), place) for place in _open_ones([*places])]
        if meant:
            rank, place = min(meant, key=lambda pair: pair[0])
            ranked.append((rank, NightPlace(listing_id, place.id)))
    return [place for _rank, place in sorted(ranked, key=lambda pair: pair[0])]


def night_cards(
    session: Session,
    places: Sequence[NightPlace],
    vocabulary: Vocabulary,
    now: datetime,
    near: Point | None = None,
) -> list[tuple[ListingCard, NightFacts]]:
    """Give the cards of centres, each naming the place that is open, and what they state of nights.

    In the order of `places`; twelve queries, or none.
    """
    if not places:
        return []
    ids = [place.listing_id for place in places]
    rows = read_card_rows(session, ids, delhi_day(now))
    sought = PlaceSought(now, ListingSearch(near=near), named=dict(places))
    nights = night_facts(session, places, rows.terms, vocabulary)
    return [(card, nights[card.id]) for card in cards_from(rows, ids, vocabulary, sought)]


def night_facts(
    session: Session,
    places: Sequence[NightPlace],
    terms: Mapping[int, Sequence[int]],
    vocabulary: Vocabulary,
) -> Mapping[int, NightFacts]:
    """Give what centres state of their nights, by id; two queries.

    `terms` are those they carry, both by id. Numbers to call are of the place named alone; the
    ambulance comes from whichever place has one.
    """
    shifts, phones = _shifts(session, places), _phones(session, places)
    return {
        listing_id: facts_of_night(
            night_roster(shifts.get(listing_id, ())),
            phones.get(listing_id, {}),
            [vocabulary.term_by_id[term_id] for term_id in terms.get(listing_id, ())],
        )
        for listing_id, _location_id in places
    }


def facts_of_night(
    roster: tuple[RosterRow, ...], phones: Mapping[PhoneUse, str], terms: Sequence[TermView]
) -> NightFacts:
    """Give the facts of a night from what a centre states of itself."""
    facilities = {term.slug: term for term in terms if term.kind is TermKind.FACILITY}
    return NightFacts(
        roster=roster,
        takes=needs_taken(terms),
        emergencies=tuple(facilities[slug] for slug in EMERGENCIES if slug in facilities),
        has_ambulance=AMBULANCE in facilities or PhoneUse.AMBULANCE in phones,
        ambulance_phone=phones.get(PhoneUse.AMBULANCE),
        phones={use: number for use, number in phones.items() if use in NIGHT_CALLS},
    )


class _Place(NamedTuple):
    """A place of a centre that may be open: all that choosing it takes."""

    listing_id: int
    id: int
    at_an_emergency: bool
    is_always: bool
    is_open_now: bool
    has_emergency_number: bool
    lat: float | None
    lon: float | None
    locality_id: int | None


def _places_at_night(
    vocabulary: Vocabulary, now: datetime, needs: Iterable[Need]
) -> Select[*tuple[Any, ...]]:
    """Select the places of centres that are always open or have an emergency, by centre."""
    at_an_emergency = _carries(_term_ids(vocabulary, TermKind.FACILITY, EMERGENCIES))
    numbered = select(Phone.location_id).where(Phone.use == PhoneUse.EMERGENCY)
    always = select(select(Location.id).where(always_open()).cte("always_open"))
    return (
        select(
            Listing.id,
            Location.id,
            at_an_emergency,
            Location.id.in_(always),
            open_now(now.astimezone(DELHI), of=OpeningHours.location_id.in_(always)),
            Location.id.in_(numbered),
            Location.lat,
            Location.lon,
            Location.locality_id,
        )
        .join(Location, Location.listing_id == Listing.id)
        .where(
            is_public(),
            Listing.kind == ListingKind.CENTRE,
            or_(Location.id.in_(always), at_an_emergency),
            *(_takes(need, vocabulary) for need in needs),
        )
        .order_by(Listing.name, Listing.id, Location.position)
    )


def _open_ones(places: Sequence[_Place]) -> Sequence[_Place]:
    """Give the places of one centre one can go to now, in their order.

    Those always open, unless an exception closes them now. An emergency where none is: it keeps
    no hours, and stands where its number is, or at the first place.
    """
    always = [place for place in places if place.is_always]
    if always:
        return [place for place in always if place.is_open_now]
    return [place for place in places if place.has_emergency_number] or places[:1]


def _rank(place: _Place, near: Point | None, vocabulary: Vocabulary) -> tuple[bool, int]:
    """Give where a place comes: by metres, unknown ones last; emergencies first without a point."""
    if near is None:
        return not place.at_an_emergency, 0
    metres = metres_to(
        near, vocabulary, lat=place.lat, lon=place.lon, locality_id=place.locality_id
    )
    return metres is None, metres or 0


def _term_ids(vocabulary: Vocabulary, kind: TermKind, slugs: Iterable[str]) -> list[int]:
    known = vocabulary.terms[kind]
    return [known[slug].id for slug in slugs if slug in known]


def _carries(term_ids: Sequence[int]) -> ColumnElement[bool]:
    return Listing.id.in_(select(ListingTerm.listing_id).where(ListingTerm.term_id.in_(term_ids)))


def _takes(need: Need, vocabulary: Vocabulary) -> ColumnElement[bool]:
    kinds = STATED_BY[need].items()
    return _carries([i for kind, slugs in kinds for i in _term_ids(vocabulary, kind, slugs)])


def _shifts(session: Session, places: Sequence[NightPlace]) -> dict[int, list[Shift]]:
    rows = session.execute(
        select(
            Staffing.listing_id,
            Staffing.role,
            Staffing.presence,
            Staffing.from_minute,
            Staffing.to_minute,
            Staffing.count,
            Staffing.within_minutes,
        )
        .where(Staffing.listing_id.in_([place.listing_id for place in places]))
        .order_by(Staffing.listing_id, Staffing.position)
    )
    found: dict[int, list[Shift]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Shift(*row[1:]))
    return found


def _phones(session: Session, places: Sequence[NightPlace]) -> dict[int, dict[PhoneUse, str]]:
    """Give the first number of each use, by listing: of its place named, or for an ambulance."""
    here = Location.id.in_([place.location_id for place in places])
    rows = session.execute(
        select(Location.listing_id, Phone.use, Phone.number)
        .join(Phone, Phone.location_id == Location.id)
        .where(
            Location.listing_id.in_([place.listing_id for place in places]),
            or_(and_(here, Phone.use.in_(NIGHT_CALLS)), Phone.use == PhoneUse.AMBULANCE),
        )
        .order_by(Location.listing_id, case((here, 0), else_=1), Location.position, Phone.position)
    )
    found: dict[int, dict[PhoneUse, str]] = defaultdict(dict)
    for listing_id, use, number in rows:
        found[listing_id].setdefault(use, number)
    return found
