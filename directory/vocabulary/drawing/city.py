"""The map of the city: outline, Yamuna, metro lines, interchanges and a few known stations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from directory.vocabulary.drawing.geometry import (
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
    from directory.vocabulary.queries import Vocabulary

WIDTH, HEIGHT = 620, 644
# The middle of the drawing and its scale: the ring of lines fills it, far ends leave it.
MIDDLE = (28.6172, 77.1850)
UNITS_PER_KM = 15.85
MARGIN = 12
TOLERANCE = 0.5
STOP_RADIUS = 4.5
LABEL_GAP = 9
# Stations most people know, one in each part of the city, in the order they get their place.
NAMED = (
    "rajiv-chowk",
    "kashmere-gate",
    "hauz-khas",
    "dwarka-sector-21",
    "botanical-garden",
    "rithala",
    "samaypur-badli",
    "dilshad-garden",
    "rajouri-garden",
)
RIVER_NAMED_AT = (28.730, 77.245)


@dataclass(frozen=True, slots=True)
class CityMap:
    """What the home page draws. `stops` are the points of interchanges."""

    width: int
    height: int
    land: str
    river: str
    tracks: tuple[Track, ...]
    stops: tuple[Point, ...]
    labels: tuple[Label, ...]
    river_at: Point


def city_map(vocabulary: Vocabulary) -> CityMap:
    """Give the map of the city; some 10 ms, so the caller keeps it for a vocabulary's digest."""
    frame = Frame(WIDTH, HEIGHT, *MIDDLE, UNITS_PER_KM, WIDTH / 2, HEIGHT / 2)
    box = frame.box.wider(MARGIN)
    outline = {
        name: [frame.point(lat, lon) for lon, lat in points]
        for name, points in read_outline().items()
    }
    runs = {line: runs_of(line, vocabulary, frame) for line in vocabulary.lines.values()}
    stops = tuple(
        (round(x, 1), round(y, 1))
        for station, x, y in visible_stations(vocabulary, frame, frame.box)
        if len(station.lines) > 1
    )
    return CityMap(
        width=WIDTH,
        height=HEIGHT,
        land=_path([outline["nct"]], box),
        river=_path([outline["yamuna"]], box),
        tracks=tuple(Track(line, _path(line_runs, box)) for line, line_runs in runs.items()),
        stops=stops,
        labels=_labels(vocabulary, frame, [run for of in runs.values() for run in of], stops),
        river_at=_rounded(frame.point(*RIVER_NAMED_AT)),
    )


def _path(runs: list[list[Point]], box: Box) -> str:
    clipped = [part for run in runs for part in clip_run(simplify(run, TOLERANCE), box)]
    return path_of(clipped, decimals=1)


def _labels(
    vocabulary: Vocabulary,
    frame: Frame,
    runs: list[list[Point]],
    stops: tuple[Point, ...],
) -> tuple[Label, ...]:
    crowd = Crowd(
        frame=frame.box.wider(-4),
        rings=[Box(x, y, x, y).wider(STOP_RADIUS) for x, y in stops],
        tracks=[pair for run in runs for pair in pairwise(run)],
    )
    placed = [
        crowd.place(station.name_en, frame.point(station.lat, station.lon), LABEL_GAP, strong=False)
        for station in (vocabulary.stations[slug] for slug in NAMED if slug in vocabulary.stations)
    ]
    return tuple(label for label in placed if label is not None)


def _rounded(point: Point) -> Point:
    return round(point[0]), round(point[1])
