"""Points drawn together: which results of a search share one mark on the map at a zoom level.

A grid laid on the ground, not on the picture, so that moving the map never changes a mark; then
marks that would touch become one. The script `static/js/map_marks.js` does the same on the device.
Pure arithmetic, called by the map's door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.vocabulary.drawing.mercator import DEEPEST, units_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Sides of a cell, and how near two marks may come, in pixels of a part 800 wide. On a phone the
# part is 360 pixels wide: a finger's width.
CELL = 96
APART = 72
# Points nearer than so many units are drawn as one at the deepest level.
ONE_PLACE = units_at(DEEPEST, CELL) / 2


@dataclass(frozen=True)
class Marks:
    """Marks in no order that matters: middles in units, sizes, and the mark of each point."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    sizes: NDArray[np.int64]
    of_point: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sizes)


def marks_of(x: NDArray[np.int64], y: NDArray[np.int64], zoom: int) -> Marks:
    """Give the marks of points at a zoom level; every point is in exactly one."""
    cell = int(units_at(zoom, CELL))
    places = np.stack([y // cell, x // cell], axis=1)
    cells, of_point = np.unique(places, axis=0, return_inverse=True)
    of_point = of_point.reshape(-1)
    sizes = np.bincount(of_point, minlength=len(cells))
    middles = [np.bincount(of_point, weights=each, minlength=len(cells)) / sizes for each in (x, y)]
    joined = _joined(cells, sizes, middles[0], middles[1], units_at(zoom, APART))
    of_mark = joined[of_point]
    sizes = np.bincount(of_mark)
    return Marks(
        x=np.floor(np.bincount(of_mark, weights=x) / sizes + 0.5).astype(np.int64),
        y=np.floor(np.bincount(of_mark, weights=y) / sizes + 0.5).astype(np.int64),
        sizes=sizes,
        of_point=of_mark,
    )


def is_one_place(x: NDArray[np.int64], y: NDArray[np.int64]) -> bool:
    """Tell whether points lie so close that no zoom level draws them apart."""
    return bool(max(np.ptp(x), np.ptp(y)) < ONE_PLACE)


def are_at(
    x: NDArray[np.int64], y: NDArray[np.int64], other_x: int, other_y: int
) -> NDArray[np.bool_]:
    """Tell of each point whether it is one place with another."""
    away: NDArray[np.bool_] = np.maximum(np.abs(x - other_x), np.abs(y - other_y)) < ONE_PLACE
    return away


def _joined(
    cells: NDArray[np.int64],
    sizes: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    apart: float,
) -> NDArray[np.int64]:
    """Give the mark of each cell: the largest takes along its neighbours that would touch it."""
    numbers = {(row, column): number for number, (row, column) in enumerate(cells.tolist())}
    places, xs, ys = cells.tolist(), x.tolist(), y.tolist()
    mark = [-1] * len(places)
    count = 0
    for first in np.argsort(-sizes, kind="stable").tolist():
        if mark[first] >= 0:
            continue
        row, column = places[first]
        for near in ((row + up, column + along) for up in (-1, 0, 1) for along in (-1, 0, 1)):
            other = numbers.get(near, first)
            close = (xs[other] - xs[first]) ** 2 + (ys[other] - ys[first]) ** 2 < apart**2
            if mark[other] < 0 and close:
                mark[other] = count
        count += 1
    return np.array(mark, dtype=np.int64)
