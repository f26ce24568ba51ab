"""A text cut into pieces, so that a template can mark what signals point at, safely escaped.

Marks may overlap: each piece says whether it is marked and which marks end with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE = re.compile(r"[^\n]+")


class Mark(NamedTuple):
    """A mark from character `start` up to, not including, `end`; `number` keys its explanation."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not, and the numbers of the marks that end with it."""

    text: str
    marked: bool
    numbers: tuple[int, ...]


def marked_paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """Give the lines of a text, each as pieces that joined give the line; blank lines are left out.

    A mark that reaches beyond the text is cut to it. A number stands once: after the last piece
    of its mark.
    """
    known = [
        Mark(mark.number, max(mark.start, 0), min(mark.end, len(text)))
        for mark in marks
        if max(mark.start, 0) < min(mark.end, len(text))
    ]
    lines = [found for found in LINE.finditer(text) if found.group().strip()]
    bounds = [_cut(line.start(), line.end(), known) for line in lines]
    ends = _ends([bound for line in bounds for bound in line], known)
    return [
        [_piece(text, start, end, known, ends.get((start, end), ())) for start, end in line]
        for line in bounds
    ]


def _cut(start: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Give the parts of a line between the places where a mark begins or ends."""
    inner = {place for mark in marks for place in (mark.start, mark.end) if start < place < end}
    places = sorted({start, end} | inner)
    return list(pairwise(places))


def _ends(
    bounds: Sequence[tuple[int, int]], marks: Sequence[Mark]
) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for mark in marks:
        covered = [part for part in bounds if part[0] < mark.end and part[1] > mark.start]
        if covered:
            found[covered[-1]] = (*found.get(covered[-1], ()), mark.number)
    return found


def _piece(
    text: str, start: int, end: int, marks: Sequence[Mark], numbers: tuple[int, ...]
) -> Piece:
    marked = any(mark.start < end and mark.end > start for mark in marks)
    return Piece(text[start:end], marked, tuple(sorted(numbers)))
