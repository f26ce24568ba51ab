"""The clocks of the desk as they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.web import desk_words

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(minutes=119), "1 h"),
        (timedelta(hours=72), "72 h"),
        (timedelta(hours=96), "4 days"),
        (timedelta(days=10, hours=3), "10 days"),
    ],
)
def test_a_span_is_told_in_the_unit_one_thinks_in(
    app: Flask, length: timedelta, words: str
) -> None:
    with app.test_request_context():
        assert desk_words.span(length) == words


def test_times_are_told_in_delhi(app: Flask) -> None:
    instant = datetime(2026, 11, 22, 20, 8, 5, tzinfo=UTC)
    with app.test_request_context():
        assert desk_words.hour(instant) == "01:38"
        assert desk_words.second(instant) == "01:38:05"
        assert desk_words.stamp(instant, date(2026, 11, 23)) == "23 Nov, 01:38"


def test_nothing_counted_is_a_dash(app: Flask) -> None:
    with app.test_request_context():
        assert desk_words.hours(None) == "–"
        assert desk_words.hours(30.6) == "31 h"
