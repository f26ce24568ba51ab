"""`flask listings read | batches | batch | choose | renew | apply | undo-batch | drop`.

The import desk in a terminal: a file is read into a batch, looked at, applied as one and undone as
one. `flask listings import` takes a file in one go instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.cli.listings import (
    current_vocabulary,
    opened_source,
    plainly,
    reading_progress,
)
from directory.core.clock import DELHI, utc_now
from directory.core.db import db
from directory.listings.exchange.files import read_rows
from directory.listings.models import BatchState, RowOutcome
from directory.listings.operations import RowError, batches
from directory.listings.queries import batches as reads
from directory.listings.queries.batches import RowsShown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.listings.queries.batches import BatchView, LookalikeView, RowView

SHOWN_BATCHES = 50
ROWS_AT_ONCE = 500
CHOSEN_FROM = (RowsShown.NEW, RowsShown.LOOKALIKE, RowsShown.CHANGED)


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@with_appcontext
def read(file: Path) -> None:
    """Read FILE into a batch and say what would come of it; no listing changes.

    Ends with 1 when a row was refused. Apply the rest with `flask listings apply`.
    """
    with (
        plainly(str(file)),
        opened_source(file) as source,
        reading_progress(source, file) as progress,
    ):
        batch_id = batches.read_batch(
            actor=COMMAND,
            name=file.name,
            rows=read_rows(source, file.name),
            vocabulary=current_vocabulary(),
            now=utc_now(),
            on_row=progress,
        )
    _tell(batch_id)


@click.command("batches")
@with_appcontext
def list_() -> None:
    """List the batches, the newest first: number, when it was read, state, rows, file."""
    with plain.told():
        found = reads.list_batches(db.session(), limit=SHOWN_BATCHES)
    for batch in found:
        click.echo(_line(batch))
    if not found:
        click.echo("No file was read yet. Read one with: flask listings read FILE")


@click.command("batch")
@click.argument("batch", type=int)
@click.option(
    "--rows",
    type=click.Choice([shown.value for shown in RowsShown]),
    help="List the rows of this sort, with what would come of each.",
)
@with_appcontext
def show(batch: int, rows: str | None) -> None:
    """Show BATCH: its counts, and its rows if asked."""
    with plain.told():
        view = reads.batch_view(db.session(), batch)
        for row in _rows(batch, RowsShown(rows)) if rows else ():
            for line in _row_lines(row):
                click.echo(line)
    click.echo(_line(view))
    _tell_kept(view)


@click.command("choose")
@click.argument("batch", type=int)
@click.option("--line", "lines", type=int, multiple=True, help="A line; give as many as needed.")
@click.option(
    "--all",
    "sort",
    type=click.Choice([shown.value for shown in CHOSEN_FROM]),
    help="Every row of this sort.",
)
@click.option("--leave-out", is_flag=True, help="Leave them out instead.")
@with_appcontext
def choose(batch: int, lines: tuple[int, ...], sort: str | None, *, leave_out: bool) -> None:
    """Choose rows of BATCH that shall go in, or leave them out."""
    if not lines and sort is None:
        raise click.UsageError("Say which rows: --line N or --all SORT.")
    with plain.told():
        if sort is not None:
            batches.choose_all(batch_id=batch, shown=RowsShown(sort), chosen=not leave_out)
        if lines:
            batches.choose_rows(batch_id=batch, lines=() if leave_out else lines, among=lines)
        click.echo(_line(reads.batch_view(db.session(), batch)))


@click.command("renew")
@click.argument("batch", type=int)
@with_appcontext
def renew(batch: int) -> None:
    """Make the dry run of BATCH again, with the directory as it is by now."""
    with plain.told():
        batches.renew_batch(
            actor=COMMAND, batch_id=batch, vocabulary=current_vocabulary(), now=utc_now()
        )
    _tell(batch)


@click.command("apply")
@click.argument("batch", type=int)
@with_appcontext
def apply(batch: int) -> None:
    """Apply the chosen rows of BATCH as one, exactly as the dry run said, or change nothing."""
    with plain.told():
        applied = batches.apply_batch(
            actor=COMMAND, batch_id=batch, vocabulary=current_vocabulary(), now=utc_now()
        )
    click.echo(
        f"Applied batch {batch}: {applied.new} new, {applied.changed} changed, "
        f"{applied.left_out} left out. Undo it with: flask listings undo-batch {batch}"
    )


@click.command("undo-batch")
@click.argument("batch", type=int)
@with_appcontext
def undo(batch: int) -> None:
    """Take everything BATCH did back, but for what somebody changed since, which is named."""
    with plain.told():
        undone = batches.undo_batch(
            actor=COMMAND, batch_id=batch, vocabulary=current_vocabulary(), now=utc_now()
        )
        click.echo(
            f"Undone batch {batch}: {undone.restored} restored, {undone.removed} taken away, "
            f"{len(undone.kept)} kept."
        )
        _tell_kept(reads.batch_view(db.session(), batch))


@click.command("drop")
@click.argument("batch", type=int)
@with_appcontext
def drop(batch: int) -> None:
    """Throw BATCH away, which was read and not applied."""
    with plain.told():
        batches.drop_batch(actor=COMMAND, batch_id=batch, now=utc_now())
    click.echo(f"Batch {batch} was thrown away.")


def _tell(batch_id: int) -> None:
    """Print the faults of a batch, its lookalikes and its counts; end with 1 after a fault."""
    with plain.told():
        view = reads.batch_view(db.session(), batch_id)
        for line, field, reason in reads.refused_rows(db.session(), batch_id):
            click.echo(RowError(line, field, reason))
        for row in _rows(batch_id, RowsShown.LOOKALIKE):
            for text in _row_lines(row):
                click.echo(text)
    click.echo(_line(view))
    click.echo(f"Nothing is changed yet. {_next_step(view)}")
    if view.counts.refused:
        sys.exit(1)


def _next_step(view: BatchView) -> str:
    if view.counts.chosen_new + view.counts.chosen_changed:
        return f"Apply it with: flask listings apply {view.id}"
    if view.counts.left_out:
        return f"Choose rows with: flask listings choose {view.id} --line N"
    return f"Nothing of it can go in. Throw it away with: flask listings drop {view.id}"


def _tell_kept(view: BatchView) -> None:
    if view.state is not BatchState.UNDONE:
        return
    for kept in reads.kept_listings(db.session(), view.id):
        why = "changed since" if kept.is_changed else "something belongs to it by now"
        what = f"{', '.join(kept.keys)} {why}" if kept.keys else why
        click.echo(f"kept {kept.listing.slug}: {what}")


def _line(view: BatchView) -> str:
    counts, moment = view.counts, view.read_at.astimezone(DELHI)
    rows = (
        f"{counts.new} new, {counts.lookalike} likely here already, {counts.changed} changed, "
        f"{counts.unchanged} unchanged, {counts.refused} refused"
    )
    chosen = counts.chosen_new + counts.chosen_changed
    return f"{view.id}  {moment:%Y-%m-%d %H:%M}  {view.state}  {rows}; {chosen} chosen  {view.name}"


def _rows(batch_id: int, shown: RowsShown) -> Iterator[RowView]:
    offset = 0
    while rows := reads.batch_rows(
        db.session(), batch_id, shown, limit=ROWS_AT_ONCE, offset=offset
    ):
        yield from rows
        offset += len(rows)


def _row_lines(row: RowView) -> Iterator[str]:
    mark = "" if row.outcome not in reads.CHOOSABLE or row.chosen else ", left out"
    yield f"line {row.line}, {row.outcome}{mark}: {row.name or '-'} ({row.ref or '-'})"
    for alike in row.lookalikes:
        yield f"  {_alike(alike)}"
    for line in row.needs:
        yield f"  works at the centre of line {line}, which is left out"
    for key, value in row.before.items() if row.outcome is RowOutcome.CHANGED else ():
        yield f"  {key}: {_value(value)} -> {_value(row.after[key])}"
    for field, reason in row.faults:
        yield f"  {field or 'the row'}: {reason}"


def _alike(alike: LookalikeView) -> str:
    grounds = ", ".join(reason.ground for reason in alike.reasons)
    who = f"line {alike.line}" if alike.listing is None else f"the listing {alike.listing.slug}"
    return f"likely to be {who} ({alike.score} of 100: {grounds})"


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


COMMANDS = (read, list_, show, choose, renew, apply, undo, drop)
