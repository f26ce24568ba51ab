"""Writes of the change feed.

`record_changes` belongs inside the transaction of whoever changes something, and is the one
operation here that opens none. The other two keep the feed short and stand alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from directory.core.db import writing
from directory.outbox.models import Change, ChangeCounter, IndexCursor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.outbox.models import ChangeNoun

KEPT = timedelta(days=7)
# A copy of the index nobody has heard of for so long is gone; it would rebuild if it came back.
CURSOR_KEPT = timedelta(days=30)


def record_changes(session: Session, noun: ChangeNoun, ids: Iterable[int], now: datetime) -> None:
    """Add a change for each id to the feed, inside the caller's writing transaction.

    The counter's row stays locked until that transaction ends, so numbers are given out in the
    order of commits; call it last, others wait meanwhile. Two statements for any number of ids.
    """
    subjects = list(dict.fromkeys(ids))
    if not subjects:
        return
    newest = session.execute(
        update(ChangeCounter)
        .values(newest_seq=ChangeCounter.newest_seq + len(subjects))
        .returning(ChangeCounter.newest_seq)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    first = newest - len(subjects) + 1
    session.execute(
        insert(Change),
        [
            {"seq": seq, "noun": noun, "subject_id": subject_id, "created_at": now}
            for seq, subject_id in enumerate(subjects, start=first)
        ],
    )


def note_cursor(*, name: str, seq: int, now: datetime) -> None:
    """Remember how far the index copy `name` has read, so that nothing it needs is pruned."""
    with writing() as session:
        session.merge(IndexCursor(name=name, seq=seq, seen_at=now))


def prune_changes(*, now: datetime) -> int:
    """Remove changes older than seven days that every known copy has read; give how many.

    Copies not heard of for thirty days are forgotten. The newest change always stays: it tells
    a copy that this is still the feed it knows.
    """
    with writing() as session:
        session.execute(delete(IndexCursor).where(IndexCursor.seen_at < now - CURSOR_KEPT))
        slowest = session.scalar(select(func.min(IndexCursor.seq)))
        newest = session.scalar(select(ChangeCounter.newest_seq)) or 0
        young = session.scalar(select(func.min(Change.seq)).where(Change.created_at >= now - KEPT))
        # Always a whole beginning of the feed, whatever the clocks said: what is left has no gap.
        first_kept = min(seq for seq in (newest, slowest, young) if seq is not None)
        old = delete(Change).where(Change.seq < first_kept)
        return len(session.scalars(old.returning(Change.seq)).all())
