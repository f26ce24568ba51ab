"""A made-up map for the page of components. Called by `web/components.py` only."""

from __future__ import annotations

from dataclasses import dataclass

from directory.vocabulary.drawing import mercator
from directory.web import map_ground
from directory.web.map_ground import names_in, share
from directory.web.search_map import Chosen, MapMark, MapMove, SearchMap
from directory.web.search_page import SortLink

MAP = "/search?view=map"
FRAME = mercator.MapFrame(28.57, 77.2, 13)
PLACES = (((28.5494, 77.2001), 1), ((28.5672, 77.2100), 1), ((28.5921, 77.1743), 12))


@dataclass(frozen=True, slots=True)
class MapSample:
    """A map with a pin, a chosen pin and a mark of several; the two ways to show results."""

    map: SearchMap
    views: tuple[SortLink, ...]


def map_sample() -> MapSample:
    """Give the made-up map."""
    made, (left, top), size = map_ground.ground(), FRAME.corner, FRAME.size
    marks = tuple(_mark(point, number, count) for number, (point, count) in enumerate(PLACES))
    drawn = SearchMap(
        frame=FRAME,
        box=f"{left:.1f} {top:.1f} {size:.1f} {size:.1f}",
        bounds=" ".join(map(str, mercator.BOUNDS)),
        ground=made.sheet,
        names=tuple(names_in(FRAME, made.sheet.names, (mark.at for mark in marks))),
        marks=marks,
        moves=(MapMove("nearer", "Nearer", MAP), MapMove("wider", "Wider", None)),
        on_map=20,
        here=14,
        without=2,
        points_url="/search/points",
        names_url=made.names.url,
        chosen=Chosen((1,), 2),
        near=("50%", "50%"),
        near_words="Hauz Khas",
        tiles=(),
        source=None,
    )
    views = (SortLink("list", "List", "/search", False), SortLink("map", "Map", MAP, True))  # noqa: FBT003 - fields
    return MapSample(drawn, views)


def _mark(point: tuple[float, float], number: int, count: int) -> MapMark:
    x, y = mercator.units_of(*point)
    (left, top), size = FRAME.corner, FRAME.size
    return MapMark(
        x=share(x, left, size),
        y=share(y, top, size),
        size=count,
        words=f"Sample {number}",
        url=MAP,
        chosen=number == 1,
        to=None,
        at=(x, y),
    )
