"""What lies under the pins of a map: the drawn ground, its names, and pictures from elsewhere.

Pictures (`TILE_URL`) are off unless a host is named, and then asked for by this one view. Called
by `search_map.py` and by the views that show a map.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import current_app

from directory.vocabulary.drawing import mercator
from directory.vocabulary.drawing.sheet import Sheet, sheet
from directory.web import current, security
from directory.web.assets import DIGEST_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask import Response

    from directory.vocabulary.drawing.geometry import Box
    from directory.vocabulary.drawing.mercator import MapFrame
    from directory.vocabulary.drawing.sheet import PlaceName
    from directory.vocabulary.queries import Vocabulary

PICTURES = "img-src 'self'"
# How far a mark reaches, in pixels of a zoom level.
MARK_REACH = 20


@dataclass(frozen=True, slots=True)
class NamesFile:
    """The names of the ground as the script reads them; other names have another address.

    A name is [x, y, text, level from which it is shown, anchor, dx, dy, whether a station's].
    """

    body: bytes
    digest: str

    @property
    def url(self) -> str:
        """Give its address."""
        return f"/search/ground-{self.digest}.json"

    @classmethod
    def of(cls, names: tuple[PlaceName, ...]) -> NamesFile:
        """Give the file of some names."""
        rows = [
            [name.x, name.y, name.text, name.zoom, name.anchor, name.dx, name.dy, name.is_station]
            for name in names
        ]
        body = json.dumps({"names": rows}, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(body, hashlib.sha256(body).hexdigest()[:DIGEST_LENGTH])


@dataclass(frozen=True, slots=True)
class DrawnGround:
    """The ground of the map for one state of the vocabulary."""

    digest: str
    sheet: Sheet
    names: NamesFile


@dataclass
class DrawnSheet:
    """The ground of the map, made once for a vocabulary."""

    _kept: DrawnGround | None = None

    def of(self, vocabulary: Vocabulary) -> DrawnGround:
        """Give the ground; another vocabulary makes another."""
        kept = self._kept
        if kept is None or kept.digest != vocabulary.digest:
            drawn = sheet(vocabulary)
            kept = DrawnGround(vocabulary.digest, drawn, NamesFile.of(drawn.names))
            self._kept = kept
        return kept


@dataclass(frozen=True, slots=True)
class NameShown:
    """A name on a part of the map; places are shares of its width and height.

    `wide` ones have no room yet on a phone; `soft` ones are names of neighbourhoods.
    """

    text: str
    x: str
    y: str
    dx: int
    dy: int
    anchor: str
    wide: bool
    soft: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of the ground, in units of the map."""

    url: str
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class TileSource:
    """Where pictures of the ground come from: the address of each, and whom to name for them."""

    template: str
    host: str
    credit: str

    @property
    def origin(self) -> str:
        """Give the host as the Content-Security-Policy names it."""
        parts = urlsplit(self.template)
        return f"{parts.scheme}://{parts.netloc}"

    def tiles(self, frame: MapFrame) -> Iterator[Tile]:
        """Yield the pictures that cover a part of the map, at its zoom level."""
        side = mercator.units_at(frame.zoom, mercator.TILE)
        left, top = frame.corner[0] + mercator.ORIGIN_X, frame.corner[1] + mercator.ORIGIN_Y
        for column in range(int(left // side), int((left + frame.size) // side) + 1):
            for row in range(int(top // side), int((top + frame.size) // side) + 1):
                x, y = column * side - mercator.ORIGIN_X, row * side - mercator.ORIGIN_Y
                yield Tile(self._address(frame.zoom, column, row), x, y, side)

    def _address(self, zoom: int, column: int, row: int) -> str:
        parts = {"{z}": zoom, "{x}": column, "{y}": row}
        address = self.template
        for part, number in parts.items():
            address = address.replace(part, str(number))
        return address


def tile_source() -> TileSource | None:
    """Give where pictures come from, or None: then nothing is asked of anybody else."""
    template, _, credit = current.settings().tile_url.partition("#")
    return TileSource(template, urlsplit(template).hostname or "", credit) if template else None


def let_pictures_in(response: Response, source: TileSource | None) -> Response:
    """Let this one answer show pictures of that host; every other policy stays closed."""
    if source is not None:
        policy = security.HEADERS["Content-Security-Policy"]
        opened = policy.replace(PICTURES, f"{PICTURES} {source.origin}")
        response.headers["Content-Security-Policy"] = opened
    return response


def ground() -> DrawnGround:
    """Give the drawn ground for the words and places of today."""
    drawn = cast("DrawnSheet", current_app.extensions["drawn_sheet"])
    return drawn.of(current.vocabulary())


def share(value: float, start: float, size: float) -> str:
    """Give where a coordinate lies in a part of the map, as a share of it."""
    return f"{(value - start) / size * 100:.2f}%"


def names_in(
    frame: MapFrame, names: tuple[PlaceName, ...], marks: Iterable[tuple[int, int]]
) -> list[NameShown]:
    """Give the names for which a part of the map has room, whole inside it and under no mark."""
    (left, top), size = frame.corner, frame.size
    taken = [(x, y) for x, y in marks if frame.holds(x, y)]
    return [
        NameShown(
            text=name.text,
            x=share(name.x, left, size),
            y=share(name.y, top, size),
            dx=name.dx,
            dy=name.dy,
            anchor=name.anchor,
            wide=name.zoom == frame.zoom,
            soft=not name.is_station,
        )
        for name in names
        if name.zoom <= frame.zoom
        and frame.holds(name.x, name.y)
        and _is_free(name.box(frame.zoom, frame.corner), frame, taken)
    ]


def _is_free(box: Box, frame: MapFrame, marks: list[tuple[int, int]]) -> bool:
    """Tell whether a name is whole inside the part, and no mark lies on it."""
    (left, top), pixel = frame.corner, mercator.units_at(frame.zoom, 1)
    reach = box.wider(MARK_REACH)
    inside = box.left >= 0 and box.right <= mercator.SIDE
    return inside and not any(reach.holds((x - left) / pixel, (y - top) / pixel) for x, y in marks)
