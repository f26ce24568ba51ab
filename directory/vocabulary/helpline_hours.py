"""Reads the hours of a helpline as they stand in the compiled file: pure rules, no clock.

    24x7 · stated 24x7 · 8:00-20:00 all days · Mon-Sat 10:00-20:00 (was 8:00-22:00 in 2020) ·
    Mon-Fri 14:00-22:00, Sat-Sun 10:00-22:00

What cannot be read this way ("24x7 / office hours") is "not known", and a page shows the words as
they are. Called by the door of urgent help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ROUND_THE_CLOCK = "24x7"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STATED = re.compile(r"^stated\s+", re.IGNORECASE)
NOTE = re.compile(r"\s*\([^)]*\)\s*$")
PART = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?"
    r"(?P<opens>\d{1,2}:\d{2})-(?P<closes>\d{1,2}:\d{2})(?:\s+all\s+days)?",
    re.IGNORECASE,
)
MINUTES_IN_AN_HOUR = 60
MINUTES_IN_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class HelplineHours:
    """When a helpline says it is answered.

    `spans` are (weekday from Monday, opens, closes) in minutes after midnight in Delhi, past 1440
    on the next day. `is_sure` is false where the file itself doubts its words.
    """

    round_the_clock: bool = False
    spans: tuple[tuple[int, int, int], ...] = ()
    is_sure: bool = True

    @property
    def is_known(self) -> bool:
        """Whether anything can be said about a given moment."""
        return self.round_the_clock or bool(self.spans)


def helpline_hours(text: str) -> HelplineHours:
    """Give the hours that words say; unknown for words that cannot be read."""
    words = NOTE.sub("", STATED.sub("", text.strip()))
    is_sure = words == text.strip()
    if words.lower() == ROUND_THE_CLOCK:
        return HelplineHours(round_the_clock=True, is_sure=is_sure)
    spans: list[tuple[int, int, int]] = []
    for part in words.split(","):
        found = PART.fullmatch(part.strip())
        if found is None:
            return HelplineHours(is_sure=False)
        days = _days(found["first"], found["last"])
        opens, closes = _minutes(found["opens"]), _minutes(found["closes"])
        if not days or closes == opens:
            return HelplineHours(is_sure=False)
        spans += [(day, opens, closes + MINUTES_IN_A_DAY * (closes < opens)) for day in days]
    return HelplineHours(spans=tuple(sorted(spans)), is_sure=is_sure)


def _days(first: str | None, last: str | None) -> range | tuple[int, ...]:
    """Give the weekdays from one to another, all of them where none is named."""
    if first is None:
        return range(len(DAYS))
    names = (first.lower(), (last or first).lower())
    if not set(names) <= set(DAYS):
        return ()
    start, end = (DAYS.index(name) for name in names)
    return range(start, end + 1)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * MINUTES_IN_AN_HOUR + int(minutes)
