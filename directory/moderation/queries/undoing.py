"""What somebody decided a moment ago and can still take back. Called by the pages of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.moderation.models import Decision, Step
from directory.moderation.policy import CAN_BE_UNDONE, UNDO_WITHIN
from directory.moderation.queries.case_views import Undo

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer


def undo_of(
    session: Session, viewer: Viewer, *, case_id: int | None = None, now: datetime
) -> Undo | None:
    """Give the viewer's newest decision if it can still be taken back, of one case or of any."""
    asked = (
        select(Decision)
        .where(
            Decision.actor_id == viewer.user_id,
            Decision.made_at > now - UNDO_WITHIN,
            Decision.undone_at.is_(None),
            Decision.step.in_((Step.ALONE, Step.PROPOSAL)),
            Decision.outcome.in_(CAN_BE_UNDONE),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if case_id is not None:
        asked = asked.where(Decision.case_id == case_id)
    made = session.scalar(asked)
    if made is None:
        return None
    return Undo(made.id, made.case_id, made.outcome, made.step, made.made_at + UNDO_WITHIN)
