"""What a search asks of a place, asked of one and the same place (decision 0032).

When it is open, how near it is, its locality and its district: each is a set of places, and what
is asked together holds for the places in all of them. Called by `filtering.py`, `facets.py` and
`engine.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from math import cos, radians
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from directory.core.geo import EARTH_RADIUS_M
from directory.search.fields import DEGREES
from directory.search.snapshot.places import are_among
from directory.search.snapshot.snapshot import degrees

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from directory.listings.queries.cards import Point
    from directory.listings.queries.search import ListingSearch, OpenFilter
    from directory.search.snapshot.places import Places
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

    Row = NDArray[np.uint64]

METRES_IN_A_UNIT = radians(1) * EARTH_RADIUS_M / DEGREES


@dataclass(frozen=True)
class AskedPlaces:
    """The places each parameter in force asks for, looked up when they are needed.

    One parameter alone is a row of documents, so that only two together cost more.
    """

    snapshot: Snapshot
    ways: Mapping[str, Callable[[], Places]]
    _found: dict[str | None, Places] = field(default_factory=dict)

    def of(self, parameter: str) -> Places:
        """Give the places one parameter in force asks for, in order."""
        if parameter not in self._found:
            self._found[parameter] = self.ways[parameter]()
        return self._found[parameter]

    def all_but(self, parameter: str | None = None) -> Places | None:
        """Give the places that all ask for, or all but one; None where nobody else asks."""
        names = [name for name in self.ways if name != parameter]
        if not names:
            return None
        found = self.of(names[0])
        for name in names[1:]:
            found = found[are_among(found, self.of(name))]
        return found

    def row_but(self, parameter: str | None = None) -> Row | None:
        """Give the documents with such a place; None where their own rows say as much."""
        asks_one = len(self.ways.keys() - {parameter}) <= 1
        places = None if asks_one else self.all_but(parameter)
        return None if places is None else self.snapshot.row_of_places(places)


def asked_places(
    snapshot: Snapshot, search: ListingSearch, vocabulary: Vocabulary, moment: datetime
) -> AskedPlaces:
    """Give what a search asks of places, the fewest first; `moment` is in Delhi time."""
    ways: dict[str, Callable[[], Places]] = {}
    if search.locality_ids:
        ways["locality"] = partial(snapshot.localities.places_in, search.locality_ids)
    if search.district_ids:
        ways["district"] = partial(_in_districts, snapshot, search.district_ids, vocabulary)
    if search.near is not None and search.within_m is not None:
        ways["near"] = partial(_within, snapshot, search.near, search.within_m)
    if search.open_when:
        ways["open"] = partial(_open, snapshot, search.open_when, moment)
    return AskedPlaces(snapshot, MappingProxyType(ways))


def distances(snapshot: Snapshot, near: Point, meant: Places | None) -> NDArray[np.float32]:
    """Give the metres from a point to each document's nearest place that is meant; NaN without any.

    Equirectangular arithmetic, as `core.geo.distance_m`.
    """
    points = snapshot.points
    metres = _metres(points.lat, points.lon, near)
    further = _metres(points.further_lat, points.further_lon, near)
    if meant is not None:
        metres[~are_among(points.places, meant)] = np.nan
        further[~are_among(points.further_places, meant)] = np.nan
    if len(points.further_docs):
        np.fmin.at(metres, points.further_docs, further)
    return metres


def _in_districts(snapshot: Snapshot, districts: tuple[int, ...], vocabulary: Vocabulary) -> Places:
    localities = vocabulary.locality_by_id.values()
    inside = [place.id for place in localities if place.district.id in districts]
    return snapshot.localities.places_in(inside)


def _within(snapshot: Snapshot, near: Point, most: int) -> Places:
    points = snapshot.points
    first = _metres(points.lat, points.lon, near) <= most
    further = _metres(points.further_lat, points.further_lon, near) <= most
    found = np.concatenate([points.places[first], points.further_places[further]])
    found.sort(kind="stable")  # two runs in order: merged at once
    return found


def _open(snapshot: Snapshot, times: frozenset[OpenFilter], moment: datetime) -> Places:
    found = [snapshot.open_places(when, moment) for when in times]
    return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def _metres(lat: NDArray[np.float32], lon: NDArray[np.float32], near: Point) -> NDArray[np.float32]:
    north = (lat - np.float32(degrees(near.lat))) * np.float32(METRES_IN_A_UNIT)
    east = (lon - np.float32(degrees(near.lon))) * np.float32(
        METRES_IN_A_UNIT * cos(radians(near.lat))
    )
    north *= north
    east *= east
    north += east
    return np.sqrt(north, out=north)
