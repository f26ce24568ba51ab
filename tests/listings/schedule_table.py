"""Schedules, moments and what holds then: the table the pure rules, search and pages are held to.

Monday 23 November 2026 is the first day of the weeks below.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from directory.core.clock import DELHI
from directory.listings.holidays import Holiday
from directory.listings.opening import OpenKind, OpenState, Schedule, schedule_of

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
CHRISTMAS = date(2026, 12, 25)  # a Friday
HOUR = 60


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DELHI)


SPLIT = schedule_of(
    [
        (MON, 11 * HOUR, 14 * HOUR),
        (MON, 16 * HOUR, 19 * HOUR),
        (WED, 11 * HOUR, 14 * HOUR),
        (SAT, 10 * HOUR, 13 * HOUR),
    ]
)
NIGHTS = schedule_of([(day, 20 * HOUR, 32 * HOUR) for day in range(7)])
FRIDAY_NIGHT = schedule_of([(FRI, 20 * HOUR, 32 * HOUR)])
SUNDAY_NIGHT = schedule_of([(SUN, 22 * HOUR, 26 * HOUR)])
TO_MIDNIGHT = schedule_of([(MON, 18 * HOUR, 24 * HOUR)])
ACROSS_MIDNIGHT = schedule_of([(MON, 18 * HOUR, 24 * HOUR), (TUE, 0, 2 * HOUR)])
ALL_WEEK_LONG = schedule_of([(day, 0, 24 * HOUR) for day in range(7)])
ALL_WEEK_LONG_BUT_A_DAY = schedule_of(
    [(day, 0, 24 * HOUR) for day in range(7)], [(date(2027, 1, 28), None, None, None)]
)
ALL_BUT_SUNDAY = schedule_of([(day, 0, 24 * HOUR) for day in range(6)])
FROM_EIGHT_TO_EIGHT = schedule_of([(day, 8 * HOUR, 32 * HOUR) for day in range(7)])
HALVES = schedule_of(
    [(day, *half) for day in range(7) for half in ((0, 12 * HOUR), (12 * HOUR, 24 * HOUR))]
)
# As many hours as a week has, and closed from 22 to 8.
TWICE_STATED = schedule_of(
    [(day, *span) for day in range(7) for span in ((8 * HOUR, 20 * HOUR), (9 * HOUR, 22 * HOUR))]
)
TOUCHING = schedule_of([(MON, 9 * HOUR, 12 * HOUR), (MON, 12 * HOUR, 15 * HOUR)])
OVERLAPPING = schedule_of([(MON, 9 * HOUR, 13 * HOUR), (MON, 12 * HOUR, 15 * HOUR)])
FULL_TURN = schedule_of([(MON, 9 * HOUR, 33 * HOUR)])
ROUND = schedule_of([], round_the_clock=True)
ROUND_BUT_CHRISTMAS = schedule_of([], [(CHRISTMAS, None, None, "Christmas")], round_the_clock=True)
ROUND_SHORT_CHRISTMAS = schedule_of(
    [], [(CHRISTMAS, 10 * HOUR, 14 * HOUR, "Christmas")], round_the_clock=True
)
FRIDAYS = schedule_of(
    [(FRI, 10 * HOUR, 17 * HOUR), (SAT, 10 * HOUR, 13 * HOUR)],
    [(CHRISTMAS, None, None, "Christmas")],
)
SHORT_CHRISTMAS = schedule_of(
    [(FRI, 10 * HOUR, 17 * HOUR)],
    [(CHRISTMAS, 9 * HOUR, 11 * HOUR, None), (CHRISTMAS, 12 * HOUR, 13 * HOUR, "Half day")],
)
CLOSED_AFTER_NIGHT = schedule_of(
    [(THU, 20 * HOUR, 32 * HOUR), (FRI, 20 * HOUR, 32 * HOUR)], [(CHRISTMAS, None, None, None)]
)
EXTRA_SUNDAY = schedule_of(
    [(MON, 10 * HOUR, 12 * HOUR)], [(date(2026, 11, 29), 10 * HOUR, 12 * HOUR, "Camp")]
)
NIGHT_EXCEPTION = schedule_of(
    [(SAT, 10 * HOUR, 12 * HOUR)], [(CHRISTMAS, 22 * HOUR, 35 * HOUR, None)]
)
ONLY_EXCEPTIONS = schedule_of(
    [], [(CHRISTMAS, None, None, "Christmas"), (date(2026, 12, 26), 540, 600, None)]
)
UNSTATED = schedule_of([])
LONG_HOLIDAY = schedule_of(
    [(day, 10 * HOUR, 12 * HOUR) for day in range(7)],
    [(date(2026, 11, 23) + timedelta(days=ahead), None, None, "Away") for ahead in range(60)],
)
CLOSED_TWO_WEEKS = schedule_of(
    [(MON, 10 * HOUR, 12 * HOUR)],
    [(date(2026, 11, 23), None, None, None), (date(2026, 11, 30), None, None, None)],
)

DAILY = schedule_of([(day, 10 * HOUR, 17 * HOUR) for day in range(7)])
DAILY_SETTLED = schedule_of(
    [(day, 10 * HOUR, 17 * HOUR) for day in range(7)],
    [(date(2027, 1, 26), 10 * HOUR, 13 * HOUR, "Half day"), (date(2027, 8, 15), None, None, None)],
)
NIGHTS_SETTLED = schedule_of(
    [(day, 20 * HOUR, 32 * HOUR) for day in range(7)],
    [(date(2027, 1, 26), 20 * HOUR, 32 * HOUR, None)],
)
LATE_AND_EARLY = schedule_of(
    [(day, *hours) for day in range(7) for hours in ((7 * HOUR, 12 * HOUR), (20 * HOUR, 32 * HOUR))]
)

UNKNOWN = OpenState(OpenKind.UNKNOWN)
ALWAYS = OpenState(OpenKind.ALWAYS)


def opened(until: str, note: str | None = None, holiday: Holiday | None = None) -> OpenState:
    return OpenState(OpenKind.OPEN, until=at(until), note=note, holiday=holiday)


def closed(opens: str | None, note: str | None = None) -> OpenState:
    return OpenState(OpenKind.CLOSED, opens=at(opens) if opens else None, note=note)


CASES: list[tuple[str, Schedule, str, OpenState]] = [
    ("before the first shift", SPLIT, "2026-11-23T09:00", closed("2026-11-23T11:00")),
    ("a minute before opening", SPLIT, "2026-11-23T10:59", closed("2026-11-23T11:00")),
    ("the opening minute is open", SPLIT, "2026-11-23T11:00", opened("2026-11-23T14:00")),
    ("in the first shift", SPLIT, "2026-11-23T12:30", opened("2026-11-23T14:00")),
    ("the last minute is open", SPLIT, "2026-11-23T13:59", opened("2026-11-23T14:00")),
    ("the closing minute is closed", SPLIT, "2026-11-23T14:00", closed("2026-11-23T16:00")),
    ("between two shifts", SPLIT, "2026-11-23T15:00", closed("2026-11-23T16:00")),
    ("in the second shift", SPLIT, "2026-11-23T18:59", opened("2026-11-23T19:00")),
    ("after the last shift", SPLIT, "2026-11-23T19:00", closed("2026-11-25T11:00")),
    ("in the middle of the week", SPLIT, "2026-11-25T12:00", opened("2026-11-25T14:00")),
    ("on a day without hours", SPLIT, "2026-11-24T12:00", closed("2026-11-25T11:00")),
    ("after the last day of the week", SPLIT, "2026-11-28T13:00", closed("2026-11-30T11:00")),
    ("on Sunday with Monday next", SPLIT, "2026-11-29T23:59", closed("2026-11-30T11:00")),
    ("the night has begun", NIGHTS, "2026-11-23T20:00", opened("2026-11-24T08:00")),
    ("just before midnight", NIGHTS, "2026-11-23T23:59", opened("2026-11-24T08:00")),
    ("at midnight", NIGHTS, "2026-11-24T00:00", opened("2026-11-24T08:00")),
    ("in the small hours", NIGHTS, "2026-11-24T03:00", opened("2026-11-24T08:00")),
    ("the night is over", NIGHTS, "2026-11-24T08:00", closed("2026-11-24T20:00")),
    ("by day at a night place", NIGHTS, "2026-11-24T12:00", closed("2026-11-24T20:00")),
    ("Saturday morning is Friday's", FRIDAY_NIGHT, "2026-11-28T07:59", opened("2026-11-28T08:00")),
    ("Saturday night is not", FRIDAY_NIGHT, "2026-11-28T20:00", closed("2026-12-04T20:00")),
    ("Friday's small hours are not", FRIDAY_NIGHT, "2026-11-27T02:00", closed("2026-11-27T20:00")),
    ("Sunday runs into Monday", SUNDAY_NIGHT, "2026-11-23T01:59", opened("2026-11-23T02:00")),
    ("and ends there", SUNDAY_NIGHT, "2026-11-23T02:00", closed("2026-11-29T22:00")),
    ("until 24:00", TO_MIDNIGHT, "2026-11-23T23:59", opened("2026-11-24T00:00")),
    ("24:00 is closed", TO_MIDNIGHT, "2026-11-24T00:00", closed("2026-11-30T18:00")),
    ("two rows across midnight", ACROSS_MIDNIGHT, "2026-11-23T23:00", opened("2026-11-24T02:00")),
    ("the second of them", ACROSS_MIDNIGHT, "2026-11-24T01:00", opened("2026-11-24T02:00")),
    ("touching shifts are one", TOUCHING, "2026-11-23T10:00", opened("2026-11-23T15:00")),
    ("no gap where they touch", TOUCHING, "2026-11-23T12:00", opened("2026-11-23T15:00")),
    ("overlapping shifts are one", OVERLAPPING, "2026-11-23T12:30", opened("2026-11-23T15:00")),
    ("a span of 24 hours", FULL_TURN, "2026-11-24T08:59", opened("2026-11-24T09:00")),
    ("and its end", FULL_TURN, "2026-11-24T09:00", closed("2026-11-30T09:00")),
    ("round the clock", ROUND, "2026-11-23T04:00", ALWAYS),
    ("written as seven whole days", ALL_WEEK_LONG, "2026-11-23T04:00", ALWAYS),
    ("written from eight to eight", FROM_EIGHT_TO_EIGHT, "2026-11-23T04:00", ALWAYS),
    ("written in halves", HALVES, "2026-11-29T12:00", ALWAYS),
    (
        "as many hours as a week, not at night",
        TWICE_STATED,
        "2026-11-23T03:00",
        closed("2026-11-23T08:00"),
    ),
    ("six whole days", ALL_BUT_SUNDAY, "2026-11-28T12:00", opened("2026-11-29T00:00")),
    ("six days, from Monday", ALL_BUT_SUNDAY, "2026-11-23T00:00", opened("2026-11-29T00:00")),
    ("six days, on Sunday", ALL_BUT_SUNDAY, "2026-11-29T12:00", closed("2026-11-30T00:00")),
    ("24x7, holiday far", ROUND_BUT_CHRISTMAS, "2026-12-17T12:00", ALWAYS),
    ("24x7, holiday in sight", ROUND_BUT_CHRISTMAS, "2026-12-24T12:00", opened("2026-12-25T00:00")),
    (
        "24x7, on the holiday",
        ROUND_BUT_CHRISTMAS,
        "2026-12-25T12:00",
        closed("2026-12-26T00:00", "Christmas"),
    ),
    ("24x7, after the holiday", ROUND_BUT_CHRISTMAS, "2026-12-26T00:00", ALWAYS),
    (
        "24x7, short holiday, open",
        ROUND_SHORT_CHRISTMAS,
        "2026-12-25T11:00",
        opened("2026-12-25T14:00", "Christmas"),
    ),
    (
        "24x7, short holiday, over",
        ROUND_SHORT_CHRISTMAS,
        "2026-12-25T14:00",
        closed("2026-12-26T00:00", "Christmas"),
    ),
    (
        "24x7, short holiday, not yet",
        ROUND_SHORT_CHRISTMAS,
        "2026-12-25T02:00",
        closed("2026-12-25T10:00", "Christmas"),
    ),
    ("a usual Friday", FRIDAYS, "2026-12-18T12:00", opened("2026-12-18T17:00")),
    ("a closed Friday", FRIDAYS, "2026-12-25T12:00", closed("2026-12-26T10:00", "Christmas")),
    ("the eve of a closed day", FRIDAYS, "2026-12-24T12:00", closed("2026-12-26T10:00")),
    ("other hours", SHORT_CHRISTMAS, "2026-12-25T10:00", opened("2026-12-25T11:00", "Half day")),
    (
        "a gap in other hours",
        SHORT_CHRISTMAS,
        "2026-12-25T11:30",
        closed("2026-12-25T12:00", "Half day"),
    ),
    (
        "the weekday's hours are shadowed",
        SHORT_CHRISTMAS,
        "2026-12-25T15:00",
        closed("2026-01-01T10:00".replace("2026", "2027"), "Half day"),
    ),
    (
        "the night before runs into a closed day",
        CLOSED_AFTER_NIGHT,
        "2026-12-25T03:00",
        opened("2026-12-25T08:00"),
    ),
    (
        "the night of a closed day does not begin",
        CLOSED_AFTER_NIGHT,
        "2026-12-25T21:00",
        closed("2026-12-31T20:00"),
    ),
    (
        "nor has it a morning",
        CLOSED_AFTER_NIGHT,
        "2026-12-26T03:00",
        closed("2026-12-31T20:00"),
    ),
    ("an extra day is the next", EXTRA_SUNDAY, "2026-11-28T12:00", closed("2026-11-29T10:00")),
    ("an extra day is open", EXTRA_SUNDAY, "2026-11-29T11:00", opened("2026-11-29T12:00", "Camp")),
    (
        "a night exception runs into the next day's hours",
        NIGHT_EXCEPTION,
        "2026-12-26T01:00",
        opened("2026-12-26T12:00"),
    ),
    ("nothing is stated", UNSTATED, "2026-11-23T12:00", UNKNOWN),
    ("nothing but a far holiday", ONLY_EXCEPTIONS, "2026-11-23T12:00", UNKNOWN),
    (
        "nothing but today's holiday",
        ONLY_EXCEPTIONS,
        "2026-12-25T12:00",
        closed("2026-12-26T09:00", "Christmas"),
    ),
    ("nothing but today's hours", ONLY_EXCEPTIONS, "2026-12-26T09:30", opened("2026-12-26T10:00")),
    ("a holiday without end in sight", LONG_HOLIDAY, "2026-11-23T11:00", closed(None, "Away")),
    (
        "Republic Day by weekly hours",
        DAILY,
        "2027-01-26T10:00",
        opened("2027-01-26T17:00", holiday=Holiday.REPUBLIC_DAY),
    ),
    ("Republic Day, not yet", DAILY, "2027-01-26T09:59", closed("2027-01-26T10:00")),
    (
        "Independence Day, a Sunday",
        DAILY,
        "2027-08-15T16:59",
        opened("2027-08-15T17:00", holiday=Holiday.INDEPENDENCE_DAY),
    ),
    (
        "Gandhi Jayanti, a Saturday",
        DAILY,
        "2027-10-02T12:00",
        opened("2027-10-02T17:00", holiday=Holiday.GANDHI_JAYANTI),
    ),
    ("the day after is no holiday", DAILY, "2027-10-03T12:00", opened("2027-10-03T17:00")),
    (
        "a holiday with hours of its own",
        DAILY_SETTLED,
        "2027-01-26T12:00",
        opened("2027-01-26T13:00", "Half day"),
    ),
    ("a holiday it is closed on", DAILY_SETTLED, "2027-08-15T12:00", closed("2027-08-16T10:00")),
    ("a 24x7 place keeps no holiday", ROUND, "2027-01-26T12:00", ALWAYS),
    (
        "nor does one written as seven whole days",
        ALL_WEEK_LONG_BUT_A_DAY,
        "2027-01-26T12:00",
        opened("2027-01-28T00:00"),
    ),
    (
        "the night before a holiday is not its own",
        NIGHTS,
        "2027-01-26T03:00",
        opened("2027-01-26T08:00"),
    ),
    (
        "the night a holiday begins",
        NIGHTS,
        "2027-01-26T21:00",
        opened("2027-01-27T08:00", holiday=Holiday.REPUBLIC_DAY),
    ),
    (
        "and its small hours, a day later",
        NIGHTS,
        "2027-01-27T03:00",
        opened("2027-01-27T08:00", holiday=Holiday.REPUBLIC_DAY),
    ),
    (
        "the small hours of a holiday's night with hours of its own",
        NIGHTS_SETTLED,
        "2027-01-27T03:00",
        opened("2027-01-27T08:00"),
    ),
    (
        "a holiday among whole days that touch",
        ALL_BUT_SUNDAY,
        "2027-01-26T11:00",
        opened("2027-01-31T00:00", holiday=Holiday.REPUBLIC_DAY),
    ),
    ("its eve", ALL_BUT_SUNDAY, "2027-01-25T23:59", opened("2027-01-31T00:00")),
    ("the day after it", ALL_BUT_SUNDAY, "2027-01-27T00:00", opened("2027-01-31T00:00")),
    (
        "a holiday's morning while last night goes on",
        LATE_AND_EARLY,
        "2027-01-26T07:30",
        opened("2027-01-26T12:00", holiday=Holiday.REPUBLIC_DAY),
    ),
    (
        "a usual morning while a holiday's night goes on",
        LATE_AND_EARLY,
        "2027-01-27T07:30",
        opened("2027-01-27T12:00"),
    ),
    ("a holiday on a day without hours", SPLIT, "2027-01-26T12:00", closed("2027-01-27T11:00")),
    ("two closed weeks", CLOSED_TWO_WEEKS, "2026-11-23T11:00", closed("2026-12-07T10:00")),
]
