"""`flask reference load`: taxonomy, localities, stations, helplines, public facilities."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from directory.core.clock import utc_now
from directory.vocabulary.operations import load_reference
from directory.vocabulary.reading import ReferenceDataError


@click.group()
def reference() -> None:
    """Reference data of Delhi that ships with the directory."""


@reference.command("load")
@with_appcontext
def load() -> None:
    """Load the reference data; a second run changes nothing."""
    try:
        counts = load_reference(now=utc_now())
    except ReferenceDataError as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(
        f"Reference data {'loaded' if counts.changed else 'unchanged'}: "
        f"{counts.terms} terms, {counts.localities} localities, "
        f"{counts.stations} stations, {counts.helplines} helplines."
    )
