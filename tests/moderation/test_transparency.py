"""The public numbers: every decision counted once, one taken back not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.moderation.queries.transparency import (
    PeriodCounts,
    RuleCounts,
    StarsCounts,
    transparency,
)
from directory.reviews.models import ReviewState, RuleCode
from tests.factories.reviews import make_review

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.conftest import CountSql
    from tests.moderation.desk import Desk

pytestmark = pytest.mark.db

NOTHING = PeriodCounts(
    name="all",
    received=0,
    published=0,
    returned=0,
    rejected=0,
    removed=0,
    restricted=0,
    withdrawn=0,
    appeals=0,
    appeals_upheld=0,
    flags=0,
    flags_upheld=0,
    median_hours=None,
)


def test_without_reviews_everything_is_nought(session: Session, desk: Desk) -> None:
    found = transparency(session, now=desk.now)

    assert found.total == NOTHING
    assert (found.quarters, found.by_rule, found.has_demo) == ((), (), False)
    assert found.by_stars == tuple(StarsCounts(stars, 0, 0, 0) for stars in (5, 4, 3, 2, 1))


def test_every_state_is_counted_by_quarter_rule_and_stars(session: Session, desk: Desk) -> None:
    for state in ReviewState:
        make_review(desk.listing, state=state, overall=1 if state is ReviewState.REJECTED else 4)
    long_ago = datetime(2022, 3, 1, tzinfo=UTC)
    make_review(desk.listing, written_at=long_ago, overall=2)

    found = transparency(session, now=desk.now)

    [quarter] = found.quarters
    assert quarter.name == "2026-Q4"
    assert (quarter.received, quarter.published, quarter.returned) == (9, 6, 1)
    assert (quarter.rejected, quarter.removed, quarter.restricted) == (1, 1, 1)
    assert (quarter.withdrawn, quarter.median_hours) == (1, 6.0)
    assert (found.total.received, found.total.published) == (10, 7)
    assert found.by_rule == (
        RuleCounts(RuleCode.IDENTIFIES_STAFF, returned=1, rejected=1, removed=1, restricted=0),
        RuleCounts(RuleCode.LEGAL_ORDER, returned=0, rejected=0, removed=0, restricted=1),
    )
    assert found.by_stars == (
        StarsCounts(5, 0, 0, 0),
        StarsCounts(4, 6, 0, 1),
        StarsCounts(3, 0, 0, 0),
        StarsCounts(2, 1, 0, 0),
        StarsCounts(1, 0, 1, 0),
    )


def test_a_quarter_begins_at_midnight_in_delhi(session: Session, desk: Desk) -> None:
    # Confirmed six hours after it was written: at half past midnight of 1 October in Delhi.
    make_review(
        desk.listing,
        state=ReviewState.PENDING,
        written_at=datetime(2026, 9, 30, 13, 0, tzinfo=UTC),
    )

    assert [row.name for row in transparency(session, now=desk.now).quarters] == ["2026-Q4"]


def test_the_wait_is_the_median_from_confirmation_to_the_first_decision(
    session: Session, desk: Desk
) -> None:
    for hours in (2, 10, 40):
        confirmed_at = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
        make_review(
            desk.listing,
            written_at=confirmed_at - timedelta(hours=6),
            ended_at=confirmed_at + timedelta(hours=hours),
        )

    assert transparency(session, now=desk.now).total.median_hours == 10.0


def test_the_page_costs_the_same_however_much_there_is(
    session: Session, desk: Desk, count_sql: CountSql
) -> None:
    costs = []
    for _round in range(2):
        make_review(desk.listing)
        session.rollback()
        with count_sql() as statements:
            transparency(session, now=desk.now)
        costs.append(len(statements))

    assert costs == [8, 8]


def test_a_decision_taken_back_is_not_counted(session: Session, desk: Desk) -> None:
    taken_back = desk.submit()
    decided = desk.decide("rani", taken_back, "return", RuleCode.CONTACT)
    desk.undo("rani", decided.decision_id)

    found = transparency(session, now=desk.now)

    assert (found.total.received, found.total.returned) == (1, 0)
    assert (found.by_rule, found.total.median_hours) == ((), None)


def test_flags_and_appeals_are_counted_as_made_and_as_upheld(session: Session, desk: Desk) -> None:
    kept, rejected = desk.published(), desk.submit("bela", overall=4)
    desk.flag(kept)
    desk.decide("rani", rejected, "reject", RuleCode.NOT_CARE)
    desk.wait(minutes=2)
    desk.appeal(rejected, "bela")
    desk.decide("kabir", rejected, "uphold-appeal")

    total = transparency(session, now=desk.now).total

    assert (total.flags, total.flags_upheld) == (1, 0)
    assert (total.appeals, total.appeals_upheld) == (1, 1)
