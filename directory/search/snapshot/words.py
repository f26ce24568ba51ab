"""How well each document matches a word: Whoosh's BM25F, computed for all documents at once.

`idf = ln(N / (df + 1)) + 1`, B 0.75, K1 1.2, where N, df and the average length count deleted
documents until Whoosh merges them away, as `whoosh.scoring.BM25F` does; a test holds the two
together. Called by `snapshot.py` and `matching.py`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

import numpy as np

from directory.search.snapshot.bits import row_of_docs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

B = 0.75
K1 = 1.2
# What words may take in memory: so much for each document, and never less than for 10,000.
BYTES_A_DOCUMENT = 1600
FEWEST_DOCUMENTS = 10_000
# A word in more than one document of so many is kept as an array over all documents, too.
FREQUENT_ONE_IN = 16


@dataclass(frozen=True)
class WordScores:
    """The documents that hold a word, in order, and the points each gets for it."""

    docs: NDArray[np.int32]
    scores: NDArray[np.float32]
    count: int
    words: int

    @property
    def is_frequent(self) -> bool:
        """Whether it pays to look at all documents at once."""
        return len(self.docs) * FREQUENT_ONE_IN > self.count

    @cached_property
    def every(self) -> NDArray[np.float32]:
        """The points of every document, zero where the word is not."""
        spread = np.zeros(self.count, dtype=np.float32)
        spread[self.docs] = self.scores
        return spread

    @cached_property
    def row(self) -> NDArray[np.uint64]:
        """The documents as a row of bits."""
        return row_of_docs(self.docs, self.count, self.words)

    @property
    def bytes(self) -> int:
        """Roughly what it takes in memory."""
        own = len(self.docs) * 8 + 200
        return own + (self.count * 4 + self.words * 8 if self.is_frequent else 0)


def bm25(
    weights: NDArray[np.float32],
    lengths: NDArray[np.float32],
    *,
    documents: int,
    holding: int,
    average_length: float,
) -> NDArray[np.float32]:
    """Give the points of each posting; `holding` is the number of documents with the word."""
    idf = log(documents / (holding + 1)) + 1
    norm = K1 * (1 - B) + (K1 * B / (average_length or 1)) * lengths
    return (idf * (K1 + 1) * weights / (weights + norm)).astype(np.float32)


@dataclass
class KeptWords:
    """Scores computed so far in one generation, the least recently used dropped first."""

    most_bytes: int
    _kept: OrderedDict[tuple[str, str], WordScores] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def sized_for(cls, documents: int) -> KeptWords:
        """Give an empty store that keeps the words of some hundred common searches."""
        return cls(max(documents, FEWEST_DOCUMENTS) * BYTES_A_DOCUMENT)

    def of(self, key: tuple[str, str], make: Callable[[], WordScores]) -> WordScores:
        """Give what is kept under a key, made now if need be (by several threads at worst)."""
        kept = self._kept.get(key)
        if kept is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
            return kept
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._bytes += made.bytes
            while self._bytes > self.most_bytes and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].bytes
        return made

    def kept(self) -> list[tuple[str, str]]:
        """Give what is kept, the least recently used first."""
        with self._lock:
            return list(self._kept)
