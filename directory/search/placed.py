"""Where the results of a search stand: one point each, that of the place its card names.

With `open` in force that is one that is open then, as on the card. Called by the map of a
search. Rows of places come from the engine's arrays or, without an index, from the database; both
are read the same way here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.core.geo import EARTH_RADIUS_M
from directory.search.fields import DEGREES
from directory.search.snapshot.places import are_among
from directory.vocabulary.drawing import mercator

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from directory.listings.queries.cards import Point
    from directory.search.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class PlaceRows:
    """All places of some listings, those of one listing together and in their order.

    `numbers` are ids of listings; degrees are NaN where a place has no point.
    """

    numbers: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[int, float | None, float | None]]) -> PlaceRows:
        """Give rows of a database as arrays."""
        return cls(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.float64),
            np.array([row[2] for row in rows], dtype=np.float64),
        )


@dataclass(frozen=True)
class Standing:
    """One point for each listing that has any, in units of the map, by id; `without` have none."""

    numbers: NDArray[np.int64]
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    without: int

    def only(self, shown: Collection[int]) -> Standing:
        """Give those that are among `shown` alone; how many have no point is left as it is."""
        kept = np.isin(self.numbers, np.fromiter(shown, dtype=np.int64, count=len(shown)))
        return Standing(self.numbers[kept], self.x[kept], self.y[kept], self.without)

    def __len__(self) -> int:
        return len(self.numbers)


def places_of(
    snapshot: Snapshot, docs: NDArray[np.integer], meant: NDArray[np.int64] | None
) -> PlaceRows:
    """Give all places of some documents of an index; one without any has a row without a point.

    A place that is not meant comes after the others and without its point: nobody stands there.
    """
    points = snapshot.points
    further = np.isin(points.further_docs, docs)
    rows = np.concatenate([docs, points.further_docs[further]]).astype(np.int64)
    lat = np.concatenate([points.lat[docs], points.further_lat[further]])
    lon = np.concatenate([points.lon[docs], points.further_lon[further]])
    if meant is not None:
        places = np.concatenate([points.places[docs], points.further_places[further]])
        lat[~are_among(places, meant)] = np.nan
    order = np.lexsort((np.isnan(lat), rows))
    return PlaceRows(
        snapshot.numbers["number"][rows[order]].astype(np.int64),
        lat[order].astype(np.float64) / DEGREES,
        lon[order].astype(np.float64) / DEGREES,
    )


def standing_at(rows: PlaceRows, near: Point | None) -> Standing:
    """Give where each listing stands: at its place nearest to a point, else at its first.

    Whole metres and the same arithmetic as on cards, so that pin and card name one place.
    """
    metres = np.zeros(len(rows.numbers)) if near is None else _metres(rows, near)
    order = np.lexsort((np.arange(len(metres)), metres, rows.numbers))
    numbers = rows.numbers[order]
    first = np.ones(len(numbers), dtype=np.bool_)
    first[1:] = numbers[1:] != numbers[:-1]
    chosen = order[first]
    known = chosen[~np.isnan(rows.lat[chosen])]
    x, y = _units(rows.lat[known], rows.lon[known])
    return Standing(rows.numbers[known], x, y, without=len(chosen) - len(known))


def _metres(rows: PlaceRows, near: Point) -> NDArray[np.float64]:
    """Give the distances as `core.geo.distance_m` does; a place without a point comes last."""
    east = np.radians(near.lon - rows.lon) * np.cos(np.radians((rows.lat + near.lat) / 2))
    north = np.radians(near.lat - rows.lat)
    return np.nan_to_num(np.round(EARTH_RADIUS_M * np.hypot(east, north)), nan=np.inf)


def _units(
    lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give points in units of the map, as `mercator.units_of` does one by one."""
    x = (lon + 180) / 360 * mercator.WORLD
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * mercator.WORLD
    return (
        np.round(x).astype(np.int64) - mercator.ORIGIN_X,
        np.round(y).astype(np.int64) - mercator.ORIGIN_Y,
    )
