"""Doubts about a fact: raised when many readers found it otherwise, or when the desk agrees.

A craft of intake and decisions, inside their transaction. A doubt ends with a check or when a
report is declined (`listings/operations/checks.clear_doubt`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.listings.models import Doubt
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.models import CallOutcome


def raise_doubt(
    session: Session,
    listing_id: int,
    fact: str,
    outcome: CallOutcome,
    *,
    reports: int,
    actor: Actor,
    now: datetime,
) -> bool:
    """Put a fact in doubt, or keep it there with more reports; tell whether it is new.

    The listing's row must be held by the caller, so that two do not raise the same one.
    """
    doubt = open_doubt(session, listing_id, fact)
    if doubt is not None:
        doubt.reports = max(doubt.reports, reports)
        session.flush()
        return False
    doubt = Doubt(listing_id=listing_id, fact=fact, outcome=outcome, reports=reports, raised_at=now)
    session.add(doubt)
    session.flush()
    record(
        session,
        actions.DOUBT_RAISED,
        subject_id=doubt.id,
        actor=actor,
        now=now,
        listing_id=listing_id,
        fact=fact,
        reports=reports,
    )
    record_changes(session, ChangeNoun.LISTING, [listing_id], now)
    return True


def open_doubt(session: Session, listing_id: int, fact: str) -> Doubt | None:
    """Give the doubt about a fact that is not cleared, or None."""
    return session.scalar(
        select(Doubt).where(
            Doubt.listing_id == listing_id, Doubt.fact == fact, Doubt.cleared_at.is_(None)
        )
    )
