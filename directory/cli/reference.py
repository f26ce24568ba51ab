"""`flask reference load`: taxonomy, localities, stations, helplines, public facilities, guides.

`load_all` is the whole of it; the command prints what it says, and whatever else starts a
directory may call it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.core.clock import utc_now
from directory.core.db import db
from directory.core.errors import ConflictError
from directory.guides.policy import RefusedGuideError
from directory.guides.shipped import load_shipped_guides
from directory.listings.facilities import add_public_facilities
from directory.vocabulary.operations import load_reference
from directory.vocabulary.reading import ReferenceDataError

if TYPE_CHECKING:
    from datetime import datetime

    from directory.guides.shipped import GuidesLoaded


@click.group()
def reference() -> None:
    """Reference data of Delhi that ships with the directory."""


@reference.command("load")
@with_appcontext
def load() -> None:
    """Load the reference data; a second run changes nothing."""
    try:
        click.echo(load_all(now=utc_now()))
    except (ReferenceDataError, ConflictError) as problem:
        raise click.ClickException(str(problem)) from None


def load_all(*, now: datetime) -> str:
    """Load what ships with the directory and give the line that says what happened.

    Raises `ReferenceDataError` for a file that cannot be used and `ConflictError` when another
    process is loading.
    """
    counts = load_reference(now=now)
    vocabulary = current_app.extensions["vocabulary"].current(db.session())
    facilities = add_public_facilities(now=now, vocabulary=vocabulary)
    if facilities.errors:
        raise ReferenceDataError(f"public_facilities.csv: {facilities.errors[0]}")
    try:
        guides = load_shipped_guides(now=now, vocabulary=vocabulary)
    except RefusedGuideError as refused:
        raise ReferenceDataError(f"guides/data: {refused.field}: {refused.message}") from None
    return (
        f"Reference data {'loaded' if counts.changed else 'unchanged'}: "
        f"{counts.terms} terms, {counts.localities} localities, "
        f"{counts.stations} stations, {counts.helplines} helplines, "
        f"{facilities.new + facilities.unchanged} public facilities ({facilities.new} added). "
        f"Guides: {guides.guides} ({guides.shown} new or changed).{_kept_back(guides)}"
    )


def _kept_back(guides: GuidesLoaded) -> str:
    """Say which guides readers do not see as they ship, and why."""
    said = ""
    if guides.waiting:
        said += f" Waiting until a clinician has read what changed: {', '.join(guides.waiting)}."
    if guides.left:
        said += f" Left alone, written on or taken back by people: {', '.join(guides.left)}."
    return said
