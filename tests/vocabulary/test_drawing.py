"""The drawn maps: inside their frame, legible, light, and true to the compass."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from directory.vocabulary.drawing import Bearing, Label, city_map, place_map
from directory.vocabulary.drawing.geometry import Box, clip_run, number, path_of, simplify
from directory.vocabulary.drawing.labels import ASCENT, CHARACTER_UNITS, DESCENT

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

STEP = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
PLACES = {
    "between two lines": (28.5475, 77.2015),
    "at a station": (28.5433, 77.2066),
    "in the thick of it": (28.6315, 77.2195),
    "beside the river": (28.6680, 77.2260),
    "far from any station": (28.8427, 77.0918),
    "past the end of a line": (28.5500, 76.9300),
}


def drawn_box(label: Label) -> Box:
    width = CHARACTER_UNITS * len(label.text) * (1.08 if label.strong else 1)
    left = {"start": label.x, "end": label.x - width, "middle": label.x - width / 2}[label.anchor]
    return Box(left, label.y - ASCENT, left + width, label.y + DESCENT)


def points(path: str) -> list[tuple[float, float]]:
    """Give the absolute points of path data as the maps write it."""
    found: list[tuple[float, float]] = []
    for run in path.split("M")[1:]:
        start, _, steps = run.partition("l")
        x, y = map(float, STEP.findall(start))
        found.append((x, y))
        values = list(map(float, STEP.findall(steps)))
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_a_path_is_written_in_the_fewest_signs() -> None:
    assert path_of([[(10.04, 20), (10.5, 19.5), (9.5, 19.5)]], decimals=1) == "M10 20l.5-.5-1 0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-3.5, "-3.5"),
        (0.5, ".5"),
        (-0.5, "-.5"),
        (-0.04, "0"),
        (0, "0"),
        (100.0, "100"),
        (10.2, "10.2"),
    ],
)
def test_a_number_loses_no_digit_that_counts(value: float, text: str) -> None:
    assert number(value) == text


def test_a_run_that_leaves_the_box_and_comes_back_is_two() -> None:
    runs = clip_run([(0, 5), (20, 5), (20, 8), (0, 8)], Box(0, 0, 10, 10))

    assert runs == [[(0, 5), (10, 5)], [(10, 8), (0, 8)]]


def test_points_on_a_straight_line_are_left_out() -> None:
    assert simplify([(0, 0), (5, 0.1), (10, 0), (10, 9)], 0.5) == [(0, 0), (10, 0), (10, 9)]


@pytest.mark.parametrize("point", PLACES.values(), ids=list(PLACES))
def test_a_map_ships_no_path_outside_its_frame(
    vocabulary: Vocabulary, point: tuple[float, float]
) -> None:
    station, _metres = vocabulary.nearest_station(*point)

    drawn = place_map(vocabulary, *point, station)

    frame = Box(0, 0, drawn.width, drawn.height).wider(30)
    every = [at for track in drawn.tracks for at in points(track.path)] + points(drawn.river)
    assert [at for at in every if not frame.holds(*at)] == []


@pytest.mark.parametrize("point", PLACES.values(), ids=list(PLACES))
def test_names_on_a_map_lie_on_no_other_name_and_inside_the_frame(
    vocabulary: Vocabulary, point: tuple[float, float]
) -> None:
    station, _metres = vocabulary.nearest_station(*point)

    drawn = place_map(vocabulary, *point, station)

    boxes = [drawn_box(label) for label in drawn.labels]
    assert boxes
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert all(Box(0, 0, drawn.width, drawn.height).covers(box) for box in boxes)


@pytest.mark.parametrize("point", PLACES.values(), ids=list(PLACES))
def test_names_kept_on_a_phone_lie_in_the_part_it_shows(
    vocabulary: Vocabulary, point: tuple[float, float]
) -> None:
    station, _metres = vocabulary.nearest_station(*point)

    drawn = place_map(vocabulary, *point, station)

    # At 320 px the drawing is 288 px wide and 272 px high (static/css, .map--place).
    shown = drawn.height * 288 / 272
    left = (drawn.width - shown) / 2
    phone = Box(left, 0, left + shown, drawn.height)
    assert all(phone.covers(drawn_box(label)) for label in drawn.labels if not label.wide)


@pytest.mark.parametrize("point", PLACES.values(), ids=list(PLACES))
def test_the_nearest_station_is_named_in_bold(
    vocabulary: Vocabulary, point: tuple[float, float]
) -> None:
    station, metres = vocabulary.nearest_station(*point)

    drawn = place_map(vocabulary, *point, station)

    assert [label.text for label in drawn.labels if label.strong] == [station.name_en]
    assert abs(drawn.station_m - metres) <= 1


@pytest.mark.parametrize(
    ("north", "east", "bearing"),
    [
        (0.01, 0, Bearing.NORTH),
        (0.01, 0.0114, Bearing.NORTH_EAST),
        (0, 0.01, Bearing.EAST),
        (-0.01, 0, Bearing.SOUTH),
        (0, -0.01, Bearing.WEST),
        (0.01, -0.0114, Bearing.NORTH_WEST),
    ],
)
def test_the_bearing_is_of_the_place_seen_from_the_station(
    vocabulary: Vocabulary, north: float, east: float, bearing: Bearing
) -> None:
    station = vocabulary.stations["hauz-khas"]

    drawn = place_map(vocabulary, station.lat + north, station.lon + east, station)

    assert drawn.bearing is bearing


def test_the_city_is_drawn_with_every_line_and_stays_light(vocabulary: Vocabulary) -> None:
    drawn = city_map(vocabulary)

    assert [track.line.slug for track in drawn.tracks] == list(vocabulary.lines)
    assert all(track.path for track in drawn.tracks)
    weight = sum(len(track.path) for track in drawn.tracks) + len(drawn.land) + len(drawn.river)
    assert weight < 4000
    names = {label.text for label in drawn.labels}
    assert {"Rajiv Chowk", "Kashmere Gate", "Hauz Khas"} <= names


def test_names_of_the_city_lie_on_no_other_name(vocabulary: Vocabulary) -> None:
    boxes = [drawn_box(label) for label in city_map(vocabulary).labels]

    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
