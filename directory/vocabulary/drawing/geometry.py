"""Points on the ground to points on a drawing: projection, clipping, and short path data.

Pure arithmetic. Called by the other files of this folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from directory.vocabulary.queries import LineView, StationView, Vocabulary

KILOMETRES_IN_A_DEGREE = 111.195
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def covers(self, other: Box) -> bool:
        """Whether the whole of another box lies inside."""
        return self.holds(other.left, other.top) and self.holds(other.right, other.bottom)

    def meets(self, other: Box) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def wider(self, by: float) -> Box:
        """Give the box grown on all sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of a part of the ground (equirectangular): its size, its middle, its scale."""

    width: int
    height: int
    lat: float
    lon: float
    units_per_km: float
    x: float
    y: float

    @property
    def box(self) -> Box:
        """The visible rectangle."""
        return Box(0, 0, self.width, self.height)

    def point(self, lat: float, lon: float) -> Point:
        """Give where a WGS 84 point lies on the drawing."""
        units = self.units_per_km * KILOMETRES_IN_A_DEGREE
        east = (lon - self.lon) * cos(radians(self.lat))
        return self.x + east * units, self.y - (lat - self.lat) * units


@dataclass(frozen=True, slots=True)
class Track:
    """A metro line on the drawing: the line and the data of its path."""

    line: LineView
    path: str


def runs_of(line: LineView, vocabulary: Vocabulary, frame: Frame) -> list[list[Point]]:
    """Give the line's runs as points of the drawing, unclipped."""
    stations = vocabulary.stations
    return [
        [
            frame.point(stations[slug].lat, stations[slug].lon)
            for slug in segment
            if slug in stations
        ]
        for segment in line.segments
    ]


def visible_stations(
    vocabulary: Vocabulary, frame: Frame, box: Box
) -> list[tuple[StationView, float, float]]:
    """Give the stations inside a box of the drawing, with their points."""
    found = []
    for station in vocabulary.stations.values():
        x, y = frame.point(station.lat, station.lon)
        if box.holds(x, y):
            found.append((station, x, y))
    return found


def clip_segment(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """Give the part of a segment inside a box, or None (Liang and Barsky's rule)."""
    if (
        (start[0] < box.left and end[0] < box.left)
        or (start[0] > box.right and end[0] > box.right)
        or (start[1] < box.top and end[1] < box.top)
        or (start[1] > box.bottom and end[1] > box.bottom)
    ):
        return None
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, x - box.left),
        (dx, box.right - x),
        (-dy, y - box.top),
        (dy, box.bottom - y),
    ):
        if step == 0:
            if room < 0:
                return None
            continue
        share = room / step
        if step < 0:
            first = max(first, share)
        else:
            last = min(last, share)
    if first > last:
        return None
    return (x + first * dx, y + first * dy), (x + last * dx, y + last * dy)


def clip_run(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """Give the parts of a run of points that lie inside a box."""
    parts: list[list[Point]] = []
    for start, end in pairwise(points):
        clipped = clip_segment(start, end, box)
        if clipped is None:
            continue
        if parts and parts[-1][-1] == clipped[0]:
            parts[-1].append(clipped[1])
        else:
            parts.append([clipped[0], clipped[1]])
    return parts


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points nearer than `tolerance` to the line without them (Douglas and Peucker)."""
    if len(points) < 3:  # noqa: PLR2004 - two points are already as simple as can be
        return list(points)
    farthest, distance = 0, 0.0
    for index in range(1, len(points) - 1):
        away = _distance_to_line(points[index], points[0], points[-1])
        if away > distance:
            farthest, distance = index, away
    if distance <= tolerance:
        return [points[0], points[-1]]
    return [
        *simplify(points[: farthest + 1], tolerance)[:-1],
        *simplify(points[farthest:], tolerance),
    ]


def path_of(runs: Iterable[Sequence[Point]], *, decimals: int = 0) -> str:
    """Give the shortest path data for these runs: relative steps, no spare sign or zero."""
    written: list[str] = []
    for run in runs:
        rounded = [(round(x, decimals), round(y, decimals)) for x, y in run]
        here = rounded[0]
        steps = [_pair(*here)]
        for point in rounded[1:]:
            if point == here:
                continue
            steps.append(_pair(round(point[0] - here[0], 1), round(point[1] - here[1], 1)))
            here = point
        if len(steps) > 1:
            written.append(f"M{steps[0]}l" + _joined(steps[1:]))
    return "".join(written)


def number(value: float) -> str:
    """Give a number as SVG reads it in the fewest signs: 12, -3.5, .5."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _pair(x: float, y: float) -> str:
    return _joined([number(x), number(y)])


def _joined(parts: Iterable[str]) -> str:
    """Join numbers, with a space only where one could be misread without."""
    text = ""
    for part in parts:
        text += part if not text or part.startswith("-") else f" {part}"
    return text


def _distance_to_line(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dx * (start[1] - point[1]) - dy * (start[0] - point[0])) / length
