"""The three national holidays of India, on which weekly hours often do not hold: pure rules.

Not for festivals that follow the moon, nor for a holiday of one office: whoever closes then says so
as an exception of its schedule, and that always counts before this. Called by `opening.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Holiday(StrEnum):
    """A national holiday; it falls on the same day of every year."""

    REPUBLIC_DAY = "republic-day"
    INDEPENDENCE_DAY = "independence-day"
    GANDHI_JAYANTI = "gandhi-jayanti"


DAYS = {
    (1, 26): Holiday.REPUBLIC_DAY,
    (8, 15): Holiday.INDEPENDENCE_DAY,
    (10, 2): Holiday.GANDHI_JAYANTI,
}


def holiday_on(day: date) -> Holiday | None:
    """Give the national holiday of a day in Delhi, or None."""
    return DAYS.get((day.month, day.day))
