"""Distances on the ground."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from directory.core.geo import EARTH_RADIUS_M, distance_m

LAT = some.floats(28.3, 28.95)
LON = some.floats(76.8, 77.4)


def great_circle_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the haversine distance, the long way."""
    half = sin(radians(other_lat - lat) / 2) ** 2
    half += cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


def test_rajiv_chowk_to_hauz_khas_is_ten_kilometres() -> None:
    assert distance_m(28.6328, 77.2197, 28.5433, 77.2066) == pytest.approx(10_030, abs=30)


@given(LAT, LON, LAT, LON)
def test_within_delhi_it_is_the_great_circle_to_a_metre_in_a_kilometre(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    true = great_circle_m(lat, lon, other_lat, other_lon)

    assert abs(distance_m(lat, lon, other_lat, other_lon) - true) <= 1 + true / 1000


@given(LAT, LON, LAT, LON)
def test_there_and_back_are_equally_far(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    assert distance_m(lat, lon, other_lat, other_lon) == distance_m(other_lat, other_lon, lat, lon)
