"""Sets of documents as rows of bits, 64 to a word. Pure arithmetic, called by the whole room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

WORD_BITS = 64


def words_for(count: int) -> int:
    """Give how many words hold a bit for each of `count` documents; never none."""
    return max(1, -(-count // WORD_BITS))


def row_of_flags(flags: NDArray[np.bool_], words: int) -> NDArray[np.uint64]:
    """Give the row of the documents whose flag is set."""
    row = np.zeros(words * 8, dtype=np.uint8)
    packed = np.packbits(flags, bitorder="little")
    row[: len(packed)] = packed
    return row.view(np.uint64)


def row_of_docs(docs: NDArray[np.integer[Any]], count: int, words: int) -> NDArray[np.uint64]:
    """Give the row of some documents among `count`."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[docs] = True
    return row_of_flags(flags, words)


def docs_of_row(row: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Give the numbers of the documents whose bit is set, in order."""
    return np.flatnonzero(np.unpackbits(row.view(np.uint8), bitorder="little").view(np.bool_))


def size_of_row(row: NDArray[np.uint64]) -> int:
    """Give how many bits are set."""
    return int(np.bitwise_count(row).sum(dtype=np.int64))


def among(row: NDArray[np.uint64], docs: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell for each document whether its bit is set."""
    found = row.view(np.uint8)[docs >> 3] >> (docs & 7).astype(np.uint8)
    return (found & 1).view(np.bool_)
