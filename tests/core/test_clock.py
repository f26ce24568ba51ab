"""Time in Delhi and in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from directory.core.clock import DELHI, delhi_day, utc_now


def test_now_is_aware_and_in_utc() -> None:
    assert utc_now().utcoffset() == timedelta(0)


def test_delhi_is_five_and_a_half_hours_ahead_all_year() -> None:
    offsets = {datetime(2026, month, 1, tzinfo=DELHI).utcoffset() for month in range(1, 13)}

    assert offsets == {timedelta(hours=5, minutes=30)}


def test_the_day_in_delhi_begins_at_half_past_six_in_the_evening_in_utc() -> None:
    assert delhi_day(datetime(2026, 11, 22, 18, 29, tzinfo=UTC)) == date(2026, 11, 22)
    assert delhi_day(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == date(2026, 11, 23)
