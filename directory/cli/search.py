"""`flask search rebuild | sync | status | verify`: the index of this machine.

The index is derived from the database and may be thrown away at any time; a running site keeps
it up to date by itself.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from directory.cli.starting import why_unusable
from directory.core.db import db
from directory.search.status import status_of
from directory.search.verifying import verify as verify_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click._termui_impl import ProgressBar

    from directory.search.indexer import Indexer, Synced
    from directory.search.local import LocalSearch

BUSY = "Another program is bringing the search index up to date."
SHOWN_DIFFERENCES = 20
MEGABYTE = 1_000_000


@click.group()
def search() -> None:
    """The search index of this machine."""


@search.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Build the index anew from the database, beside the one in use, and swap."""
    with plainly(), _progress() as progress:
        synced = indexer().rebuild(on_documents=progress)
    if synced.is_busy:
        raise click.ClickException("Another program is rebuilding the search index already.")
    if not synced.is_rebuilt:
        raise click.ClickException(f"The search index was not rebuilt: {synced.reason}.")
    click.echo(said(synced))


@search.command("sync")
@with_appcontext
def sync() -> None:
    """Take in what has changed; builds the index anew where it has to."""
    with plainly(), _progress() as progress:
        synced = indexer().sync(on_documents=progress)
    if synced.reason is not None and not synced.is_rebuilt and not synced.is_busy:
        raise click.ClickException(f"The search index was not rebuilt: {synced.reason}.")
    click.echo(said(synced))


@search.command("status")
@with_appcontext
def status() -> None:
    """Say where the index is, what it holds and whether it is up to date."""
    with plainly():
        found = status_of(indexer())
    click.echo(f"Folder: {found.folder}")
    if found.reason is not None:
        raise click.ClickException(
            f"The search index must be rebuilt: {found.reason}. Run: flask search rebuild"
        )
    click.echo(f"Generation: {found.generation}")
    click.echo(f"Documents: {found.listings} listings, {found.guides} pages to read")
    click.echo(f"Size: {found.size_bytes / MEGABYTE:.1f} MB")
    behind = found.newest_seq - found.seq
    click.echo(f"Changes: {found.seq} of {found.newest_seq} ({behind} behind)")


@search.command("verify")
@with_appcontext
def verify() -> None:
    """Compare every document with the database; ends with 1 when any differs."""
    with plainly():
        indexer().drain()
        verdict = verify_index(indexer())
    if verdict.reason is not None:
        raise click.ClickException(
            f"The search index must be rebuilt: {verdict.reason}. Run: flask search rebuild"
        )
    differences = verdict.differences
    for line in differences[:SHOWN_DIFFERENCES]:
        click.echo(line)
    if len(differences) > SHOWN_DIFFERENCES:
        click.echo(f"… and {len(differences) - SHOWN_DIFFERENCES} more")
    behind = f", {verdict.behind} changed meanwhile" if verdict.behind else ""
    click.echo(
        f"Verified: {verdict.documents} documents, {len(verdict.missing)} missing, "
        f"{len(verdict.superfluous)} superfluous, {len(verdict.outdated)} out of date, "
        f"{len(verdict.doubled)} there twice{behind}."
    )
    if not verdict.is_clean:
        click.echo("Run: flask search rebuild")
        sys.exit(1)


def indexer() -> Indexer:
    """Give what writes the index of this application."""
    return cast("LocalSearch", current_app.extensions["search"]).indexer


def said(synced: Synced) -> str:
    """Give the line that says what bringing the index up to date came to."""
    if synced.is_busy:
        return BUSY
    if synced.is_rebuilt:
        why = f", because {synced.reason}" if synced.reason else ""
        return f"Search index built{why}: {synced.written} documents."
    if not synced.changes:
        return "Search index is up to date."
    return (
        f"Search index brought up to date: {synced.changes} changes, "
        f"{synced.written} documents written, {synced.removed} removed."
    )


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what can go wrong with the folder or the database into one line and exit code 1."""
    try:
        yield
    except DBAPIError as problem:
        raise click.ClickException(_database_fault(problem)) from None
    except OSError as problem:
        folder = indexer().folder.path
        raise click.ClickException(
            f"Cannot use the search index folder {folder} ({problem.strerror or problem}). "
            "Give this user write access to it, or name another one in SEARCH_INDEX_DIR."
        ) from None


def _database_fault(problem: DBAPIError) -> str:
    reason = str(problem.orig)
    if "no such table" in reason or "does not exist" in reason:
        return "The database is not up to date. Run: flask db upgrade"
    return why_unusable(db.engine.url, problem)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show how many documents are written, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as shown:

        @cache
        def bar() -> ProgressBar[int]:
            made = click.progressbar(length=1, label="Building the index", file=sys.stderr)
            return shown.enter_context(made)

        def show(written: int, total: int) -> None:
            bar().length = total
            bar().update(written - bar().pos)

        yield show
