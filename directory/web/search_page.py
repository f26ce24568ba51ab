"""Words and addresses of the search page: heading, chips, filters, order, pages.

Pure composition over what was asked, understood and counted. Called by `web/search.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.queries.search import OpenFilter, Sort
from directory.search.guides import PAGES
from directory.search.parameters import cleaned
from directory.web import text
from directory.web.guide_words import unread_note
from directory.web.links import search_path
from directory.web.paging import Pages, pages_of
from directory.web.search_chips import Chip, chips_of
from directory.web.search_filters import FORM_PARAMETERS, FilterGroup, filter_groups
from directory.web.search_heading import heading_of
from directory.web.search_reading import COMPARISON, Link, ReadingNotes, notes_of
from directory.web.search_who import WhoLink, who_links
from directory.web.search_words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from directory.search.guides import Guide
    from directory.search.query import Found
    from directory.search.request import Place, SearchRequest
    from directory.search.ways import ReadAgain
    from directory.vocabulary.queries import Vocabulary

PROFESSIONS = "/professions/"
# From so many pages on professions on, the page that tells all apart says more.
TOO_MANY_ALIKE = 2
# What changing the words does not keep; an order by distance would be left without a point, and
# the part of the map one looked at may hold nothing of what is looked for now.
SEARCH_PARAMETERS = frozenset(("q", "near", "lat", "lon", "parse", "frame"))


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order of the results, or another way to show them."""

    name: str
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
    crisis: bool
    chips: tuple[Chip, ...]
    hints: tuple[Chip, ...]
    notes: ReadingNotes
    any_word: bool
    without_words: bool
    can_relax: bool
    is_complete: bool
    who: tuple[WhoLink, ...]
    guides: tuple[Link, ...]
    groups: tuple[FilterGroup, ...]
    kept_by_filters: tuple[tuple[str, str], ...]
    kept_by_search: tuple[tuple[str, str], ...]
    sorts: tuple[SortLink, ...]
    views: tuple[SortLink, ...]
    pages: Pages
    unknown_place: str | None
    places_like: tuple[tuple[str, str], ...]

    @property
    def in_force(self) -> int:
        """How many filters are in force; words that are only looked for are none."""
        return sum(chip.parameter != "q" for chip in self.chips)


def compose(
    asked: SearchRequest,
    found: Found,
    vocabulary: Vocabulary,
    *,
    guides: tuple[Guide, ...],
    places_like: Iterable[Place],
    read_again: ReadAgain,
) -> SearchPage:
    """Give the page of a search and its answer."""
    chips = chips_of(asked, vocabulary, read_again)
    filters, given = asked.query.filters, asked.given
    return SearchPage(
        heading=heading_of(asked, vocabulary),
        total=found.total,
        within=_distance(filters.within_m),
        taking=0 if filters.accepting else found.facets.count("accepting", "1"),
        open_now=0 if filters.open_when else found.facets.count("open", OpenFilter.NOW),
        q=" ".join(given.get("q", ())),
        near=_near_shown(asked),
        crisis=asked.reading.crisis,
        chips=tuple(chip for chip in chips if not chip.soft),
        hints=tuple(chip for chip in chips if chip.soft),
        notes=notes_of(asked, vocabulary, read_again),
        any_word=found.any_word,
        without_words=found.without_words,
        can_relax=bool(found.relaxed),
        is_complete=bool(found.generation),
        who=who_links(asked, found.facets, vocabulary),
        guides=tuple(_guides(asked, guides)),
        groups=filter_groups(asked, found.facets, vocabulary),
        kept_by_filters=_hidden(given, leaving_out=FORM_PARAMETERS),
        kept_by_search=_kept_by_search(given),
        sorts=_sorts(asked, found),
        views=_views(asked),
        pages=_pages(asked, found.total),
        unknown_place=asked.unknown_place,
        places_like=tuple(_like(places_like, given)),
    )


def _like(
    places: Iterable[Place], given: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    for place in places:
        yield place.name_en, search_path({**given, "near": place.slug})


def address_without(asked: Mapping[str, Sequence[str]], wrong: Iterable[str]) -> str:
    """Give the address of the same search without some parameters, and from page one."""
    left_out = {*wrong, "page"}
    kept = {**asked, **cleaned(asked).values}
    return search_path({name: values for name, values in kept.items() if name not in left_out})


def _guides(asked: SearchRequest, guides: tuple[Guide, ...]) -> Iterator[Link]:
    """Yield the pages on what troubles somebody, else one on a profession or on all; then guides.

    On the first page only, and not where a line of its own leads to the page already.
    """
    pages = [guide for guide in guides if not guide.is_written]
    about_it = [guide for guide in pages if not guide.path.startswith(PROFESSIONS)]
    alike = pages if len(pages) < TOO_MANY_ALIKE else [PAGES[COMPARISON]]
    written = [guide for guide in guides if guide.is_written]
    for guide in (*(about_it or alike), *written) if asked.page == 1 else ():
        if guide.is_written:
            yield Link(guide.title_en, guide.path, unread_note() if guide.is_unread else None)
        elif guide.path not in PAGES:
            yield Link(gettext("Read about %(it)s", it=_topic(guide)), guide.path)
        elif asked.reading.guide != COMPARISON:
            yield Link(guide.title_en, guide.path)


def _topic(guide: Guide) -> str:
    """Give what a page is about, as it stands inside a sentence."""
    is_who = guide.path.startswith(PROFESSIONS)
    return text.lower_first(plural(guide.title_en) if is_who else guide.title_en)


def _pages(asked: SearchRequest, total: int) -> Pages:
    def address(number: int) -> str:
        return search_path({**asked.given, "page": str(number)})

    return pages_of(total, asked.page, asked.per_page, address)


def _distance(metres: int | None) -> str | None:
    return None if metres is None else text.distance(metres).replace(".0", "")


def _kept_by_search(given: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    kept = _hidden(given, leaving_out=SEARCH_PARAMETERS)
    return tuple(pair for pair in kept if pair != ("sort", Sort.DISTANCE.value))


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


def _sorts(asked: SearchRequest, found: Found) -> tuple[SortLink, ...]:
    """Give the orders that would change anything: by distance from a point, by what is known."""
    in_force = asked.query.filters.sort
    is_rated = bool(found.facets.counts.get("rating_band"))
    orders = {
        Sort.BEST: (gettext("Closest match"), True),
        Sort.DISTANCE: (gettext("Nearest"), asked.query.filters.near is not None),
        Sort.FEE: (gettext("Fee"), True),
        Sort.RATING: (gettext("Rating"), is_rated),
        Sort.REVIEWS: (gettext("Reviews"), is_rated),
    }
    return tuple(
        SortLink(
            name=order.value,
            words=words,
            url=search_path({**asked.given, "sort": None if order is Sort.BEST else order.value}),
            current=order is in_force,
        )
        for order, (words, changes) in orders.items()
        if changes or order is in_force
    )


def _views(asked: SearchRequest) -> tuple[SortLink, ...]:
    """Give the two ways to show results: the list alone, and the same list below a map."""
    shown = asked.given.get("view", ("list",))
    return tuple(
        SortLink(
            name=name,
            words=words,
            url=search_path({**asked.given, "view": view, "frame": None}),
            current=shown == (name,),
        )
        for name, words, view in (
            ("list", gettext("List"), None),
            ("map", gettext("Map"), "map"),
        )
    )
