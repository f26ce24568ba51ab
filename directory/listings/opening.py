"""When a place is open: pure rules over a week of hours, dated exceptions and a clock.

Not for the database and not for wording: pages turn an `OpenState` into a sentence. Called by
the reads of listings (`queries/`). All days and hours are those of Delhi.

Four decisions, each with its own tests:

1. Hours belong to the day they *begin* on. A night from Friday 20:00 to 08:00 is Friday's, so
   "closed on Saturday 26 December" does not send home those who came on Friday night, and
   "closed on Friday 25 December" takes away the whole night that would have begun then.
2. An exception replaces everything its weekday would have begun, round-the-clock days included.
3. Round the clock means every day from 00:00 to 24:00. A place open without a break for the
   whole week to come is "always open", whichever way its hours were written down; one that
   closes within a week says until when.
4. On a national holiday weekly hours still count as stated, but what is open by them alone carries
   the holiday's name, so that a page can say "ring first". So does the night that begins on it,
   until it ends. An exception of the day settles it, and a place without a closing hour in its
   usual week keeps no holiday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.core.clock import DELHI
from directory.listings.holidays import Holiday, holiday_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MINUTES_IN_A_DAY = 1440
DAYS_IN_A_WEEK = 7
MINUTES_IN_A_WEEK = DAYS_IN_A_WEEK * MINUTES_IN_A_DAY
# How far ahead a next opening is looked for; past that "closed" has no date.
DAYS_AHEAD = 35
# From when on hours are an evening's, and the day that is asked for most after working days.
EVENING_FROM = 18 * 60
SUNDAY = 6
# The bar of the hours table: these hours, or the whole day when something lies outside them.
DAYTIME = (6 * 60, 22 * 60)
WHOLE_DAY = (0, MINUTES_IN_A_DAY)


class OpenKind(StrEnum):
    """What can be said about a place at one moment."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hours of one day in minutes after its midnight; past 1440 lies on the next day."""

    opens: int
    closes: int

    @property
    def over_midnight(self) -> bool:
        """Whether it ends on the day after (24:00 sharp does not)."""
        return self.closes > MINUTES_IN_A_DAY


ROUND_THE_CLOCK = (Span(*WHOLE_DAY),)


@dataclass(frozen=True, slots=True)
class DayException:
    """What one dated day does instead of its weekday; without spans it is closed."""

    on: date
    spans: tuple[Span, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The hours of one location. `week` runs from Monday; all empty means not stated."""

    week: tuple[tuple[Span, ...], ...] = ((),) * DAYS_IN_A_WEEK
    exceptions: tuple[DayException, ...] = ()
    round_the_clock: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether any weekly hours are known."""
        return self.round_the_clock or any(self.week)

    @property
    def is_always(self) -> bool:
        """Whether its week leaves no minute out, whichever way that was written down.

        What a usual week says, exceptions aside: the filter "24x7" has it so.
        """
        if self.round_the_clock:
            return True
        spans = [
            (day * MINUTES_IN_A_DAY + span.opens, day * MINUTES_IN_A_DAY + span.closes)
            for day, spans in enumerate(self.week)
            for span in spans
        ]
        # What the last days of a week leave of the first of the next.
        reached = max((closes for _opens, closes in spans), default=0) - MINUTES_IN_A_WEEK
        for opens, closes in sorted(spans):
            if opens > reached:
                return False
            reached = max(reached, closes)
        return bool(spans)

    def exception_on(self, day: date) -> DayException | None:
        """Give the exception of a day, or None."""
        return next((found for found in self.exceptions if found.on == day), None)

    @property
    def has_evenings(self) -> bool:
        """Whether it is open after 18:00 on any day, as the filter "evenings" has it."""
        return self.round_the_clock or any(
            span.closes > EVENING_FROM for spans in self.week for span in spans
        )

    @property
    def has_sundays(self) -> bool:
        """Whether it opens on Sundays, as the filter "sunday" has it."""
        return self.round_the_clock or bool(self.week[SUNDAY])

    def unsettled_holiday(self, day: date) -> Holiday | None:
        """Give the national holiday of a day that weekly hours alone speak for."""
        if self.is_always or self.exception_on(day) is not None or not self.spans_on(day):
            return None
        return holiday_on(day)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Give the spans that begin on a day, in order."""
        exception = self.exception_on(day)
        if exception is not None:
            return tuple(sorted(exception.spans))
        if self.round_the_clock:
            return ROUND_THE_CLOCK
        return tuple(sorted(self.week[day.weekday()]))


@dataclass(frozen=True, slots=True)
class OpenState:
    """What holds at one moment.

    `until` is when an open place closes; `opens` when a closed one opens next (None: not
    within `DAYS_AHEAD` days, or not stated); `note` is the word of today's exception; `holiday` is
    the national holiday whose weekly hours alone it is open by.
    """

    kind: OpenKind
    until: datetime | None = None
    opens: datetime | None = None
    note: str | None = None
    holiday: Holiday | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is there now, as far as is stated."""
        return self.kind in {OpenKind.ALWAYS, OpenKind.OPEN}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the drawn day, in percent of its width."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class DayHours:
    """One row of the hours table: the next day of this weekday, today included."""

    on: date
    spans: tuple[Span, ...]
    is_today: bool
    exception: DayException | None
    bars: tuple[Bar, ...]
    holiday: Holiday | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The hours table, Monday first; `window` are the minutes its bars begin and end at.

    `now` is where the present moment stands, in percent of the bar; None outside it.
    """

    days: tuple[DayHours, ...]
    window: tuple[int, int]
    now: float | None


def schedule_of(
    hours: Iterable[tuple[int, int, int]],
    exceptions: Iterable[tuple[date, int | None, int | None, str | None]] = (),
    *,
    round_the_clock: bool = False,
) -> Schedule:
    """Give a schedule from rows of (weekday, opens, closes) and (day, opens, closes, note)."""
    week: list[list[Span]] = [[] for _ in range(DAYS_IN_A_WEEK)]
    for weekday, opens, closes in hours:
        week[weekday].append(Span(opens, closes))
    dated: dict[date, DayException] = {}
    for on, exception_opens, exception_closes, note in exceptions:
        before = dated.get(on, DayException(on))
        spans = before.spans
        if exception_opens is not None and exception_closes is not None:
            spans = (*spans, Span(exception_opens, exception_closes))
        dated[on] = DayException(on, tuple(sorted(spans)), before.note or note)
    return Schedule(
        week=tuple(tuple(sorted(spans)) for spans in week),
        exceptions=tuple(dated[on] for on in sorted(dated)),
        round_the_clock=round_the_clock,
    )


def open_state(schedule: Schedule, now: datetime) -> OpenState:
    """Give what holds at an aware instant; opening minutes count as open, closing ones not."""
    moment = now.astimezone(DELHI)
    today = schedule.exception_on(moment.date())
    note = today.note if today else None
    stretches = list(_stretches(schedule, moment.date()))
    for opens, closes in stretches:
        if opens <= moment < closes:
            if closes - moment >= timedelta(days=DAYS_IN_A_WEEK):
                return OpenState(OpenKind.ALWAYS)
            holiday = _holiday_of(schedule, moment)
            return OpenState(OpenKind.OPEN, until=closes, note=note, holiday=holiday)
    if not schedule.is_stated and today is None:
        return OpenState(OpenKind.UNKNOWN)
    opens_next = next((opens for opens, _closes in stretches if opens > moment), None)
    return OpenState(OpenKind.CLOSED, opens=opens_next, note=note)


def week(schedule: Schedule, now: datetime) -> Week:
    """Give the hours table for the seven days from today, ordered from Monday."""
    moment = now.astimezone(DELHI)
    today = moment.date()
    days = sorted(
        (today + timedelta(days=ahead) for ahead in range(DAYS_IN_A_WEEK)), key=date.weekday
    )
    window = _window(schedule, days)
    rows = tuple(
        DayHours(
            on=day,
            spans=schedule.spans_on(day),
            is_today=day == today,
            exception=schedule.exception_on(day),
            bars=tuple(_bars(schedule, day, window)),
            holiday=schedule.unsettled_holiday(day),
        )
        for day in days
    )
    minute = moment.hour * 60 + moment.minute
    now_shown = _percent(minute, window) if window[0] <= minute <= window[1] else None
    return Week(days=rows, window=window, now=now_shown)


def coming_exceptions(
    schedule: Schedule, today: date, *, within_days: int = 60
) -> tuple[DayException, ...]:
    """Give the exceptions from today on, nearest first."""
    last = today + timedelta(days=within_days)
    return tuple(found for found in schedule.exceptions if today <= found.on <= last)


def _stretches(schedule: Schedule, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Give the unbroken times of being open from yesterday on, in order."""
    current: tuple[datetime, datetime] | None = None
    for ahead in range(-1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        midnight = datetime.combine(day, time(), DELHI)
        for span in schedule.spans_on(day):
            opens = midnight + timedelta(minutes=span.opens)
            closes = midnight + timedelta(minutes=span.closes)
            if current is None:
                current = (opens, closes)
            elif opens <= current[1]:
                current = (current[0], max(current[1], closes))
            else:
                yield current
                current = (opens, closes)
    if current is not None:
        yield current


def _holiday_of(schedule: Schedule, moment: datetime) -> Holiday | None:
    """Give the holiday of the day whose own hours hold at a moment, today's before last night's."""
    minute = moment.hour * 60 + moment.minute
    for day, after_its_midnight in (
        (moment.date(), minute),
        (moment.date() - timedelta(days=1), minute + MINUTES_IN_A_DAY),
    ):
        spans = schedule.spans_on(day)
        if any(span.opens <= after_its_midnight < span.closes for span in spans):
            return schedule.unsettled_holiday(day)
    return None


def _window(schedule: Schedule, days: Iterable[date]) -> tuple[int, int]:
    spans = [span for day in days for span in schedule.spans_on(day)]
    first, last = DAYTIME
    inside = all(first <= span.opens and span.closes <= last for span in spans)
    return DAYTIME if inside else WHOLE_DAY


def _bars(schedule: Schedule, day: date, window: tuple[int, int]) -> Iterator[Bar]:
    """Give what is open on a calendar day, the morning after a night included."""
    nights = (
        Span(0, span.closes - MINUTES_IN_A_DAY)
        for span in schedule.spans_on(day - timedelta(days=1))
        if span.over_midnight
    )
    for span in sorted((*nights, *schedule.spans_on(day))):
        left = max(span.opens, window[0])
        right = min(span.closes, window[1])
        if right > left:
            start = _percent(left, window)
            yield Bar(start, round(_percent(right, window) - start, 2))


def _percent(minute: int, window: tuple[int, int]) -> float:
    return round(100 * (minute - window[0]) / (window[1] - window[0]), 2)
