"""The peer that is Whoosh itself, on the very index the engine reads, by its own means.

Twice: `Whoosh` groups as its documentation says (`groupedby` with overlapping groups, counted),
which turns the whole field round for each search; `PatientWhoosh` keeps those lists, as an
expert would who knew. Neither uses the shortcut by block quality, which gives wrong results for
words joined over several fields. Not a script: `search.py` uses it.
"""

from __future__ import annotations

from functools import partial
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Any

from whoosh import query, sorting
from whoosh.collectors import FacetCollector, FilterCollector, SortingCollector, TopCollector

from benchmarks.search_peers import FEW_RESULTS, METRES_IN_A_DEGREE, TEN, Answer, Asked
from directory.listings.queries.search import Sort
from directory.search.fields import DEGREES, PLACE, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.search_peers import Stems
    from directory.listings.queries.cards import Point

LISTINGS = query.Or([query.Term("facets", f"kind={kind}") for kind in ("practitioner", "centre")])
FAR = 1e12


class Whoosh:
    """A searcher of an index that is there already."""

    name = "Whoosh"

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
        self.searcher = index.searcher()
        self.numbers = self.searcher.reader().column_reader("number")
        self.places = self.searcher.reader().column_reader("places")
        self.groups = self._groups()

    def _groups(self) -> Any:  # noqa: ANN401 - Whoosh ships no types
        return sorting.FieldFacet("facets", allow_overlap=True, maptype=sorting.Count)

    def search(self, asked: Asked) -> Answer:
        """Search once for the page and the facets, once more for each facet left out."""
        answer = self._answer(asked, query.And)
        if len(asked.words) > 1 and answer.total < FEW_RESULTS:
            answer = self._answer(asked, query.Or)
        return answer

    def _answer(self, asked: Asked, joined: Any) -> Answer:  # noqa: ANN401 - a class of Whoosh
        wanted = _words(asked, joined)
        found = self._collected(wanted, asked, asked.chosen)
        total = len(found)
        if len(asked.words) > 1 and total < FEW_RESULTS and joined is query.And:
            return Answer(total, (), {})
        counts = _counts(found, asked.counted_together)
        for name in asked.counted_apart:
            without = self._collected(wanted, asked, asked.without(name))
            counts |= _counts(without, (name,))
        docs = [doc for _points, doc in found.top_n[asked.offset :]]
        return Answer(total, tuple(self.numbers[doc] for doc in docs), counts)

    def _collected(self, wanted: Any, asked: Asked, chosen: Mapping[str, Sequence[str]]) -> Any:  # noqa: ANN401 - Whoosh ships no types
        limit = asked.offset + asked.limit
        order = self._order(asked)
        first = (
            TopCollector(limit, usequality=False, replace=0)
            if order is None
            else SortingCollector(order, limit)
        )
        grouping = FacetCollector(first, {"facets": self.groups})
        filters = list(self._filters(asked, chosen))
        collector = FilterCollector(grouping, allow=query.And(filters))
        self.searcher.search_with_collector(wanted, collector)
        return collector.results()

    def _order(self, asked: Asked) -> Any:  # noqa: ANN401 - Whoosh ships no types
        if asked.sort is Sort.RATING:
            return sorting.FieldFacet("rating", reverse=True)
        if asked.near is not None and not asked.words:
            return sorting.FunctionFacet(partial(self._distance, asked.near))
        return None

    def _distance(self, near: Point, _searcher: object, doc: int) -> float:
        return _metres(near, self.places[doc])

    def _filters(self, asked: Asked, chosen: Mapping[str, Sequence[str]]) -> Iterator[Any]:
        yield LISTINGS
        for name, slugs in chosen.items():
            yield query.Or([query.Term("facets", f"{name}={slug}") for slug in slugs])
        if asked.fee_max is not None:
            most = asked.fee_max
            yield Column("fee", lambda fee: 0 <= fee <= most)
        near, within = asked.near, asked.within_m
        if near is not None and within is not None:
            yield Column("points", lambda held: _metres(near, held) <= within)


class Column(query.ColumnQuery):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's query over a column, with the one method it lacks to stand beside others."""

    def estimate_size(self, reader: Any) -> int:  # noqa: ANN401 - Whoosh ships no types
        """Give the most documents it can match."""
        return int(reader.doc_count_all())


class PatientWhoosh(Whoosh):
    """The same, with the values of all documents read once and kept."""

    name = "Whoosh+lists"

    def _groups(self) -> Any:  # noqa: ANN401 - Whoosh ships no types
        return KeptLists(self.searcher)


class KeptLists(sorting.FacetType):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's own overlapping groups, whose lists are made once for a searcher."""

    maptype = sorting.Count

    def __init__(self, searcher: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
        self.lists: dict[int, list[list[str]]] = {}
        for part, offset in searcher.leaf_searchers():
            made = sorting.OverlappingCategorizer(searcher, "facets")
            made.set_searcher(part, offset)
            self.lists[offset] = made._lists  # noqa: SLF001 - what it makes anew for each search

    def categorizer(self, _searcher: object) -> Any:  # noqa: ANN401 - Whoosh ships no types
        """Give what looks up the values of a document."""
        return KeptValues(self.lists)


class KeptValues(sorting.Categorizer):  # type: ignore[misc]  # Whoosh ships no types
    """Looks up the values of a document in lists made before."""

    allow_overlap = True

    def __init__(self, lists: Mapping[int, list[list[str]]]) -> None:
        self.lists = lists
        self.part: list[list[str]] = []

    def set_searcher(self, _searcher: object, offset: int) -> None:
        """Go on to the documents of another segment."""
        self.part = self.lists[offset]

    def keys_for(self, _matcher: object, doc: int) -> list[str]:
        """Give the values of a document."""
        return self.part[doc]


def _words(asked: Asked, joined: Any) -> Any:  # noqa: ANN401 - Whoosh ships no types
    if not asked.words:
        return query.Every()
    return joined([_in_any_text(word) for word in asked.words])


def _in_any_text(word: Stems) -> Any:  # noqa: ANN401 - Whoosh ships no types
    return query.Or([_in_one_text(text, word) for text in TEXTS])


def _in_one_text(text: str, word: Stems) -> Any:  # noqa: ANN401 - Whoosh ships no types
    if word.is_prefix:
        return query.Prefix(text, word.texts[-1])
    if len(word.texts) > 1:
        return query.Phrase(text, list(word.texts))
    return query.Term(text, word.texts[0])


def _counts(found: Any, names: Sequence[str]) -> dict[str, dict[str, int]]:  # noqa: ANN401 - Whoosh ships no types
    counts: dict[str, dict[str, int]] = {name: {} for name in names if name in TEN}
    for value, count in found.groups("facets").items():
        parameter, _equals, slug = value.partition("=")
        if parameter in counts:
            counts[parameter][slug] = count
    return counts


def _metres(near: Point, held: bytes) -> float:
    east = METRES_IN_A_DEGREE * cos(radians(near.lat))
    return min(
        (
            hypot(
                (lat / DEGREES - near.lat) * METRES_IN_A_DEGREE, (lon / DEGREES - near.lon) * east
            )
            for lat, lon, _locality in PLACE.iter_unpack(held)
        ),
        default=FAR,
    )
