"""The places of listings as numbers, and where each one stands: its point and its locality.

A place is numbered within its listing; a document and its place together are one number. A set
of places is an array of such numbers in order. Called by `snapshot.py` and by what filters,
counts and draws places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from directory.search.fields import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int64]

MOST_PLACES = 256


@dataclass(frozen=True)
class Points:
    """Places on the ground: one for each document, and the further ones of some.

    Degrees ×100,000 as float32; NaN where a document has no point at all. `places` and
    `further_places` are the numbers of places; -1 where there is none.
    """

    lat: NDArray[np.float32]
    lon: NDArray[np.float32]
    places: Places
    further_docs: NDArray[np.int32]
    further_lat: NDArray[np.float32]
    further_lon: NDArray[np.float32]
    further_places: Places


@dataclass(frozen=True)
class Localities:
    """The places that have a locality, in order, with their documents and the locality's id.

    `beside_others` tells which are of a document that has other places too.
    """

    places: Places
    docs: NDArray[np.int32]
    ids: NDArray[np.int32]
    beside_others: NDArray[np.bool_]

    def places_in(self, localities: Sequence[int]) -> Places:
        """Give the places in one of some localities, in order."""
        if len(localities) == 1:
            return self.places[self.ids == localities[0]]
        return self.places[np.isin(self.ids, localities)]


def numbered(docs: NDArray[np.int32], place: NDArray[Any]) -> Places:
    """Give the numbers of places: of documents, and which place of each it is."""
    return docs.astype(np.int64) * MOST_PLACES + place.astype(np.int64)


def docs_of(places: Places) -> NDArray[np.int64]:
    """Give the documents of places."""
    return places // MOST_PLACES


def each_once(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give numbers that stand in order, each once."""
    return numbers[np.diff(numbers, prepend=-1) > 0]


def are_among(places: Places, meant: Places) -> NDArray[np.bool_]:
    """Tell which places are among those meant, which stand in order."""
    if not len(meant):
        return np.zeros(len(places), dtype=np.bool_)
    at = np.minimum(np.searchsorted(meant, places), len(meant) - 1)
    return meant[at] == places


def where_they_stand(
    records: NDArray[Any], docs: NDArray[np.int32], count: int
) -> tuple[Points, Localities]:
    """Give points and localities of all places of `count` documents, whose records are in order."""
    first_of_doc = np.searchsorted(docs, docs)
    numbers = numbered(docs, np.arange(len(docs)) - first_of_doc)
    known = records["lat"] != UNKNOWN
    points = _points(records[known], docs[known], numbers[known], count)
    named = records["locality"] != UNKNOWN
    several = np.bincount(docs, minlength=count)[docs] > 1
    ids = np.ascontiguousarray(records["locality"][named])
    return points, Localities(numbers[named], docs[named], ids, several[named])


def _points(records: NDArray[Any], docs: NDArray[np.int32], numbers: Places, count: int) -> Points:
    """Give the first point of each document in arrays, and the further ones in a list."""
    first = np.ones(len(docs), dtype=np.bool_)
    first[1:] = docs[1:] != docs[:-1]
    lat, lon = (np.full(count, np.nan, dtype=np.float32) for _ in range(2))
    lat[docs[first]], lon[docs[first]] = records["lat"][first], records["lon"][first]
    places = np.full(count, UNKNOWN, dtype=np.int64)
    places[docs[first]] = numbers[first]
    return Points(
        lat=lat,
        lon=lon,
        places=places,
        further_docs=docs[~first],
        further_lat=records["lat"][~first].astype(np.float32),
        further_lon=records["lon"][~first].astype(np.float32),
        further_places=numbers[~first],
    )
