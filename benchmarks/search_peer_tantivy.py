"""The peer in Rust: tantivy through its own Python binding.

One merged segment in memory; facets by its terms aggregation over fast fields of numbers, the
fastest way found: one field holds the values of all ten and is counted in one pass; a facet that
leaves out its own filter is counted in a pass of its own, since an aggregation has one query.
It knows no distance: places are numbers, the square round a point is filtered by ranges, and
the circle and the order are computed from its fast fields with numpy (the counts are those of
the square, of the first place of each listing). Not a script: `search.py` uses it.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import tantivy
from tantivy import FieldType, Occur, Query

from benchmarks.search_peers import (
    FEW_RESULTS,
    METRES_IN_A_DEGREE,
    TEN,
    Answer,
    Asked,
    best_rating,
    texts_of,
    values_of,
)
from directory.listings.queries.search import Sort
from directory.search.fields import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.search_peers import Stems
    from directory.search.documents import SearchDocument

FILTERS = (
    *TEN,
    *("kind", "centre_type", "identity", "facility", "accessibility", "open"),
    *("accepting", "registered"),
)
NUMBERS = ("number", "fee", "rating", "lat", "lon")
EVERY = "every"
HEAP_BYTES = 1_000_000_000
MOST_VALUES = 4000
DEGREES = 100_000
UNKNOWN = -1


class Tantivy:
    """An index in memory, asked through tantivy-py."""

    name = "tantivy"

    def __init__(self, _folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for text in TEXTS:
            builder.add_text_field(text, tokenizer_name="whitespace", index_option="position")
        for name in FILTERS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in (EVERY, *map(_counted, TEN)):
            builder.add_unsigned_field(name, fast=True)
        for name in NUMBERS:
            builder.add_integer_field(name, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        self.writer = self.index.writer(heap_size=HEAP_BYTES, num_threads=1)
        self.numbers: dict[tuple[str, str], int] = {}
        self.values: list[tuple[str, str]] = []

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Add documents to the writer."""
        for document in documents:
            self.writer.add_document(self._document(document))

    def finish(self) -> None:
        """Commit, which with one thread and a large heap leaves one segment."""
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.values = list(self.numbers)

    def search(self, asked: Asked) -> Answer:
        """Search, and search again for the facets."""
        words = self._joined(asked.words, Occur.Must)
        answer = self._answer(asked, words)
        if len(asked.words) > 1 and answer.total < FEW_RESULTS:
            answer = self._answer(asked, self._joined(asked.words, Occur.Should))
        return answer

    def _answer(self, asked: Asked, words: Query | None) -> Answer:
        query = self._filtered(asked, words, asked.chosen)
        if asked.near is not None:
            total, ids = self._nearest(asked, query)
        else:
            total, ids = self._first(asked, query)
        if len(asked.words) > 1 and total < FEW_RESULTS:
            return Answer(total, ids, {})
        counts = self._counts(query, asked.counted_together)
        for name in asked.counted_apart:
            counts |= self._counts(self._filtered(asked, words, asked.without(name)), (name,))
        return Answer(total, ids, counts)

    def _first(self, asked: Asked, query: Query) -> tuple[int, tuple[int, ...]]:
        """Give the total and one page, by points or by rating."""
        by_rating = "rating" if asked.sort is Sort.RATING else None
        found: Any = self.searcher.search(
            query, asked.limit, count=True, order_by_field=by_rating, offset=asked.offset
        )
        return found.count, self._numbers([address for _points, address in found.hits])

    def _numbers(self, addresses: list[Any]) -> tuple[int, ...]:
        held = self.searcher.fast_field_values("number", addresses)
        return tuple(int(number or 0) for number in held)

    def _nearest(self, asked: Asked, query: Query) -> tuple[int, tuple[int, ...]]:
        """Give the total and one page within the circle, the nearest first."""
        near = asked.near
        assert near is not None  # noqa: S101 - asked only with a point
        found = self.searcher.search(query, limit=self.searcher.num_docs, count=False)
        addresses = [address for _points, address in found.hits]
        lat, lon, numbers = (
            np.array(self.searcher.fast_field_values(name, addresses), dtype=np.float64)
            for name in ("lat", "lon", "number")
        )
        north = (lat / DEGREES - near.lat) * METRES_IN_A_DEGREE
        east = (lon / DEGREES - near.lon) * METRES_IN_A_DEGREE * cos(radians(near.lat))
        metres = np.hypot(north, east)
        within = metres <= (asked.within_m or np.inf)
        order = np.lexsort((numbers[within], metres[within]))
        page = numbers[within][order][asked.offset : asked.offset + asked.limit]
        return int(within.sum()), tuple(page.astype(int).tolist())

    def _counts(self, query: Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the values of one parameter, or of several by counting those of all."""
        field = _counted(names[0]) if len(names) == 1 else EVERY
        wanted = {"values": {"terms": {"field": field, "size": MOST_VALUES}}}
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        for bucket in self.searcher.aggregate(query, wanted)["values"]["buckets"]:
            name, slug = self.values[int(bucket["key"])]
            if name in found:
                found[name][slug] = bucket["doc_count"]
        return found

    def _document(self, document: SearchDocument) -> Any:  # noqa: ANN401 - tantivy's have no type
        made = tantivy.Document()
        for text, words in zip(TEXTS, texts_of(document), strict=True):
            made.add_text(text, words)
        for pair in values_of(document):
            if pair[0] in FILTERS:
                made.add_text(*pair)
            if pair[0] in TEN:
                number = self.numbers.setdefault(pair, len(self.numbers))
                made.add_unsigned(_counted(pair[0]), number)
                made.add_unsigned(EVERY, number)
        for name, number in zip(NUMBERS, _numbers(document), strict=True):
            made.add_integer(name, number)
        return made

    def _joined(self, words: Sequence[Stems], how: Occur) -> Query | None:
        if not words:
            return None
        return Query.boolean_query([(how, self._in_any_text(word)) for word in words])

    def _in_any_text(self, word: Stems) -> Query:
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(self._in_one_text(text, word), boost))
                for text, boost in TEXTS.items()
            ]
        )

    def _in_one_text(self, text: str, word: Stems) -> Query:
        if word.is_prefix:
            return Query.regex_query(self.schema, text, f"{word.texts[-1]}.*")
        if len(word.texts) > 1:
            return Query.phrase_query(self.schema, text, list(word.texts))
        return Query.term_query(self.schema, text, word.texts[0])

    def _filtered(
        self, asked: Asked, words: Query | None, chosen: Mapping[str, Sequence[str]]
    ) -> Query:
        filters = [
            (Occur.Must, Query.const_score_query(query, 0.0))
            for query in self._filters(asked, chosen)
        ]
        if words is None and not filters:
            return Query.all_query()
        return Query.boolean_query([*([] if words is None else [(Occur.Must, words)]), *filters])

    def _filters(self, asked: Asked, chosen: Mapping[str, Sequence[str]]) -> Iterator[Query]:
        for name, slugs in chosen.items():
            if len(slugs) == 1:
                yield Query.term_query(self.schema, name, slugs[0], "basic")
            else:
                yield Query.term_set_query(self.schema, name, list(slugs))
        if asked.fee_max is not None:
            yield self._between("fee", 0, asked.fee_max)
        if asked.near is not None and asked.within_m is not None:
            north = asked.within_m / METRES_IN_A_DEGREE
            east = north / cos(radians(asked.near.lat))
            for name, middle, away in (
                ("lat", asked.near.lat, north),
                ("lon", asked.near.lon, east),
            ):
                least, most = round((middle - away) * DEGREES), round((middle + away) * DEGREES)
                yield self._between(name, least, most)

    def _between(self, name: str, least: int, most: int) -> Query:
        return Query.range_query(self.schema, name, FieldType.Integer, least, most)


def _counted(parameter: str) -> str:
    """Give the name of the field of numbers that counts the values of a parameter."""
    return f"{parameter}_number"


def _numbers(document: SearchDocument) -> tuple[int, ...]:
    place = document.places[0]
    lat, lon = (round((degrees or 0.0) * DEGREES) for degrees in (place.lat, place.lon))
    fee = UNKNOWN if document.fee_inr is None else document.fee_inr
    return document.number, fee, best_rating(document), lat, lon
