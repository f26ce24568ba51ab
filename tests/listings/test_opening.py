"""The clock of a listing: every row of the table is one schedule, one moment, one answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.core.clock import DELHI
from directory.listings.holidays import Holiday
from directory.listings.opening import (
    DAYS_AHEAD,
    DAYTIME,
    WHOLE_DAY,
    DayException,
    OpenKind,
    OpenState,
    Schedule,
    Span,
    coming_exceptions,
    open_state,
    schedule_of,
    week,
)
from tests.listings.schedule_table import (
    ALL_WEEK_LONG,
    CASES,
    CHRISTMAS,
    DAILY,
    FRI,
    FRIDAY_NIGHT,
    FRIDAYS,
    MON,
    ROUND,
    SAT,
    SPLIT,
    at,
)


@pytest.mark.parametrize(
    ("schedule", "moment", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_schedule_says_what_holds_at_a_moment(
    schedule: Schedule, moment: str, expected: OpenState
) -> None:
    assert open_state(schedule, at(moment)) == expected


def test_the_table_of_moments_is_long_enough_to_trust() -> None:
    assert len(CASES) >= 60


def test_a_moment_in_another_zone_is_read_in_delhi() -> None:
    assert open_state(SPLIT, datetime(2026, 11, 23, 5, 30, tzinfo=UTC)).kind is OpenKind.OPEN
    assert open_state(SPLIT, datetime(2026, 11, 23, 5, 29, tzinfo=UTC)).kind is OpenKind.CLOSED


def test_the_table_of_a_week_runs_from_monday_and_knows_today() -> None:
    table = week(SPLIT, at("2026-11-25T12:00"))

    assert [day.on for day in table.days] == [
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2026, 11, 25),
        date(2026, 11, 26),
        date(2026, 11, 27),
        date(2026, 11, 28),
        date(2026, 11, 29),
    ]
    assert [day.is_today for day in table.days] == [False, False, True, False, False, False, False]
    assert table.days[0].spans == (Span(660, 840), Span(960, 1140))
    assert table.days[1].spans == ()


def test_the_table_of_a_week_shows_the_exception_in_place_of_its_weekday() -> None:
    friday = week(FRIDAYS, at("2026-12-21T12:00")).days[FRI]

    assert friday.on == CHRISTMAS
    assert friday.spans == ()
    assert friday.exception == DayException(CHRISTMAS, (), "Christmas")


def test_the_table_of_a_week_names_a_holiday_only_where_hours_end() -> None:
    def named(schedule: Schedule) -> list[Holiday | None]:
        return [day.holiday for day in week(schedule, at("2027-01-25T12:00")).days]

    assert named(DAILY) == [None, Holiday.REPUBLIC_DAY, None, None, None, None, None]
    assert named(ROUND) == named(ALL_WEEK_LONG) == [None] * 7


def test_bars_cover_the_daytime_when_all_hours_lie_in_it() -> None:
    table = week(SPLIT, at("2026-11-23T14:00"))

    assert table.window == DAYTIME
    assert [(bar.left, bar.width) for bar in table.days[MON].bars] == [
        (31.25, 18.75),
        (62.5, 18.75),
    ]
    assert table.now == 50.0


def test_bars_cover_the_whole_day_when_a_night_is_worked() -> None:
    table = week(FRIDAY_NIGHT, at("2026-11-23T05:00"))

    assert table.window == WHOLE_DAY
    assert [(bar.left, bar.width) for bar in table.days[FRI].bars] == [(83.33, 16.67)]
    assert [(bar.left, bar.width) for bar in table.days[SAT].bars] == [(0.0, 33.33)]


def test_no_moment_is_drawn_outside_the_bar() -> None:
    assert week(SPLIT, at("2026-11-23T05:00")).now is None


def test_coming_exceptions_leave_out_the_past_and_the_far() -> None:
    schedule = schedule_of(
        [],
        [
            (date(2027, 8, 15), None, None, "Far"),
            (CHRISTMAS, None, None, "Christmas"),
            (date(2026, 11, 22), None, None, "Past"),
        ],
    )

    assert [found.note for found in coming_exceptions(schedule, date(2026, 11, 23))] == [
        "Christmas"
    ]


spans = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda row: (row[0], row[1], row[1] + row[2])
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(  # noqa: DTZ001 - the zone follows
    lambda moment: moment.replace(tzinfo=DELHI)
)


@settings(deadline=None)  # a busy machine is no fault of the rule
@given(st.lists(spans, max_size=12), moments)
def test_an_open_place_is_closed_when_it_says_it_closes(
    rows: list[tuple[int, int, int]], moment: datetime
) -> None:
    schedule = schedule_of(rows)
    state = open_state(schedule, moment)

    if state.kind is OpenKind.OPEN and state.until is not None:
        assert state.until > moment
        assert not open_state(schedule, state.until).is_open
    if state.kind is OpenKind.CLOSED and rows:
        assert state.opens is not None
        assert moment < state.opens <= moment + timedelta(days=DAYS_AHEAD)
        assert open_state(schedule, state.opens).is_open
        assert not open_state(schedule, state.opens - timedelta(minutes=1)).is_open or (
            state.opens - timedelta(minutes=1) < moment
        )
