"""What stands on the printed sheet: hours in few lines, long lists cut and counted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.opening import schedule_of, week
from directory.vocabulary.models import TermKind
from directory.web.hand_out_words import MOST_NAMED, hours_lines, parted_terms, some_terms
from tests.listings.bare_pages import term

if TYPE_CHECKING:
    from flask import Flask

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=DELHI)
CHRISTMAS_EVE = datetime(2026, 12, 24, 12, 0, tzinfo=DELHI)


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        ([(day, 600, 780) for day in range(7)], ["Mon to Sun 10:00–13:00"]),
        ([(0, 600, 780)], ["Mon 10:00–13:00", "Tue to Sun closed"]),
        (
            [(0, 600, 780), (0, 960, 1140), (1, 600, 780), (2, 600, 780), (6, 1200, 1560)],
            [
                "Mon 10:00–13:00, 16:00–19:00",
                "Tue and Wed 10:00–13:00",
                "Thu to Sat closed",
                "Sun 20:00–2:00 next day",
            ],
        ),
    ],
)
def test_days_in_a_row_with_the_same_hours_are_one_line(
    app: Flask, hours: list[tuple[int, int, int]], lines: list[str]
) -> None:
    holiday = [(CHRISTMAS_EVE.date(), None, None, None)]
    for schedule, moment in (
        (schedule_of(hours), NOW),
        (schedule_of(hours, holiday), CHRISTMAS_EVE),
    ):
        with app.test_request_context():
            found = hours_lines(schedule, week(schedule, moment))
        assert [f"{line.days} {line.hours}" for line in found] == lines


def test_without_stated_hours_there_is_no_line() -> None:
    assert hours_lines(schedule_of([]), None) == []


def test_a_long_list_says_how_many_more(app: Flask) -> None:
    terms = [term(f"word{number:02}", TermKind.CONDITION) for number in range(MOST_NAMED + 2)]

    with app.test_request_context():
        assert some_terms(terms).endswith("word09 and 2 more")
        assert parted_terms(terms)[1:] == ("word10, word11", "and 2 more")
        assert parted_terms(terms[:MOST_NAMED])[1:] == ("", "")
        assert "more" not in some_terms(terms[:MOST_NAMED])
