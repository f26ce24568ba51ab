"""Distances on the ground, and the box all places lie in. Called by nearly all rooms."""

from __future__ import annotations

from math import cos, hypot, radians

EARTH_RADIUS_M = 6_371_008.8
# The box round Delhi and the towns its metro reaches (WGS 84 degrees).
SOUTH, NORTH = 28.0, 29.2
WEST, EAST = 76.5, 78.0


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Give the distance in whole metres between two WGS 84 points.

    Equirectangular arithmetic: within the size of Delhi it differs from the great circle by
    less than a metre in a kilometre.
    """
    east = radians(other_lon - lon) * cos(radians((lat + other_lat) / 2))
    north = radians(other_lat - lat)
    return round(EARTH_RADIUS_M * hypot(east, north))
