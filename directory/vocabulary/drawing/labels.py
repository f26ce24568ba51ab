"""Names on a map, so that none lies on another, on a ring or off the edge.

Called by the maps of this folder. Text is measured as it is on a phone, where it is largest
in drawing units (`--map-text` in static/css/tokens.css), so it fits everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from directory.vocabulary.drawing.geometry import Box, Point, clip_segment

if TYPE_CHECKING:
    from collections.abc import Sequence

# The larger of the two values of --map-text, in drawing units.
TEXT_UNITS = 18
CHARACTER_UNITS = 0.57 * TEXT_UNITS
ASCENT = 0.78 * TEXT_UNITS
DESCENT = 0.26 * TEXT_UNITS
ON_A_TRACK = 12
ON_A_RING = 60
TOO_MUCH = 60


@dataclass(frozen=True, slots=True)
class Label:
    """A name to draw; `wide` ones leave on a phone, where the sides of the map are cut off."""

    text: str
    x: float
    y: float
    anchor: str
    strong: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """What names must keep clear of: rings, tracks, and things that may never be covered."""

    frame: Box
    rings: Sequence[Box]
    tracks: Sequence[tuple[Point, Point]]
    taken: list[Box] = field(default_factory=list)
    phone: Box | None = None

    def place(self, text: str, at: Point, gap: float, *, strong: bool = False) -> Label | None:
        """Give the name where it disturbs least, and keep that ground; None when nowhere.

        A strong name is given the least bad place even on a busy spot.
        """
        options = [
            (self._cost(box) + order, order, label, box)
            for order, (label, box) in enumerate(_positions(text, at, gap, strong=strong))
        ]
        cost, _order, label, box = min(options, key=lambda option: (option[0], option[1]))
        if cost >= TOO_MUCH and not (strong and cost < ON_A_RING * 3):
            return None
        self.taken.append(box)
        if self.phone is not None and not self.phone.covers(box):
            return Label(label.text, label.x, label.y, label.anchor, strong, wide=True)
        return label

    def _cost(self, box: Box) -> float:
        if not self.frame.covers(box) or any(box.meets(other) for other in self.taken):
            return ON_A_RING * 10
        cost = ON_A_RING * sum(box.meets(ring) for ring in self.rings)
        crossed = sum(clip_segment(start, end, box) is not None for start, end in self.tracks)
        off_phone = 0 if self.phone is None or self.phone.covers(box) else 5
        return cost + ON_A_TRACK * crossed + off_phone


def _positions(text: str, at: Point, gap: float, *, strong: bool) -> list[tuple[Label, Box]]:
    """Give the eight places round a ring, the most legible first."""
    x, y = at
    aslant = gap * 0.75
    middle = (ASCENT - DESCENT) / 2
    over, under = y - gap - DESCENT, y + gap + ASCENT
    return [
        _at(text, (x + gap, y + middle), "start", strong=strong),
        _at(text, (x - gap, y + middle), "end", strong=strong),
        _at(text, (x + aslant, y - aslant), "start", strong=strong),
        _at(text, (x + aslant, y + aslant + ASCENT), "start", strong=strong),
        _at(text, (x - aslant, y - aslant), "end", strong=strong),
        _at(text, (x - aslant, y + aslant + ASCENT), "end", strong=strong),
        _at(text, (x, over), "middle", strong=strong),
        _at(text, (x, under), "middle", strong=strong),
    ]


def _at(text: str, at: Point, anchor: str, *, strong: bool) -> tuple[Label, Box]:
    x, y = round(at[0]), round(at[1])
    box = covered(text, (x, y), anchor, wider=1.08 if strong else 1)
    return Label(text, x, y, anchor, strong), box


def covered(text: str, at: Point, anchor: str, *, wider: float = 1) -> Box:
    """Give the ground that a text covers whose line starts, ends or has its middle at a point."""
    x, y = at
    width = CHARACTER_UNITS * len(text) * wider
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return Box(left, y - ASCENT, left + width, y + DESCENT)
