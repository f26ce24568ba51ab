"""Reads of the change feed. Called by `search.indexer` and by `flask search status`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.outbox.models import Change, ChangeCounter, ChangeNoun

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Which feed this is, and the newest number in it (0: nothing has changed yet)."""

    feed: str
    newest_seq: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of the feed."""

    seq: int
    noun: ChangeNoun
    subject_id: int
    created_at: datetime


def feed_position(session: Session) -> FeedPosition:
    """Give the feed and its newest number; one small query."""
    row = session.execute(select(ChangeCounter.feed, ChangeCounter.newest_seq)).one()
    return FeedPosition(row.feed, row.newest_seq)


def changes_from(session: Session, seq: int, *, limit: int) -> list[ChangeView]:
    """Give the changes from `seq` on, itself included, in order."""
    rows = session.execute(
        select(Change.seq, Change.noun, Change.subject_id, Change.created_at)
        .where(Change.seq >= seq)
        .order_by(Change.seq)
        .limit(limit)
    )
    return [ChangeView(*row) for row in rows]
