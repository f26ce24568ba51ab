"""Whoosh's codec with postings laid out as arrays, which numpy reads at once.

Whoosh pickles each block of postings as tuples of Python numbers; decoding a common word of
100,000 documents from them takes a tenth of a second. Here a block holds the same numbers as raw
arrays: document numbers as differences, weights, sizes and bytes of the values. All else is
Whoosh's own, and its own searcher reads these postings too. Called by `fields.py` for writing
and by `snapshot/decoding.py` for reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import (
    LENGTHS_COLUMN,
    W3Codec,
    W3LeafMatcher,
    W3PerDocReader,
    W3PostingsWriter,
)
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Long blocks decode fast as a whole; light compression halves the files.
BLOCK_POSTINGS = 4096
COMPRESSION = 1


class Block(NamedTuple):
    """Postings in order: documents, weights, and the values one after another with their sizes."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]
    sizes: NDArray[np.uint16]
    values: bytes


class ArrayPostingsWriter(W3PostingsWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Writes blocks as arrays; vectors of terms, which this index has none of, are refused."""

    def _mini_ids(self) -> bytes:
        return np.diff(np.array(self._ids, dtype=np.uint32), prepend=np.uint32(0)).tobytes()

    def _mini_weights(self) -> bytes:
        weights = np.array(self._weights, dtype=np.float32)
        return weights[:1].tobytes() if (weights == weights[0]).all() else weights.tobytes()

    def _mini_values(self) -> tuple[bytes, bytes] | None:
        if not self._values:
            return None
        sizes = np.fromiter(map(len, self._values), dtype=np.uint16, count=len(self._values))
        return sizes.tobytes(), b"".join(self._values)


class ArrayMatcher(W3LeafMatcher):  # type: ignore[misc]  # Whoosh ships no types
    """Reads blocks written as arrays: one posting at a time for Whoosh, or block by block."""

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks of a fresh matcher, which is used up by it."""
        while True:
            yield self._block()
            self._next_block()
            if not self.is_active():
                return

    def _block(self) -> Block:
        if self._data is None:
            self._read_data()
        ids, weights, values = self._data
        docs = np.cumsum(np.frombuffer(ids, dtype=np.uint32), dtype=np.int32)
        own = np.frombuffer(weights, dtype=np.float32)
        sizes, joined = values or (b"", b"")
        return Block(
            docs,
            own if len(own) == len(docs) else np.repeat(own, len(docs)),
            np.frombuffer(sizes, dtype=np.uint16),
            joined,
        )

    def _read_ids(self) -> None:
        self._ids = self._block().docs.tolist()

    def _read_weights(self) -> None:
        self._weights = self._block().weights.tolist()

    def _read_values(self) -> None:
        block = self._block()
        ends = np.cumsum(block.sizes, dtype=np.int64)
        spans = zip((ends - block.sizes).tolist(), ends.tolist(), strict=True)
        values = [block.values[start:end] for start, end in spans]
        self._values = values or [b""] * len(block.docs)


class KnownLengths(W3PerDocReader):  # type: ignore[misc]  # Whoosh ships no types
    """Reads the lengths of a field once; a commit asks for one with every posting it writes."""

    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
        super().__init__(storage, segment)
        self._known: dict[str, list[int] | None] = {}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int | None:
        """Give the length of a field in a document, as Whoosh's own reader does."""
        if fieldname not in self._known:
            self._known[fieldname] = self._all_lengths(fieldname)
        known = self._known[fieldname]
        if known is None:
            return default
        return known[docnum] or None

    def _all_lengths(self, fieldname: str) -> list[int] | None:
        column = self._cached_reader(f"_{fieldname}_len", LENGTHS_COLUMN)
        return None if column is None else [byte_to_length(number) for number in column]


class ArrayCodec(W3Codec):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's third codec with the postings above."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_POSTINGS, compression=COMPRESSION)

    def per_document_reader(self, storage: Any, segment: Any) -> KnownLengths:  # noqa: ANN401 - Whoosh's signature
        """Give the reader of columns and lengths."""
        return KnownLengths(storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - Whoosh's signature
        """Give the writer of postings."""
        if byteids:
            return super().postings_writer(dbfile, byteids=byteids)
        return ArrayPostingsWriter(
            dbfile,
            blocklimit=self._blocklimit,
            compression=self._compression,
            inlinelimit=self._inlinelimit,
        )

    def postings_reader(
        self,
        dbfile: Any,  # noqa: ANN401 - Whoosh ships no types
        terminfo: Any,  # noqa: ANN401 - the same
        format_: Any,  # noqa: ANN401 - the same
        term: Any = None,  # noqa: ANN401 - the same
        scorer: Any = None,  # noqa: ANN401 - the same
    ) -> Any:  # noqa: ANN401 - the same
        """Give a matcher over the postings of a term."""
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
