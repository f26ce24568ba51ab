"""What a decision leads to: the review's move, the case's end, flags and appeals, the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.moderation.cases import close_case, open_case, settle_flags, wait_for_second
from directory.moderation.letters import tell_author
from directory.moderation.models import (
    Appeal,
    AppealState,
    CaseKind,
    Decision,
    FlagState,
    Outcome,
    Step,
)
from directory.moderation.policy import EVENTS, LETTERS, UNDO_WITHIN
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import LetterKind
from directory.reviews.models import ReviewEvent, ReviewState
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.audit.policy import Actor
    from directory.moderation.models import ModerationCase
    from directory.reviews.models import Review

UPHELD = frozenset({Outcome.REMOVE, Outcome.RESTRICT})


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to."""

    decision_id: int
    step: Step
    state_after: ReviewState


@dataclass(frozen=True, slots=True)
class Bench:
    """What one decision is made with: the session, the case, the review, who, when."""

    session: Session
    case: ModerationCase
    review: Review
    viewer: Viewer
    keys: Keys
    now: datetime


def group_of(decision: Decision) -> str:
    """Give the name under which the letters of a decision are kept together."""
    return f"decision:{decision.id}"


def keep_decision(bench: Bench, decision: Decision) -> None:
    """Keep a decision and its audit row; the case's version is the one it was made on."""
    add_decision(bench.session, decision, bench.viewer.as_actor(), now=bench.now)


def add_decision(session: Session, decision: Decision, actor: Actor, *, now: datetime) -> None:
    """Keep a decision on any case, and its audit row, in the name of `actor`."""
    session.add(decision)
    session.flush()
    record(
        session,
        actions.DECISION_MADE,
        subject_id=decision.id,
        actor=actor,
        now=now,
        case_id=decision.case_id,
        outcome=decision.outcome.value,
        step=decision.step.value,
        rule_code=decision.rule_code.value if decision.rule_code else None,
        answers_id=decision.answers_id,
    )


def propose(bench: Bench, decision: Decision) -> Decided:
    """Let a decision wait for a second person; a hiding acts at once all the same."""
    if decision.outcome is Outcome.HIDE:
        _move(bench, decision)
    wait_for_second(bench.case, decision)
    bench.session.flush()
    return Decided(decision.id, decision.step, bench.review.state)


def carry_out(bench: Bench, decision: Decision) -> Decided:
    """Do what a decision says, close the case, settle flags and appeal, queue the letter."""
    if decision.outcome in EVENTS:
        _move(bench, decision)
    elif decision.outcome is Outcome.KEEP_DECISION:
        _tell(bench, decision, LetterKind.APPEAL_KEPT)
    state = FlagState.UPHELD if decision.outcome in UPHELD else FlagState.NOT_UPHELD
    settle_flags(bench.session, bench.case, state, bench.viewer.as_actor(), now=bench.now)
    _settle_appeal(bench, decision)
    close_case(bench.session, bench.case, bench.viewer.as_actor(), now=bench.now)
    if decision.outcome is Outcome.UPHOLD_APPEAL:
        _judge_again(bench)
    return Decided(decision.id, decision.step, bench.review.state)


def _move(bench: Bench, decision: Decision) -> None:
    event = EVENTS[decision.outcome]
    cause = Cause(
        actor=bench.viewer.as_actor(),
        rule_code=decision.rule_code,
        decision_id=decision.id,
        ground=decision.ground,
    )
    move(bench.session, bench.review, event, cause, now=bench.now)
    _tell(bench, decision, LETTERS[event])


def _tell(bench: Bench, decision: Decision, kind: LetterKind) -> None:
    tell_author(
        bench.session,
        bench.review,
        kind,
        rule_code=decision.rule_code,
        words=decision.words,
        group_key=group_of(decision),
        not_before=bench.now + UNDO_WITHIN,
        keys=bench.keys,
        now=bench.now,
    )


def _settle_appeal(bench: Bench, decision: Decision) -> None:
    if bench.case.kind is not CaseKind.APPEAL:
        return
    appeal = bench.session.scalars(
        select(Appeal).where(Appeal.case_id == bench.case.id, Appeal.state == AppealState.OPEN)
    ).one()
    upheld = decision.outcome is Outcome.UPHOLD_APPEAL
    appeal.state = AppealState.UPHELD if upheld else AppealState.KEPT
    appeal.decided_at = bench.now
    bench.session.flush()
    record(
        bench.session,
        actions.APPEAL_DECIDED,
        subject_id=appeal.id,
        actor=bench.viewer.as_actor(),
        now=bench.now,
        review_id=bench.review.id,
        state=appeal.state.value,
    )


def _judge_again(bench: Bench) -> None:
    """Open a new case for a review an appeal brought back."""
    open_case(
        bench.session,
        bench.review,
        kind=CaseKind.REVIEW,
        lane=Lane.LEGAL,
        language=bench.case.language,
        actor=bench.viewer.as_actor(),
        now=bench.now,
    )


def event_undone(outcome: Outcome, step: Step) -> ReviewEvent | None:
    """Give the move that takes an outcome back, or None when the review was not moved by it."""
    moved = outcome is Outcome.HIDE or (step is Step.ALONE and outcome in EVENTS)
    return ReviewEvent.UNDO if moved else None
