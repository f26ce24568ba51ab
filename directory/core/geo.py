"""Distances on the ground. Called by vocabulary and listings."""

from __future__ import annotations

from math import cos, hypot, radians

EARTH_RADIUS_M = 6_371_008.8


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Give the distance in whole metres between two WGS 84 points.

    Equirectangular arithmetic: within the size of Delhi it differs from the great circle by
    less than a metre in a kilometre.
    """
    east = radians(other_lon - lon) * cos(radians((lat + other_lat) / 2))
    north = radians(other_lat - lat)
    return round(EARTH_RADIUS_M * hypot(east, north))
