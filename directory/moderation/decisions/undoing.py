"""Taking a decision back within a minute, before its letter leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError, NotAllowedError, NotFoundError
from directory.moderation.cases import (
    case_for_update,
    hold_reported,
    open_case_of,
    review_for_update,
    wait_for_first,
)
from directory.moderation.decisions.checking import require_desk, what_happened
from directory.moderation.decisions.effects import event_undone, group_of
from directory.moderation.decisions.report_undoing import take_back_report
from directory.moderation.models import (
    CaseState,
    Decision,
    Flag,
    FlagState,
    Step,
    SubjectNoun,
)
from directory.moderation.policy import CAN_BE_UNDONE, UNDO_WITHIN
from directory.outbox.operations import cancel_letters
from directory.reviews.models import ReviewState
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.moderation.models import ModerationCase
    from directory.vocabulary.queries import Vocabulary


# A review that is nobody's to decide any more: its cases were closed with it.
TAKEN_AWAY = {ReviewState.WITHDRAWN, ReviewState.ERASED, ReviewState.EXPIRED}


def undo(*, viewer: Viewer, decision_id: int, vocabulary: Vocabulary, now: datetime) -> None:
    """Take one's own decision back within a minute; the case is open again, the letter stays here.

    A change of a listing that accepted a report is taken back with it. Raises `NotAllowedError`
    for somebody else's decision, `ConflictError` when the minute is over, the letter has left,
    somebody decided since or built upon the change, the review was taken away, or a second person
    has answered.
    """
    require_desk(viewer)
    with writing() as session:
        decision = session.get(Decision, decision_id, with_for_update=True)
        if decision is None:
            raise NotFoundError("There is no such decision.")
        if decision.actor_id != viewer.user_id:
            raise NotAllowedError("Only who decided may take it back.")
        hold_reported(session, decision.case_id)
        case = case_for_update(session, decision.case_id)
        _refuse_too_late(session, decision, case, now=now)
        if case.subject_noun is SubjectNoun.CORRECTION:
            take_back_report(session, decision, case, viewer, vocabulary=vocabulary, now=now)
        else:
            _take_back_letters(session, decision, now=now)
            _take_back_move(session, decision, case, viewer, now=now)
        decision.undone_at = now
        _open_again(session, case, decision)
        record(
            session,
            actions.DECISION_UNDONE,
            subject_id=decision.id,
            actor=viewer.as_actor(),
            now=now,
            case_id=case.id,
        )


def _refuse_too_late(
    session: Session, decision: Decision, case: ModerationCase, *, now: datetime
) -> None:
    if decision.undone_at is not None:
        raise ConflictError("You took this back already.")
    if decision.step not in {Step.ALONE, Step.PROPOSAL} or decision.outcome not in CAN_BE_UNDONE:
        raise ConflictError("This decision cannot be taken back.")
    if now >= decision.made_at + UNDO_WITHIN:
        raise ConflictError("The minute is over; this decision stands.")
    newest = session.scalar(
        select(Decision.id).where(Decision.case_id == case.id).order_by(Decision.id.desc()).limit(1)
    )
    if newest != decision.id:
        raise ConflictError(what_happened(session, case))
    was_closed = case.state is CaseState.CLOSED and case.subject_noun is SubjectNoun.REVIEW
    if was_closed and open_case_of(session, case.subject_id) is not None:
        raise ConflictError("Another case about this review was opened since; decide that one.")


def _take_back_letters(session: Session, decision: Decision, *, now: datetime) -> None:
    if not cancel_letters(session, group_of(decision), now):
        raise ConflictError("The letter has already left; this decision stands.")


def _take_back_move(
    session: Session, decision: Decision, case: ModerationCase, viewer: Viewer, *, now: datetime
) -> None:
    review = review_for_update(session, case.subject_id)
    if review.state in TAKEN_AWAY:
        raise ConflictError("The review was taken away since; nothing is left to decide.")
    event = event_undone(decision.outcome, decision.step)
    if event is None:
        return
    move(session, review, event, Cause(viewer.as_actor(), decision_id=decision.id), now=now)


def _open_again(session: Session, case: ModerationCase, decision: Decision) -> None:
    case.state, case.closed_at = CaseState.OPEN, None
    wait_for_first(case)
    session.execute(
        update(Flag)
        .where(Flag.case_id == case.id, Flag.decided_at == decision.made_at)
        .values(state=FlagState.OPEN, decided_at=None)
        .execution_options(synchronize_session=False)
    )
    session.flush()
