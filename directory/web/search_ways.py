"""Ways on from a search that found nothing: what to let go, and where the nearest results are.

Called by `web/search.py` only when nothing was found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from directory.core.geo import distance_m
from directory.listings.queries.cards import Point
from directory.search.ways import without, without_said
from directory.vocabulary.models import TermKind
from directory.web import text
from directory.web.links import search_path
from directory.web.search_words import in_force, value_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.listings.queries.counts import DirectoryCounts
    from directory.search.query import Found, Relaxed, SearchQuery
    from directory.search.request import SearchRequest
    from directory.search.ways import ReadAgain
    from directory.vocabulary.queries import Vocabulary

MOST_WAYS = 5
# Of the words that found nothing, so many letters are repeated.
MOST_LETTERS = 60
# What is let go of first: free words and limits before places, what somebody came for last.
FIRST_TO_GO = (
    *("q", "rating_min", "fee_max", "registered", "accepting", "open", "payment", "gender"),
    *("accessibility", "facility", "age_group", "mode", "within", "near", "locality", "district"),
    *("language", "identity", "kind", "treatment", "centre_type", "profession", "condition"),
)
MOST_PLACES = 4
PLACES = ("near", "locality", "district")
PLACE_FACET = ("locality",)
# What somebody came for, before how and where: what is kept when only one thing can be.
KEPT_ALONE = (TermKind.CONDITION, TermKind.TREATMENT, TermKind.PROFESSION, TermKind.CENTRE_TYPE)


@dataclass(frozen=True, slots=True)
class Way:
    """Another search, and what it gives."""

    words: str
    url: str
    gives: str


def ways_out(
    asked: SearchRequest, found: Found, vocabulary: Vocabulary, counts: DirectoryCounts
) -> list[Way]:
    """Give the searches with one thing let go, the least missed first.

    When no single one helps: the searches that keep one thing only.
    """
    ways: dict[str, Way] = {}
    for relaxed in in_order(found):
        words = _words_without(asked, relaxed.parameter, vocabulary)
        url = search_path(without(asked, relaxed.parameter))
        ways.setdefault(words, Way(words, url, _results(relaxed.total)))
    return list(ways.values())[:MOST_WAYS] or list(_kept_alone(asked, vocabulary, counts))


def in_order(found: Found) -> list[Relaxed]:
    """Give what a search that found nothing can do without, the least missed first."""
    return sorted(found.relaxed, key=lambda way: (FIRST_TO_GO.index(way.parameter), -way.total))


def widened(asked: SearchRequest, vocabulary: Vocabulary) -> tuple[Point, SearchQuery] | None:
    """Give the middle of the place asked for, and the query that counts results everywhere else.

    None when the search names no place that narrows it.
    """
    query, filters = asked.query, asked.query.filters
    places = [*filters.locality_ids, *filters.district_ids]
    if not places and filters.within_m is None:
        return None
    middle = filters.near or _middle(filters.locality_ids, vocabulary)
    if middle is None:
        return None
    anywhere = replace(filters, near=None, within_m=None, locality_ids=(), district_ids=())
    return middle, replace(query, filters=anywhere, offset=0, limit=1, wanted=PLACE_FACET)


def nearest_places(
    asked: SearchRequest,
    middle: Point,
    elsewhere: Found,
    vocabulary: Vocabulary,
    read_again: ReadAgain,
) -> list[Way]:
    """Give the localities nearest to a point that have results, with their number."""
    counted = elsewhere.facets.counts.get("locality", {})
    known = [(vocabulary.localities[slug], number) for slug, number in counted.items()]
    away = sorted(
        (distance_m(middle.lat, middle.lon, place.lat, place.lon), place.slug, place, number)
        for place, number in known
        if number
    )
    rest = _without_place(asked, read_again)
    return [
        Way(
            place.name_en,
            search_path({**rest, "locality": slug}),
            gettext(
                "%(distance)s, %(results)s",
                distance=text.distance(metres),
                results=_results(number),
            ),
        )
        for metres, slug, place, number in away[:MOST_PLACES]
    ]


def _results(number: int) -> str:
    return ngettext("%(number)s result", "%(number)s results", number, number=text.count(number))


def _words_without(asked: SearchRequest, parameter: str, vocabulary: Vocabulary) -> str:
    if parameter in PLACES or parameter == "within":
        return gettext("Anywhere in Delhi")
    if parameter == "q":
        words = " ".join((*asked.reading.words, *asked.reading.phrases))
        words = words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS].rstrip()}…"
        return gettext("Without the words “%(words)s”", words=words)
    said = {
        "fee_max": gettext("Whatever the fee"),
        "accepting": gettext("Whether or not they take new patients"),
        "registered": gettext("Whether or not a registration was found"),
        "rating_min": gettext("Whatever the rating"),
        "kind": gettext("People and centres alike"),
        "open": gettext("Whenever it is open"),
    }
    if parameter in said:
        return said[parameter]
    values = in_force(asked, parameter)
    named = [value_named(parameter, value, vocabulary).words for value in values]
    return gettext("Without “%(words)s”", words="”, “".join(named))


def _kept_alone(
    asked: SearchRequest, vocabulary: Vocabulary, counts: DirectoryCounts
) -> Iterator[Way]:
    for kind in KEPT_ALONE:
        for term_id in asked.query.filters.terms.get(kind, ()):
            term, number = vocabulary.term_by_id[term_id], counts.by_term.get(term_id, 0)
            if number:
                words = gettext("Only “%(words)s”, all over Delhi", words=term.name_en)
                yield Way(words, search_path({kind.value: term.slug}), _results(number))


def _middle(locality_ids: tuple[int, ...], vocabulary: Vocabulary) -> Point | None:
    if not locality_ids:
        return None
    place = vocabulary.locality_by_id[locality_ids[0]]
    return Point(place.lat, place.lon)


def _without_place(asked: SearchRequest, read_again: ReadAgain) -> dict[str, tuple[str, ...]]:
    """Give the parameters of a search without any place in them or in its words."""
    said = [item for item in asked.reading.understood if item.parameter in PLACES and not item.hint]
    rest = without_said(asked, said, read_again) if said else dict(asked.given)
    gone = {*PLACES, *("lat", "lon", "within", "sort")}
    return {name: values for name, values in rest.items() if name not in gone}
