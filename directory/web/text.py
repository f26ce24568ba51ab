"""How numbers, days, distances and telephone numbers are written on a page.

Pure functions, used as template filters and by views. Not for words: those are in templates,
through `_()`.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from flask_babel import format_date, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

WALKING_M_PER_MINUTE = 80
SHORT_DISTANCE_M = 500
LONG_DISTANCE_KM = 10
METRES_IN_A_KILOMETRE = 1000
STEP_M = 50
INDIA = "+91"
NATIONAL_DIGITS = 10
DELHI_AREA_CODE = "11"
FREE_CALL_PREFIX = "1800"
LANDLINE_STARTS = "2345"
MINUTES_IN_A_DAY = 1440
MINUTES_IN_AN_HOUR = 60
# Until when a night is the one of the day before.
MORNING = time(6)
DEVANAGARI = re.compile(r"[\u0900-\u097f]")


class LengthUnit(StrEnum):
    """What a distance is counted in."""

    METRES = "m"
    KILOMETRES = "km"


def count(number: int) -> str:
    """Give a whole number with Indian digit grouping: 1,25,000."""
    digits = str(abs(number))
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    sign = "-" if number < 0 else ""
    return sign + ",".join([*groups, tail])


def inr(amount: int) -> str:
    """Give a sum of whole rupees: ₹1,800."""
    return f"₹{count(amount)}"


def on_date(day: date) -> str:
    """Give a day with its year: 12 Nov 2026."""
    return str(format_date(day, "d MMM y"))


def long_date(day: date) -> str:
    """Give a day in full: Monday 23 November 2026."""
    return str(format_date(day, "EEEE d MMMM y"))


def moment(instant: datetime) -> str:
    """Give a day and time: Monday 23 November, 02:50."""
    return str(format_date(instant.date(), "EEEE d MMMM")) + instant.strftime(", %H:%M")


def language_of(words: str) -> str:
    """Give the language a reader's own words are written in, by their script: hi or en."""
    return "hi" if DEVANAGARI.search(words) else "en"


def month(day: date) -> str:
    """Give the month and year of a day: Aug 2026."""
    return str(format_date(day, "MMM y"))


def near_date(day: date, today: date) -> str:
    """Give a day without its year when it is within half a year of `today`: 12 Nov."""
    close = abs(day - today) <= timedelta(days=183)
    return str(format_date(day, "d MMM")) if close else on_date(day)


def coming_day(day: date, today: date) -> str:
    """Give a coming day as a reader says it: Tue; with the date when a week or more ahead."""
    soon = day - today < timedelta(days=7)
    return str(format_date(day, "EEE" if soon else "EEE d MMM"))


def clock(minute: int) -> str:
    """Give minutes after midnight as a time of day: 9:00; minutes past 24 hours wrap."""
    hours, minutes = divmod(minute % MINUTES_IN_A_DAY, MINUTES_IN_AN_HOUR)
    return f"{hours}:{minutes:02d}"


def time_of_day(instant: datetime) -> str:
    """Give the time of a moment as a place's hours are written: 9:00."""
    return clock(instant.hour * MINUTES_IN_AN_HOUR + instant.minute)


def coming_time(instant: datetime, today: date) -> str:
    """Give a coming moment as a reader says it: 10:00; with its day when not today, Tue 10:00."""
    day, clock_time = instant.date(), time_of_day(instant)
    return clock_time if day == today else f"{coming_day(day, today)} {clock_time}"


def closing_time(instant: datetime, today: date) -> str:
    """Give when something closes: the time alone for tonight, up to the early morning of tomorrow.

    A place that is open for days on end has its day said too: Sun 0:00.
    """
    tonight_ends = datetime.combine(today, MORNING, instant.tzinfo) + timedelta(days=1)
    return time_of_day(instant) if instant <= tonight_ends else coming_time(instant, today)


def rounded(metres: int) -> tuple[str, LengthUnit]:
    """Give a distance as exactly as a walker pictures it, for the words of any language.

    Steps of 50 metres below half a kilometre, never none; tenths of a kilometre below ten; then
    whole ones.
    """
    if metres < SHORT_DISTANCE_M:
        return str(max(STEP_M, STEP_M * round(metres / STEP_M))), LengthUnit.METRES
    kilometres = metres / METRES_IN_A_KILOMETRE
    tenths = round(kilometres, 1)
    number = str(tenths) if tenths < LONG_DISTANCE_KM else str(round(kilometres))
    return number, LengthUnit.KILOMETRES


def distance(metres: int) -> str:
    """Give a distance: 450 m, 0.7 km, 19 km."""
    number, unit = rounded(metres)
    return {
        LengthUnit.METRES: gettext("%(metres)s m", metres=number),
        LengthUnit.KILOMETRES: gettext("%(kilometres)s km", kilometres=number),
    }[unit]


def on_foot(metres: int) -> int:
    """Give the whole minutes a walk of so many metres takes, at 80 metres a minute."""
    return max(1, ceil(metres / WALKING_M_PER_MINUTE))


def phone(number: str) -> str:
    """Give a telephone number as it is said in Delhi: 011-5550 1201, 98765 43210."""
    digits = number.removeprefix(INDIA)
    if digits.isdigit() and digits.startswith(FREE_CALL_PREFIX):
        return f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"
    if not digits.isdigit() or len(digits) != NATIONAL_DIGITS:
        return number
    if digits.startswith(DELHI_AREA_CODE):
        return f"0{digits[:2]}-{digits[2:6]} {digits[6:]}"
    if digits[0] in LANDLINE_STARTS:
        return f"0{digits[:3]}-{digits[3:]}"
    return f"{digits[:5]} {digits[5:]}"


def tel(number: str) -> str:
    """Give the `tel:` address of a number."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def listed(words: Sequence[str]) -> str:
    """Give words as a sentence says them: "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return gettext("%(most)s and %(last)s", most=", ".join(words[:-1]), last=words[-1])


def lower_first(words: str) -> str:
    """Give words with a small first letter, for use inside a sentence; "OCD" stays as it is."""
    if words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """Give words with a capital first letter, the rest as they are."""
    return words[:1].upper() + words[1:]


def points(number: float) -> str:
    """Give points as they are read: 12 or 12.5."""
    return f"{number:.1f}".removesuffix(".0")


def mark_radius(size: int) -> int:
    """Give how large a mark of the map is drawn, in pixels: room for as many digits."""
    return 9 if size == 1 else 13 + 2 * len(str(size))


FILTERS: dict[str, Callable[..., Any]] = {
    "clock": clock,
    "count": count,
    "distance": distance,
    "inr": inr,
    "language_of": language_of,
    "listed": listed,
    "long_date": long_date,
    "lower_first": lower_first,
    "mark_radius": mark_radius,
    "moment": moment,
    "month": month,
    "near_date": near_date,
    "on_date": on_date,
    "on_foot": on_foot,
    "phone": phone,
    "points": points,
    "tel": tel,
    "closing_time": closing_time,
    "coming_time": coming_time,
    "upper_first": upper_first,
}
