"""`flask listings import`, `export`, `template`: the directory in and out as files.

The format is described in `docs/import-format.md`.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from directory.core.clock import utc_now
from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError
from directory.listings.exchange.csv_rows import template_header
from directory.listings.exchange.example import EXAMPLE
from directory.listings.exchange.exporting import (
    all_documents,
    count_listings,
    most_locations,
)
from directory.listings.exchange.files import opened, read_rows, write_file
from directory.listings.exchange.jsonl import write_json_lines
from directory.listings.operations import import_listings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import RawIOBase
    from typing import Any

    from directory.listings.operations import ImportResult
    from directory.vocabulary.queries import Vocabulary, VocabularyCache

STANDARD_STREAM = "-"


@click.group()
def listings() -> None:
    """Listings of therapists and centres, in and out as files."""


@listings.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--strict", is_flag=True, help="Take every row of the file, or none.")
@with_appcontext
def import_(file: Path, *, dry_run: bool, strict: bool) -> None:
    """Import FILE (.jsonl or .csv; - reads standard input): one listing a row, keyed by its ref.

    Good rows go in; each fault of a bad row is one line. Ends with 1 when a row was refused.
    """
    with (
        plainly(str(file)),
        opened_source(file) as source,
        reading_progress(source, file) as progress,
    ):
        result = import_listings(
            read_rows(source, file.name),
            now=utc_now(),
            vocabulary=current_vocabulary(),
            dry_run=dry_run,
            strict=strict,
            on_row=progress,
        )
    for error in result.errors:
        click.echo(error)
    click.echo(_summary(result, dry_run=dry_run, strict=strict))
    if result.errors:
        sys.exit(1)


@listings.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@with_appcontext
def export(file: Path) -> None:
    """Export every listing to FILE (.jsonl or .csv; - is standard output, as JSON Lines)."""
    with plainly(str(file)):
        session, vocabulary = db.session(), current_vocabulary()
        documents = all_documents(session, vocabulary)
        if str(file) == STANDARD_STREAM:
            write_json_lines(documents, sys.stdout.buffer)
            return
        locations = most_locations(session)
        with _export_progress(documents, count_listings(session)) as shown:
            count = write_file(shown, file, locations=locations)
    click.echo(f"Exported {count} listings to {file}.")


@listings.command("template")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="csv prints the header line, jsonl one whole example.",
)
def template(format_: str) -> None:
    """Print the start of a file to fill in."""
    click.echo(template_header() if format_ == "csv" else json.dumps(EXAMPLE, ensure_ascii=False))


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Turn what can go wrong with the file or the database into one line and exit code 1."""
    try:
        yield
    except InvalidError as problem:
        raise click.ClickException(f"{name} {problem.message}.") from None
    except ConflictError as problem:
        raise click.ClickException(f"{problem.message}.") from None
    except DBAPIError as problem:
        raise click.ClickException(_database_fault(problem)) from None


def _database_fault(problem: DBAPIError) -> str:
    reason = " ".join(str(problem.orig).split())
    if "no such table" in reason or "does not exist" in reason:
        return "The database has no tables yet. Run: flask db upgrade"
    return f"The database cannot be used ({reason})."


def current_vocabulary() -> Vocabulary:
    """Give the vocabulary of now, or end with what to do when it is not loaded."""
    cache: VocabularyCache = current_app.extensions["vocabulary"]
    vocabulary = cache.current(db.session())
    if not vocabulary.digest:
        raise click.ClickException("The reference data is not loaded. Run: flask reference load")
    return vocabulary


@contextmanager
def opened_source(file: Path) -> Iterator[BufferedReader]:
    """Lend a file, or standard input for a hyphen; raises `InvalidError`."""
    if str(file) != STANDARD_STREAM:
        with opened(file) as source:
            yield source
        return
    source = BufferedReader(cast("RawIOBase", sys.stdin.buffer))
    yield source
    source.detach()


@contextmanager
def reading_progress(source: BufferedReader, file: Path) -> Iterator[Callable[[int], None] | None]:
    """Show how much of the file is read, on a terminal only."""
    if not sys.stderr.isatty() or not file.is_file():
        yield None
        return
    size = file.stat().st_size
    with click.progressbar(length=size, label="Importing", file=sys.stderr) as bar:
        yield lambda _line: bar.update(source.tell() - bar.pos)


@contextmanager
def _export_progress(
    documents: Iterable[dict[str, Any]], count: int
) -> Iterator[Iterable[dict[str, Any]]]:
    """Show how many listings are written, on a terminal only."""
    if not sys.stderr.isatty():
        yield documents
        return
    with click.progressbar(documents, length=count, label="Exporting", file=sys.stderr) as shown:
        yield shown


def _summary(result: ImportResult, *, dry_run: bool, strict: bool) -> str:
    counts = (
        f"{result.new} new, {result.changed} changed, "
        f"{result.unchanged} unchanged, {result.refused} refused"
    )
    if strict and result.errors:
        return f"Nothing was imported, because not every row can go in: {counts}."
    if dry_run:
        return f"Dry run, nothing was changed: {counts}."
    return f"Imported: {counts}."
