"""Changes of a review's state: the only ones there are. Called by `moderation` alone.

Each move checks the table of `policy.py`, adds its history row and its audit row, keeps the
summary true and tells the index, inside the caller's transaction. Who may cause it is checked
by the caller, who knows the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.audit.operations import record
from directory.core.errors import ConflictError, InvalidError
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.reviews.acts import ACTS
from directory.reviews.models import Review, ReviewEvent, ReviewHistory, ReviewState
from directory.reviews.policy import HIDDEN_FOR, SHOWN, move_for
from directory.reviews.summaries import recompute

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.reviews.models import RuleCode
    from directory.reviews.policy import Move

# A review leaves these states without anything of how it came there.
WITHOUT_RULE = frozenset({ReviewState.PENDING, ReviewState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Cause:
    """Who caused a move, under which rule, by which decision of the desk."""

    actor: Actor
    rule_code: RuleCode | None = None
    decision_id: int | None = None
    ground: str | None = None


def note_submitted(session: Session, review: Review, cause: Cause, *, now: datetime) -> None:
    """Add the first history row of a new review, which is unconfirmed."""
    move = _move(None, ReviewEvent.SUBMIT, cause)
    _note(session, review, ReviewEvent.SUBMIT, move, cause, now=now)


def move(
    session: Session, review: Review, event: ReviewEvent, cause: Cause, *, now: datetime
) -> None:
    """Move a review to the state the table names; the row must have been read for update.

    Raises `ConflictError` when the event is forbidden in its state, `InvalidError` when a rule
    must be named and is not.
    """
    before = review.state
    allowed = _move(before, event, cause)
    _note(session, review, event, allowed, cause, now=now)
    _set(review, allowed.after, event, cause, now=now)
    session.flush()
    if before in SHOWN or allowed.after in SHOWN:
        recompute(session, review.listing_id, now=now)
        record_changes(session, ChangeNoun.LISTING, [review.listing_id], now)


def _move(before: ReviewState | None, event: ReviewEvent, cause: Cause) -> Move:
    found = move_for(before, event)
    if found is None:
        raise ConflictError(f"This review is {before}; that is not possible now.")
    if found.needs_rule and cause.rule_code is None:
        raise InvalidError("rule", "Choose the rule this is decided under.")
    return found


def _note(
    session: Session,
    review: Review,
    event: ReviewEvent,
    allowed: Move,
    cause: Cause,
    *,
    now: datetime,
) -> None:
    session.add(
        ReviewHistory(
            review_id=review.id,
            version_number=review.current_version,
            before_state=None if event is ReviewEvent.SUBMIT else review.state,
            event=event,
            after_state=allowed.after,
            actor_kind=cause.actor.kind,
            actor_id=cause.actor.id,
            rule_code=cause.rule_code,
            decision_id=cause.decision_id,
            at=now,
        )
    )
    session.flush()
    act = ACTS[event]
    known = {
        "version": review.current_version,
        "rule_code": cause.rule_code.value if cause.rule_code else None,
        "decision_id": cause.decision_id,
        "state_before": review.state.value,
    }
    facts = {name: known[name] for name in act.facts}
    record(session, act, subject_id=review.id, actor=cause.actor, now=now, **facts)


def _set(
    review: Review, after: ReviewState, event: ReviewEvent, cause: Cause, *, now: datetime
) -> None:
    review.state = after
    review.moved_at = now
    review.hidden_until = now + HIDDEN_FOR if after is ReviewState.HIDDEN else None
    review.rule_code = None if after in WITHOUT_RULE else cause.rule_code or review.rule_code
    review.ground = cause.ground
    if event is ReviewEvent.PUBLISH:
        review.published_at = now
    if after is ReviewState.ERASED:
        review.author_id = None
        review.submission_key = None
        review.network_hash = None
