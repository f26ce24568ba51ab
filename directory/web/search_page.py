"""Words and addresses of the search page: heading, chips, filters, order, pages, ways out.

Pure composition over what was asked and counted. Called by `web/search.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from directory.listings.queries.search import OpenFilter, Sort, count_listings
from directory.listings.queries.understood import places_like
from directory.web import text
from directory.web.forms.search import REPEATABLE
from directory.web.links import search_path
from directory.web.paging import Pages, pages_of
from directory.web.search_chips import Chip, chips_of
from directory.web.search_filters import FilterGroup, filter_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session
    from werkzeug.datastructures import MultiDict

    from directory.listings.queries.facets import Facets
    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.search import SearchRequest

FEE_STEPS = (0, 1000, 1500, 2500)
METRES_IN_A_KILOMETRE = 1000
MOST_WAYS = 5
# What the filters' own form sets; all else rides along unseen.
FORM_PARAMETERS = frozenset(
    {
        *REPEATABLE,
        "fee_max",
        "fee_unstated",
        "accepting",
        "registered",
    }
    - {"condition", "treatment", "district", "locality"}
)
# What changing the words keeps.
SEARCH_PARAMETERS = frozenset(("q", "near", "lat", "lon", "parse"))


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order of the results."""

    words: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the search page says round its cards."""

    heading: str
    total: int
    within: str | None
    taking: int
    open_now: int
    q: str
    near: str
    chips: tuple[Chip, ...]
    plain_url: str | None
    groups: tuple[FilterGroup, ...]
    kept_by_filters: tuple[tuple[str, str], ...]
    kept_by_search: tuple[tuple[str, str], ...]
    sorts: tuple[SortLink, ...]
    pages: Pages
    unknown_place: str | None
    places_like: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A search with one thing let go, and what it gives."""

    words: str
    url: str
    gives: str


def compose(asked: SearchRequest, total: int, facets: Facets, vocabulary: Vocabulary) -> SearchPage:
    """Give the page of a search that found `total` listings."""
    chips = chips_of(asked, vocabulary)
    within = asked.search.within_m
    read_as_filters = asked.reading.understood
    return SearchPage(
        heading=_heading(chips, asked),
        total=total,
        within=None if within is None else text.distance(within).replace(".0", ""),
        taking=facets.accepting,
        open_now=facets.open_when[OpenFilter.NOW] if not asked.search.open_when else 0,
        q=" ".join(asked.given.get("q", ())),
        near=_near_shown(asked),
        chips=tuple(chips),
        plain_url=_address(asked.given, parse="0") if read_as_filters else None,
        groups=filter_groups(asked, facets, vocabulary, FEE_STEPS),
        kept_by_filters=_hidden(asked.given, leaving_out=FORM_PARAMETERS),
        kept_by_search=_hidden(asked.given, leaving_out=SEARCH_PARAMETERS),
        sorts=_sorts(asked),
        pages=_pages(asked, total),
        unknown_place=asked.unknown_place,
        places_like=tuple(
            (place.name_en, _address(asked.given, near=place.slug))
            for place in places_like(asked.unknown_place or "", vocabulary)
        ),
    )


def _pages(asked: SearchRequest, total: int) -> Pages:
    def address(number: int) -> str:
        return _address(asked.given, page=str(number))

    return pages_of(total, asked.page, asked.per_page, address)


def ways_out(
    session: Session, asked: SearchRequest, vocabulary: Vocabulary, now: datetime
) -> list[Way]:
    """Give the searches with one filter let go that find something, most first (one query each)."""
    ways: list[tuple[int, Way]] = []
    for chip in chips_of(asked, vocabulary)[: MOST_WAYS * 2]:
        search = asked.search.without(chip.parameter)
        number = count_listings(session, search, now)
        if number:
            gives = ngettext("%(num)s result", "%(num)s results", number)
            words = (
                gettext("Anywhere in Delhi")
                if chip.parameter in {"near", "locality", "district"}
                else gettext("Without “%(words)s”", words=chip.words)
            )
            ways.append((number, Way(words, chip.url, gives)))
    ways.sort(key=lambda pair: -pair[0])
    seen: dict[str, Way] = {}
    for _number, way in ways:
        seen.setdefault(way.words, way)
    return list(seen.values())[:MOST_WAYS]


def address_without(arguments: MultiDict[str, str], wrong: Iterable[str]) -> str:
    """Give the address of the same search without some parameters, and from page one."""
    left_out = {*wrong, "page"}
    return search_path({name: values for name, values in arguments.lists() if name not in left_out})


def _address(given: Mapping[str, tuple[str, ...]], **changes: str | None) -> str:
    return search_path({**given, **changes})


def _hidden(
    given: Mapping[str, tuple[str, ...]], *, leaving_out: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value)
        for name, values in given.items()
        if name not in leaving_out
        for value in values
    )


def _near_shown(asked: SearchRequest) -> str:
    typed = " ".join(asked.given.get("near", ()))
    return asked.place.name_en if typed and asked.place and asked.place.slug == typed else typed


def _heading(chips: list[Chip], asked: SearchRequest) -> str:
    said = [
        chip.words
        for chip in chips
        if chip.parameter not in {"q", "near", "within", "accepting", "registered"}
    ]
    if asked.reading.words:
        said.append(gettext("your words"))
    place = asked.place.name_en if asked.place else None
    subject = text.upper_first(", ".join([*said[:1], *map(text.lower_first, said[1:])]))
    if subject and place:
        return gettext("%(subject)s near %(place)s", subject=subject, place=place)
    if place:
        return gettext("Everyone near %(place)s", place=place)
    return subject or gettext("Everyone we list in Delhi")


def _sorts(asked: SearchRequest) -> tuple[SortLink, ...]:
    orders = [(Sort.BEST, gettext("Closest match"))]
    if asked.search.near is not None:
        orders.append((Sort.DISTANCE, gettext("Nearest")))
    orders.append((Sort.FEE, gettext("Fee")))
    in_force = asked.search.sort if asked.search.sort in dict(orders) else Sort.BEST
    return tuple(
        SortLink(words, _address(asked.given, sort=order.value), order is in_force)
        for order, words in orders
    )
