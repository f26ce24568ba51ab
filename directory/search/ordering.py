"""The first results of an order, without sorting all of them. Called by `engine.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.search.snapshot import bits

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

GROUP = 64
SMALL = 2048
STRIDE = 1024


@dataclass(frozen=True)
class Order:
    """All documents of a snapshot from first to last, and the place of each."""

    docs: NDArray[np.int32]
    places: NDArray[np.int32]

    @classmethod
    def by(cls, *keys: NDArray[np.generic]) -> Order:
        """Give the order by ascending keys, the first of them counting most."""
        docs = np.lexsort(keys[::-1]).astype(np.int32)
        places = np.empty_like(docs)
        places[docs] = np.arange(len(docs), dtype=np.int32)
        return cls(docs, places)

    def first(self, docs: NDArray[np.integer[Any]], wanted: int) -> NDArray[np.integer[Any]]:
        """Give the first `wanted` of some documents, in order."""
        places = self.places[docs]
        if wanted < len(places):
            docs = docs[np.argpartition(places, wanted)[: wanted + 1]]
            places = self.places[docs]
        return docs[np.argsort(places)][:wanted]

    def first_of_row(
        self, row: NDArray[np.uint64], total: int, wanted: int
    ) -> NDArray[np.integer[Any]]:
        """Give the first `wanted` documents of a row that holds `total`."""
        if total <= max(SMALL, wanted):
            return self.first(bits.docs_of_row(row), wanted)
        found: list[NDArray[np.int32]] = []
        at, missing = 0, wanted
        stride = max(STRIDE, 2 * wanted * len(self.docs) // total)
        while missing > 0 and at < len(self.docs):
            chunk = self.docs[at : at + stride]
            held = chunk[bits.among(row, chunk)][:missing]
            found.append(held)
            missing -= len(held)
            at += stride
        return np.concatenate(found)


def highest(
    scores: NDArray[np.float32], ties: NDArray[np.integer[Any]], wanted: int
) -> NDArray[np.integer[Any]]:
    """Give the places of the `wanted` highest scores, highest first, ties by lower number.

    The wanted-th highest of the maxima of groups of 64 is a floor under the answer, so that
    only what reaches it is sorted.
    """
    candidates = np.arange(len(scores))
    if len(scores) > SMALL and wanted * GROUP < len(scores):
        whole = len(scores) // GROUP * GROUP
        maxima = scores[:whole].reshape(-1, GROUP).max(axis=1)
        floor = np.partition(maxima, -wanted)[-wanted]
        candidates = np.flatnonzero(scores >= floor)
    elif wanted < len(scores):
        floor = np.partition(scores, -wanted)[-wanted]
        candidates = np.flatnonzero(scores >= floor)
    order = np.lexsort((ties[candidates], -scores[candidates]))
    return candidates[order[:wanted]]
