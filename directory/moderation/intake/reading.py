"""Bringing a confirmed review before the desk: its signals, its class, its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.audit.policy import AUTHOR
from directory.moderation.cases import attach_signals, newest_case_of, open_case, reopen_case
from directory.moderation.models import CaseKind
from directory.moderation.patterns import pattern_signals
from directory.moderation.screening import priority_of, screen
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import Unsafe

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.moderation.intake.listed import Listed
    from directory.reviews.models import Review, ReviewVersion


def is_crisis(text: str, listed_name: str) -> bool:
    """Tell whether words of danger stand in a text, so that help is shown at once."""
    signals = screen(text, listed=listed_name)
    return priority_of(signals, unsafe=False) is Lane.CRISIS


def bring_before_desk(
    session: Session, review: Review, version: ReviewVersion, listing: Listed, *, now: datetime
) -> None:
    """Attach the signals of a version and open its case, or open the same one again."""
    signals = (
        *screen(version.text or "", listed=listing.name),
        *pattern_signals(session, review, version, now=now),
    )
    lane = priority_of(signals, unsafe=version.unsafe is Unsafe.YES)
    case = newest_case_of(session, review.id, CaseKind.REVIEW)
    if case is None:
        case = open_case(
            session,
            review,
            kind=CaseKind.REVIEW,
            lane=lane,
            language=version.language,
            actor=AUTHOR,
            now=now,
        )
    else:
        reopen_case(session, case, lane, now=now)
    attach_signals(session, case, version.number, signals)
