"""Which place of a listing its card names, and what the card says of it. Called by `cards.py`.

A place is chosen whole: locality, station, distance, hours and number are of one and the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from directory.listings.opening import open_state, schedule_of
from directory.listings.queries.distances import metres_to
from directory.listings.queries.search import ListingSearch, OpenFilter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from directory.listings.opening import OpenState, Schedule
    from directory.listings.queries.card_rows import CardRows, LocationRow
    from directory.listings.queries.cards import Point
    from directory.vocabulary.queries import LocalityView, StationView, Vocabulary


@dataclass(frozen=True, slots=True)
class PlaceSought:
    """Which place of each listing is meant, and when somebody asks.

    The nearest to the point of `search`, or the first without one, of those that hold all that it
    asks of a place; where none of them does, of all. `named` holds places by listing, both as ids:
    what is named there is taken, and no other place's number is given for it.
    """

    now: datetime
    search: ListingSearch = field(default_factory=ListingSearch)
    named: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The place a card names, as `PlaceSought` chooses it.

    `distance_m` is from the point sought, None without one; `station_m` is to the station.
    `open_24x7`, evenings and Sundays are by its weekly hours, as the filters have it.
    """

    locality: LocalityView | None
    station: StationView | None
    station_m: int | None
    distance_m: int | None
    open_24x7: bool
    opening: OpenState
    phone: str | None
    has_evenings: bool = False
    has_sundays: bool = False


def place_of(
    rows: CardRows, listing_id: int, vocabulary: Vocabulary, sought: PlaceSought
) -> CardPlace | None:
    """Give the place that is sought of a listing; None for one without places."""
    places = rows.locations.get(listing_id, ())
    if not places:
        return None
    chosen, metres = _nearest(
        _meant(places, rows, vocabulary, sought), vocabulary, sought.search.near
    )
    schedule = _schedule(chosen, rows)
    phone = rows.phones.get(chosen.id)
    if phone is None and sought.named is None:
        phone = next((rows.phones[place.id] for place in places if place.id in rows.phones), None)
    return CardPlace(
        locality=vocabulary.locality_by_id.get(chosen.locality_id or 0),
        station=vocabulary.station_by_id.get(chosen.station_id or 0),
        station_m=chosen.station_m,
        distance_m=metres,
        open_24x7=schedule.is_always,
        opening=open_state(schedule, sought.now),
        phone=phone,
        has_evenings=schedule.has_evenings,
        has_sundays=schedule.has_sundays,
    )


def _meant(
    places: Sequence[LocationRow], rows: CardRows, vocabulary: Vocabulary, sought: PlaceSought
) -> Sequence[LocationRow]:
    """Give the places that may be chosen, in their order; never none of them."""
    if sought.named is not None:
        named = sought.named.get(places[0].listing_id)
        meant = [place for place in places if place.id == named]
    else:
        meant = [place for place in places if _is_meant(place, rows, vocabulary, sought)]
    return meant or places


def _is_meant(
    place: LocationRow, rows: CardRows, vocabulary: Vocabulary, sought: PlaceSought
) -> bool:
    """Tell whether all that is asked of a place holds for one, as `places_meant` has it in SQL."""
    search, locality = sought.search, vocabulary.locality_by_id.get(place.locality_id or 0)
    if search.locality_ids and place.locality_id not in search.locality_ids:
        return False
    if search.district_ids and (
        locality is None or locality.district.id not in search.district_ids
    ):
        return False
    if not search.open_when:
        return True
    schedule = _schedule(place, rows)
    return any(_is_open(schedule, when, sought.now) for when in search.open_when)


def _is_open(schedule: Schedule, when: OpenFilter, now: datetime) -> bool:
    """Tell whether a place is open at such a time, as `hours.open_at` has it in SQL."""
    match when:
        case OpenFilter.NOW:
            return open_state(schedule, now).is_open
        case OpenFilter.ROUND_THE_CLOCK:
            return schedule.is_always
        case OpenFilter.EVENINGS:
            return schedule.has_evenings
        case OpenFilter.SUNDAY:
            return schedule.has_sundays


def _nearest(
    places: Sequence[LocationRow], vocabulary: Vocabulary, near: Point | None
) -> tuple[LocationRow, int | None]:
    """Give the nearest place with its metres, or the first where there is no point."""
    if near is None:
        return places[0], None
    measured = [
        (
            place,
            metres_to(
                near, vocabulary, lat=place.lat, lon=place.lon, locality_id=place.locality_id
            ),
        )
        for place in places
    ]
    return min(measured, key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0].position))


def _schedule(place: LocationRow, rows: CardRows) -> Schedule:
    hours, exceptions = rows.hours.get(place.id, ()), rows.exceptions.get(place.id, ())
    return schedule_of(hours, exceptions, round_the_clock=place.open_24x7)
