"""When a place is open, as a condition in SQL, for filters over many listings.

Open now is what `opening.py`, which words the state of one place, calls open. Its fourth decision
is not here: a national holiday is named, and closes nothing. Called by the reads of listings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import aliased

from directory.listings.models import Location, OpeningHours, ScheduleException
from directory.listings.opening import (
    EVENING_FROM,
    MINUTES_IN_A_DAY,
    MINUTES_IN_A_WEEK,
    SUNDAY,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute


# A moment of the week at which hardly anybody is open but who always is.
TUESDAY, THREE = 1, 3 * 60


def open_at(when: str, moment: datetime) -> ColumnElement[bool]:
    """Give the condition on `Location` for now, 24x7, evenings or sunday (Delhi time)."""
    if when == "now":
        return open_now(moment)
    if when == "24x7":
        return always_open()
    if when == "evenings":
        return or_(
            Location.open_24x7.is_(True), _has_hours(OpeningHours.closes_minute > EVENING_FROM)
        )
    return or_(Location.open_24x7.is_(True), _has_hours(OpeningHours.weekday == SUNDAY))


def open_now(moment: datetime, of: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Give the condition on `Location` that a place is open at a moment of Delhi.

    Whoever asks for few places says which, as a condition on `OpeningHours`: hours of all others
    are not read.
    """
    minute = moment.hour * 60 + moment.minute
    asked = true() if of is None else of
    return or_(
        _day_covers(moment.date(), minute, asked),
        _day_covers(moment.date() - timedelta(days=1), minute + MINUTES_IN_A_DAY, asked),
    )


def always_open() -> ColumnElement[bool]:
    """Give the condition on `Location` that a usual week leaves no minute out."""
    return or_(Location.open_24x7.is_(True), _leaves_no_gap())


def _leaves_no_gap() -> ColumnElement[bool]:
    """Give the condition that weekly hours leave no minute out, as `Schedule.is_always`.

    Where every span is gone on with at its end, there is no gap. Few places are open on a Tuesday
    at three at night, so the spans of these alone are held against one another.
    """
    span, after = OpeningHours, aliased(OpeningHours)
    at_three = or_(
        and_(span.weekday == TUESDAY, span.opens_minute <= THREE, span.closes_minute > THREE),
        and_(span.weekday == TUESDAY - 1, span.closes_minute > THREE + MINUTES_IN_A_DAY),
    )
    few = select(span.location_id).where(at_three).correlate(None)
    end = span.weekday * MINUTES_IN_A_DAY + span.closes_minute
    begins, ends = (
        after.weekday * MINUTES_IN_A_DAY + minute
        for minute in (after.opens_minute, after.closes_minute)
    )
    goes_on = or_(
        *(
            and_(begins <= end + weeks, ends > end + weeks)
            for weeks in (-MINUTES_IN_A_WEEK, 0, MINUTES_IN_A_WEEK)
        )
    )
    going_on = select(after.id).where(after.location_id == span.location_id, goes_on)
    ended = _has_hours(and_(span.location_id.in_(few), ~going_on.exists()))
    return and_(Location.id.in_(few), ~ended)


def _day_covers(day: date, minute: int, of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Give the condition that what begins on `day` is still open at `minute` after its midnight."""
    excepted = _among(ScheduleException.location_id, ScheduleException.on_date == day)
    open_by_exception = _among(
        ScheduleException.location_id,
        ScheduleException.on_date == day,
        ScheduleException.opens_minute <= minute,
        ScheduleException.closes_minute > minute,
    )
    by_week = _has_hours(
        and_(
            OpeningHours.weekday == day.weekday(),
            OpeningHours.opens_minute <= minute,
            OpeningHours.closes_minute > minute,
            of,
        )
    )
    if minute < MINUTES_IN_A_DAY:
        by_week = or_(Location.open_24x7.is_(True), by_week)
    return or_(open_by_exception, and_(~excepted, by_week))


def _has_hours(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return _among(OpeningHours.location_id, condition)


def _among(
    location_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    return Location.id.in_(select(location_id).where(*conditions).correlate(None))
