"""Measures the import desk: a file with planted faults and duplicates read, applied and undone.

Run: `.venv/bin/python -m benchmarks.import_desk [--rows 5000] [--database URL]`. It works in a
database of its own in a temporary folder (or in an empty one that is named), prints what it
measured and asserts nothing. What matters beside the seconds is how long applying and undoing hold
the database, for others who write wait meanwhile: on SQLite ten seconds at most.
"""

from __future__ import annotations

import argparse
import io
from typing import TYPE_CHECKING

from benchmarks.import_desk_file import planted_file
from benchmarks.import_listings import DatabaseClock, fresh_application, measure
from directory.audit.policy import COMMAND
from directory.core.clock import utc_now
from directory.core.db import db
from directory.listings.exchange.exporting import all_documents
from directory.listings.exchange.jsonl import read_json_lines, write_json_lines
from directory.listings.operations import import_documents, import_listings
from directory.listings.operations.batches import (
    apply_batch,
    read_batch,
    renew_batch,
    undo_batch,
)
from directory.listings.queries.batches import batch_view

if TYPE_CHECKING:
    from directory.listings.operations import ImportResult
    from directory.vocabulary.queries import Vocabulary


def main() -> None:
    """Measure one file on its way through the desk."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--database", help="address of an empty database; default: SQLite")
    arguments = parser.parse_args()
    with fresh_application(arguments.database) as app:
        vocabulary = app.extensions["vocabulary"].current(db.session())
        clock = DatabaseClock()
        clock.watch(db.engine)
        run_all(vocabulary, clock, arguments.rows)


def run_all(vocabulary: Vocabulary, clock: DatabaseClock, rows: int) -> None:
    """Print one line for each thing measured."""
    now, planted = utc_now(), planted_file(rows, vocabulary)
    given = {"actor": COMMAND, "vocabulary": vocabulary, "now": now}
    import_documents(planted.stored, now=now, vocabulary=vocabulary)
    before, content = export(vocabulary), planted.content()
    made: list[int] = []

    def read() -> None:
        found = read_json_lines(io.BytesIO(content))
        made.append(read_batch(name="planted.jsonl", rows=found, **given))  # type: ignore[arg-type]

    print(f"{rows} rows for {len(planted.stored)} listings, {db.engine.dialect.name}")
    plain = measure("dry run of an import", rows, lambda: dry_run(content, vocabulary), clock)
    reading = measure("read", rows, read, clock)
    batch = {"batch_id": made[0], **given}
    print(f"{'':<26} {batch_view(db.session(), made[0]).counts}")
    measure("read again", rows, lambda: renew_batch(**batch), clock)  # type: ignore[arg-type]
    applying = measure("apply", rows, lambda: apply_batch(**batch), clock)  # type: ignore[arg-type]
    undoing = measure("undo", rows, lambda: undo_batch(**batch), clock)  # type: ignore[arg-type]
    print(
        f"beside a dry run that keeps nothing: read {reading / plain:.1f}, "
        f"apply {applying / plain:.1f}, undo {undoing / plain:.1f} times as long"
    )
    same = export(vocabulary) == before
    print(f"the export afterwards is {'the same' if same else 'ANOTHER'}, byte for byte")


def dry_run(content: bytes, vocabulary: Vocabulary) -> ImportResult:
    """Plan the file as `flask listings import --dry-run` does, to compare with."""
    rows = read_json_lines(io.BytesIO(content))
    return import_listings(rows, now=utc_now(), vocabulary=vocabulary, dry_run=True)


def export(vocabulary: Vocabulary) -> bytes:
    """Give the directory as a file."""
    file = io.BytesIO()
    write_json_lines(all_documents(db.session(), vocabulary), file)
    return file.getvalue()


if __name__ == "__main__":
    main()
