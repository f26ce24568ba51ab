"""The ground of the map of a search: outline, Yamuna, metro lines and all stations, at every zoom.

One drawing in units of `mercator`: which part of it is seen is the business of whoever draws, and
how thick a line is the style sheet's. Names carry the zoom level from which there is room for
them, so that a name that is seen stays while one comes nearer. Made once for a vocabulary and kept
by the door (some 300 ms).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from directory.vocabulary.drawing import mercator
from directory.vocabulary.drawing.city import NAMED
from directory.vocabulary.drawing.geometry import Box, Point, Track, number, path_of
from directory.vocabulary.drawing.labels import CHARACTER_UNITS, TEXT_UNITS, Crowd, covered
from directory.vocabulary.reading import read_outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from directory.vocabulary.queries import LineView, StationView, Vocabulary

# Localities have no dot of their own: their names come when stations alone say too little.
LOCALITIES_FROM = 13
STATIONS_FROM = 12
GAP = 10
DOT = 6
# The text of a name is 13 pixels high where the drawing of names counts 18 units.
PIXELS_IN_A_UNIT = 13 / TEXT_UNITS
REACH = 24 * CHARACTER_UNITS
AT_ONCE = 1000
EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Spot:
    """A station or a locality, and where it is."""

    text: str
    x: int
    y: int
    is_station: bool


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name on the ground: where its place is, and how the text lies beside it, in pixels.

    `zoom` is the level from which it is shown.
    """

    text: str
    x: int
    y: int
    is_station: bool
    zoom: int
    anchor: str
    dx: int
    dy: int

    def box(self, zoom: int, corner: Point = (0, 0)) -> Box:
        """Give the ground it covers, in pixels of a zoom level from a corner that is in units."""
        pixel, (left, top) = mercator.units_at(zoom, 1), corner
        x = (self.x - left) / pixel + self.dx / PIXELS_IN_A_UNIT
        y = (self.y - top) / pixel + self.dy / PIXELS_IN_A_UNIT
        return covered(self.text, (x, y), self.anchor)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole ground: paths in units. `changes` are stations of several lines.

    `names` are those that some zoom level has room for, `spots` all that have a name.
    """

    land: str
    river: str
    tracks: tuple[Track, ...]
    stops: str
    changes: str
    names: tuple[PlaceName, ...]
    spots: tuple[Spot, ...]

    def names_near(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> list[str]:
        """Give for each point of the map the name of the station or locality nearest to it."""
        near: list[int] = []
        east, south = np.array([(spot.x, spot.y) for spot in self.spots]).T
        for start in range(0, len(x), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            away = (x[part, None] - east) ** 2 + (y[part, None] - south) ** 2
            near += away.argmin(axis=1).tolist()
        return [self.spots[number].text for number in near]


def sheet(vocabulary: Vocabulary) -> Sheet:
    """Give the ground for a vocabulary."""
    outline = {
        name: [_float(mercator.units_of(lat, lon)) for lon, lat in points]
        for name, points in read_outline().items()
    }
    runs = {line: _runs(line, vocabulary) for line in vocabulary.lines.values()}
    simple, changes = (
        [mercator.units_of(one.lat, one.lon) for one in stations]
        for stations in _by_lines(vocabulary)
    )
    tracks = [pair for of in runs.values() for run in of for pair in pairwise(run)]
    spots = tuple(_spots(vocabulary))
    return Sheet(
        land=path_of([outline["nct"]]),
        river=path_of([outline["yamuna"]]),
        tracks=tuple(Track(line, path_of(of)) for line, of in runs.items()),
        stops=_dots(simple),
        changes=_dots(changes),
        names=_placed(spots, tracks, changes),
        spots=spots,
    )


def _by_lines(vocabulary: Vocabulary) -> tuple[list[StationView], list[StationView]]:
    """Give the stations of one line, and those where one can change."""
    stations = vocabulary.stations.values()
    simple = [one for one in stations if not one.lines[1:]]
    return simple, [one for one in stations if one.lines[1:]]


def _runs(line: LineView, vocabulary: Vocabulary) -> list[list[Point]]:
    known = vocabulary.stations
    return [
        [_float(mercator.units_of(known[slug].lat, known[slug].lon)) for slug in run]
        for run in line.segments
    ]


def _float(units: tuple[int, int]) -> Point:
    return float(units[0]), float(units[1])


def _dots(points: Iterable[tuple[int, int]]) -> str:
    """Give a path of steps without length: round caps make a dot of each."""
    written, here = [], (0, 0)
    for x, y in sorted(points):
        written.append(f"m{number(x - here[0])} {number(y - here[1])}h0")
        here = (x, y)
    return "".join(written)


def _spots(vocabulary: Vocabulary) -> Iterable[Spot]:
    """Yield all that have a name, those most people know first."""
    stations = vocabulary.stations
    known = [stations[slug] for slug in NAMED if slug in stations]
    others = [one for one in stations.values() if one.slug not in NAMED]
    others.sort(key=lambda one: -len(one.lines))
    for station in (*known, *others):
        x, y = mercator.units_of(station.lat, station.lon)
        yield Spot(station.name_en, x, y, is_station=True)
    for locality in vocabulary.localities.values():
        x, y = mercator.units_of(locality.lat, locality.lon)
        yield Spot(locality.name_en, x, y, is_station=False)


def _placed(
    spots: tuple[Spot, ...], tracks: list[tuple[Point, Point]], changes: list[tuple[int, int]]
) -> tuple[PlaceName, ...]:
    """Give the names with the level each is shown from, tried from the widest to the nearest."""
    chosen: dict[int, PlaceName] = {}
    stations = {spot.text for spot in spots if spot.is_station}
    dots = [(spot.x, spot.y) for spot in spots if spot.is_station]
    for zoom in range(mercator.WHOLE.zoom, mercator.DEEPEST + 1):
        ground = _Ground(zoom, tracks, dots if zoom >= STATIONS_FROM else changes, chosen)
        for index, spot in enumerate(spots):
            is_twice = not spot.is_station and spot.text in stations
            if index in chosen or is_twice or zoom < _earliest(spot, index):
                continue
            placed = ground.place(spot, is_known=index < len(NAMED))
            if placed is not None:
                chosen[index] = placed
    return tuple(chosen[index] for index in sorted(chosen))


def _earliest(spot: Spot, index: int) -> int:
    if index < len(NAMED):
        return mercator.WHOLE.zoom
    return STATIONS_FROM if spot.is_station else LOCALITIES_FROM


class _Ground:
    """One zoom level while its names are placed: what is there already, in pixels of the level."""

    def __init__(
        self,
        zoom: int,
        tracks: list[tuple[Point, Point]],
        dots: list[tuple[int, int]],
        chosen: dict[int, PlaceName],
    ) -> None:
        self.zoom = zoom
        self.scale = 1 / mercator.units_at(zoom, 1)
        self.tracks = np.array(tracks).reshape(-1, 4) * self.scale
        self.dots = np.array(dots) * self.scale
        self.taken = [name.box(zoom) for name in chosen.values()]

    def place(self, spot: Spot, *, is_known: bool) -> PlaceName | None:
        """Give a name with its place at this level, and keep that ground; None without room.

        One that everybody knows may lie on a line.
        """
        x, y = spot.x * self.scale, spot.y * self.scale
        around = Box(x, y, x, y).wider(REACH)
        crowd = Crowd(EVERYWHERE, self._dots_in(around), self._tracks_in(around))
        crowd.taken.extend(box for box in self.taken if box.meets(around))
        label = crowd.place(spot.text, (x, y), GAP if spot.is_station else 0, strong=is_known)
        if label is None:
            return None
        self.taken.append(crowd.taken[-1])
        dx, dy = (label.x - x) * PIXELS_IN_A_UNIT, (label.y - y) * PIXELS_IN_A_UNIT
        at = (label.anchor, round(dx), round(dy))
        return PlaceName(spot.text, spot.x, spot.y, spot.is_station, self.zoom, *at)

    def _dots_in(self, box: Box) -> list[Box]:
        x, y = self.dots.T
        near = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
        return [Box(x, y, x, y).wider(DOT) for x, y in self.dots[near].tolist()]

    def _tracks_in(self, box: Box) -> list[tuple[Point, Point]]:
        x, y, end_x, end_y = self.tracks.T
        near = (
            (np.maximum(x, end_x) > box.left)
            & (np.minimum(x, end_x) < box.right)
            & (np.maximum(y, end_y) > box.top)
            & (np.minimum(y, end_y) < box.bottom)
        )
        return [((a, b), (c, d)) for a, b, c, d in self.tracks[near].tolist()]
