"""The words of listing pages: scripts told apart, lists in one line, hours and nights said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.listings.models import Presence, StaffRole
from directory.listings.opening import Span
from directory.listings.roster import Shift, night_roster
from directory.vocabulary.models import TermKind
from directory.web.listing_law import (
    FACILITY_GROUPS,
    NEEDS_A_NUMBER,
    admission_words,
    facility_groups,
    no_register_words,
    register_lookup,
    register_means,
    rights_words,
)
from directory.web.listing_words import Run, by_script, in_line
from directory.web.schedule_words import night_words, shift_words, span_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("Plain words.", [Run(None, "Plain words.")]),
        ("नींद न आना", [Run("hi", "नींद न आना")]),
        ("Sleep (नींद) first", [Run(None, "Sleep ("), Run("hi", "नींद)"), Run(None, " first")]),
        ("2 दिन, then 3", [Run(None, "2 "), Run("hi", "दिन,"), Run(None, " then 3")]),
        ("", []),
    ],
    ids=["English", "Hindi", "Hindi inside English", "Hindi after a digit", "nothing"],
)
def test_a_text_is_told_apart_by_its_script(words: str, runs: list[Run]) -> None:
    assert by_script(words) == runs


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab कखगि।.,() 12", max_size=40))
def test_the_runs_of_a_text_are_the_whole_text(words: str) -> None:
    runs = by_script(words)

    assert "".join(run.text for run in runs) == words
    assert all(run.text for run in runs)


def test_names_in_a_line_keep_initials_and_names_of_schemes(vocabulary: Vocabulary) -> None:
    payment = vocabulary.terms[TermKind.PAYMENT]

    line = in_line([payment[slug] for slug in ("cash", "upi", "card", "ayushman-vay-vandana")])

    assert line == "Cash, UPI, card, Ayushman Vay Vandana (70+)"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(660, 840), "11:00–14:00"),
        (Span(1080, 1440), "18:00–24:00"),
        (Span(1200, 1920), "20:00–8:00 next day"),
        (Span(0, 1440), "0:00–24:00"),
    ],
)
def test_hours_are_said_with_the_next_day_named(span: Span, words: str) -> None:
    assert span_words(span) == words


@pytest.mark.parametrize(
    ("presence", "hours", "count", "within", "words"),
    [
        (Presence.ON_SITE, (20, 8), 1, None, "on site all night"),
        (Presence.ON_SITE, (20, 8), 3, None, "3 on site all night"),
        (Presence.ON_CALL, (18, 8), 1, 40, "on call, within 40 minutes"),
        (Presence.ON_CALL, (18, 8), 1, None, "on call all night"),
        (Presence.ON_SITE, (18, 23), 1, None, "on site 18:00–23:00"),
        (Presence.ON_SITE, (9, 17), 1, None, "not there at night"),
    ],
)
def test_a_night_is_said_as_it_is_drawn(
    presence: Presence, hours: tuple[int, int], count: int, within: int | None, words: str
) -> None:
    shift = Shift(StaffRole.DOCTOR, presence, hours[0] * 60, hours[1] * 60, count, within)

    assert night_words(night_roster([shift])[0]) == words


def test_a_shift_round_the_clock_is_said_so() -> None:
    assert (
        shift_words(Shift(StaffRole.NURSE, Presence.ON_SITE, 0, 0, 2)) == "2 on site day and night"
    )


def test_every_way_of_being_admitted_has_its_meaning_and_section(vocabulary: Vocabulary) -> None:
    ways = [admission_words(term) for term in vocabulary.terms[TermKind.ADMISSION_TYPE].values()]

    assert [way.section for way in ways] == ["86", "87", "89", "90", "94"]
    assert all(way.name and way.means for way in ways)


def test_every_register_says_what_it_means_and_how_to_look_it_up(vocabulary: Vocabulary) -> None:
    for register in vocabulary.terms[TermKind.REGISTER].values():
        assert register_means(register).endswith("nothing about how good the care is.")
        assert register_lookup(register).endswith(".")


def test_every_facility_stands_in_one_group_or_needs_a_number(vocabulary: Vocabulary) -> None:
    facilities = vocabulary.terms[TermKind.FACILITY]
    grouped = [slug for slugs in FACILITY_GROUPS.values() for slug in slugs]

    assert sorted([*grouped, *NEEDS_A_NUMBER]) == sorted(facilities)
    groups = facility_groups(facilities.values())
    assert sorted(term.slug for _heading, group in groups for term in group) == sorted(grouped)


def test_rights_say_what_this_place_adds(vocabulary: Vocabulary) -> None:
    facilities = vocabulary.terms[TermKind.FACILITY]

    plain, more = rights_words([]), rights_words([facilities["visitors-daily"]])

    assert len(plain) == len(more)
    assert "Here: visitors daily." in " ".join(more)
    assert "Here:" not in " ".join(plain)


def test_a_profession_in_a_register_needs_no_warning(vocabulary: Vocabulary) -> None:
    professions = vocabulary.terms[TermKind.PROFESSION]

    assert no_register_words(professions["psychiatrist"]) == ""
    assert "no legal register" in no_register_words(professions["psychotherapist"])
    assert "only being set up" in no_register_words(professions["psychologist"])
