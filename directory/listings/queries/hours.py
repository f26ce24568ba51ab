"""When a place is open, as a condition in SQL, for filters over many listings.

The same three decisions as `opening.py`, which words the state of one place. Called by
`search.py`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from directory.listings.models import Location, OpeningHours, ScheduleException
from directory.listings.opening import EVENING_FROM, MINUTES_IN_A_DAY, SUNDAY

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute


def open_at(when: str, moment: datetime) -> ColumnElement[bool]:
    """Give the condition on `Location` for now, 24x7, evenings or sunday (Delhi time)."""
    if when == "24x7":
        return Location.open_24x7.is_(True)
    if when == "evenings":
        return or_(
            Location.open_24x7.is_(True), _has_hours(OpeningHours.closes_minute > EVENING_FROM)
        )
    if when == "sunday":
        return or_(Location.open_24x7.is_(True), _has_hours(OpeningHours.weekday == SUNDAY))
    minute = moment.hour * 60 + moment.minute
    return or_(
        _day_covers(moment.date(), minute),
        _day_covers(moment.date() - timedelta(days=1), minute + MINUTES_IN_A_DAY),
    )


def _day_covers(day: date, minute: int) -> ColumnElement[bool]:
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
