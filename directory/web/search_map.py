"""The map of a search: its pins and clusters, ways to move it, and the cards of a chosen pin.

Every result has one mark, at the place its card names. Which part is looked at (`frame`) and
which pin is chosen (`pin`) are parameters of this page alone and change no result. Called by
`web/search.py`; without script every step is a link to the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from flask_babel import gettext, ngettext

from directory.core.db import db
from directory.listings.policy import is_slug
from directory.listings.queries.pins import listing_at, pins, public_among
from directory.search.errors import SearchUnavailableError
from directory.search.fallback import place_in_database
from directory.search.marks import CELL, are_at, is_one_place, marks_of
from directory.search.placed import standing_at
from directory.vocabulary.drawing import mercator
from directory.web import current, text
from directory.web.links import search_path
from directory.web.map_ground import NameShown, Tile, TileSource, names_in, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from directory.listings.queries.pins import Pin
    from directory.search.marks import Marks
    from directory.search.placed import Standing
    from directory.search.query import SearchQuery
    from directory.search.request import SearchRequest
    from directory.vocabulary.drawing.mercator import MapFrame
    from directory.vocabulary.drawing.sheet import Sheet
    from directory.web.map_ground import DrawnGround
    from directory.web.search_look import Look

    Given = Mapping[str, Sequence[str]]

MAP = "map"
ANCHOR = "#map"
# Round a place that was named: near enough to walk, and wider until a few results are seen.
ROUND_A_PLACE = range(14, mercator.WIDEST, -1)
FEW = 12
NEAREST_AT_FIRST = 15
# So many of all in sight, and a few far ones do not make the city small.
MOST = 0.9
STEP = 0.4
MOST_CHOSEN = 20
# The points of so many weigh some 100 kB as they travel.
MOST_MOVED = 5000
# The ways whose end does not hang on where one is.
FIXED = frozenset(("all", "whole"))


@dataclass(frozen=True, slots=True)
class MapMark:
    """A pin, or the number of several; places are shares of the part's width and height.

    `to` is the part of the map it leads to, as the script reads it; None where it leads to cards.
    `at` is where it stands, in units.
    """

    x: str
    y: str
    size: int
    words: str
    url: str
    chosen: bool
    to: str | None
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MapMove:
    """A way to another part of the map; no address where there is nothing further."""

    name: str
    words: str
    url: str | None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pin one chose: the listings it stands for, at most twenty, and how many there are."""

    ids: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SearchMap:
    """All that the map says. `here` of `on_map` results are in the part shown.

    `near` is where the place lies that was named, and `near_words` what it is called. Without a
    `points_url` the map is walked by links alone.
    """

    frame: MapFrame
    box: str
    bounds: str
    ground: Sheet
    names: tuple[NameShown, ...]
    marks: tuple[MapMark, ...]
    moves: tuple[MapMove, ...]
    on_map: int
    here: int
    without: int
    points_url: str | None
    names_url: str
    chosen: Chosen | None
    near: tuple[str, str] | None
    near_words: str
    tiles: tuple[Tile, ...]
    source: TileSource | None


def is_asked_for(asked: SearchRequest) -> bool:
    """Tell whether a search is to be shown on a map."""
    return asked.given.get("view") == (MAP,)


def keeping_look(asked: SearchRequest, look: Look) -> SearchRequest:
    """Give the search with the part of the map one looks at, for the links of its page."""
    if look.frame is None or not is_asked_for(asked):
        return asked
    return replace(asked, given=MappingProxyType({**asked.given, "frame": (look.frame.text,)}))


def placed_for(query: SearchQuery) -> Standing:
    """Give where all results stand; the index may still hold some that may not be seen."""
    vocabulary, now, session = current.vocabulary(), current.now(), db.session()
    try:
        rows = current.search().places(query, vocabulary, now)
    except SearchUnavailableError:
        rows = place_in_database(session, query, now)
    return standing_at(rows, query.filters.near)


def is_moved(placed: Standing) -> bool:
    """Tell whether the script moves a map of so many; one of more is walked by links alone."""
    return len(placed) <= MOST_MOVED


def compose(
    asked: SearchRequest, look: Look, ground: DrawnGround, source: TileSource | None
) -> SearchMap:
    """Give the map of a search; three queries."""
    placed = placed_for(asked.query)
    standing = _those_seen(placed)
    chosen = _index_of(look.pin, standing)
    frame = look.frame or _first_frame(asked, standing, chosen)
    drawing = _Drawing(asked.given, frame, standing, ground.sheet)
    marks = tuple(drawing.marks(chosen))
    left, top = frame.corner
    return SearchMap(
        frame=frame,
        box=" ".join(f"{each:.1f}" for each in (left, top, frame.size, frame.size)),
        bounds=" ".join(map(str, mercator.BOUNDS)),
        ground=ground.sheet,
        names=tuple(names_in(frame, ground.sheet.names, (mark.at for mark in marks))),
        marks=marks,
        moves=tuple(drawing.moves()),
        on_map=len(standing),
        here=sum(mark.size for mark in marks),
        without=standing.without,
        points_url=points_path(asked.given) if is_moved(placed) else None,
        names_url=ground.names.url,
        chosen=_chosen(chosen, standing, frame),
        near=_near(asked, frame),
        near_words=asked.place.name_en if asked.place else gettext("where you are"),
        tiles=tuple(source.tiles(frame)) if source else (),
        source=source,
    )


def _those_seen(placed: Standing) -> Standing:
    """Give those alone that may be seen: no count and no mark tells of another."""
    return placed.only(public_among(db.session(), placed.numbers.tolist()))


def points_path(given: Given) -> str:
    """Give the address of the points of a search, which its map is moved with."""
    kept = {name: values for name, values in given.items() if name not in {"frame", "view"}}
    return search_path(kept).replace("/search", "/search/points", 1)


class _Drawing:
    """One part of the map while it is drawn."""

    def __init__(self, given: Given, frame: MapFrame, standing: Standing, ground: Sheet) -> None:
        self.given = given
        self.frame = frame
        self.standing = standing
        self.ground = ground

    def address(self, frame: MapFrame, pin: str | None = None) -> str:
        """Give the address of another part of the same map."""
        parameters = {**self.given, "view": MAP, "frame": frame.text, "pin": pin}
        return search_path(parameters) + ANCHOR

    def marks(self, chosen: int | None) -> Iterator[MapMark]:
        """Yield the marks whose middle is in sight, from north to south."""
        near = _points_round(self.frame, self.standing)
        if not len(near):
            return
        x, y = self.standing.x[near], self.standing.y[near]
        found = marks_of(x, y, self.frame.zoom)
        members = _members(found)
        seen = [
            number
            for number in np.lexsort((found.x, found.y)).tolist()
            if self.frame.holds(found.x[number], found.y[number])
        ]
        firsts = self.standing.numbers[near[[members[number][0] for number in seen]]]
        named = pins(db.session(), firsts.tolist())
        (left, top), size = self.frame.corner, self.frame.size
        for number, first in zip(seen, firsts.tolist(), strict=True):
            if first in named:
                inside = near[members[number]]
                words, nearer = self._words_and_part(named[first], inside, found, number)
                pin = None if nearer else named[first].slug
                yield MapMark(
                    x=share(found.x[number], left, size),
                    y=share(found.y[number], top, size),
                    size=int(found.sizes[number]),
                    words=words,
                    url=self.address(nearer or self.frame, pin),
                    chosen=chosen is not None and bool((inside == chosen).any()),
                    to=nearer.view if nearer else None,
                    at=(int(found.x[number]), int(found.y[number])),
                )

    def _words_and_part(
        self, first: Pin, inside: NDArray[np.int64], found: Marks, number: int
    ) -> tuple[str, MapFrame | None]:
        """Give what a mark says, and the nearer part that draws its listings apart, if any does."""
        if len(inside) == 1:
            role = current.vocabulary().term_by_id[first.role_id].name_en
            words = gettext("%(name)s, %(role)s", name=first.name, role=text.lower_first(role))
            return words, None
        x, y = self.standing.x[inside], self.standing.y[inside]
        middle = found.x[number : number + 1], found.y[number : number + 1]
        (place,) = self.ground.names_near(*middle)
        if self.frame.zoom == mercator.DEEPEST or is_one_place(x, y):
            return one_place_words(len(inside), place), None
        nearer = mercator.frame_round(*map(float, (x.min(), y.min(), x.max(), y.max())))
        if nearer.zoom <= self.frame.zoom:
            nearer = mercator.MapFrame(nearer.lat, nearer.lon, self.frame.zoom + 1)
        return cluster_words(len(inside), place), nearer

    def moves(self) -> Iterator[MapMove]:
        """Yield the ways to other parts: nearer, wider, all, the whole, and the four directions."""
        parts = (
            ("nearer", gettext("Nearer"), self.frame.zoomed(1)),
            ("wider", gettext("Wider"), self.frame.zoomed(-1)),
            ("all", gettext("All results"), _frame_of_all(self.standing)),
            ("whole", gettext("Whole of Delhi"), mercator.WHOLE),
            ("north", gettext("North"), self.frame.moved(0, -STEP)),
            ("south", gettext("South"), self.frame.moved(0, STEP)),
            ("west", gettext("West"), self.frame.moved(-STEP, 0)),
            ("east", gettext("East"), self.frame.moved(STEP, 0)),
        )
        for name, words, frame in parts:
            to = frame.view if frame and name in FIXED else None
            yield MapMove(name, words, self.address(frame) if frame else None, to)


def cluster_words(number: int, place: str) -> str:
    """Give what a mark of several says: how many there are, where, and what pressing it does."""
    return ngettext(
        "%(num)s listing near %(place)s, look nearer",
        "%(num)s listings near %(place)s, look nearer",
        number,
        place=place,
    )


def one_place_words(number: int, place: str) -> str:
    """Give what a mark says whose listings no zoom level draws apart."""
    return ngettext(
        "%(num)s listing at one place near %(place)s, show it",
        "%(num)s listings at one place near %(place)s, show them",
        number,
        place=place,
    )


def _index_of(slug: str | None, standing: Standing) -> int | None:
    """Give where a listing stands among the results on the map; None when it does not."""
    number = listing_at(db.session(), slug) if slug and is_slug(slug) else None
    found = [] if number is None else np.flatnonzero(standing.numbers == number).tolist()
    return int(found[0]) if found else None


def _first_frame(asked: SearchRequest, standing: Standing, chosen: int | None) -> MapFrame:
    """Give the part to begin with: the chosen pin, the named place, or all results."""
    near = asked.query.filters.near
    if chosen is not None:
        lat, lon = mercator.degrees_of(int(standing.x[chosen]), int(standing.y[chosen]))
        return _frame_round_place(lat, lon, standing)
    if near is not None and len(standing):
        return _frame_round_place(near.lat, near.lon, standing)
    return _frame_of_all(standing)


def _near(asked: SearchRequest, frame: MapFrame) -> tuple[str, str] | None:
    """Give where distances are measured from, as shares of a part; it may lie outside."""
    near = asked.query.filters.near
    if near is None:
        return None
    (left, top), (x, y) = frame.corner, mercator.units_of(*near)
    return share(x, left, frame.size), share(y, top, frame.size)


def _frame_round_place(lat: float, lon: float, standing: Standing) -> MapFrame:
    for zoom in ROUND_A_PLACE:
        frame = mercator.frame_at(lat, lon, zoom)
        if _held(frame, standing) >= min(FEW, len(standing)):
            return frame
    return _frame_of_all(standing)


def _frame_of_all(standing: Standing) -> MapFrame:
    if not len(standing):
        return mercator.WHOLE
    x, y = standing.x, standing.y
    corners = map(float, (x.min(), y.min(), x.max(), y.max()))
    frame = mercator.frame_round(*corners, deepest=NEAREST_AT_FIRST)
    is_wide = frame.zoom < mercator.WHOLE.zoom
    if is_wide and _held(mercator.WHOLE, standing) >= MOST * len(standing):
        return mercator.WHOLE
    return frame


def _held(frame: MapFrame, standing: Standing) -> int:
    return len(_points_round(frame, standing, cells=0))


def _points_round(frame: MapFrame, standing: Standing, cells: int = 2) -> NDArray[np.int64]:
    """Give the points of a part and of so many cells round it."""
    (left, top), margin = frame.corner, cells * mercator.units_at(frame.zoom, CELL)
    along = (standing.x >= left - margin) & (standing.x <= left + frame.size + margin)
    down = (standing.y >= top - margin) & (standing.y <= top + frame.size + margin)
    return np.flatnonzero(along & down)


def _members(found: Marks) -> list[NDArray[np.int64]]:
    """Give the points of each mark."""
    order = np.argsort(found.of_point, kind="stable")
    return np.split(order, np.cumsum(found.sizes)[:-1])


def _chosen(chosen: int | None, standing: Standing, frame: MapFrame) -> Chosen | None:
    """Give the listing of the chosen pin, with those no zoom level draws apart from it."""
    if chosen is None:
        return None
    near = _points_round(frame, standing)
    here = np.flatnonzero(near == chosen)
    if not len(here):
        return Chosen((int(standing.numbers[chosen]),), 1)
    found = marks_of(standing.x[near], standing.y[near], frame.zoom)
    inside = near[found.of_point == found.of_point[here[0]]]
    if frame.zoom < mercator.DEEPEST:
        x, y = standing.x, standing.y
        inside = inside[are_at(x[inside], y[inside], int(x[chosen]), int(y[chosen]))]
    ids = standing.numbers[inside].tolist()
    return Chosen(tuple(ids[:MOST_CHOSEN]), len(ids))
