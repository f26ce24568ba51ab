"""Finds the metro station nearest to a point, fast enough for a hundred thousand points.

Gives exactly what `Vocabulary.nearest_station` gives: for each small cell of the ground it
keeps the few stations that can be nearest to any point inside. Called by `rows.py`.
"""

from __future__ import annotations

from math import floor, hypot
from typing import TYPE_CHECKING

from directory.core.geo import distance_m

if TYPE_CHECKING:
    from directory.vocabulary.queries import StationView, Vocabulary

CELL_DEGREES = 0.01
# Half the diagonal of a cell at Delhi (some 740 m), with a margin for the flat arithmetic.
CELL_REACH_M = 760
METRES_IN_A_DEGREE = 111_195
# How long a degree of longitude is beside one of latitude at Delhi, and how far that is from
# true at the edges of the tables' box (28.0 to 29.2 degrees).
LONGITUDE_SHARE = 0.878
FLATNESS = 1.02


class NearestStation:
    """The nearest station to any point; cells are worked out when first met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._stations = tuple(vocabulary.stations.values())
        self._cells: dict[tuple[int, int], list[StationView]] = {}

    def of(self, lat: float, lon: float) -> tuple[StationView, int]:
        """Give the nearest station and its distance in metres; the first slug of equals."""
        cell = floor(lat / CELL_DEGREES), floor(lon / CELL_DEGREES)
        stations = self._cells.get(cell)
        if stations is None:
            stations = self._cells[cell] = self._near_cell(*cell)
        return min(
            ((station, distance_m(lat, lon, station.lat, station.lon)) for station in stations),
            key=lambda pair: (pair[1], pair[0].slug),
        )

    def _near_cell(self, row: int, column: int) -> list[StationView]:
        lat, lon = (row + 0.5) * CELL_DEGREES, (column + 0.5) * CELL_DEGREES
        measured = [
            (hypot(lat - station.lat, (lon - station.lon) * LONGITUDE_SHARE), station)
            for station in self._stations
        ]
        nearest = min(degrees for degrees, _station in measured) * METRES_IN_A_DEGREE
        reach = (nearest * FLATNESS + 2 * CELL_REACH_M) * FLATNESS / METRES_IN_A_DEGREE
        return [station for degrees, station in measured if degrees <= reach]
