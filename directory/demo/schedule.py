"""Writes opening hours and exceptions: split shifts, evenings, Sundays, nights, holidays.

Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directory.demo.banks import Banks
    from directory.demo.dice import Dice

EVENING = 19 * 60
EARLY = 9 * 60
MOVES = (-30, 0, 0, 0, 30, 30, 60)
LATEST_TO_MOVE = 22 * 60
FEWEST_DAYS_TO_LOSE_ONE = 4


def week(banks: Banks, kind: str, dice: Dice) -> list[dict[str, Any]]:
    """Give the hours of one of the weeks of this kind, in the import format."""
    weeks = banks.schedule[kind]
    number = dice.weighted({place: entry[0] for place, entry in enumerate(weeks)})
    move = dice.pick(MOVES)
    rows = [
        (days.split(), _moved(opens, move), _moved(closes, move))
        for days, opens, closes in weeks[number][1:]
    ]
    lost = _lost_day(rows, dice)
    return [
        {"days": kept, "opens": opens, "closes": closes}
        for days, opens, closes in rows
        if (kept := [day for day in days if day != lost])
    ]


def exceptions(banks: Banks, today: date, dice: Dice) -> list[dict[str, Any]]:
    """Give the dated exceptions of the coming year; more than half of all places state none."""
    found: dict[date, dict[str, Any]] = {}
    if dice.chance(40):
        for name, day in _holidays(banks, today):
            if dice.chance(75):
                found[day] = _exception(day, name, short=dice.chance(15))
    if dice.chance(8):
        first = today + timedelta(days=dice.whole(3, 60))
        for number in range(dice.whole(2, 6)):
            day = first + timedelta(days=number)
            found.setdefault(day, _exception(day, "Away", short=False))
    return [found[day] for day in sorted(found)]


def works_evenings(hours: list[dict[str, Any]]) -> bool:
    """Tell whether any day goes on past seven in the evening."""
    return any(minutes(row["closes"]) > EVENING or _over_midnight(row) for row in hours)


def works_sundays(hours: list[dict[str, Any]]) -> bool:
    """Tell whether Sunday is a working day."""
    return any("sun" in row["days"] for row in hours)


def starts_early(hours: list[dict[str, Any]]) -> bool:
    """Tell whether any day begins before nine."""
    return any(minutes(row["opens"]) < EARLY for row in hours)


def minutes(clock: str) -> int:
    """Give the minutes after midnight of a time such as 09:30."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _over_midnight(row: dict[str, Any]) -> bool:
    return minutes(row["closes"]) <= minutes(row["opens"])


def _moved(clock: str, move: int) -> str:
    """Move a time of day; what is late in the night stays."""
    minute = minutes(clock)
    if minute + move > LATEST_TO_MOVE or minute + move < 7 * 60:
        return clock
    return f"{(minute + move) // 60:02d}:{(minute + move) % 60:02d}"


def _lost_day(rows: list[tuple[list[str], str, str]], dice: Dice) -> str | None:
    days = list(dict.fromkeys(day for row in rows for day in row[0]))
    if len(days) < FEWEST_DAYS_TO_LOSE_ONE or not dice.chance(45):
        return None
    return dice.pick(days)


def _holidays(banks: Banks, today: date) -> list[tuple[str, date]]:
    """Give the fixed holidays from today on for a year, in order."""
    found = []
    for text, name in banks.schedule["holidays"].items():
        month, day = map(int, text.split("-"))
        this_year = date(today.year, month, day)
        coming = this_year if this_year >= today else date(today.year + 1, month, day)
        found.append((name, coming))
    return sorted(found, key=lambda pair: pair[1])


def _exception(day: date, note: str, *, short: bool) -> dict[str, Any]:
    opens, closes = ("10:00", "13:00") if short else (None, None)
    return {"on": day.isoformat(), "opens": opens, "closes": closes, "note": note}
