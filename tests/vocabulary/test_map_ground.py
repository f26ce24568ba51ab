"""The ground of the map of a search: Web Mercator, parts of the map, and names with room."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from directory.core.geo import NORTH, WEST, distance_m
from directory.vocabulary.drawing import mercator
from directory.vocabulary.drawing.geometry import Box
from directory.vocabulary.drawing.labels import CHARACTER_UNITS, TEXT_UNITS
from directory.vocabulary.drawing.mercator import MapFrame, frame_named, frame_round
from directory.vocabulary.drawing.sheet import PIXELS_IN_A_UNIT, PlaceName, sheet

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

HAUZ_KHAS = (28.5433, 77.2066)


def test_a_point_comes_back_within_two_metres() -> None:
    there = mercator.degrees_of(*mercator.units_of(*HAUZ_KHAS))

    assert distance_m(*HAUZ_KHAS, *there) <= 2


@pytest.mark.parametrize("zoom", range(mercator.WIDEST, mercator.DEEPEST + 1))
def test_a_part_is_as_wide_as_its_side_in_pixels_of_its_level(zoom: int) -> None:
    frame = MapFrame(*HAUZ_KHAS, zoom)

    tiles = frame.size / mercator.units_at(zoom, mercator.TILE)
    assert tiles == mercator.SIDE / mercator.TILE
    assert frame.holds(*mercator.units_of(*HAUZ_KHAS))


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("28.61390,77.20900,12", MapFrame(28.6139, 77.209, 12)),
        ("28,77,10", MapFrame(28, 77, 10)),
        ("28.6139,77.2090,9", None),
        ("28.6139,77.2090,18", None),
        ("52.5,13.4,12", None),
        ("28.6139,79.1,12", None),
        ("28.6139,77.2090", None),
        ("nan,nan,12", None),
        ("28.6139,77.2090,12 ", None),
        ("28.6139,77.2090,१२", None),
        ("", None),
    ],
)
def test_an_address_names_a_part_or_none(text: str, frame: MapFrame | None) -> None:
    assert frame_named(text) == frame


@pytest.mark.parametrize("frame", [mercator.WHOLE, MapFrame(28.5, 77.1, 17), MapFrame(29, 78, 10)])
def test_a_part_written_out_is_read_as_the_same(frame: MapFrame) -> None:
    assert frame_named(frame.text) == frame


def test_the_whole_of_delhi_holds_every_locality(vocabulary: Vocabulary) -> None:
    points = [(one.lat, one.lon) for one in vocabulary.localities.values()]

    assert all(mercator.WHOLE.holds(*mercator.units_of(*point)) for point in points)


def test_ways_to_other_parts_stay_inside_the_box() -> None:
    corner = MapFrame(NORTH, WEST, 10)

    assert corner.moved(-0.4, -0.4) == corner
    assert corner.zoomed(-1) is None
    assert MapFrame(28.5, 77, 17).zoomed(1) is None
    assert MapFrame(28.5, 77, 12).zoomed(1) == MapFrame(28.5, 77, 13)
    east = mercator.WHOLE.moved(0.4, 0)
    assert east.lat == pytest.approx(mercator.WHOLE.lat, abs=0.0001)
    assert east.lon > mercator.WHOLE.lon


@pytest.mark.parametrize(
    ("rectangle", "zoom"),
    [
        ((30000, 30000, 30000, 30000), 17),
        ((30000, 30000, 30300, 30000), 17),
        ((30000, 30000, 30700, 30100), 15),
        ((20000, 20000, 40000, 41000), 11),
        ((0, 0, 69000, 60000), 10),
    ],
)
def test_the_nearest_part_that_holds_a_rectangle(
    rectangle: tuple[int, int, int, int], zoom: int
) -> None:
    frame = frame_round(*rectangle)

    left, top, right, bottom = rectangle
    assert frame.zoom == zoom
    if zoom > mercator.WIDEST:
        assert frame.holds(left, top)
        assert frame.holds(right, bottom)


def box_of(name: PlaceName, zoom: int) -> Box:
    pixel = mercator.units_at(zoom, 1)
    x, y = name.x / pixel + name.dx / PIXELS_IN_A_UNIT, name.y / pixel + name.dy / PIXELS_IN_A_UNIT
    width = CHARACTER_UNITS * len(name.text)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[name.anchor]
    return Box(left, y - 0.7 * TEXT_UNITS, left + width, y + 0.2 * TEXT_UNITS)


def test_no_name_lies_on_another_at_any_level(vocabulary: Vocabulary) -> None:
    names = sheet(vocabulary).names

    on_each_other = {
        zoom: [
            (one.text, other.text)
            for (one, box), (other, second) in combinations(
                [(name, box_of(name, zoom)) for name in names if name.zoom <= zoom], 2
            )
            if box.wider(-2).meets(second.wider(-2))
        ]
        for zoom in (11, 12, 13, 14, 17)
    }

    assert {zoom: pairs for zoom, pairs in on_each_other.items() if pairs} == {}


def test_the_ground_has_every_station_and_line_and_stays_light(vocabulary: Vocabulary) -> None:
    drawn = sheet(vocabulary)

    assert drawn.stops.count("m") + drawn.changes.count("m") == len(vocabulary.stations)
    assert [track.line.slug for track in drawn.tracks] == list(vocabulary.lines)
    paths = (drawn.land, drawn.river, drawn.stops, drawn.changes)
    assert sum(map(len, paths)) + sum(len(track.path) for track in drawn.tracks) < 8000
    assert {"Rajiv Chowk", "Kashmere Gate"} <= {one.text for one in drawn.names if one.zoom == 11}


def test_a_point_is_told_by_the_place_next_to_it_though_no_level_has_room_for_the_name(
    vocabulary: Vocabulary,
) -> None:
    drawn = sheet(vocabulary)
    named = {(name.x, name.y) for name in drawn.names}
    without_room = [spot for spot in drawn.spots if (spot.x, spot.y) not in named]

    x, y = (np.array(each) for each in zip(*((one.x, one.y) for one in drawn.spots), strict=True))

    assert without_room
    assert len(drawn.spots) == len(vocabulary.stations) + len(vocabulary.localities)
    near = drawn.names_near(x, y)
    at = {(one.x, one.y): set[str]() for one in drawn.spots}
    for spot in drawn.spots:
        at[spot.x, spot.y].add(spot.text)
    assert all(name in at[one.x, one.y] for name, one in zip(near, drawn.spots, strict=True))


@pytest.mark.parametrize("zoom", [12, 15])
def test_a_name_covers_the_same_ground_seen_from_any_corner(
    vocabulary: Vocabulary, zoom: int
) -> None:
    pixel, corner = mercator.units_at(zoom, 1), (30_000, 20_000)

    for name in sheet(vocabulary).names[:40]:
        whole, part, rough = name.box(zoom), name.box(zoom, corner), box_of(name, zoom)
        assert part.left == pytest.approx(whole.left - corner[0] / pixel)
        assert part.bottom == pytest.approx(whole.bottom - corner[1] / pixel)
        assert (whole.left, whole.right) == pytest.approx((rough.left, rough.right))
        assert whole.top < rough.top < rough.bottom < whole.bottom
