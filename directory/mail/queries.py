"""Reads of what waits to be sent. Called before anything is claimed, and by the command."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select

from directory.outbox.models import Letter, LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

# Longer than any attempt takes: whoever claimed it is gone.
CLAIM_GOOD_FOR = timedelta(minutes=5)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Give the condition of a letter that may be claimed: its time has come, or its sender died."""
    return or_(
        and_(Letter.state == LetterState.QUEUED, Letter.not_before <= now),
        and_(Letter.state == LetterState.SENDING, Letter.claimed_at < now - CLAIM_GOOD_FOR),
    )


def is_any_due(session: Session, now: datetime) -> bool:
    """Tell whether any letter may be claimed, without holding up those who write."""
    return bool(session.scalar(select(exists().where(is_due(now)))))
