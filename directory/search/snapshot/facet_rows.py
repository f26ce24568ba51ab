"""Every value of every parameter as a row of bits, and the values of every document.

Broad result sets are counted by rows (AND and count bits), small ones by the values of each
document. Called by `snapshot.py`; counted in `search/facets.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.search.snapshot.bits import row_of_docs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from directory.search.snapshot.segments import Segment

# One value for a document, hundreds of values: counted by value, never by rows.
BY_VALUE = "locality"


@dataclass(frozen=True)
class FacetRows:
    """All values there are, which documents have each, and which each document has.

    `values` are `parameter=value` in order, `slugs` the values alone; row number n of `rows`
    belongs to value n. `groups` are the spans of values of one parameter. `starts` and `held`
    list the numbers of the values each document has: those of document d are
    held[starts[d]:starts[d + 1]].
    `first_place` is the number of each document's first locality (-1 without one); the further
    ones of some are pairs of a document and a value.
    """

    values: tuple[str, ...]
    slugs: tuple[str, ...]
    numbers: Mapping[str, int]
    groups: Mapping[str, tuple[int, int]]
    rows: NDArray[np.uint64]
    starts: NDArray[np.int64]
    held: NDArray[np.int16]
    first_place: NDArray[np.int16]
    further_docs: NDArray[np.int32]
    further_places: NDArray[np.int16]

    def row(self, value: str) -> NDArray[np.uint64] | None:
        """Give the documents that have a value; None for a value nobody has."""
        number = self.numbers.get(value)
        return None if number is None else self.rows[number]


def facet_rows(
    segments: Sequence[Segment], offsets: Sequence[int], count: int, words: int
) -> FacetRows:
    """Build the rows of all segments together; deleted documents are left in."""
    values = tuple(sorted({value for segment in segments for value in segment.facets}))
    rows = np.zeros((len(values), words), dtype=np.uint64)
    docs_of_value = [_docs(value, segments, offsets) for value in values]
    for number, docs in enumerate(docs_of_value):
        rows[number] = row_of_docs(docs, count, words)
    groups = _groups(values)
    place_start, place_end = groups.get(BY_VALUE, (0, 0))
    numbers = {value: number for number, value in enumerate(values)}
    starts, held = _by_document(segments, numbers)
    pairs = _pairs(docs_of_value[place_start:place_end], place_start)
    first_place, further_docs, further_places = _places(*pairs, count)
    return FacetRows(
        values=values,
        slugs=tuple(value.partition("=")[2] for value in values),
        numbers=numbers,
        groups=groups,
        rows=rows,
        starts=starts,
        held=held,
        first_place=first_place,
        further_docs=further_docs,
        further_places=further_places,
    )


def _docs(value: str, segments: Sequence[Segment], offsets: Sequence[int]) -> NDArray[np.int32]:
    found = [
        segment.facets[value] + np.int32(offset)
        for segment, offset in zip(segments, offsets, strict=True)
        if value in segment.facets
    ]
    return found[0] if len(found) == 1 else np.concatenate(found)


def _by_document(
    segments: Sequence[Segment], numbers: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Put the values of each document together, numbered as in the snapshot."""
    starts, held, before = [np.zeros(1, dtype=np.int64)], [], 0
    for segment in segments:
        own = np.array([numbers[value] for value in segment.facets], dtype=np.int16)
        sizes, values = segment.facets_by_document
        starts.append(np.cumsum(sizes) + before)
        held.append(values if _is_counting(own) else own[values])
        before += len(values)
    return np.concatenate(starts), held[0] if len(held) == 1 else np.concatenate(held)


def _is_counting(numbers: NDArray[np.int16]) -> bool:
    return bool((numbers == np.arange(len(numbers))).all())


def _pairs(
    docs_of_value: Sequence[NDArray[np.int32]], first: int
) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
    """Give documents and the number of the value each has, values counted from `first`."""
    if not docs_of_value:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int16)
    sizes = [len(found) for found in docs_of_value]
    numbers = np.arange(first, first + len(sizes), dtype=np.int16)
    return np.concatenate(docs_of_value), np.repeat(numbers, sizes)


def _places(
    docs: NDArray[np.int32], numbers: NDArray[np.int16], count: int
) -> tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.int16]]:
    """Part the localities into one for each document and the further ones."""
    order = np.argsort(docs, kind="stable")
    docs, numbers = docs[order], numbers[order]
    first = np.ones(len(docs), dtype=np.bool_)
    first[1:] = docs[1:] != docs[:-1]
    first_place = np.full(count, -1, dtype=np.int16)
    first_place[docs[first]] = numbers[first]
    return first_place, docs[~first], numbers[~first]


def _groups(values: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Give the first value and the one past the last of each parameter."""
    groups: dict[str, tuple[int, int]] = {}
    for number, value in enumerate(values):
        parameter = value.partition("=")[0]
        first, _end = groups.get(parameter, (number, number))
        groups[parameter] = (first, number + 1)
    return groups
