"""Listings side by side: which facts differ, what they share, how far each is.

Pure rules over the pages of `page/`. Not for words or ratings: those are the door's. Called by
the HTML door for `/compare`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.geo import distance_m
from directory.listings.models import Accepting
from directory.listings.nights import AMBULANCE, EMERGENCIES, needs_taken
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from directory.listings.nights import Need
    from directory.listings.queries.cards import Point
    from directory.listings.queries.page import ListingPage, LocationView
    from directory.listings.roster import RosterRow
    from directory.vocabulary.queries import TermView

# Lists so long that one reads what is shared once, and then what each has alone.
LONG_LISTS = (TermKind.CONDITION, TermKind.TREATMENT)


@dataclass(frozen=True, slots=True)
class Openings:
    """When a listing is usually open, at any of its places; None when no hours are stated."""

    evenings: bool | None
    sunday: bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One listing of a comparison.

    `takes` is what a centre says it takes at night; `alone` are the terms of a long list that not
    all columns share; `distance_m` is to its nearest place, None without a point to measure from.
    """

    page: ListingPage
    openings: Openings
    takes: tuple[Need, ...]
    alone: Mapping[TermKind, tuple[TermView, ...]]
    distance_m: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some listings side by side.

    `differing` and `alike` are keys of `VALUES`; a fact no listing states is neither, and for a
    single listing both are empty. `together` are the terms of a long list that all share. With
    `is_short` only what differs is to be shown.
    """

    columns: tuple[Column, ...]
    together: Mapping[TermKind, tuple[TermView, ...]]
    differing: frozenset[str]
    alike: frozenset[str]
    is_short: bool = False

    def shows(self, key: str | None) -> bool:
        """Tell whether the row of a fact is shown; what is no key of `VALUES` always is."""
        return not self.is_short or key is None or key in self.differing


def compare(pages: Sequence[ListingPage], near: Point | None = None) -> Comparison:
    """Give listings side by side, in their order."""
    together = {kind: _together(pages, kind) for kind in LONG_LISTS}
    columns = tuple(
        Column(
            page=page,
            openings=openings_of(page),
            takes=_takes(page),
            alone=MappingProxyType(
                {
                    kind: tuple(term for term in page.terms.get(kind, ()) if term not in shared)
                    for kind, shared in together.items()
                }
            ),
            distance_m=nearest_m(page.locations, near),
        )
        for page in pages
    )
    found = {key: {value_of(each) for each in columns} for key, value_of in VALUES.items()}
    differing = frozenset(key for key, values in found.items() if len(values) > 1)
    stated = frozenset(key for key, values in found.items() if any(values))
    alike = stated - differing if len(columns) > 1 else frozenset()
    return Comparison(columns, MappingProxyType(together), differing, alike)


def openings_of(page: ListingPage) -> Openings:
    """Give when a listing is usually open; dated exceptions do not change what is usual."""
    stated = [place.schedule for place in page.locations if place.schedule.is_stated]
    if not stated:
        return Openings(None, None)
    return Openings(
        evenings=any(schedule.has_evenings for schedule in stated),
        sunday=any(schedule.has_sundays for schedule in stated),
    )


def nearest_m(places: Sequence[LocationView], near: Point | None) -> int | None:
    """Give the metres from a point to the nearest place; one without a point is at its locality."""
    if near is None:
        return None
    points = [point for place in places if (point := _point(place)) is not None]
    return min((distance_m(*near, *point) for point in points), default=None)


def _point(place: LocationView) -> tuple[float, float] | None:
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    return None if place.locality is None else (place.locality.lat, place.locality.lon)


def _takes(page: ListingPage) -> tuple[Need, ...]:
    stated = [term for terms in page.terms.values() for term in terms]
    return needs_taken(stated) if page.is_centre else ()


def _together(pages: Sequence[ListingPage], kind: TermKind) -> tuple[TermView, ...]:
    """Give the terms all pages have, in the order of the first; none for a single page."""
    if len(pages) < 2:  # noqa: PLR2004 - one alone shares nothing
        return ()
    first, *others = (page.terms.get(kind, ()) for page in pages)
    return tuple(term for term in first if all(term in other for other in others))


def _terms(*kinds: TermKind) -> Callable[[Column], frozenset[int]]:
    """Give what compares the terms of some kinds, in whatever order they were stated."""

    def value_of(column: Column) -> frozenset[int]:
        terms = column.page.terms
        return frozenset(term.id for kind in kinds for term in terms.get(kind, ()))

    return value_of


def _registration(column: Column) -> Hashable:
    found = column.page.main_registration
    return (
        None if found is None else (found.register.id, found.state, found.lapsed, found.check.state)
    )


def _fees(column: Column) -> Hashable:
    return frozenset((fee.purpose, fee.amount_inr, fee.minutes) for fee in column.page.fees)


def _accepting(column: Column) -> Hashable:
    accepting = column.page.listing.accepting
    return None if accepting is Accepting.UNKNOWN else accepting


def _hours(column: Column) -> Hashable:
    """Give the usual week of all places; None when nobody stated any."""
    if column.openings.evenings is None:
        return None
    spans = frozenset(
        (weekday, span)
        for place in column.page.locations
        for weekday, day in enumerate(place.schedule.week)
        for span in day
    )
    return spans, column.page.open_24x7


def _night(column: Column) -> Hashable:
    """Give whether a claim to be open at night is tested; None without a claim."""
    return ("tested", column.page.check("night").is_valid) if column.page.open_24x7 else None


def _beds(column: Column) -> Hashable:
    beds, ways = column.page.listing.beds, _terms(TermKind.ADMISSION_TYPE)(column)
    return (beds, ways) if beds is not None or ways else None


def _staff(column: Column) -> Hashable:
    return frozenset(_at_night(row) for row in column.page.roster)


def _at_night(row: RosterRow) -> Hashable:
    return row.role, row.all_night, row.count, row.at_night


def _takes_in(column: Column) -> Hashable:
    facilities = {term.slug for term in column.page.terms.get(TermKind.FACILITY, ())}
    ways_in = frozenset(facilities & {AMBULANCE, *EMERGENCIES})
    return (column.takes, ways_in) if column.takes or ways_in else None


def _place(column: Column) -> Hashable:
    place = column.page.main_place
    station = place.nearest.station.id if place.nearest else None
    locality = place.locality.id if place.locality else None
    stated = (locality, station, place.address)
    return stated if any(stated) else None


# What is compared, by the row of the page that says it; what is not stated is empty or None. How a
# fact was checked is told beside each and is no difference of the fact.
VALUES: Mapping[str, Callable[[Column], Hashable]] = MappingProxyType(
    {
        "role": lambda column: column.page.listing.role.id,
        "registration": _registration,
        "accepting": _accepting,
        "fee": _fees,
        "payment": _terms(TermKind.PAYMENT),
        "languages": _terms(TermKind.LANGUAGE),
        "modes": _terms(TermKind.MODE),
        "who": _terms(TermKind.AGE_GROUP, TermKind.IDENTITY),
        "hours": _hours,
        "night": _night,
        "staffing": _staff,
        "takes": _takes_in,
        "beds": _beds,
        "facilities": _terms(TermKind.FACILITY),
        "place": _place,
        "access": _terms(TermKind.ACCESSIBILITY),
        "conditions": _terms(TermKind.CONDITION),
        "treatments": _terms(TermKind.TREATMENT),
    }
)
