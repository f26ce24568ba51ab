"""Applying a batch: its chosen rows in one transaction, exactly as the dry run said, or not at all.

Every row is planned again inside the transaction and held against what was promised. When
somebody changed one of these listings since, nothing is written, the dry run is made anew and
the administrator looks again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import Planner
from directory.listings.exchange.reading import FileRow
from directory.listings.exchange.storing import Storer
from directory.listings.models import (
    BatchState,
    ChangeCause,
    ImportRow,
    Listing,
    RowOutcome,
)
from directory.listings.operations.batches.planning import planned_rows
from directory.listings.operations.batches.reading import renew_batch
from directory.listings.operations.batches.state import held_batch
from directory.listings.operations.importing import ImportRun
from directory.listings.queries.batches import CHOOSABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.planning import CheckedRow, Plan
    from directory.vocabulary.queries import Vocabulary

ROWS_AT_ONCE = 500
NAMED = 5

Decided = tuple[RowOutcome, dict[str, list[Any]] | None]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many listings came and changed, and how many rows that could have were left out."""

    new: int
    changed: int
    left_out: int


class OvertakenError(ConflictError):
    """The directory changed since the dry run, which was made again; nothing was written."""


def apply_batch(*, actor: Actor, batch_id: int, vocabulary: Vocabulary, now: datetime) -> Applied:
    """Carry out the chosen rows of a batch as one.

    Raises `InvalidError` when nothing is chosen, `OvertakenError` after making the dry run anew,
    `ConflictError` for a batch that was applied or dropped.
    """
    cause = Cause(ChangeCause.IMPORT, actor, batch_id=batch_id)
    run = ImportRun(now=now, vocabulary=vocabulary, on_row=None, cause=cause)
    try:
        with writing() as session:
            return _applied(session, batch_id, run)
    except _OvertakenLinesError as overtaken:
        renew_batch(actor=actor, batch_id=batch_id, vocabulary=vocabulary, now=now)
        raise OvertakenError(overtaken.words) from overtaken
    except (IntegrityError, OperationalError) as problem:
        raise ConflictError(
            "Somebody else is changing the same listings at this moment. Nothing was written; "
            "try again."
        ) from problem


def _applied(session: Session, batch_id: int, run: ImportRun) -> Applied:
    """Apply inside the transaction that is open."""
    batch = held_batch(session, batch_id, BatchState.READ)
    _refuse_nothing(session, batch_id)

    applied = _Application(session, batch_id, run).carry_out()
    batch.state, batch.applied_at = BatchState.APPLIED, run.now
    _forget_documents(session, batch_id)

    record(
        session,
        actions.BATCH_APPLIED,
        subject_id=batch_id,
        actor=run.cause.actor,
        now=run.now,
        new=applied.new,
        changed=applied.changed,
        left_out=applied.left_out,
    )
    return applied


class _OvertakenLinesError(Exception):
    """Rolls an application back; never leaves this file."""

    def __init__(self, lines: Sequence[tuple[int, str | None]]) -> None:
        named = ", ".join(f"line {line} ({name or '?'})" for line, name in lines[:NAMED])
        more = f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
        self.words = (
            f"The directory changed since this file was read: {named}{more} would come out "
            "otherwise now. Nothing was written. Look at the new plan, and apply it."
        )
        super().__init__(self.words)


@dataclass(frozen=True, slots=True)
class _Application:
    """One application on its way, inside the caller's transaction."""

    session: Session
    batch_id: int
    run: ImportRun
    promised: dict[int, tuple[Decided, str | None]] = field(default_factory=dict)
    overtaken: list[tuple[int, str | None]] = field(default_factory=list)

    def carry_out(self) -> Applied:
        """Plan, compare and store every chosen row; raises `_OvertakenLinesError`."""
        self.run.go_through(self._rows(), self._take)
        if self.overtaken:
            raise _OvertakenLinesError(sorted(self.overtaken))
        left_out = self.session.scalar(
            select(func.count())
            .select_from(ImportRow)
            .where(
                ImportRow.batch_id == self.batch_id,
                ImportRow.chosen.is_(False),
                ImportRow.outcome.in_(CHOOSABLE),
            )
        )
        return Applied(self.run.new, self.run.changed, left_out or 0)

    def _rows(self) -> Iterator[FileRow]:
        """Give the chosen rows as the file had them, with the slug the dry run gave each."""
        for row in _chosen(self.session, self.batch_id):
            document = dict(row.document or {})
            self.promised[row.line] = ((row.outcome, row.differences), row.name)
            if not document.get("slug") and "slug" in (row.differences or {}):
                document["slug"] = row.differences["slug"][1]
            yield FileRow(row.line, document)

    def _take(self, batch: Sequence[CheckedRow], all_known: bool) -> Plan:  # noqa: FBT001 - the signature of `take`
        """Plan some rows; store them while all is as promised, else only note what is not."""
        run = self.run
        self._hold(batch)
        plan = Planner(self.session, run.vocabulary, run.memory).plan(
            batch, all_are_known=all_known
        )
        for row in planned_rows(batch, plan):
            decided, name = self.promised.pop(row.line)
            if row.decided != decided:
                self.overtaken.append((row.line, name))
        if self.overtaken:
            run.memory.remember(plan)
        else:
            Storer(self.session, run.now, run.vocabulary, run.stations, run.cause).store(plan)
        return plan

    def _hold(self, batch: Sequence[CheckedRow]) -> None:
        """Hold the listings these rows change until the transaction ends, always in one order."""
        refs = [row.draft.ref for row in batch if row.draft is not None]
        self.session.execute(
            select(Listing.id).where(Listing.ref.in_(refs)).order_by(Listing.id).with_for_update()
        ).all()


def _chosen(session: Session, batch_id: int) -> Iterator[Any]:
    """Give the chosen rows of a batch in order of line, some hundred at a time."""
    line = -1
    columns = (
        *(ImportRow.line, ImportRow.outcome, ImportRow.name),
        *(ImportRow.document, ImportRow.differences),
    )
    while rows := session.execute(
        select(*columns)
        .where(ImportRow.batch_id == batch_id, ImportRow.chosen, ImportRow.line > line)
        .order_by(ImportRow.line)
        .limit(ROWS_AT_ONCE)
    ).all():
        yield from rows
        line = rows[-1].line


def _refuse_nothing(session: Session, batch_id: int) -> None:
    chosen = session.scalar(
        select(ImportRow.line).where(ImportRow.batch_id == batch_id, ImportRow.chosen).limit(1)
    )
    if chosen is None:
        raise InvalidError("chosen", "No row is chosen, so there is nothing to apply.")


def _forget_documents(session: Session, batch_id: int) -> None:
    """Let go of what the file said; what came of it is in the listings and their history."""
    session.execute(
        update(ImportRow)
        .where(ImportRow.batch_id == batch_id)
        .values(document=None)
        .execution_options(synchronize_session=False)
    )
