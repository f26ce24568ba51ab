"""The time in Delhi and in UTC. Not for scheduling; operations take `now` as an argument.

Called by the doors, which read the clock once for each request, and by the rooms that turn
an instant into a Delhi day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

# India keeps one time zone and no summer time (Indian Standard Time, UTC+05:30).
DELHI = timezone(timedelta(hours=5, minutes=30), "IST")


def utc_now() -> datetime:
    """Give the present instant, aware, in UTC."""
    return datetime.now(UTC)


def delhi_day(instant: datetime) -> date:
    """Give the calendar day in Delhi at an aware instant."""
    return instant.astimezone(DELHI).date()
