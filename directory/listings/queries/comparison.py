"""Listings side by side: which facts differ, what they share, how far each is.

Pure rules over the pages of `page/`. Not for words or ratings: those are the door's. Called by
the HTML door for `/compare`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.models import Accepting
from directory.listings.nights import AMBULANCE, EMERGENCIES, needs_taken
from directory.listings.opening import DAYS_IN_A_WEEK, MINUTES_IN_A_DAY
from directory.listings.queries.distances import metres_from
from directory.listings.roster import NIGHT
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from directory.listings.nights import Need
    from directory.listings.opening import Schedule
    from directory.listings.queries.distances import Origin
    from directory.listings.queries.page import ListingPage, LocationView
    from directory.listings.roster import RosterRow
    from directory.vocabulary.queries import TermView

# Lists so long that one reads what is shared once, and then what each has alone.
LONG_LISTS = (TermKind.CONDITION, TermKind.TREATMENT)


@dataclass(frozen=True, slots=True)
class Column:
    """One listing of a comparison.

    `nights` are those of a week that its hours reach all through; `takes` is what a centre says
    it takes at night; `alone` are the terms of a long list that not all columns share;
    `distances_m` are to its places in their order, None where one is not known and without a point
    to measure from.
    """

    page: ListingPage
    nights: int
    takes: tuple[Need, ...]
    alone: Mapping[TermKind, tuple[TermView, ...]]
    distances_m: tuple[int | None, ...]


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


def compare(pages: Sequence[ListingPage], near: Origin | None = None) -> Comparison:
    """Give listings side by side, in their order."""
    together = {kind: _together(pages, kind) for kind in LONG_LISTS}
    columns = tuple(
        Column(
            page=page,
            nights=nights_of(page),
            takes=_takes(page),
            alone=MappingProxyType(
                {
                    kind: tuple(term for term in page.terms.get(kind, ()) if term not in shared)
                    for kind, shared in together.items()
                }
            ),
            distances_m=tuple(_metres(place, near) for place in page.locations),
        )
        for page in pages
    )
    found = {key: {value_of(each) for each in columns} for key, value_of in VALUES.items()}
    differing = frozenset(key for key, values in found.items() if len(values) > 1)
    stated = frozenset(key for key, values in found.items() if any(values))
    alike = stated - differing if len(columns) > 1 else frozenset()
    return Comparison(columns, MappingProxyType(together), differing, alike)


def nights_of(page: ListingPage) -> int:
    """Give how many nights of a week the hours of one place reach all through."""
    return max(_nights(place.schedule) for place in page.locations)


def _nights(schedule: Schedule) -> int:
    if schedule.round_the_clock:
        return DAYS_IN_A_WEEK
    return sum(_reaches_through(schedule, weekday) for weekday in range(DAYS_IN_A_WEEK))


def _reaches_through(schedule: Schedule, weekday: int) -> bool:
    next_day = schedule.week[(weekday + 1) % DAYS_IN_A_WEEK]
    spans = [
        *((span.opens, span.closes) for span in schedule.week[weekday]),
        *((span.opens + MINUTES_IN_A_DAY, span.closes + MINUTES_IN_A_DAY) for span in next_day),
    ]
    reached, morning = NIGHT
    for opens, closes in sorted(spans):
        reached = max(reached, closes) if opens <= reached else reached
    return reached >= morning


def _metres(place: LocationView, near: Origin | None) -> int | None:
    return None if near is None else metres_from(near, place.lat, place.lon, place.locality)


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
    """Give the usual week of each place, and what is open beside it; None for nothing."""
    weeks = frozenset(
        (place.open_24x7, tuple(map(frozenset, place.schedule.week)))
        for place in column.page.locations
        if place.schedule.is_stated
    )
    stated = (weeks, _emergencies(column))
    return stated if any(stated) else None


def _night(column: Column) -> Hashable:
    """Give what a centre says of its nights, and whether a claim is tested; None for nothing."""
    page = column.page
    tested = page.check("night").state if page.open_24x7 else None
    stated = (tested, column.nights, _emergencies(column))
    return stated if page.is_centre and any(stated) else None


def _emergencies(column: Column) -> frozenset[str]:
    return _facilities(column) & frozenset(EMERGENCIES)


def _facilities(column: Column) -> frozenset[str]:
    return frozenset(term.slug for term in column.page.terms.get(TermKind.FACILITY, ()))


def _beds(column: Column) -> Hashable:
    beds, ways = column.page.listing.beds, _terms(TermKind.ADMISSION_TYPE)(column)
    return (beds, ways) if beds is not None or ways else None


def _staff(column: Column) -> Hashable:
    return frozenset(_at_night(row) for row in column.page.roster)


def _at_night(row: RosterRow) -> Hashable:
    return row.role, row.all_night, row.count, row.at_night


def _takes_in(column: Column) -> Hashable:
    has_ambulance = AMBULANCE in _facilities(column)
    return (column.takes, has_ambulance) if column.takes or has_ambulance else None


def _place(column: Column) -> Hashable:
    stated = [_whereabouts(place) for place in column.page.locations]
    return frozenset(each for each in stated if any(each))


def _whereabouts(place: LocationView) -> tuple[object, ...]:
    station = place.nearest.station.id if place.nearest else None
    locality = place.locality.id if place.locality else None
    return locality, station, place.address


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
