"""Random histories: whatever people try, in whatever order, the promises about reviews hold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from directory.core.clock import delhi_day
from directory.core.db import db
from directory.core.errors import DirectoryError
from directory.moderation.intake import erase_account
from directory.moderation.models import CaseState, Decision, ModerationCase, Outcome, Step
from directory.outbox.models import Letter
from directory.reviews.models import (
    RatingSummary,
    Review,
    ReviewHistory,
    ReviewState,
    ReviewVersion,
    RuleCode,
)
from directory.reviews.policy import HARM_RULES, HIDDEN_FOR, ONE_PERSON_RULES, move_for
from directory.reviews.summaries import summary_of
from tests.moderation.desk import KEYS, OTHER_WORDS, Desk, make_person

if TYPE_CHECKING:
    from collections.abc import Callable

STAFF = ("rani", "kabir", "sana", "admin")
RULES = tuple(sorted({*HARM_RULES, RuleCode.NOT_OWN, RuleCode.ADVERTISING, RuleCode.LEGAL_ORDER}))
JUDGEMENTS = tuple(Outcome)
SHOWN_ONCE = (ReviewState.REMOVED, ReviewState.RESTRICTED, ReviewState.HIDDEN)

deciding = st.tuples(
    st.just("decide"), st.sampled_from(STAFF), st.sampled_from(JUDGEMENTS), st.sampled_from(RULES)
)
answering = st.tuples(st.just("answer"), st.sampled_from(STAFF), st.booleans())
undoing = st.tuples(st.just("undo"), st.sampled_from(STAFF))
authoring = st.tuples(st.sampled_from(["withdraw", "resubmit", "appeal"]))
flagging = st.tuples(st.just("flag"), st.sampled_from(RULES))
passing = st.tuples(st.just("wait"), st.sampled_from([1, 3, 60, 1500, 15_000, 44_000]))
erasing = st.tuples(st.just("erase"))
# Judging and waiting are what makes long lives; the rest is mixed in.
events = st.lists(
    st.one_of(deciding, deciding, answering, undoing, authoring, flagging, passing, erasing),
    min_size=3,
    max_size=14,
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(overall=st.integers(1, 5), story=events)
@pytest.mark.timeout(300)
def test_every_promise_holds_after_every_event(
    desk: Desk, overall: int, story: list[tuple[object, ...]]
) -> None:
    author = f"author{len(desk.people)}"
    desk.people[author] = make_person(author, now=desk.now)
    name = desk.submit(author, overall=overall)
    promises(desk, name)

    for event in story:
        before = fingerprint(name)
        try:
            happen(desk, name, author, event)
        except DirectoryError:
            assert fingerprint(name) == before, "a refusal left something behind"
        promises(desk, name)


def happen(desk: Desk, name: str, author: str, event: tuple[object, ...]) -> None:
    """Let one event of a story happen."""
    verb, *given_values = event
    verbs: dict[str, Callable[..., object]] = {
        "decide": lambda who, outcome, rule: desk.decide(
            who, name, outcome, rule, ground="Order 12/2026" if outcome == "restrict" else None
        ),
        "answer": lambda who, agrees: desk.answer(who, name, agrees=agrees),
        "undo": lambda who: undo_newest(desk, who),
        "withdraw": lambda: desk.withdraw(name, author),
        "resubmit": lambda: desk.resubmit(name, author, text=OTHER_WORDS),
        "appeal": lambda: desk.appeal(name, author),
        "flag": lambda rule: desk.flag(name, rule),
        "wait": lambda minutes: let_time_pass(desk, minutes),
        "erase": lambda: erase_account(viewer=desk.as_(author), keys=KEYS, now=desk.now),
    }
    verbs[str(verb)](*given_values)


def let_time_pass(desk: Desk, minutes: int) -> None:
    """Wait, and let what is due happen."""
    desk.wait(minutes=minutes)
    desk.tick()


def undo_newest(desk: Desk, who: str) -> None:
    """Try to take the newest decision back."""
    made = desk.decisions()
    if made:
        desk.undo(who, made[-1].id)


def fingerprint(name: str) -> tuple[object, ...]:
    """Give what would show that something changed."""
    session = db.session()
    session.rollback()
    review = session.scalars(select(Review).where(Review.public_id == name)).one()
    tables = (ReviewHistory, Decision, ModerationCase, Letter)
    counts = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    return (review.state, review.current_version, review.moved_at, *counts)


def promises(desk: Desk, name: str) -> None:
    """Check everything the rules promise about one review and its listing."""
    review = desk.review(name)
    history = history_of(review)
    one_row_for_each_change(review, history)
    allowed_moves_only(history)
    two_people_where_it_is_for_good(review, history)
    ends_have_rule_actor_and_letter(review, history)
    hidden_for_a_day_at_most(review)
    one_open_case_where_one_is_due(review)
    summary_is_a_function_of_what_is_published(desk, review.listing_id)


def history_of(review: Review) -> list[ReviewHistory]:
    """Give the history of a review, oldest first."""
    rows = select(ReviewHistory).where(ReviewHistory.review_id == review.id)
    return list(db.session().scalars(rows.order_by(ReviewHistory.id)))


def one_row_for_each_change(review: Review, history: list[ReviewHistory]) -> None:
    assert history[0].before_state is None
    assert history[-1].after_state is review.state
    assert all(one.after_state is two.before_state for one, two in pairwise(history))


def allowed_moves_only(history: list[ReviewHistory]) -> None:
    for row in history:
        move = move_for(row.before_state, row.event)
        assert move is not None
        assert move.after is row.after_state


def two_people_where_it_is_for_good(review: Review, history: list[ReviewHistory]) -> None:
    newest = next((row for row in reversed(history) if row.decision_id is not None), None)
    if review.state not in {ReviewState.REJECTED, ReviewState.REMOVED, ReviewState.RESTRICTED}:
        return
    assert newest is not None
    decision = db.session().get_one(Decision, newest.decision_id)
    version = db.session().get_one(ReviewVersion, (review.id, review.current_version))
    by_one = review.state is ReviewState.REJECTED and (
        version.overall > 2 or decision.rule_code in ONE_PERSON_RULES
    )
    if by_one:
        return
    assert decision.step is Step.CONFIRMATION
    assert decision.answers_actor_id != decision.actor_id


def ends_have_rule_actor_and_letter(review: Review, history: list[ReviewHistory]) -> None:
    if review.state not in {ReviewState.REJECTED, ReviewState.REMOVED, ReviewState.RESTRICTED}:
        return
    newest = history[-1]
    assert review.rule_code is not None
    assert newest.actor_id is not None
    assert newest.at == review.moved_at
    letter = (
        db.session()
        .scalars(select(Letter).where(Letter.group_key == f"decision:{newest.decision_id}"))
        .all()
    )
    assert [one.kind.value for one in letter] == [f"review-{review.state.value}"]


def hidden_for_a_day_at_most(review: Review) -> None:
    if review.hidden_until is not None:
        assert review.hidden_until - review.moved_at == HIDDEN_FOR


def one_open_case_where_one_is_due(review: Review) -> None:
    number = db.session().scalar(
        select(func.count())
        .select_from(ModerationCase)
        .where(ModerationCase.subject_id == review.id, ModerationCase.state == CaseState.OPEN)
    )
    assert number is not None
    if review.state in {ReviewState.PENDING, ReviewState.HIDDEN}:
        assert number == 1
    if review.state in {ReviewState.WITHDRAWN, ReviewState.ERASED, ReviewState.EXPIRED}:
        assert number == 0
    assert number <= 1


def summary_is_a_function_of_what_is_published(desk: Desk, listing_id: int) -> None:
    rows = db.session().execute(
        select(ReviewVersion.overall, ReviewVersion.visit_quarter)
        .join(Review, Review.id == ReviewVersion.review_id)
        .where(
            Review.listing_id == listing_id,
            Review.state == ReviewState.PUBLISHED,
            ReviewVersion.number == Review.current_version,
        )
    )
    published = [(overall, quarter) for overall, quarter in rows]
    kept = db.session().get(RatingSummary, listing_id)
    if kept is None:
        assert published == []
        return
    day = delhi_day(kept.computed_at)
    expected = summary_of(listing_id, published, today=day, now=kept.computed_at)
    assert (kept.stars, kept.published) == (expected.stars, expected.published)
