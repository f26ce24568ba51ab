"""localities.csv and districts.csv: names, districts, points, PIN codes, nearest stations."""

from __future__ import annotations

import re

from directory.core.geo import distance_m
from tests.vocabulary.data_files import SLUG, is_hindi, parts, raw_rows, shared_names
from tests.vocabulary.ground import in_delhi

LOCALITIES = raw_rows("localities.csv")
STATIONS = {row["slug"]: row for row in raw_rows("metro.csv")}
ROUNDING_M = 10  # metro_km has two decimals

# Names that rightly mean two places: search offers both.
KNOWN_AMBIGUITIES = {
    "kingsway camp": {"gtb-nagar", "hudson-lane"},
    "nizamuddin": {"nizamuddin-east", "nizamuddin-west"},
    "sant nagar": {"sant-nagar", "sant-nagar-burari"},
}


def metres(locality: dict[str, str], station: dict[str, str]) -> int:
    return distance_m(
        float(locality["lat"]), float(locality["lon"]), float(station["lat"]), float(station["lon"])
    )


def test_there_are_thirteen_districts_with_hindi_names() -> None:
    districts = raw_rows("districts.csv")

    assert len({row["slug"] for row in districts}) == 13
    assert [row["slug"] for row in districts if not is_hindi(row["name_hi"])] == []


def test_a_locality_has_one_slug_and_names_in_english_and_hindi() -> None:
    assert len({row["slug"] for row in LOCALITIES}) == len(LOCALITIES) == 357
    assert [row["slug"] for row in LOCALITIES if not SLUG.fullmatch(row["slug"])] == []
    assert [row["slug"] for row in LOCALITIES if not row["name_en"]] == []
    assert [row["slug"] for row in LOCALITIES if not is_hindi(row["name_hi"])] == []


def test_a_name_or_alias_means_one_locality_or_is_a_known_ambiguity() -> None:
    named = [
        (row["slug"], name)
        for row in LOCALITIES
        for name in [row["name_en"], row["name_hi"], row["slug"], *parts(row["aliases"])]
    ]

    assert shared_names(named) == KNOWN_AMBIGUITIES


def test_an_alias_is_another_name() -> None:
    repeated = [row["slug"] for row in LOCALITIES if row["name_en"] in parts(row["aliases"])]

    assert repeated == []


def test_every_locality_lies_in_a_district_that_exists() -> None:
    districts = {row["name_en"] for row in raw_rows("districts.csv")}

    assert {row["district"] for row in LOCALITIES} == districts


def test_every_locality_lies_inside_delhi() -> None:
    outside = [
        row["slug"] for row in LOCALITIES if not in_delhi(float(row["lat"]), float(row["lon"]))
    ]

    assert outside == []


def test_a_point_outside_is_seen_to_be_outside() -> None:
    assert in_delhi(28.6329, 77.2195)  # Rajiv Chowk
    assert not in_delhi(28.4595, 77.0266)  # Gurugram
    assert not in_delhi(28.5744, 77.3561)  # Noida


def test_pin_codes_are_six_digits_of_delhi() -> None:
    wrong = [
        (row["slug"], pin)
        for row in LOCALITIES
        for pin in row["pincodes"].split("|")
        if not re.fullmatch(r"1100\d\d", pin)
    ]

    assert wrong == []


def test_the_nearest_station_is_the_nearest() -> None:
    wrong = [
        (row["slug"], row["nearest_metro"], nearest)
        for row in LOCALITIES
        for nearest in [min(STATIONS, key=lambda slug: metres(row, STATIONS[slug]))]
        if row["nearest_metro"] != nearest
    ]

    assert wrong == []


def test_the_distance_to_it_is_our_own_measure() -> None:
    wrong = [
        row["slug"]
        for row in LOCALITIES
        if abs(metres(row, STATIONS[row["nearest_metro"]]) - float(row["metro_km"]) * 1000)
        > ROUNDING_M
    ]

    assert wrong == []
