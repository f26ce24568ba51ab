"""How numbers, days, distances and telephone numbers are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.web import text
from directory.web.text import LengthUnit
from directory.web.urgent_hindi import UNITS, hindi_distance
from directory.web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_a_request(app: Flask) -> Iterator[None]:
    """Give the words their language, which belongs to a request."""
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "₹0"),
        (999, "₹999"),
        (1800, "₹1,800"),
        (100_000, "₹1,00,000"),
        (12_345_678, "₹1,23,45,678"),
    ],
)
def test_rupees_are_grouped_as_in_india(amount: int, written: str) -> None:
    assert text.inr(amount) == written


@pytest.mark.parametrize(
    ("metres", "written"),
    [
        (0, "50 m"),
        (440, "450 m"),
        (499, "500 m"),
        (500, "0.5 km"),
        (850, "0.8 km"),
        (1349, "1.3 km"),
        (9949, "9.9 km"),
        (9951, "10 km"),
        (12_300, "12 km"),
        (19_400, "19 km"),
    ],
)
def test_a_distance_is_no_more_exact_than_a_walker_needs_in_either_language(
    metres: int, written: str
) -> None:
    number, unit = written.split()

    assert text.distance(metres) == written
    assert hindi_distance(metres) == f"{number} {UNITS[LengthUnit(unit)]}"


@pytest.mark.parametrize(("metres", "minutes"), [(10, 1), (80, 1), (81, 2), (800, 10)])
def test_a_walk_takes_a_minute_for_eighty_metres(metres: int, minutes: int) -> None:
    assert text.on_foot(metres) == minutes


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+911155501201", "011-5550 1201"),
        ("+919876543210", "98765 43210"),
        ("+912225521111", "0222-5521111"),
        ("18008914416", "1800-891-4416"),
        ("9999666555", "99996 66555"),
        ("14416", "14416"),
        ("1800-180-5522", "1800-180-5522"),
    ],
)
def test_a_number_is_written_as_it_is_said(number: str, written: str) -> None:
    assert text.phone(number) == written


def test_a_number_is_dialled_without_its_hyphens() -> None:
    assert text.tel("1800-891-4416") == "tel:18008914416"
    assert text.tel("+91 11 5550 1201") == "tel:+911155501201"


def test_days_are_written_as_in_delhi() -> None:
    assert text.on_date(TODAY) == "23 Nov 2026"
    assert text.month(TODAY) == "Nov 2026"
    assert text.near_date(date(2026, 11, 12), TODAY) == "12 Nov"
    assert text.near_date(date(2026, 1, 12), TODAY) == "12 Jan 2026"
    assert text.coming_day(date(2026, 11, 24), TODAY) == "Tue"
    assert text.coming_day(date(2026, 12, 8), TODAY) == "Tue 8 Dec"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-23T09:05", "9:05"),
        ("2026-11-23T00:00", "0:00"),
        ("2026-11-24T18:30", "Tue 18:30"),
        ("2026-12-08T10:00", "Tue 8 Dec 10:00"),
    ],
)
def test_a_coming_time_names_its_day_unless_it_is_today(moment: str, written: str) -> None:
    coming = datetime.fromisoformat(moment).replace(tzinfo=DELHI)

    assert text.coming_time(coming, TODAY) == written


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-23T20:00", "20:00"),
        ("2026-11-24T00:00", "0:00"),
        ("2026-11-24T02:30", "2:30"),
        ("2026-11-24T09:00", "Tue 9:00"),
        ("2026-11-29T00:00", "Sun 0:00"),
    ],
)
def test_a_closing_time_names_its_day_when_it_is_not_tonight(moment: str, written: str) -> None:
    closing = datetime.fromisoformat(moment).replace(tzinfo=DELHI)

    assert text.closing_time(closing, TODAY) == written


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert text.listed(words) == sentence


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("hi|en", "Hindi, English"),
        ("hi|en|+", "Hindi, English and others"),
        ("20 languages incl. hi, en", "20 languages"),
    ],
)
def test_the_languages_of_a_helpline_are_said_in_words(codes: str, words: str) -> None:
    assert spoken(codes) == words


def test_letters_inside_a_sentence_become_small_but_abbreviations_stay() -> None:
    assert text.lower_first("Depression") == "depression"
    assert text.lower_first("OCD") == "OCD"


def test_the_language_of_typed_words_is_told_by_their_script() -> None:
    assert text.language_of("अवसाद") == "hi"
    assert text.language_of("depression") == "en"
