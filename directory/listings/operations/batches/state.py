"""Batches by their state: held for a change, thrown away, forgotten.

A batch goes from read to applied to undone, or from read to dropped; nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import CLOCK
from directory.core.db import writing
from directory.core.errors import ConflictError, NotFoundError
from directory.listings.models import BatchState, ImportBatch, ImportRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor

# A dry run nobody came back to in a month is of a directory that is no more.
READ_KEPT_FOR = timedelta(days=30)
WHY_NOT = {
    BatchState.READ: "This batch has not been applied.",
    BatchState.APPLIED: "This batch was applied already.",
    BatchState.UNDONE: "This batch was undone already; read the file again to apply it again.",
    BatchState.DROPPED: "This batch was thrown away.",
}


def held_batch(session: Session, batch_id: int, state: BatchState) -> ImportBatch:
    """Give a batch, its row held until the transaction ends.

    Raises `NotFoundError`, and `ConflictError` when it is not in this state.
    """
    batch = session.get(ImportBatch, batch_id, with_for_update=True, populate_existing=True)
    if batch is None:
        raise NotFoundError("There is no such batch.")
    if batch.state is not state:
        raise ConflictError(WHY_NOT[batch.state])
    return batch


def drop_batch(*, actor: Actor, batch_id: int, now: datetime) -> None:
    """Throw a batch away that was read and not applied, with every row; raises as above."""
    with writing() as session:
        _drop(session, held_batch(session, batch_id, BatchState.READ), actor, now)


def forget_batches(*, now: datetime) -> int:
    """Throw away what was read and not applied in a month, and give how many batches."""
    with writing() as session:
        old = session.scalars(
            select(ImportBatch)
            .where(ImportBatch.state == BatchState.READ, ImportBatch.read_at < now - READ_KEPT_FOR)
            .with_for_update()
        ).all()
        for batch in old:
            _drop(session, batch, CLOCK, now)
        return len(old)


def _drop(session: Session, batch: ImportBatch, actor: Actor, now: datetime) -> None:
    batch.state = BatchState.DROPPED
    session.execute(
        delete(ImportRow)
        .where(ImportRow.batch_id == batch.id)
        .execution_options(synchronize_session=False)
    )
    record(session, actions.BATCH_DROPPED, subject_id=batch.id, actor=actor, now=now)
