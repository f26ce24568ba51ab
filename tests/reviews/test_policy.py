"""The table of moves, every pair of it, and the numbers of the rules."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from directory.reviews.models import Aspect, ReviewEvent, ReviewState, RuleCode
from directory.reviews.policy import (
    MOVES,
    Who,
    aspects_of,
    counts,
    move_for,
    needs_second_person,
    oldest_counted,
    quarter_bounds,
    quarter_of,
    quarters_open,
    score_of,
)

# The table of the review rules, in its own words: from, event, to, who, a rule must be named.
TABLE: dict[tuple[str | None, str], tuple[str, str, bool]] = {
    (None, "submit"): ("unconfirmed", "author", False),
    ("unconfirmed", "confirm"): ("pending", "author", False),
    ("unconfirmed", "lapse"): ("expired", "clock", False),
    ("pending", "publish"): ("published", "moderator", False),
    ("pending", "return"): ("returned", "moderator", True),
    ("returned", "resubmit"): ("pending", "author", False),
    ("returned", "lapse"): ("expired", "clock", False),
    ("pending", "reject"): ("rejected", "moderator; two people if the rating is low", True),
    ("published", "withdraw"): ("withdrawn", "author", False),
    ("pending", "withdraw"): ("withdrawn", "author", False),
    ("returned", "withdraw"): ("withdrawn", "author", False),
    ("hidden", "withdraw"): ("withdrawn", "author", False),
    ("published", "hide"): ("hidden", "moderator", True),
    ("hidden", "restore"): (
        "published",
        "a different moderator, or the clock after 24 hours",
        False,
    ),
    ("hidden", "remove"): ("removed", "a different moderator", True),
    ("published", "remove"): ("removed", "two people", True),
    ("published", "restrict"): ("restricted", "administrator and a second person", True),
    ("rejected", "reopen"): ("pending", "a moderator who took no part", False),
    ("removed", "reopen"): ("pending", "a moderator who took no part", False),
    ("published", "undo"): ("pending", "the same moderator, within a minute", False),
    ("returned", "undo"): ("pending", "the same moderator, within a minute", False),
    ("rejected", "undo"): ("pending", "the same moderator, within a minute", False),
    ("hidden", "undo"): ("published", "the same moderator, within a minute", False),
    **{
        (state.value, "erase"): ("erased", "author or administrator", False)
        for state in ReviewState
        if state is not ReviewState.ERASED
    },
}
EVERY_PAIR = list(product((None, *ReviewState), ReviewEvent))


@pytest.mark.parametrize(("before", "event"), EVERY_PAIR, ids=str)
def test_every_pair_of_state_and_event_is_as_the_table_says(
    before: ReviewState | None, event: ReviewEvent
) -> None:
    expected = TABLE.get((before.value if before else None, event.value))
    move = move_for(before, event)

    said = None if move is None else (move.after.value, move.who.value, move.needs_rule)
    assert said == expected


def test_what_is_erased_expired_or_withdrawn_never_comes_back() -> None:
    for state in (ReviewState.ERASED, ReviewState.EXPIRED, ReviewState.WITHDRAWN):
        after = {move.after for (before, _), move in MOVES.items() if before is state}
        assert after <= {ReviewState.ERASED}


def test_nothing_a_practitioner_does_is_in_the_table() -> None:
    assert not {who for who in Who if "practitioner" in who or "listing" in who}


@pytest.mark.parametrize("rule", RuleCode)
@pytest.mark.parametrize("overall", range(1, 6))
def test_who_must_agree_to_a_rejection(rule: RuleCode, overall: int) -> None:
    by_one = overall > 2 or rule.value in {"R-03", "R-04", "R-12", "R-19"}

    assert needs_second_person(ReviewEvent.REJECT, rule, overall) is not by_one


@pytest.mark.parametrize("event", [ReviewEvent.REMOVE, ReviewEvent.RESTRICT])
@pytest.mark.parametrize("overall", range(1, 6))
def test_a_removal_always_takes_two_people(event: ReviewEvent, overall: int) -> None:
    assert needs_second_person(event, RuleCode.ADVERTISING, overall)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: str) -> None:
    first, last = quarter_bounds(quarter)

    assert quarter_of(day) == quarter
    assert first <= day <= last


def test_a_quarter_has_its_first_and_last_day() -> None:
    assert quarter_bounds("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_bounds("2028-Q1") == (date(2028, 1, 1), date(2028, 3, 31))


@pytest.mark.parametrize("shape", ["2026-Q5", "2026-Q0", "2026", "Q1-2026"])
def test_another_shape_is_no_quarter(shape: str) -> None:
    with pytest.raises(ValueError, match=r"quarter|invalid"):
        quarter_bounds(shape)


def test_one_may_write_about_the_last_two_years() -> None:
    open_now = list(quarters_open(date(2026, 11, 23)))

    assert open_now[0] == "2026-Q4"
    assert open_now[-1] == "2024-Q4" == oldest_counted(date(2026, 11, 23))
    assert len(open_now) == 9


@pytest.mark.parametrize(
    ("today", "counted"),
    [(date(2026, 9, 30), True), (date(2026, 10, 1), False), (date(2024, 8, 1), True)],
)
def test_a_visit_counts_until_its_quarter_ended_two_years_ago(today: date, counted: bool) -> None:  # noqa: FBT001 - a column of the table
    assert counts("2024-Q3", today) is counted


@pytest.mark.parametrize(
    ("stars", "score"),
    [
        ((0, 0, 0, 0, 0), None),
        ((0, 0, 0, 0, 4), None),
        ((0, 0, 0, 0, 5), (17.5 + 25) / 10),
        ((5, 0, 0, 0, 0), (17.5 + 5) / 10),
        ((1, 2, 3, 4, 10), (17.5 + 1 + 4 + 9 + 16 + 50) / 25),
    ],
)
def test_the_score_is_drawn_towards_the_middle_and_hidden_under_five(
    stars: tuple[int, ...], score: float | None
) -> None:
    assert score_of(stars) == (None if score is None else pytest.approx(score))


def test_only_centres_are_asked_about_nights_and_cleanliness() -> None:
    of_centres = set(aspects_of(is_centre=True)) - set(aspects_of(is_centre=False))

    assert of_centres == {Aspect.NIGHT, Aspect.CLEANLINESS}
