"""`flask listings show | create | edit | publish | suspend | close | history | undo`.

The listing editor in a terminal: keys of the listing's document (docs/import-format.md), checked
by the same rules, kept in the same history.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.clock import DELHI
from directory.core.db import db
from directory.listings.models import ListingState
from directory.listings.operations import (
    create_listing,
    edit_listing,
    move_listing,
    undo_change,
)
from directory.listings.queries.editing import listing_id_of, listing_to_edit
from directory.listings.queries.history import history_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from directory.listings.queries.editing import EditedListing
    from directory.listings.queries.history import HistoryEntry

STANDARD_STREAM = "-"
A_DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_CHANGES = 20


@click.command("show")
@click.argument("name")
@click.argument("keys", nargs=-1)
@with_appcontext
def show(name: str, keys: Sequence[str]) -> None:
    """Print the listing NAME (a slug or a ref) as its document, or only some KEYS of it."""
    with plain.told():
        found = _found(name)
    _refuse_unknown(found, keys)
    said = {key: found.document[key] for key in keys or found.document}
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


@click.command("create")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@with_appcontext
def create(file: Path) -> None:
    """Keep the one document in FILE (JSON; - reads standard input) as a new draft."""
    with plain.told():
        document = _document(file)
        listing_id = create_listing(
            actor=COMMAND, document=document, vocabulary=plain.vocabulary(), now=plain.now()
        )
        slug = listing_to_edit(db.session(), listing_id, vocabulary=plain.vocabulary()).slug
    click.echo(f"{slug}: kept as a draft.")


@click.command("edit")
@click.argument("name")
@click.argument("changes", nargs=-1, required=True, metavar="KEY=JSON...")
@with_appcontext
def edit(name: str, changes: Sequence[str]) -> None:
    """Change keys of the listing NAME (a slug or a ref), as in fees='[{"for": ...}]'."""
    with plain.told():
        told = plain.assigned(changes)
        found = _found(name)
        _refuse_unknown(found, told)
        change_id = _edit(found, told)
    click.echo(f"{found.slug}: " + (f"change {change_id}." if change_id else "says so already."))


@click.command("publish")
@click.argument("name")
@with_appcontext
def publish(name: str) -> None:
    """Show the listing NAME (a slug or a ref) to readers."""
    _move(name, ListingState.PUBLISHED)


@click.command("suspend")
@click.argument("name")
@with_appcontext
def suspend(name: str) -> None:
    """Show the listing NAME (a slug or a ref) to nobody for now."""
    _move(name, ListingState.SUSPENDED)


@click.command("close")
@click.argument("name")
@click.option("--on", "day", type=A_DAY, help="The day it closed; today when left out.")
@with_appcontext
def close(name: str, *, day: datetime | None) -> None:
    """Close the listing NAME (a slug or a ref): its page says since when, and who is near."""
    _move(name, ListingState.CLOSED, day)


@click.command("history")
@click.argument("name")
@click.option("--key", "keys", multiple=True, help="Only changes of this key; may be repeated.")
@click.option("--most", default=MOST_CHANGES, show_default=True, help="At most so many changes.")
@with_appcontext
def history(name: str, *, keys: Sequence[str], most: int) -> None:
    """List the changes of the listing NAME (a slug or a ref), newest first."""
    with plain.told():
        found = _found(name)
        _refuse_unknown(found, keys)
        changes = history_of(db.session(), found.id, keys=keys, per_page=most).items
    for change in changes:
        _tell(change, keys)
    if not changes:
        click.echo("No change yet.")


@click.command("undo")
@click.argument("change", type=int)
@with_appcontext
def undo(change: int) -> None:
    """Take the change numbered CHANGE back, unless the same keys were changed since."""
    with plain.told():
        made = undo_change(
            actor=COMMAND, change_id=change, vocabulary=plain.vocabulary(), now=plain.now()
        )
    click.echo(f"Change {change} taken back by change {made}.")


def _found(name: str) -> EditedListing:
    session = db.session()
    listing_id = listing_id_of(session, name)
    return listing_to_edit(session, listing_id, vocabulary=plain.vocabulary())


def _refuse_unknown(found: EditedListing, keys: Iterable[str]) -> None:
    unknown = [key for key in keys if key not in found.document]
    if unknown:
        raise click.ClickException(f"A listing has no {', '.join(unknown)}.")


def _edit(found: EditedListing, told: dict[str, Any]) -> int | None:
    try:
        return edit_listing(
            actor=COMMAND,
            listing_id=found.id,
            changes=told,
            seen=found.seen,
            vocabulary=plain.vocabulary(),
            now=plain.now(),
        )
    except ValueError as refused:
        raise click.ClickException(f"{refused}.") from None


def _move(name: str, to: ListingState, day: datetime | None = None) -> None:
    with plain.told():
        found = _found(name)
        change_id = move_listing(
            actor=COMMAND,
            listing_id=found.id,
            to=to,
            closed_on=None if day is None else day.date(),
            vocabulary=plain.vocabulary(),
            now=plain.now(),
        )
    said = f"{to.value} by change {change_id}" if change_id else f"is {to.value} already"
    click.echo(f"{found.slug}: {said}.")


def _tell(change: HistoryEntry, keys: Sequence[str]) -> None:
    who = change.actor_name or change.actor_kind.value
    moment = change.at.astimezone(DELHI)
    undone = f", taken back by {change.undone_by}" if change.undone_by else ""
    click.echo(f"{change.id}  {moment:%Y-%m-%d %H:%M}  {change.cause.value}  {who}{undone}")
    for key, value in (change.after or {}).items():
        if not keys or key in keys:
            before = plain.as_json((change.before or {}).get(key))
            click.echo(f"  {key}: {before} -> {plain.as_json(value)}")


def _document(file: Path) -> dict[str, Any]:
    try:
        is_stream = str(file) == STANDARD_STREAM
        text = sys.stdin.read() if is_stream else file.read_text("utf-8")
        found = json.loads(text)
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"{file} cannot be read: {problem}") from None
    if not isinstance(found, dict):
        raise click.ClickException(f"{file} has to hold one JSON object.")
    return found


COMMANDS = (show, create, edit, publish, suspend, close, history, undo)
