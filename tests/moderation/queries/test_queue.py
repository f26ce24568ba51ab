"""The queue: class first, then the oldest, never by stars; each list holds what it says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from directory.moderation.decisions import lease, reclass
from directory.moderation.models import CaseKind, Outcome
from directory.moderation.queries.clocks_and_counts import desk_counts
from directory.moderation.queries.desk import queue
from directory.moderation.queries.lists import QueueList
from directory.moderation.queries.stepping import first_free, neighbours
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import RuleCode
from tests.moderation.desk import Desk, make_person
from tests.moderation.queries.reading import item_of, queue_of

if TYPE_CHECKING:
    from tests.conftest import CountSql


def ids(desk: Desk, who: str, which: QueueList = QueueList.ALL) -> list[int]:
    return [item.case_id for item in queue_of(desk, who, which).items]


def submitted(desk: Desk, number: int, **changes: object) -> list[str]:
    """Send reviews by as many authors, an hour apart, and give their public ids."""
    sent = []
    for _ in range(number):
        name = f"author{len(desk.people)}"
        desk.people[name] = make_person(name, now=desk.now)
        words = f"This is my own story, number {len(desk.people)}, of a visit that went as told. "
        sent.append(desk.submit(name, text=words * 2, **changes))
        desk.wait(hours=1)
    return sent


def put(desk: Desk, public_id: str, lane: Lane) -> int:
    """Give a review's case a class, and give its number."""
    case_id = desk.case(public_id).id
    reclass(viewer=desk.as_("admin"), case_id=case_id, lane=lane, now=desk.now)
    return case_id


def test_the_order_is_class_then_age(desk: Desk) -> None:
    first, second, third, fourth = submitted(desk, 4)
    numbers = {
        "routine old": put(desk, first, Lane.ROUTINE),
        "crisis": put(desk, second, Lane.CRISIS),
        "routine new": put(desk, third, Lane.ROUTINE),
        "legal": put(desk, fourth, Lane.LEGAL),
    }

    order = ("crisis", "legal", "routine old", "routine new")
    assert ids(desk, "rani") == [numbers[name] for name in order]


def test_stars_do_not_move_a_case(desk: Desk) -> None:
    low, high = submitted(desk, 1, overall=1), submitted(desk, 1, overall=5)
    cases = [put(desk, public_id, Lane.ROUTINE) for public_id in (*low, *high)]

    assert ids(desk, "rani") == cases
    assert "overall" not in repr(queue_of(desk, "rani"))


def test_a_case_is_late_past_its_target_and_over_past_its_limit(desk: Desk) -> None:
    review = submitted(desk, 1)[0]
    put(desk, review, Lane.ROUTINE)
    late = []
    for days in (2, 2, 8):
        desk.wait(days=days)
        item = item_of(desk, "rani", review)
        late.append((item.is_late, item.is_over))

    assert late == [(False, False), (True, False), (True, True)]
    assert queue_of(desk, "rani").counts.late == 1


def test_the_list_of_the_second_person_leaves_out_ones_own_proposals(desk: Desk) -> None:
    review = submitted(desk, 2, overall=1)[0]
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN)

    case_id = desk.case(review).id
    assert ids(desk, "kabir", QueueList.SECOND) == [case_id]
    assert ids(desk, "rani", QueueList.SECOND) == []
    assert item_of(desk, "kabir", review).proposed is Outcome.REJECT
    assert queue_of(desk, "kabir").counts.second == 1
    assert queue_of(desk, "rani").counts.second == 0


def test_the_list_of_appeals_leaves_out_who_took_part(desk: Desk) -> None:
    review = submitted(desk, 1, overall=4)[0]
    author = list(desk.people)[-1]
    desk.decide("rani", review, Outcome.REJECT, RuleCode.ADVERTISING)
    desk.wait(days=1)
    desk.appeal(review, author)

    case_id = desk.case(review).id
    assert ids(desk, "sana", QueueList.APPEALS) == [case_id]
    assert ids(desk, "rani", QueueList.APPEALS) == []
    assert item_of(desk, "sana", review).kind is CaseKind.APPEAL


def test_mine_is_what_one_has_until_the_lease_runs_out(desk: Desk) -> None:
    review, _other = submitted(desk, 2)
    case_id = desk.case(review).id
    lease(viewer=desk.as_("rani"), case_id=case_id, now=desk.now)

    assert ids(desk, "rani", QueueList.MINE) == [case_id]
    assert ids(desk, "kabir", QueueList.MINE) == []
    assert item_of(desk, "kabir", review).leased_by == "Rani Moderator"
    desk.wait(minutes=20)
    assert ids(desk, "rani", QueueList.MINE) == []
    assert item_of(desk, "kabir", review).leased_by is None


def test_a_decided_case_leaves_the_queue(desk: Desk) -> None:
    review, other = submitted(desk, 2)
    desk.publish(review)

    assert ids(desk, "rani") == [desk.case(other).id]


def test_the_first_free_case_is_one_that_may_be_decided(desk: Desk) -> None:
    taken, proposed, free = submitted(desk, 3, overall=1)
    lease(viewer=desk.as_("kabir"), case_id=desk.case(taken).id, now=desk.now)
    desk.decide("rani", proposed, Outcome.REJECT, RuleCode.NOT_OWN)

    found = first_free(db.session(), desk.as_("rani"), now=desk.now)

    assert found == desk.case(free).id


def test_nothing_is_free_when_nothing_waits(desk: Desk) -> None:
    assert first_free(db.session(), desk.as_("rani"), now=desk.now) is None


def test_from_a_case_one_steps_to_those_round_it_even_once_it_is_closed(desk: Desk) -> None:
    before, here, after = submitted(desk, 3)
    numbers = [put(desk, public_id, Lane.ROUTINE) for public_id in (before, here, after)]
    desk.publish(here)
    db.session().rollback()

    near = neighbours(db.session(), desk.as_("rani"), numbers[1], now=desk.now)

    assert (near.before, near.after, near.page) == (numbers[0], numbers[2], 1)


def test_clocks_and_counts_add_up(desk: Desk) -> None:
    closed, waiting, opened = submitted(desk, 3, overall=1)
    for public_id in (closed, waiting, opened):
        put(desk, public_id, Lane.ROUTINE)
    desk.publish(closed)
    desk.decide("rani", waiting, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(days=4)
    db.session().rollback()

    counts = desk_counts(db.session(), now=desk.now)

    assert (counts.open, counts.late) == (2, 2)
    routine = next(row for row in counts.by_lane if row.name == Lane.ROUTINE)
    assert (routine.open, routine.second, routine.late, routine.over) == (2, 1, 2, 0)
    assert routine.oldest_at is not None
    reviews = next(row for row in counts.closed if row.name == CaseKind.REVIEW)
    assert (reviews.closed, reviews.in_time) == (1, 1)
    assert counts.median_hours == pytest.approx(3)


def test_an_empty_desk_counts_nothing(desk: Desk) -> None:
    counts = desk_counts(db.session(), now=desk.now)

    assert (counts.open, counts.late, counts.median_hours) == (0, 0, None)
    assert len(counts.by_lane) == len(Lane)


@pytest.mark.db
@pytest.mark.timeout(60)
def test_a_list_costs_three_statements_however_long(desk: Desk, count_sql: CountSql) -> None:
    submitted(desk, 1)
    viewer = desk.as_("rani")
    counted = []
    for more in (0, 29):
        submitted(desk, more)
        db.session().rollback()
        with count_sql() as statements:
            found = queue(db.session(), viewer, now=desk.now)
        counted.append(len(statements))

    assert counted == [3, 3]
    assert len(found.items) == 25
    second = queue(db.session(), viewer, page=2, now=desk.now + timedelta(hours=1))
    assert len(second.items) == 5
