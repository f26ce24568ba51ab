"""What happened to a review, newest first: its moves, and what the desk did beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.models import Role, User
from directory.audit.models import ActorKind
from directory.moderation.models import Decision, ModerationCase, Outcome, Step, SubjectNoun
from directory.moderation.queries.case_views import Happening, HistoryLine
from directory.reviews.models import ReviewHistory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

MOST_LINES = 100


def history_of(
    session: Session, review_id: int, *, hidden: Decision | None
) -> tuple[HistoryLine, ...]:
    """Give the history of a review, newest first; two statements.

    `hidden` is a proposal whose words and name this viewer may not know before answering, nor
    those of what its maker took back on the way to it.
    """
    lines = [*_beside(session, review_id, hidden), *_moves(session, review_id, hidden)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_LINES])


def _moves(session: Session, review_id: int, hidden: Decision | None) -> list[HistoryLine]:
    rows = session.execute(
        select(ReviewHistory, User.display_name, Decision)
        .outerjoin(User, User.id == ReviewHistory.actor_id)
        .outerjoin(Decision, Decision.id == ReviewHistory.decision_id)
        .where(ReviewHistory.review_id == review_id)
        .order_by(ReviewHistory.id.desc())
        .limit(MOST_LINES)
    )
    lines = []
    for move, name, decision in rows:
        unseen = _is_unseen(decision, hidden)
        lines.append(
            HistoryLine(
                event=move.event.value,
                at=move.at,
                actor_kind=move.actor_kind,
                who=None if unseen else name,
                rule_code=move.rule_code,
                words=None if unseen or decision is None else decision.words,
                version=move.version_number,
            )
        )
    return lines


def _beside(session: Session, review_id: int, hidden: Decision | None) -> Iterator[HistoryLine]:
    rows = session.execute(
        select(Decision, User.display_name, User.role)
        .join(ModerationCase, ModerationCase.id == Decision.case_id)
        .join(User, User.id == Decision.actor_id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review_id,
        )
        .order_by(Decision.id.desc())
        .limit(MOST_LINES)
    )
    for decision, name, role in rows:
        kind = ActorKind.ADMINISTRATOR if role is Role.ADMINISTRATOR else ActorKind.MODERATOR
        unseen = _is_unseen(decision, hidden)
        for happening in _happenings(decision):
            taken_back = happening is Happening.TAKEN_BACK
            yield HistoryLine(
                event=happening.value,
                at=(decision.undone_at if taken_back else None) or decision.made_at,
                actor_kind=kind,
                who=None if unseen else name,
                rule_code=decision.rule_code,
                words=None if unseen or taken_back else decision.words,
                version=decision.review_version,
                outcome=decision.outcome,
            )


def _is_unseen(decision: Decision | None, hidden: Decision | None) -> bool:
    if decision is None or hidden is None:
        return False
    taken_back = decision.undone_at is not None and decision.actor_id == hidden.actor_id
    return decision.id == hidden.id or taken_back


def _happenings(decision: Decision) -> Iterator[Happening]:
    """Give what a decision adds to the history beside the move it caused, if it caused one."""
    proposed = decision.step is Step.PROPOSAL and decision.outcome is not Outcome.HIDE
    if decision.undone_at is not None and (proposed or decision.outcome is Outcome.KEEP):
        yield Happening.TAKEN_BACK
    if proposed:
        yield Happening.PROPOSED
    if decision.step is Step.REFUSAL and decision.outcome is not Outcome.RESTORE:
        yield Happening.REFUSED
    if decision.outcome is Outcome.KEEP:
        yield Happening.KEPT
    if decision.outcome is Outcome.KEEP_DECISION:
        yield Happening.KEPT_DECISION
