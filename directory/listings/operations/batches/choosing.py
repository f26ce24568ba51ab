"""Which rows of a batch go in. Whoever works at a new centre goes in with it, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from directory.core.db import writing
from directory.listings.models import BatchState, ImportRow, ListingKind
from directory.listings.operations.batches.state import held_batch
from directory.listings.queries.batches import CHOOSABLE, CONDITIONS, left_out_centres

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from directory.listings.queries.batches import RowsShown


def choose_rows(*, batch_id: int, lines: Collection[int], among: Collection[int]) -> None:
    """Choose these lines of a batch, and let go of the others of `among`.

    Lines that nothing would come of stay as they are. Raises as `held_batch` does.
    """
    with writing() as session:
        held_batch(session, batch_id, BatchState.READ)
        for chosen, picked in (
            (True, set(among) & set(lines)),
            (False, set(among) - set(lines)),
        ):
            session.execute(
                update(ImportRow)
                .where(
                    ImportRow.batch_id == batch_id,
                    ImportRow.line.in_(picked),
                    ImportRow.outcome.in_(CHOOSABLE),
                )
                .values(chosen=chosen)
                .execution_options(synchronize_session=False)
            )
        let_go_of_lone_rows(session, batch_id)


def choose_all(*, batch_id: int, shown: RowsShown, chosen: bool) -> None:
    """Choose every row of one sort, or let go of them; raises as `held_batch` does."""
    with writing() as session:
        held_batch(session, batch_id, BatchState.READ)
        session.execute(
            update(ImportRow)
            .where(
                ImportRow.batch_id == batch_id,
                CONDITIONS[shown],
                ImportRow.outcome.in_(CHOOSABLE),
            )
            .values(chosen=chosen)
            .execution_options(synchronize_session=False)
        )
        let_go_of_lone_rows(session, batch_id)


def let_go_of_lone_rows(session: Session, batch_id: int) -> None:
    """Leave out who works at a new centre of the file that is left out."""
    centres = left_out_centres(session, batch_id)
    if not centres:
        return
    rows = session.execute(
        select(ImportRow.line, ImportRow.document).where(
            ImportRow.batch_id == batch_id,
            ImportRow.chosen,
            ImportRow.kind == ListingKind.PRACTITIONER,
        )
    )
    lone = [
        row.line for row in rows if centres.keys() & set((row.document or {}).get("works_at") or ())
    ]
    session.execute(
        update(ImportRow)
        .where(ImportRow.batch_id == batch_id, ImportRow.line.in_(lone))
        .values(chosen=False)
        .execution_options(synchronize_session=False)
    )
