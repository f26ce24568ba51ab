"""What an answer's field means, in words and as bounds; read for the API's own description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class About:
    """One field: what it means, and what its values look like where the type cannot say it.

    `values` are the only ones there are. `form` is a format of JSON Schema, `pattern` a regular
    expression. `least` and `most` are bounds of a number.
    """

    meaning: str
    values: tuple[str, ...] | None = None
    form: str | None = None
    pattern: str | None = None
    least: float | None = None
    most: float | None = None
    most_items: int | None = None


def one_of(meaning: str, values: Iterable[str]) -> About:
    """Give the words of a field that has one of some values."""
    return About(meaning, values=tuple(str(value) for value in values))


def day(meaning: str) -> About:
    """Give the words of a field that holds a day, as 2026-11-23."""
    return About(meaning, form="date")


def clock_time(meaning: str) -> About:
    """Give the words of a field that holds a time of day, as 09:30 or 24:00."""
    return About(meaning, pattern="^([01][0-9]|2[0-4]):[0-5][0-9]$")
