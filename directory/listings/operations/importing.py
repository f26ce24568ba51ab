"""Imports: rows of a file, each batch of them in one transaction.

Not for reading files (see `exchange/`) and not for deciding on one row (see
`exchange/validation.py` and `exchange/planning.py`). Called by `flask listings import`,
`flask reference load` and `flask demo load`.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError, OperationalError

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import db, writing
from directory.core.errors import ConflictError
from directory.listings.exchange.checking import Fault, shown
from directory.listings.exchange.history import BY_COMMAND
from directory.listings.exchange.planning import CheckedRow, ImportMemory, Plan, Planner
from directory.listings.exchange.reading import FileRow
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules, read_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.exchange.history import Cause
    from directory.vocabulary.queries import Vocabulary

ROWS_IN_A_BATCH = 500
ATTEMPTS = 3
WAITING_BYTES_IN_MEMORY = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one field of one row was refused; as text it is the line a command prints."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.field}" if self.field else f"line {self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows went which way; `errors` are in order of line."""

    new: int
    changed: int
    unchanged: int
    refused: int
    errors: tuple[RowError, ...]


def import_documents(
    documents: Iterable[Mapping[str, Any]],
    *,
    now: datetime,
    vocabulary: Vocabulary,
    dry_run: bool = False,
    strict: bool = False,
    on_row: Callable[[int], object] | None = None,
    cause: Cause = BY_COMMAND,
) -> ImportResult:
    """Import documents that stand in no file; an error's line is the document's number from 1.

    Otherwise as `import_listings`.
    """
    rows = (FileRow(number, dict(document)) for number, document in enumerate(documents, 1))
    return import_listings(
        rows,
        now=now,
        vocabulary=vocabulary,
        dry_run=dry_run,
        strict=strict,
        on_row=on_row,
        cause=cause,
    )


def import_listings(
    rows: Iterable[FileRow],
    *,
    now: datetime,
    vocabulary: Vocabulary,
    dry_run: bool = False,
    strict: bool = False,
    on_row: Callable[[int], object] | None = None,
    cause: Cause = BY_COMMAND,
) -> ImportResult:
    """Bring the directory in line with rows of a file, keyed by ref, and count what happened.

    Good rows go in, 500 to a transaction, bad ones are reported. `strict` makes the whole file
    one transaction that takes all rows or none; `dry_run` gives the result a real run would
    give and writes nothing. `on_row` is called with the line of each row once it is read.
    Memory does not grow with the file but for a note of each ref. Raises `ConflictError` when
    another process holds the database or keeps changing the same rows.
    """
    run = ImportRun(now=now, vocabulary=vocabulary, on_row=on_row, cause=cause)
    if dry_run:
        run.go_through(rows, run.plan_batch)
    elif strict:
        _import_all_or_none(run, rows)
    else:
        run.go_through(rows, run.store_batch)
    return run.result(strict=strict)


class _RefusedWholeError(Exception):
    """Rolls a strict import back; never leaves this file."""


def _import_all_or_none(run: ImportRun, rows: Iterable[FileRow]) -> None:
    try:
        with writing() as session:
            run.go_through(rows, lambda batch, known: run.store(session, batch, all_known=known))
            run.refuse_whole_if_faulty()
    except _RefusedWholeError:
        return
    except (IntegrityError, OperationalError) as problem:
        raise _conflict(problem) from problem


class ImportRun:
    """One import on its way: what it remembers, and the count of what happened."""

    def __init__(
        self,
        *,
        now: datetime,
        vocabulary: Vocabulary,
        on_row: Callable[[int], object] | None,
        cause: Cause,
    ) -> None:
        self.now = now
        self.vocabulary = vocabulary
        self.on_row = on_row
        self.cause = cause
        self.rules = Rules(vocabulary, delhi_day(now))
        self.stations = NearestStation(vocabulary)
        self.memory = ImportMemory()
        self.lines: dict[str, int] = {}
        self.new = self.changed = self.unchanged = self.refused = 0
        self.errors: list[RowError] = []

    def go_through(
        self,
        rows: Iterable[FileRow],
        take: Callable[[Sequence[CheckedRow], bool], Plan],
    ) -> None:
        """Take all rows batch by batch, and at the end those that waited for others."""
        with _waiting_rows() as waiting:
            for batch in _batches(map(self._noticed, rows)):
                plan = take(self._checked(batch), False)  # noqa: FBT003 - the signature of `take`
                self._count(plan)
                waiting.add(plan.waiting)
            for batch in _batches(waiting.all()):
                self._count(take(self._checked(batch), True))  # noqa: FBT003 - the signature of `take`

    def refuse_whole_if_faulty(self) -> None:
        """Raise what rolls a strict import back, if any row was refused."""
        if self.errors:
            raise _RefusedWholeError

    def plan_batch(self, batch: Sequence[CheckedRow], all_known: bool) -> Plan:  # noqa: FBT001 - the signature of `take`
        """Plan and write nothing."""
        session = db.session()
        plan = Planner(session, self.vocabulary, self.memory).plan(batch, all_are_known=all_known)
        self.memory.remember(plan)
        session.rollback()
        return plan

    def store_batch(self, batch: Sequence[CheckedRow], all_known: bool) -> Plan:  # noqa: FBT001 - the signature of `take`
        """Plan and write in one transaction; again when another process was faster."""
        for _attempt in range(ATTEMPTS):
            try:
                with writing() as session:
                    return self.store(session, batch, all_known=all_known)
            except (IntegrityError, OperationalError) as problem:
                if not _may_try_again(problem):
                    raise _conflict(problem) from problem
                last = problem
        raise _conflict(last) from last

    def store(self, session: Session, batch: Sequence[CheckedRow], *, all_known: bool) -> Plan:
        """Plan and write inside the caller's transaction."""
        plan = Planner(session, self.vocabulary, self.memory).plan(batch, all_are_known=all_known)
        Storer(session, self.now, self.vocabulary, self.stations, self.cause).store(plan)
        self._record(session, plan)
        return plan

    def _record(self, session: Session, plan: Plan) -> None:
        """Record how many listings this part of a file brought; each has its own history."""
        new, changed = len(plan.new), len(plan.changed)
        if new or changed:
            record(
                session,
                actions.LISTING_IMPORTED,
                subject_id=None,
                actor=self.cause.actor,
                now=self.now,
                new=new,
                changed=changed,
            )

    def result(self, *, strict: bool) -> ImportResult:
        """Give the count; a strict import with an error took nothing."""
        errors = tuple(sorted(self.errors, key=lambda error: error.line))
        if strict and errors:
            rows = self.new + self.changed + self.unchanged + self.refused
            return ImportResult(0, 0, 0, rows, errors)
        return ImportResult(self.new, self.changed, self.unchanged, self.refused, errors)

    def _noticed(self, row: FileRow) -> FileRow:
        """Give the row, refused when its ref stands on an earlier line."""
        if self.on_row is not None:
            self.on_row(row.line)
        ref = None if row.document is None else row.document.get("ref")
        if not isinstance(ref, str):
            return row
        first = self.lines.setdefault(ref, row.line)
        if first == row.line:
            return row
        fault = Fault("ref", f"{shown(ref)} is already on line {first} of this file")
        return FileRow(row.line, row.document, (*row.faults, fault))

    def _checked(self, batch: Sequence[FileRow]) -> list[CheckedRow]:
        return [check_row(row, self.rules) for row in batch]

    def _count(self, plan: Plan) -> None:
        self.new += len(plan.new)
        self.changed += len(plan.changed)
        self.unchanged += plan.unchanged
        self.refused += len(plan.refused)
        self.errors += [
            RowError(row.line, fault.field, fault.reason)
            for row in plan.refused
            for fault in row.faults
        ]


class _WaitingRows:
    """Rows that name a centre not met yet, kept for the end of the import."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def add(self, rows: Iterable[FileRow]) -> None:
        """Keep rows for later."""
        for row in rows:
            faults = [(fault.field, fault.reason) for fault in row.faults]
            self._file.write(json.dumps([row.line, row.document, faults]) + "\n")

    def all(self) -> Iterator[FileRow]:
        """Give the rows kept, in their order."""
        self._file.seek(0)
        for text in self._file:
            line, document, faults = json.loads(text)
            yield FileRow(line, document, tuple(Fault(*fault) for fault in faults))


@contextmanager
def _waiting_rows() -> Iterator[_WaitingRows]:
    """Lend a store of rows that goes to a temporary file beyond a few megabytes."""
    with tempfile.SpooledTemporaryFile(
        max_size=WAITING_BYTES_IN_MEMORY, mode="w+", encoding="ascii"
    ) as file:
        yield _WaitingRows(file)


def check_row(row: FileRow, rules: Rules) -> CheckedRow:
    """Check one row by itself: its draft, or its faults."""
    if row.document is None:
        return CheckedRow(row, None, row.faults, ())
    draft, faults = read_draft(row.document, rules)
    refs = row.document.get("works_at")
    works_at = draft.works_at if draft else _texts(refs)
    return CheckedRow(row, draft, (*row.faults, *faults), works_at)


def _texts(values: object) -> tuple[str, ...]:
    return (
        tuple(v for v in values if isinstance(v, str) and v)
        if isinstance(values, list | tuple)
        else ()
    )


def _batches(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    rest = iter(rows)
    while batch := list(islice(rest, ROWS_IN_A_BATCH)):
        yield batch


def _may_try_again(problem: IntegrityError | OperationalError) -> bool:
    """Tell whether another transaction was faster: its row is there now, or it won a deadlock."""
    serialization_failure, deadlock = "40001", "40P01"  # PostgreSQL's SQLSTATE
    state = getattr(problem.orig, "sqlstate", None)
    return isinstance(problem, IntegrityError) or state in (serialization_failure, deadlock)


def _conflict(problem: IntegrityError | OperationalError) -> ConflictError:
    reason = str(problem.orig).strip().splitlines()[0]
    return ConflictError(
        f"another process is changing the same listings ({reason}); "
        "what was counted so far is stored, so run the import again"
    )
