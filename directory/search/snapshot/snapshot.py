"""One generation of the index, whole: arrays over all documents, and words decoded on demand.

Immutable once open but for what it keeps of words already asked for; many threads may read it.
Documents are numbered as Whoosh numbers them, deleted ones included. Opened by `local.py`,
answered from by `engine.py`.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.reading import SegmentReader

from directory.listings.queries.search import OpenFilter
from directory.search.analysis import folded, stem
from directory.search.fields import DEGREES, NUMBERS, TEXTS
from directory.search.snapshot import bits
from directory.search.snapshot.facet_rows import FacetRows, facet_rows
from directory.search.snapshot.hours import OpeningHours
from directory.search.snapshot.places import Localities, Points, docs_of, where_they_stand
from directory.search.snapshot.segments import KeptPostings, Segment
from directory.search.snapshot.words import KeptWords, WordScores, bm25

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

ALL_TEXTS = ""
MOST_DERIVED = 128
LISTING_KINDS = ("kind=practitioner", "kind=centre")


class EmptyIndexError(Exception):
    """An index nothing was ever committed to, not even its own state."""


@dataclass(frozen=True)
class Confirmed:
    """The last day each check counts that vouches for one of a document's claims, in any order."""

    docs: NDArray[np.int32]
    days: NDArray[np.int32]


class _Open(NamedTuple):
    """The places open at a time, and the documents that have one; `minute` is that of "now"."""

    minute: int | None
    places: NDArray[np.int64]
    row: NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that one generation of the index holds; `generation` names it."""

    generation: str
    segments: tuple[Segment, ...]
    offsets: tuple[int, ...]
    count: int
    words_in_row: int
    live: NDArray[np.uint64]
    numbers: Mapping[str, NDArray[np.int32]]
    facets: FacetRows
    points: Points
    localities: Localities
    hours: OpeningHours
    confirmed: Confirmed
    average_lengths: Mapping[str, float]
    postings: KeptPostings
    scores: KeptWords
    _open: dict[OpenFilter, _Open] = field(default_factory=dict)
    _derived: dict[str, NDArray[np.uint64]] = field(default_factory=dict)

    @classmethod
    def open(cls, index: Any, *, generation: str, previous: Snapshot | None = None) -> Snapshot:  # noqa: ANN401 - Whoosh ships no types
        """Read what the index holds now, reusing the segments a former snapshot has decoded.

        Raises what Whoosh raises for an index that is gone, damaged, or swept away meanwhile.
        """
        toc = index._read_toc()  # noqa: SLF001 - Whoosh's own reader would open every segment anew
        known = {segment.name: segment for segment in previous.segments} if previous else {}
        if not toc.segments:
            raise EmptyIndexError
        segments = tuple(
            known.get(entry.segment_id()) or _read(index, toc, entry) for entry in toc.segments
        )
        deleted = [set(entry.deleted_docs()) for entry in toc.segments]
        totals = {
            name: sum(entry._fieldlengths.get(name, 0) for entry in toc.segments)  # noqa: SLF001 - the sum Whoosh scores with
            for name in TEXTS
        }
        count = sum(segment.count for segment in segments)
        postings = (previous.postings if previous else KeptPostings()).sized_for(count)
        return _assembled(generation, segments, deleted, totals, postings)

    @property
    def document_count(self) -> int:
        """Give the number of listings that can be found."""
        return bits.size_of_row(self.live_listings)

    @cached_property
    def live_listings(self) -> NDArray[np.uint64]:
        """Give the row of listings that are not deleted; guides and the index's state are not."""
        found = np.zeros(self.words_in_row, dtype=np.uint64)
        for kind in LISTING_KINDS:
            row = self.facets.row(kind)
            if row is not None:
                found |= row
        return found & self.live

    @cached_property
    def live_guides(self) -> NDArray[np.uint64]:
        """Give the row of pages to read that are not deleted."""
        row = self.facets.row("kind=guide")
        return self.live & row if row is not None else np.zeros_like(self.live)

    @cached_property
    def names(self) -> Mapping[str, int]:
        """Give the words of listings' names, with the number of documents each stands in."""
        found: dict[str, int] = {}
        for segment in self.segments:
            for word, number in segment.names.items():
                found[word] = found.get(word, 0) + number
        return found

    @property
    def words(self) -> Snapshot:
        """Give what the reader of queries may ask of the index: `knows` and `names`."""
        return self

    def knows(self, word: str) -> bool:
        """Tell whether any document holds a word once it is stemmed."""
        stemmed = stem(word)
        if stemmed is None:
            return True
        return any(segment.holds(text, stemmed) for segment in self.segments for text in TEXTS)

    def word(self, text: str, stemmed: str) -> WordScores:
        """Give the scores of a word in one text; `ALL_TEXTS` adds up all three."""
        if text == ALL_TEXTS:
            return self.scores.of((text, stemmed), lambda: self._in_all_texts(stemmed))
        return self.scores.of((text, stemmed), lambda: self._in_one_text(text, stemmed))

    def beginning(self, text: str, start: str) -> list[str]:
        """Give the words of a text, or of "names", that begin so, in order."""
        found = (segment.beginning(text, start) for segment in self.segments)
        return sorted({word for words in found for word in words})

    def named(self, start: str) -> NDArray[np.uint64]:
        """Give the row of documents with a name that has a word beginning so."""
        found = np.zeros(self.words_in_row, dtype=np.uint64)
        for word in self.beginning("names", folded(start)):
            docs, _scores = self._gathered("names", word)
            found |= bits.row_of_docs(docs, self.count, self.words_in_row)
        return found & self.live

    def open_places(self, when: OpenFilter, moment: datetime) -> NDArray[np.int64]:
        """Give the places open at such a time, in order; now is `moment` in Delhi."""
        return self._opened(when, moment).places

    def open_row(self, when: OpenFilter, moment: datetime) -> NDArray[np.uint64]:
        """Give the row of documents with such a place."""
        return self._opened(when, moment).row

    def _opened(self, when: OpenFilter, moment: datetime) -> _Open:
        """Find out once what is open at a time of the week, and once a minute what is open now."""
        minute = None
        if when is OpenFilter.NOW:
            minute = moment.toordinal() * 1440 + moment.hour * 60 + moment.minute
        kept = self._open.get(when)
        if kept is None or kept.minute != minute:
            places = self.hours.open_places(when, moment)
            kept = self._open[when] = _Open(minute, places, self.row_of_places(places))
        return kept

    def row_of_places(self, places: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Give the row of documents that have such places."""
        return bits.row_of_docs(docs_of(places), self.count, self.words_in_row)

    def confirmed_on(self, day: int) -> NDArray[np.int32]:
        """Give how many of each document's claims a check vouches for on a day (its ordinal)."""
        counts = self.confirmed.docs[self.confirmed.days >= day]
        return np.bincount(counts, minlength=self.count).astype(np.int32)

    def derived(self, key: str, flags: Callable[[], NDArray[np.bool_]]) -> NDArray[np.uint64]:
        """Give the row of flags computed once under a key; `key` says all that they depend on."""
        row = self._derived.get(key)
        if row is None:
            row = bits.row_of_flags(flags(), self.words_in_row)
            if len(self._derived) >= MOST_DERIVED:
                self._derived.clear()
            self._derived[key] = row
        return row

    def warm(self, words: Iterable[str]) -> None:
        """Decode words before anybody asks, so that no first search is slow."""
        for word in words:
            scores = self.word(ALL_TEXTS, word)
            if scores.is_frequent:
                _ = scores.every, scores.row

    def kept_words(self) -> list[str]:
        """Give the words asked for so far, for warming the next generation."""
        return [word for text, word in self.scores.kept() if text == ALL_TEXTS]

    def _in_all_texts(self, stemmed: str) -> WordScores:
        """Add up the three texts; what each adds is not kept."""
        parts = [self._in_one_text(text, stemmed) for text in TEXTS]
        held = [part for part in parts if len(part.docs)]
        if len(held) == 1:
            return held[0]
        total = np.zeros(self.count, dtype=np.float32)
        for part in held:
            total[part.docs] += part.scores
        docs = np.flatnonzero(total).astype(np.int32)
        return WordScores(docs, total[docs], self.count, self.words_in_row)

    def _in_one_text(self, text: str, stemmed: str) -> WordScores:
        docs, weights = self._gathered(text, stemmed)
        if not len(docs):
            return WordScores(docs, weights, self.count, self.words_in_row)
        scores = bm25(
            weights,
            self.lengths[text][docs],
            documents=self.count,
            holding=len(docs),
            average_length=self.average_lengths[text],
        )
        return WordScores(docs, scores, self.count, self.words_in_row)

    @cached_property
    def lengths(self) -> Mapping[str, NDArray[np.float32]]:
        """Give the lengths of the texts of all documents."""
        return {
            name: _joined([segment.lengths[name] for segment in self.segments]) for name in TEXTS
        }

    def _gathered(self, text: str, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give the postings of a word in all segments, deleted documents included."""
        pairs = [
            (postings.docs + np.int32(offset) if offset else postings.docs, postings.weights)
            for segment, offset in zip(self.segments, self.offsets, strict=True)
            if len((postings := self.postings.of(segment, text, word)).docs)
        ]
        if not pairs:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        return _joined([docs for docs, _w in pairs]), _joined([weights for _d, weights in pairs])


def _read(index: Any, toc: Any, entry: Any) -> Segment:  # noqa: ANN401 - Whoosh ships no types
    """Decode a segment; its files close when the last snapshot that uses it is gone."""
    reader = SegmentReader(index.storage, toc.schema, entry, generation=toc.generation)
    try:
        segment = Segment.read(reader)
    except BaseException:
        reader.close()
        raise
    weakref.finalize(segment, reader.close)
    return segment


def _assembled(
    generation: str,
    segments: tuple[Segment, ...],
    deleted: Sequence[set[int]],
    totals: Mapping[str, int],
    postings: KeptPostings,
) -> Snapshot:
    sizes = [segment.count for segment in segments]
    offsets = tuple(accumulate(sizes, initial=0))[:-1]
    count = sum(sizes)
    words = bits.words_for(count)
    points, localities = _places(segments, offsets, count)
    flags = np.ones(count, dtype=np.bool_)
    for offset, gone in zip(offsets, deleted, strict=True):
        flags[[offset + doc for doc in gone]] = False
    return Snapshot(
        generation=generation,
        segments=segments,
        offsets=offsets,
        count=count,
        words_in_row=words,
        live=bits.row_of_flags(flags, words),
        numbers={
            name: _joined([segment.numbers[name] for segment in segments]) for name in NUMBERS
        },
        facets=facet_rows(segments, offsets, count, words),
        points=points,
        localities=localities,
        hours=OpeningHours.of(
            [_shifted(s.hours, n) for s, n in zip(segments, offsets, strict=True)],
            [_shifted(s.exceptions, n) for s, n in zip(segments, offsets, strict=True)],
        ),
        confirmed=_confirmed(segments, offsets),
        average_lengths={name: total / (count or 1) for name, total in totals.items()},
        postings=postings,
        scores=KeptWords.sized_for(count),
    )


def _places(
    segments: Sequence[Segment], offsets: Sequence[int], count: int
) -> tuple[Points, Localities]:
    parts = [_shifted(s.places, n) for s, n in zip(segments, offsets, strict=True)]
    records, docs = (_joined(arrays) for arrays in zip(*parts, strict=True))
    return where_they_stand(records, docs, count)


def _confirmed(segments: tuple[Segment, ...], offsets: tuple[int, ...]) -> Confirmed:
    parts = [_shifted(s.confirmed, n) for s, n in zip(segments, offsets, strict=True)]
    days = _joined([records["day"] for records, _docs in parts])
    return Confirmed(_joined([docs for _records, docs in parts]), np.ascontiguousarray(days))


def _shifted(
    part: tuple[NDArray[Any], NDArray[np.int32]], offset: int
) -> tuple[NDArray[Any], NDArray[np.int32]]:
    records, docs = part
    return records, docs + np.int32(offset)


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def degrees(value: float) -> float:
    """Give degrees as the points of a snapshot count them."""
    return value * DEGREES
