"""Writes of the change feed, and letters that are queued or taken back.

`record_changes`, `queue_letter` and `cancel_letters` belong inside the transaction of whoever
changes something, and open none. The other two keep the feed short and stand alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update

from directory.core.db import writing
from directory.outbox.models import Change, ChangeCounter, IndexCursor, Letter, LetterState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.outbox.models import ChangeNoun
    from directory.outbox.policy import LetterDraft

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


def queue_letter(session: Session, draft: LetterDraft, now: datetime) -> None:
    """Queue a letter inside the caller's writing transaction.

    A second letter of the same kind in the same group is not queued: each letter is sent once.
    """
    if draft.group_key is not None and session.scalar(
        select(Letter.id).where(Letter.group_key == draft.group_key, Letter.kind == draft.kind)
    ):
        return
    session.execute(
        insert(Letter).values(
            kind=draft.kind,
            message_id=draft.message_id or uuid4().hex,
            group_key=draft.group_key,
            address_sealed=draft.address_sealed,
            facts_sealed=draft.facts_sealed,
            language=draft.language,
            state=LetterState.QUEUED,
            attempts=0,
            not_before=draft.not_before or now,
            created_at=now,
        )
    )


def cancel_letters(session: Session, group_key: str, now: datetime) -> bool:  # noqa: ARG001 - one shape for all that is queued
    """Take the queued letters of a group back, and destroy what they hold.

    Tells whether none of them has left. One that is on its way, or was tried before, may have:
    then the caller decides whether to go on.
    """
    tried = session.scalars(
        update(Letter)
        .where(Letter.group_key == group_key, Letter.state == LetterState.QUEUED)
        .values(state=LetterState.CANCELLED, address_sealed=None, facts_sealed=None)
        .returning(Letter.attempts)
        .execution_options(synchronize_session=False)
    ).all()
    # Asked after the rows are held: who was just claiming one has committed by now.
    left = session.scalar(
        select(func.count())
        .select_from(Letter)
        .where(
            Letter.group_key == group_key,
            Letter.state.in_([LetterState.SENDING, LetterState.SENT]),
        )
    )
    return not left and not any(tried)
