"""The map of one place: the pin, the stations round it, and the walk to the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import atan2, degrees
from typing import TYPE_CHECKING

from directory.core.geo import distance_m
from directory.vocabulary.drawing.geometry import (
    Box,
    Frame,
    Point,
    Track,
    clip_run,
    path_of,
    runs_of,
    visible_stations,
)
from directory.vocabulary.drawing.labels import Crowd, Label
from directory.vocabulary.reading import read_outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.vocabulary.queries import StationView, Vocabulary

WIDTH, HEIGHT = 640, 397
UNITS_PER_KM = 88.0
# A phone shows the middle of the drawing only; names outside it leave there.
PHONE = Box(112, 6, 528, 391)
# Pin and nearest station stay this near each other, however far the walk is.
WALK_UNITS = 190
MARGIN = 14
# Below this scale a drawing holds half the network: then rings stand at interchanges only.
CROWDED_UNITS_PER_KM = 45
RING_STEP = 9
RING_RADIUS = 9.0
LABEL_GAP = 16
MOST_LABELS = 14
# A ring at the very edge is cut in half; it keeps its name to itself.
LABELLED = Box(5, 5, WIDTH - 5, HEIGHT - 5)
PIN = Box(-16, -40, 16, 6)


class Bearing(StrEnum):
    """Where the place lies, seen from the station."""

    NORTH = "north"
    NORTH_EAST = "north-east"
    EAST = "east"
    SOUTH_EAST = "south-east"
    SOUTH = "south"
    SOUTH_WEST = "south-west"
    WEST = "west"
    NORTH_WEST = "north-west"


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of a station: its middle and the line it stands for."""

    x: float
    y: float
    line: str


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """What a listing's page draws for one location, with the facts for its title."""

    width: int
    height: int
    river: str
    tracks: tuple[Track, ...]
    rings: tuple[Ring, ...]
    labels: tuple[Label, ...]
    walk: str
    here: Point
    station: StationView
    station_m: int
    bearing: Bearing


def place_map(vocabulary: Vocabulary, lat: float, lon: float, station: StationView) -> PlaceMap:
    """Give the map round a point, wide enough to hold its nearest station.

    A place close to its station stands in the middle; a far one shares the middle with it.
    """
    away = distance_m(lat, lon, station.lat, station.lon)
    scale = min(UNITS_PER_KM, WALK_UNITS * 1000 / max(away, 1))
    frame = Frame(WIDTH, HEIGHT, lat, lon, scale, WIDTH / 2, HEIGHT / 2)
    if scale < UNITS_PER_KM:
        middle = ((lat + station.lat) / 2, (lon + station.lon) / 2)
        frame = Frame(WIDTH, HEIGHT, *middle, scale, WIDTH / 2, HEIGHT / 2)
    box = frame.box.wider(MARGIN)
    runs = {
        line: [part for run in runs_of(line, vocabulary, frame) for part in clip_run(run, box)]
        for line in vocabulary.lines.values()
    }
    shown = _shown_stations(vocabulary, frame, station)
    station_at = frame.point(station.lat, station.lon)
    here = frame.point(lat, lon)
    segments = [pair for parts in runs.values() for part in parts for pair in pairwise(part)]
    return PlaceMap(
        width=WIDTH,
        height=HEIGHT,
        river=path_of(clip_run([frame.point(*point) for point in _yamuna()], box.wider(MARGIN))),
        tracks=tuple(Track(line, path_of(parts)) for line, parts in runs.items() if parts),
        rings=tuple(ring for found, x, y in shown for ring in _rings(found, x, y)),
        labels=_labels(shown, here, [*segments, (here, station_at)]),
        walk=path_of([[here, station_at]]),
        here=(round(here[0]), round(here[1])),
        station=station,
        station_m=away,
        bearing=_bearing(station_at, here),
    )


@lru_cache(maxsize=1)
def _yamuna() -> tuple[Point, ...]:
    return tuple((lat, lon) for lon, lat in read_outline()["yamuna"])


def _shown_stations(
    vocabulary: Vocabulary, frame: Frame, nearest: StationView
) -> list[tuple[StationView, float, float]]:
    """Give the stations to draw, the nearest first, then outwards from the middle."""
    crowded = frame.units_per_km < CROWDED_UNITS_PER_KM
    found = [
        (station, x, y)
        for station, x, y in visible_stations(vocabulary, frame, frame.box.wider(MARGIN))
        if station.slug == nearest.slug or not crowded or len(station.lines) > 1
    ]

    def order(entry: tuple[StationView, float, float]) -> tuple[bool, float, str]:
        station, x, y = entry
        away = (x - WIDTH / 2) ** 2 + (y - HEIGHT / 2) ** 2
        return station.slug != nearest.slug, away, station.slug

    return sorted(found, key=order)


def _rings(station: StationView, x: float, y: float) -> list[Ring]:
    """Give one ring a line, side by side round the station's point."""
    first = x - RING_STEP * (len(station.lines) - 1) / 2
    return [
        Ring(round(first + RING_STEP * index, 1), round(y, 1), line.slug)
        for index, line in enumerate(station.lines)
    ]


def _labels(
    shown: Sequence[tuple[StationView, float, float]],
    here: Point,
    segments: list[tuple[Point, Point]],
) -> tuple[Label, ...]:
    pin = Box(here[0] + PIN.left, here[1] + PIN.top, here[0] + PIN.right, here[1] + PIN.bottom)
    crowd = Crowd(
        frame=Box(4, 4, WIDTH - 4, HEIGHT - 4),
        rings=[
            Box(ring.x, ring.y, ring.x, ring.y).wider(RING_RADIUS)
            for station, x, y in shown
            for ring in _rings(station, x, y)
        ],
        tracks=segments,
        taken=[pin],
        phone=PHONE,
    )
    labels: list[Label] = []
    for index, (station, x, y) in enumerate(shown):
        if not LABELLED.holds(x, y):
            continue
        gap = LABEL_GAP + RING_STEP * (len(station.lines) - 1) / 2
        label = crowd.place(station.name_en, (x, y), gap, strong=index == 0)
        if label is not None:
            labels.append(label)
        if len(labels) == MOST_LABELS:
            break
    return tuple(labels)


def _bearing(origin: Point, target: Point) -> Bearing:
    east, north = target[0] - origin[0], origin[1] - target[1]
    sector = round(degrees(atan2(east, north)) / 45) % 8
    return tuple(Bearing)[sector]
