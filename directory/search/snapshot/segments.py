"""What one segment of the index holds, decoded once: segments never change but for deletions.

The next generation reuses the segments that are still there. Words are decoded when they are
first asked for and kept within a budget of bytes. Called by `snapshot.py`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from directory.search.fields import NUMBERS, TEXTS
from directory.search.snapshot import decoding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PLACES = np.dtype([("lat", "<i4"), ("lon", "<i4"), ("locality", "<i4")])
HOURS = np.dtype([("place", "<u2"), ("weekday", "<u2"), ("opens", "<u2"), ("closes", "<u2")])
DAYS = np.dtype([("day", "<i4")])
EXCEPTIONS = np.dtype([("place", "<i4"), ("day", "<i4"), ("opens", "<i4"), ("closes", "<i4")])
# What decoded postings may take in memory, and never less than for 10,000 documents.
BYTES_A_DOCUMENT = 600
FEWEST_DOCUMENTS = 10_000


@dataclass
class KeptPostings:
    """Postings decoded so far in all segments, the least recently used dropped first."""

    most_bytes: int = FEWEST_DOCUMENTS * BYTES_A_DOCUMENT
    _kept: OrderedDict[tuple[str, str, str], decoding.Postings] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def sized_for(self, documents: int) -> KeptPostings:
        """Give the same store with room for so many documents."""
        self.most_bytes = max(documents, FEWEST_DOCUMENTS) * BYTES_A_DOCUMENT
        return self

    def of(self, segment: Segment, text: str, word: str) -> decoding.Postings:
        """Give the postings of a word in a text of a segment; decodes at most once."""
        key = (segment.name, text, word)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
            found = segment.postings(text, word)
            self._kept[key] = found
            self._bytes += _size(found)
            while self._bytes > self.most_bytes and len(self._kept) > 1:
                self._bytes -= _size(self._kept.popitem(last=False)[1])
            return found


@dataclass(frozen=True, eq=False)
class Segment:
    """The arrays of one segment; document numbers count from its own first document."""

    name: str
    reader: Any
    count: int
    numbers: Mapping[str, NDArray[np.int32]]
    lengths: Mapping[str, NDArray[np.float32]]
    facets: Mapping[str, NDArray[np.int32]]
    places: tuple[NDArray[Any], NDArray[np.int32]]
    hours: tuple[NDArray[Any], NDArray[np.int32]]
    exceptions: tuple[NDArray[Any], NDArray[np.int32]]
    confirmed: tuple[NDArray[Any], NDArray[np.int32]]
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def read(cls, reader: Any) -> Segment:  # noqa: ANN401 - Whoosh ships no types
        """Decode what every search needs; words come later."""
        return cls(
            name=reader.segment().segment_id(),
            reader=reader,
            count=reader.doc_count_all(),
            numbers={name: decoding.numbers(reader, name) for name in NUMBERS},
            lengths={name: decoding.lengths(reader, name) for name in TEXTS},
            facets={
                value: decoding.postings(reader, "facets", value).docs
                for value in sorted(reader.field_terms("facets"))
            },
            places=decoding.records(reader, "places", PLACES),
            hours=decoding.records(reader, "hours", HOURS),
            exceptions=decoding.records(reader, "exceptions", EXCEPTIONS),
            confirmed=decoding.records(reader, "confirmed", DAYS),
        )

    @cached_property
    def facets_by_document(self) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """Give how many facet values each document has, and their numbers one after another.

        Values are numbered as they stand in `facets`.
        """
        if not self.facets:
            return np.zeros(self.count, dtype=np.int64), np.empty(0, dtype=np.int16)
        groups = list(self.facets.values())
        docs = np.concatenate(groups)
        numbers = np.repeat(np.arange(len(groups), dtype=np.int16), [len(g) for g in groups])
        sizes = np.bincount(docs, minlength=self.count)
        return sizes, numbers[np.argsort(docs, kind="stable")]

    def postings(self, text: str, word: str) -> decoding.Postings:
        """Decode the postings of a word; Whoosh's files are read by one thread at a time."""
        with self.lock:
            return decoding.postings(self.reader, text, word)

    def positions(self, text: str, word: str) -> decoding.Positions:
        """Decode the places of a word."""
        with self.lock:
            return decoding.positions(self.reader, text, word)

    def holds(self, text: str, word: str) -> bool:
        """Tell whether any document, deleted or not, has the word."""
        with self.lock:
            return (text, word) in self.reader

    def beginning(self, text: str, start: str) -> list[str]:
        """Give the words of a text or set that begin so."""
        with self.lock:
            return [
                word if isinstance(word, str) else word.decode()
                for word in self.reader.expand_prefix(text, start)
            ]

    @cached_property
    def names(self) -> Mapping[str, int]:
        """Give the words of names, with the number of documents each stands in."""
        with self.lock:
            lexicon = list(self.reader.field_terms("names"))
            return {word: self.reader.doc_frequency("names", word) for word in lexicon}


def _size(postings: decoding.Postings) -> int:
    return int(postings.docs.nbytes + postings.weights.nbytes) + 100
