"""Sums of usual care: only from stated fees, and never a sum with a hole in it."""

from __future__ import annotations

from directory.listings.costs import FeeView, first_two_months, first_week_inside
from directory.listings.models import FeePurpose

FIRST = FeeView(FeePurpose.FIRST_SESSION, 1800, 45)
FOLLOW_UP = FeeView(FeePurpose.FOLLOW_UP, 1200, 25)
BED = FeeView(FeePurpose.BED_DAY, 4200)
DEPOSIT = FeeView(FeePurpose.DEPOSIT, 25000)


def test_two_months_are_one_first_visit_and_three_follow_ups() -> None:
    cost = first_two_months([FIRST, FOLLOW_UP])

    assert [(line.each_inr, line.times, line.sum_inr) for line in cost.lines] == [
        (1800, 1, 1800),
        (1200, 3, 3600),
    ]
    assert cost.total_inr == 5400


def test_a_missing_follow_up_fee_leaves_no_sum() -> None:
    cost = first_two_months([FIRST])

    assert [line.each_inr for line in cost.lines] == [1800, None]
    assert cost.total_inr is None


def test_free_care_sums_to_nothing_and_is_not_unknown() -> None:
    free = [FeeView(FeePurpose.FIRST_SESSION, 0), FeeView(FeePurpose.FOLLOW_UP, 0)]

    assert first_two_months(free).total_inr == 0


def test_other_fees_are_listed_and_not_counted() -> None:
    letter = FeeView(FeePurpose.LETTER, 500)
    second_first = FeeView(FeePurpose.FIRST_SESSION, 2500, 90)

    cost = first_two_months([letter, FIRST, second_first, FOLLOW_UP])

    assert cost.total_inr == 5400
    assert [(line.purpose, line.each_inr, line.times) for line in cost.lines[2:]] == [
        (FeePurpose.LETTER, 500, None),
        (FeePurpose.FIRST_SESSION, 2500, None),
    ]


def test_a_week_inside_is_seven_days_and_the_deposit() -> None:
    assert first_week_inside([BED, DEPOSIT]).total_inr == 7 * 4200 + 25000


def test_a_week_without_a_stated_deposit_has_no_sum() -> None:
    cost = first_week_inside([BED])

    assert [line.sum_inr for line in cost.lines] == [29400, None]
    assert cost.total_inr is None
