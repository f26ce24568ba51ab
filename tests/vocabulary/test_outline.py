"""delhi_outline.json: the border of Delhi and the Yamuna, as the map draws them."""

from __future__ import annotations

import json
from itertools import pairwise
from math import cos, radians

import pytest

from directory.vocabulary.reading import DATA_FOLDER, read_outline
from tests.vocabulary.data_files import is_hindi
from tests.vocabulary.ground import in_delhi

FEATURES = json.loads((DATA_FOLDER / "delhi_outline.json").read_text("utf-8"))["features"]
SQUARE_KILOMETRES = 1483
KILOMETRES_IN_A_DEGREE = 111.195


def test_it_holds_the_border_and_the_river_with_their_names() -> None:
    properties = {item["properties"]["id"]: item["properties"] for item in FEATURES}

    assert set(properties) == {"nct", "yamuna"}
    assert [slug for slug, item in properties.items() if not is_hindi(item["name_hi"])] == []


def test_the_border_is_closed() -> None:
    border = read_outline()["nct"]

    assert border[0] == border[-1]


def test_the_area_is_that_of_delhi_within_a_twentieth() -> None:
    border = read_outline()["nct"]
    middle = sum(lat for _, lat in border) / len(border)
    doubled = sum(west * north - east * south for (west, south), (east, north) in pairwise(border))
    area = abs(doubled) / 2 * cos(radians(middle)) * KILOMETRES_IN_A_DEGREE**2

    assert area == pytest.approx(SQUARE_KILOMETRES, rel=0.05)


def test_the_river_runs_through_delhi_from_north_to_south() -> None:
    river = read_outline()["yamuna"]

    assert river[0][1] > river[-1][1]
    assert sum(in_delhi(lat, lon) for lon, lat in river) >= len(river) / 2
