"""metro.csv and metro_lines.json: stations, their lines, and the order along the track."""

from __future__ import annotations

from itertools import pairwise

import pytest

from directory.core.geo import distance_m
from directory.vocabulary.reading import read_lines, read_stations
from tests.vocabulary.data_files import SLUG, is_hindi, parts, raw_rows, shared_names
from tests.vocabulary.ground import in_delhi

ROWS = raw_rows("metro.csv")
STATIONS = {values["slug"]: values for values, _ in read_stations()}
LINES = {line["slug"]: line for line in read_lines()}
BRANCH_OF = {"blue-branch": "blue", "green-branch": "green"}
NEAREST_M = 450
FARTHEST_M = 3700
# The Airport Express stops seldom.
LONG_HOPS = {("shivaji-stadium", "dhaula-kuan"), ("dhaula-kuan", "delhi-aerocity")}


def metres(first: str, second: str) -> int:
    return distance_m(
        STATIONS[first]["lat"],
        STATIONS[first]["lon"],
        STATIONS[second]["lat"],
        STATIONS[second]["lon"],
    )


def hops() -> list[tuple[str, str]]:
    return [hop for line in LINES.values() for run in line["segments"] for hop in pairwise(run)]


def test_a_station_has_one_slug_and_names_in_english_and_hindi() -> None:
    assert len({row["slug"] for row in ROWS}) == len(ROWS) == 243
    assert [row["slug"] for row in ROWS if not SLUG.fullmatch(row["slug"])] == []
    assert [row["slug"] for row in ROWS if not row["station"]] == []
    assert [row["slug"] for row in ROWS if not is_hindi(row["name_hi"])] == []


def test_a_name_or_alias_means_one_station() -> None:
    named = [
        (row["slug"], name)
        for row in ROWS
        for name in [row["station"], row["name_hi"], *parts(row["aliases"])]
    ]

    assert shared_names(named) == {}


def test_a_station_lies_inside_delhi_exactly_when_it_says_so() -> None:
    wrong = [
        row["slug"]
        for row in ROWS
        if in_delhi(float(row["lat"]), float(row["lon"])) != (row["state"] == "Delhi")
    ]

    assert wrong == []
    assert {row["state"] for row in ROWS} == {"Delhi", "Haryana", "Uttar Pradesh"}


def test_lines_have_names_in_english_and_hindi() -> None:
    assert [slug for slug, line in LINES.items() if not is_hindi(line["name_hi"])] == []
    assert [slug for slug, line in LINES.items() if not line["name_en"]] == []


@pytest.mark.parametrize("line", LINES)
def test_stations_are_numbered_in_the_order_of_the_track(line: str) -> None:
    numbered = sorted(
        (number, values["slug"])
        for values, stops in read_stations()
        for stop, number in stops
        if stop == line
    )
    along = list(dict.fromkeys(slug for run in LINES[line]["segments"] for slug in run))

    assert [slug for _, slug in numbered] == along
    assert [number for number, _ in numbered] == list(range(1, len(along) + 1))


def test_lines_and_order_of_a_station_agree() -> None:
    wrong = [
        row["slug"]
        for row in ROWS
        if parts(row["lines"]) != [order.split(":")[0] for order in parts(row["order"])]
        or not set(parts(row["lines"])) <= set(LINES)
    ]

    assert wrong == []


def test_an_interchange_joins_lines_other_than_a_branch_and_its_own_line() -> None:
    wrong = [
        row["slug"]
        for row in ROWS
        for lines in [{BRANCH_OF.get(line, line) for line in parts(row["lines"])}]
        if (row["interchange"] == "yes") != (len(lines) > 1)
    ]

    assert wrong == []


def test_neighbours_on_the_track_are_a_short_ride_apart() -> None:
    wrong = [
        hop
        for hop in hops()
        if hop not in LONG_HOPS and not NEAREST_M <= metres(*hop) <= FARTHEST_M
    ]

    assert wrong == []
    assert set(hops()) >= LONG_HOPS
