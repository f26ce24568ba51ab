"""Whoosh's files as numpy arrays: postings, lengths, columns.

With `codec.py` the only file that knows how Whoosh lays its data out. Called by `segments.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from directory.search.codec import Block

LENGTHS = np.array([byte_to_length(number) for number in range(256)], dtype=np.float32)
NO_DOCS = np.empty(0, dtype=np.int32)
NO_WEIGHTS = np.empty(0, dtype=np.float32)


class Postings(NamedTuple):
    """Document numbers in order, and the weight of the word in each."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]


class Positions(NamedTuple):
    """Document numbers in order, how often the word is in each, and all its places in a row."""

    docs: NDArray[np.int32]
    counts: NDArray[np.uint16]
    places: NDArray[np.uint16]


def postings(reader: Any, field: str, word: str) -> Postings:  # noqa: ANN401 - Whoosh ships no types
    """Give the postings of a word in one segment, deleted documents included; empty if unknown."""
    blocks = _blocks(reader, field, word)
    if len(blocks) == 1:
        return Postings(blocks[0].docs, blocks[0].weights)
    if not blocks:
        return Postings(NO_DOCS, NO_WEIGHTS)
    return Postings(
        np.concatenate([block.docs for block in blocks]),
        np.concatenate([block.weights for block in blocks]),
    )


def positions(reader: Any, field: str, word: str) -> Positions:  # noqa: ANN401 - Whoosh ships no types
    """Give the places of a word in one segment, deleted documents included."""
    blocks = _blocks(reader, field, word)
    if not blocks:
        return Positions(NO_DOCS, np.empty(0, dtype=np.uint16), np.empty(0, dtype=np.uint16))
    return Positions(
        np.concatenate([block.docs for block in blocks]),
        np.concatenate([block.sizes for block in blocks]) // 2,
        np.frombuffer(b"".join(block.values for block in blocks), dtype=np.uint16),
    )


def lengths(reader: Any, field: str) -> NDArray[np.float32]:  # noqa: ANN401 - Whoosh ships no types
    """Give the length of a field in every document of a segment, as Whoosh's scoring sees it."""
    documents = getattr(reader, "_perdoc", None)
    if documents is None:
        every = range(reader.doc_count_all())
        return np.array([reader.doc_field_length(n, field, 1) or 1 for n in every], np.float32)
    name = f"_{field}_len"
    if not documents.has_column(name):
        return np.ones(reader.doc_count_all(), dtype=np.float32)
    known = LENGTHS[_numbers(documents.column_reader(name, LENGTHS_COLUMN), "B")]
    return np.maximum(known, np.float32(1))


def numbers(reader: Any, field: str) -> NDArray[np.int32]:  # noqa: ANN401 - Whoosh ships no types
    """Give a numeric column of a segment, one number for each document."""
    return _numbers(reader.column_reader(field, translate=False), "i").astype(np.int32)


def records(reader: Any, field: str, kind: np.dtype[Any]) -> tuple[NDArray[Any], NDArray[np.int32]]:  # noqa: ANN401 - Whoosh ships no types
    """Give all records of a bytes column of a segment, and the document each belongs to."""
    raw, sizes = _bytes(reader.column_reader(field, translate=False))
    docs = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes // kind.itemsize)
    return np.frombuffer(raw, dtype=kind), docs


def _bytes(column: Any) -> tuple[bytes, NDArray[np.int64]]:  # noqa: ANN401 - Whoosh ships no types
    """Give a bytes column in one piece, and the size of each document's part."""
    if not isinstance(column, VarBytesColumn.Reader):
        values = list(column)
        return b"".join(values), np.fromiter(map(len, values), np.int64, count=len(values))
    sizes = np.array(column._lengths, dtype=np.int64)  # noqa: SLF001 - all at once, as above
    return column._dbfile.get(column._basepos, int(sizes.sum())), sizes  # noqa: SLF001 - the same


def _numbers(column: Any, code: str) -> NDArray[Any]:  # noqa: ANN401 - Whoosh ships no types
    """Give a numeric column at once; the file leaves out what follows the last number set."""
    if not isinstance(column, NumericColumn.Reader):
        return np.array(list(column))
    held = column._count  # noqa: SLF001 - reading all at once is 100 times faster
    raw = column._dbfile.get(column._basepos, held * np.dtype(code).itemsize)  # noqa: SLF001 - the same
    found = np.full(len(column), column._default, dtype=code)  # noqa: SLF001 - the same
    found[:held] = np.frombuffer(raw, dtype=np.dtype(code).newbyteorder(">"))
    return found


def _blocks(reader: Any, field: str, word: str) -> list[Block]:  # noqa: ANN401 - Whoosh ships no types
    """Give the raw postings of a word, without Whoosh's filter of deleted documents."""
    described = reader.schema[field]
    try:
        matcher = reader._terms.matcher(field, described.to_bytes(word), described.format)  # noqa: SLF001 - the public one hides deleted documents, which scores count
    except TermNotFound:
        return []
    return list(matcher.blocks())
