"""The addresses of a listing, each by a name, for pages where what holds for each is said.

Not for what is said there (`compare_words.py`, `hand_out_words.py`). Template filters of `/compare`
and of the printed sheet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.queries.page.shapes import PERSON_CALLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from directory.listings.queries.page import ListingPage, LocationView, PhoneView

# So many addresses stand one below the other on a sheet, with everything else.
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """One address, where it stands among all; `name` is None for the only one of a listing."""

    name: str | None
    place: LocationView
    at: int


def named_places(page: ListingPage) -> tuple[NamedPlace, ...]:
    """Give the addresses under their labels; where there is none, under where they are."""
    return _named(page, [place.label or _where(place) for place in page.locations])


def neutral_places(page: ListingPage) -> tuple[NamedPlace, ...]:
    """Give the addresses under where they are alone: a label may say what the care is for."""
    return _named(page, [_where(place) for place in page.locations])


def named_phones(
    page: ListingPage, places: Sequence[NamedPlace], most: int
) -> list[tuple[PhoneView, str]]:
    """Give numbers, each with the names of the addresses that have it, unless all have it.

    Those one calls to come are before those of wards and complaints.
    """
    found = []
    for phone in sorted(page.phones, key=lambda each: each.use not in PERSON_CALLS)[:most]:
        having = [
            each.name or ""
            for each in places
            if (phone.use, phone.number) in {(own.use, own.number) for own in each.place.phones}
        ]
        found.append((phone, "" if len(having) == len(places) else ", ".join(having)))
    return found


def places_left_out(page: ListingPage) -> int:
    """Give how many addresses do not fit."""
    return max(0, len(page.locations) - MOST_PLACES)


def _where(place: LocationView) -> str:
    return place.locality.name_en if place.locality else place.address or gettext("Address")


def _named(page: ListingPage, names: Sequence[str]) -> tuple[NamedPlace, ...]:
    """Give those that fit, in their order; when not all do, those open day and night stay."""
    if len(names) == 1:
        return (NamedPlace(None, page.main_place, 0),)
    places = list(map(NamedPlace, _told_apart(names), page.locations, count()))
    if len(places) > MOST_PLACES:
        places.sort(key=lambda each: not each.place.open_24x7)
    return tuple(places[:MOST_PLACES])


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """Number the names that stand more than once: Saket (1), Saket (2)."""
    times, so_far = Counter(names), Counter[str]()
    for name in names:
        so_far[name] += 1
        yield name if times[name] == 1 else f"{name} ({so_far[name]})"


FILTERS: dict[str, Callable[..., Any]] = {
    "named_phones": named_phones,
    "named_places": named_places,
    "neutral_places": neutral_places,
    "places_left_out": places_left_out,
}
