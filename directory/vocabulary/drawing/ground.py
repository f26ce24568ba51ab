"""The ground round a point, for pressing on: metro, Yamuna, names of localities and stations.

Drawn in as many units as the map has pixels, so that where it was pressed is where it was pressed.
Called by the form of a listing; `place_map` shows a place to readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING

from directory.vocabulary.drawing.geometry import (
    KILOMETRES_IN_A_DEGREE,
    Box,
    Frame,
    Point,
    Track,
    clip_run,
    path_of,
    runs_of,
    simplify,
    visible_stations,
)
from directory.vocabulary.drawing.labels import Crowd, Label
from directory.vocabulary.reading import read_outline

if TYPE_CHECKING:
    from directory.vocabulary.queries import LineView, Vocabulary

# As wide as the narrowest phone leaves room for (320 pixels less its margins).
SIDE = 288
# From the whole city (some 48 km across) to a walk round the block (1.2 km).
UNITS_PER_KM = (6.0, 24.0, 80.0, 240.0)
MARGIN = 8
TOLERANCE = 0.5
STOP_RADIUS = 4.0
LABEL_GAP = 7
MOST_LABELS = 9
# On a map of the whole city only interchanges are drawn as stops.
CROWDED_UNITS_PER_KM = 12


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map shows: its middle, and how near one is, an index of `UNITS_PER_KM`."""

    lat: float
    lon: float
    nearness: int

    @property
    def frame(self) -> Frame:
        """The frame that puts the ground on the drawing."""
        middle = SIDE / 2
        return Frame(SIDE, SIDE, self.lat, self.lon, UNITS_PER_KM[self.nearness], middle, middle)


@dataclass(frozen=True, slots=True)
class GroundMap:
    """A drawing of the ground; `here` is the point, if there is one and it can be seen."""

    side: int
    land: str
    river: str
    tracks: tuple[Track, ...]
    stops: tuple[Point, ...]
    labels: tuple[Label, ...]
    here: Point | None
    across_m: int


def ground_map(
    vocabulary: Vocabulary, ground: Ground, here: tuple[float, float] | None
) -> GroundMap:
    """Give the drawing of a ground with a pin at `here`; a few milliseconds."""
    frame = ground.frame
    box = frame.box.wider(MARGIN)
    outline = {
        name: simplify([frame.point(lat, lon) for lon, lat in points], TOLERANCE)
        for name, points in read_outline().items()
    }
    runs = {line: _parts(line, vocabulary, frame, box) for line in vocabulary.lines.values()}
    crowded = frame.units_per_km < CROWDED_UNITS_PER_KM
    stations = [
        (station.name_en, (x, y), len(station.lines) > 1)
        for station, x, y in visible_stations(vocabulary, frame, frame.box)
        if len(station.lines) > 1 or not crowded
    ]
    stops = tuple((round(x, 1), round(y, 1)) for _name, (x, y), _big in stations)
    pin = frame.point(*here) if here else None
    return GroundMap(
        side=SIDE,
        land=path_of(clip_run(outline["nct"], box), decimals=1),
        river=path_of(clip_run(outline["yamuna"], box), decimals=1),
        tracks=tuple(
            Track(line, path_of(parts, decimals=1)) for line, parts in runs.items() if parts
        ),
        stops=stops,
        labels=_labels(vocabulary, frame, stations, [r for parts in runs.values() for r in parts]),
        here=(round(pin[0]), round(pin[1])) if pin and frame.box.holds(*pin) else None,
        across_m=round(SIDE / frame.units_per_km * 1000),
    )


def _parts(line: LineView, vocabulary: Vocabulary, frame: Frame, box: Box) -> list[list[Point]]:
    """Give the parts of a metro line that lie on the ground."""
    return [
        part
        for run in runs_of(line, vocabulary, frame)
        for part in clip_run(simplify(run, TOLERANCE), box)
    ]


def point_pressed(ground: Ground, x: int, y: int) -> tuple[float, float]:
    """Give the point of the ground (lat, lon) under a point of its drawing."""
    frame = ground.frame
    units = frame.units_per_km * KILOMETRES_IN_A_DEGREE
    lat = frame.lat + (frame.y - y) / units
    return lat, frame.lon + (x - frame.x) / (units * cos(radians(frame.lat)))


def _labels(
    vocabulary: Vocabulary,
    frame: Frame,
    stations: list[tuple[str, Point, bool]],
    runs: list[list[Point]],
) -> tuple[Label, ...]:
    """Name interchanges, then localities nearest the middle, then the other stations."""
    crowd = Crowd(
        frame=frame.box.wider(-2),
        rings=[Box(x, y, x, y).wider(STOP_RADIUS) for _name, (x, y), _big in stations],
        tracks=[pair for run in runs for pair in pairwise(run)],
    )
    middle = SIDE / 2
    wanted = [(name, at) for name, at, big in stations if big]
    if frame.units_per_km >= CROWDED_UNITS_PER_KM:
        places = [
            (row.name_en, frame.point(row.lat, row.lon)) for row in vocabulary.localities.values()
        ]
        wanted += [(name, at) for name, at in places if frame.box.holds(*at)]
        wanted += [(name, at) for name, at, big in stations if not big]
    wanted.sort(key=lambda one: (one[1][0] - middle) ** 2 + (one[1][1] - middle) ** 2)
    found: dict[str, Label] = {}
    for name, at in wanted:
        label = None if name in found else crowd.place(name, at, LABEL_GAP)
        if label is not None and len(found) < MOST_LABELS:
            found[name] = label
    return tuple(found.values())
