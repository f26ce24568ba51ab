"""Reading a file into a batch: its rows with their dry run, and the same once more later.

The dry run is made outside any transaction and then kept in one, so that nobody waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import db, writing
from directory.core.errors import InvalidError
from directory.listings.exchange.bulk import insert_rows
from directory.listings.exchange.history import BY_COMMAND
from directory.listings.exchange.reading import FileRow
from directory.listings.likeness.sketches import sketch_of
from directory.listings.models import BatchState, ImportBatch, ImportRow, RowOutcome
from directory.listings.operations.batches.choosing import let_go_of_lone_rows
from directory.listings.operations.batches.planning import planned_rows
from directory.listings.operations.batches.resembling import resemblances
from directory.listings.operations.batches.spool import ROWS_AT_ONCE, Spool, open_spool
from directory.listings.operations.batches.state import held_batch
from directory.listings.operations.importing import ImportRun
from directory.listings.queries.batches import CHOOSABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.planning import CheckedRow, Plan
    from directory.listings.likeness.sketches import Sketch
    from directory.listings.operations.batches.resembling import Resemblance
    from directory.vocabulary.queries import Vocabulary

# One transaction takes a whole batch, and others wait for it: more than this goes in parts.
MOST_ROWS = 20_000
NAME_LENGTH = 200


def read_batch(
    *,
    actor: Actor,
    name: str,
    rows: Iterable[FileRow],
    vocabulary: Vocabulary,
    now: datetime,
    on_row: Callable[[int], object] | None = None,
) -> int:
    """Keep the rows of a file with what would become of each, and give the number of the batch.

    What is new or changed is chosen, but for new rows that are likely to be a listing we have, or
    an earlier row. No listing changes. Raises `InvalidError` for a file that cannot be used, is
    empty or too long.
    """
    with open_spool() as spool:
        dry_run = _DryRun(spool, vocabulary, now, on_row)
        dry_run.go_through(_no_more_than(rows, MOST_ROWS))
        if not any(spool.counts.values()):
            raise InvalidError("", "holds no listing")
        alike = resemblances(db.session(), dry_run.sketches, vocabulary)
        with writing() as session:
            batch = ImportBatch(
                name=name[-NAME_LENGTH:],
                state=BatchState.READ,
                actor_kind=actor.kind,
                actor_id=actor.id,
                read_at=now,
            )
            session.add(batch)
            session.flush()
            _keep(session, batch.id, spool, alike, {})
            _note(session, batch.id, spool, actor, now)
            return batch.id


def renew_batch(*, actor: Actor, batch_id: int, vocabulary: Vocabulary, now: datetime) -> None:
    """Make the dry run of a batch again, with the directory as it is by now.

    What was chosen or left out stays so as far as it can. Raises `NotFoundError`, and
    `ConflictError` for a batch that was applied or dropped.
    """
    with open_spool() as spool:
        dry_run = _DryRun(spool, vocabulary, now)
        dry_run.go_through_again(batch_id)
        alike = resemblances(db.session(), dry_run.sketches, vocabulary)
        with writing() as session:
            batch = held_batch(session, batch_id, BatchState.READ)
            batch.read_at = now
            before = _choices(session, batch_id)
            session.execute(
                delete(ImportRow)
                .where(ImportRow.batch_id == batch_id)
                .execution_options(synchronize_session=False)
            )
            _keep(session, batch_id, spool, alike, before)
            _note(session, batch_id, spool, actor, now)


class _DryRun:
    """One dry run on its way: what becomes of each row goes into the spool."""

    def __init__(
        self,
        spool: Spool,
        vocabulary: Vocabulary,
        now: datetime,
        on_row: Callable[[int], object] | None = None,
    ) -> None:
        self.spool = spool
        self.run = ImportRun(now=now, vocabulary=vocabulary, on_row=on_row, cause=BY_COMMAND)
        self.unreadable: set[int] = set()
        self.sketches: list[Sketch] = []

    def go_through(self, rows: Iterable[FileRow]) -> None:
        """Plan the rows of a file."""
        self.run.go_through(map(self._watched, rows), self._take)

    def go_through_again(self, batch_id: int) -> None:
        """Plan the rows a batch keeps; those that could not be read stay refused."""
        self.run.go_through(self._stored(batch_id), self._take)

    def _watched(self, row: FileRow) -> FileRow:
        if row.faults or row.document is None:
            self.unreadable.add(row.line)
        return row

    def _stored(self, batch_id: int) -> Iterator[FileRow]:
        for values in _stored_rows(batch_id):
            if values["document"] is not None:
                yield FileRow(values["line"], values["document"])
                continue
            if values["ref"] is not None:
                self.run.lines.setdefault(values["ref"], values["line"])
            self.spool.add(values)

    def _take(self, batch: Sequence[CheckedRow], all_known: bool) -> Plan:  # noqa: FBT001 - the signature of `take`
        plan = self.run.plan_batch(batch, all_known)
        drafts = {row.row.line: row.draft for row in batch}
        for row in planned_rows(batch, plan):
            draft = drafts[row.line]
            if row.outcome is RowOutcome.NEW and draft is not None:
                self.sketches.append(sketch_of(draft, row.line))
            values = row.as_values()
            if row.line in self.unreadable:
                # Half of a row is never planned again as if it were the whole.
                values["document"] = None
            self.spool.add(values)
        return plan


def _keep(
    session: Session,
    batch_id: int,
    spool: Spool,
    alike: Mapping[int, list[Resemblance]],
    before: Mapping[int, tuple[bool, bool]],
) -> None:
    """Write the rows of a dry run; `before` is as `_choices` gives it."""
    for rows in spool.batches():
        for row in rows:
            row["batch_id"], row["lookalikes"] = batch_id, alike.get(row["line"], [])
            row["chosen"] = _is_chosen(row, before.get(row["line"]))
        insert_rows(session, ImportRow, rows)
    let_go_of_lone_rows(session, batch_id)


def _is_chosen(row: Mapping[str, Any], before: tuple[bool, bool] | None) -> bool:
    if row["outcome"] not in CHOOSABLE:
        return False
    looks_alike = bool(row["lookalikes"])
    if before is None or before[1] != looks_alike:
        return not looks_alike
    return before[0]


def _choices(session: Session, batch_id: int) -> dict[int, tuple[bool, bool]]:
    """Give, of each line that could be chosen, whether it was, and whether it had lookalikes."""
    rows = session.execute(
        select(ImportRow.line, ImportRow.chosen, ImportRow.lookalikes).where(
            ImportRow.batch_id == batch_id, ImportRow.outcome.in_(CHOOSABLE)
        )
    )
    return {row.line: (row.chosen, bool(row.lookalikes)) for row in rows}


def _stored_rows(batch_id: int) -> Iterator[dict[str, Any]]:
    """Give the rows of a batch in order of line; planning between them ends the reading."""
    line = -1
    columns = (
        *(ImportRow.line, ImportRow.outcome, ImportRow.ref, ImportRow.name, ImportRow.kind),
        *(ImportRow.document, ImportRow.differences, ImportRow.faults),
    )
    while rows := (
        db.session()
        .execute(
            select(*columns)
            .where(ImportRow.batch_id == batch_id, ImportRow.line > line)
            .order_by(ImportRow.line)
            .limit(ROWS_AT_ONCE)
        )
        .mappings()
        .all()
    ):
        yield from map(dict, rows)
        line = rows[-1]["line"]


def _note(session: Session, batch_id: int, spool: Spool, actor: Actor, now: datetime) -> None:
    counts = spool.counts
    record(
        session,
        actions.BATCH_READ,
        subject_id=batch_id,
        actor=actor,
        now=now,
        new=counts[RowOutcome.NEW],
        changed=counts[RowOutcome.CHANGED],
        unchanged=counts[RowOutcome.UNCHANGED],
        refused=counts[RowOutcome.REFUSED],
    )


def _no_more_than(rows: Iterable[FileRow], most: int) -> Iterator[FileRow]:
    for number, row in enumerate(rows):
        if number >= most:
            raise InvalidError("", f"has more than {most:,} rows; split it")
        yield row
