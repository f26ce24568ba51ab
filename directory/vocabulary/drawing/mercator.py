"""Where places lie on the map of a search: Web Mercator in whole units, and the part one looks at.

A unit is a pixel of zoom 16 (some two metres in Delhi), counted from the north-west corner of the
box round the city. At a whole zoom level a part is as wide as `SIDE` pixels of that level, so that
raster tiles of 256 pixels fit it exactly. Pure arithmetic, called by the map's door and the search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, log2, pi, radians, sinh, tan

from directory.core.geo import EAST, NORTH, SOUTH, WEST

UNIT_ZOOM = 16
WIDEST, DEEPEST = 10, 17
SIDE = 800
TILE = 256
WORLD = TILE << UNIT_ZOOM
# What the points of one part may fill of it, so that none lies on its edge.
FILLED = 0.86
DECIMALS = 5
WRITTEN = re.compile(r"(\d{2}\.?\d{0,6}),(\d{2}\.?\d{0,6}),(\d{2})", re.ASCII)


def _world(lat: float, lon: float) -> tuple[float, float]:
    return (lon + 180) / 360 * WORLD, (1 - asinh(tan(radians(lat))) / pi) / 2 * WORLD


ORIGIN_X, ORIGIN_Y = (floor(each) for each in _world(NORTH, WEST))

_EAST, _SOUTH = (floor(each) for each in _world(SOUTH, EAST))
# The corner, and how far the box reaches to the east and south of it, in units.
BOUNDS = (ORIGIN_X, ORIGIN_Y, _EAST - ORIGIN_X, _SOUTH - ORIGIN_Y)


def units_of(lat: float, lon: float) -> tuple[int, int]:
    """Give where a point lies, in whole units to the east and south of the corner."""
    x, y = _world(lat, lon)
    return round(x) - ORIGIN_X, round(y) - ORIGIN_Y


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Give the latitude and longitude of a point of the map."""
    lat = degrees(atan(sinh(pi * (1 - 2 * (y + ORIGIN_Y) / WORLD))))
    return lat, (x + ORIGIN_X) / WORLD * 360 - 180


def units_at(zoom: int, pixels: float) -> float:
    """Give how many units so many pixels of a zoom level are."""
    return pixels * 2.0 ** (UNIT_ZOOM - zoom)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """The part of the map one looks at: its middle and a whole zoom level, 10 (wide) to 17."""

    lat: float
    lon: float
    zoom: int

    @property
    def text(self) -> str:
        """Give the part as an address carries it: 28.61390,77.20900,12."""
        return f"{self.lat:.{DECIMALS}f},{self.lon:.{DECIMALS}f},{self.zoom}"

    @property
    def view(self) -> str:
        """Give the part as the script reads it: its middle in units, and the zoom level."""
        x, y = units_of(self.lat, self.lon)
        return f"{x} {y} {self.zoom}"

    @property
    def size(self) -> float:
        """Give its width, and its height, in units."""
        return units_at(self.zoom, SIDE)

    @property
    def corner(self) -> tuple[float, float]:
        """Give the units of its north-west corner."""
        x, y = units_of(self.lat, self.lon)
        return x - self.size / 2, y - self.size / 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point of the map lies in it."""
        left, top = self.corner
        return left <= x <= left + self.size and top <= y <= top + self.size

    def moved(self, east: float, south: float) -> MapFrame:
        """Give the part so many widths away; its middle stays in the box round the city."""
        x, y = units_of(self.lat, self.lon)
        lat, lon = degrees_of(x + east * self.size, y + south * self.size)
        return _kept_inside(lat, lon, self.zoom)

    def zoomed(self, steps: int) -> MapFrame | None:
        """Give the part with the same middle, nearer or wider; None beyond the last level."""
        zoom = self.zoom + steps
        return MapFrame(self.lat, self.lon, zoom) if WIDEST <= zoom <= DEEPEST else None


WHOLE = MapFrame(28.645, 77.0915, 11)


def frame_named(text: str) -> MapFrame | None:
    """Give the part an address names, or None when there is none of that name."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        return None
    lat, lon, zoom = float(match[1]), float(match[2]), int(match[3])
    inside = SOUTH <= lat <= NORTH and WEST <= lon <= EAST and WIDEST <= zoom <= DEEPEST
    return MapFrame(lat, lon, zoom) if inside else None


def frame_at(lat: float, lon: float, zoom: int) -> MapFrame:
    """Give the part of a zoom level round a point."""
    return _kept_inside(lat, lon, zoom)


def frame_round(
    left: float, top: float, right: float, bottom: float, *, deepest: int = DEEPEST
) -> MapFrame:
    """Give the nearest part that holds a rectangle of units with room to spare."""
    lat, lon = degrees_of((left + right) / 2, (top + bottom) / 2)
    widest_side = max(right - left, bottom - top) / FILLED
    zoom = UNIT_ZOOM - ceil(log2(widest_side / SIDE)) if widest_side > 0 else deepest
    return _kept_inside(lat, lon, min(max(zoom, WIDEST), deepest))


def _kept_inside(lat: float, lon: float, zoom: int) -> MapFrame:
    lat, lon = min(max(lat, SOUTH), NORTH), min(max(lon, WEST), EAST)
    return MapFrame(round(lat, DECIMALS), round(lon, DECIMALS), zoom)
