"""`flask demo load`: clearly fictional listings, to try the directory out and to measure it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from config import Mode
from directory.core.clock import utc_now
from directory.core.db import db
from directory.core.errors import DirectoryError
from directory.demo.documents import DEFAULT_LISTINGS
from directory.demo.operations import load_demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEFAULT_SEED = 7
NOT_IN_PRODUCTION = (
    "Demo listings are made up, so they are never loaded where APP_ENV is production. "
    "Use a development copy of the directory."
)
NO_REVIEWS_YET = (
    "The directory has no reviews yet, so demo reviews cannot be loaded. "
    "Leave --reviews out, or give 0."
)


@click.group()
def demo() -> None:
    """Made-up listings, labelled as demo everywhere, whose numbers reach nobody."""


@demo.command("load")
@click.option(
    "--listings",
    type=click.IntRange(min=1),
    default=DEFAULT_LISTINGS,
    show_default=True,
    help="How many listings; one in eleven is a centre.",
)
@click.option(
    "--reviews",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many reviews. Only 0 until the directory has reviews.",
)
@click.option(
    "--seed",
    type=int,
    default=DEFAULT_SEED,
    show_default=True,
    help="The same seed gives the same listings on the same day.",
)
@with_appcontext
def load(listings: int, reviews: int, seed: int) -> None:
    """Load demo listings; a second load on the same day changes nothing.

    Some of their checks are fresh and some have run out, counted from today in Delhi, so a load
    on a later day moves these dates. Refused where APP_ENV is production.
    """
    if current_app.config["SETTINGS"].mode is Mode.PRODUCTION:
        raise click.ClickException(NOT_IN_PRODUCTION)
    if reviews:
        raise click.ClickException(NO_REVIEWS_YET)
    with _plainly(), _progress(listings) as progress:
        vocabulary = current_app.extensions["vocabulary"].current(db.session())
        result = load_demo(
            listings=listings, seed=seed, now=utc_now(), vocabulary=vocabulary, on_row=progress
        )
    for error in result.errors:
        click.echo(f"demo {error}")
    changed = result.new or result.changed
    click.echo(
        f"Demo listings {'loaded' if changed else 'unchanged'}: {result.new} new, "
        f"{result.changed} changed, {result.unchanged} unchanged, {result.refused} refused."
    )
    if result.errors:
        sys.exit(1)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what can go wrong into one line and exit code 1."""
    try:
        yield
    except DirectoryError as problem:
        raise click.ClickException(problem.message) from None
    except DBAPIError as problem:
        reason = " ".join(str(problem.orig).split())
        raise click.ClickException(
            f"The database cannot be used ({reason}). If it has no tables yet: flask db upgrade"
        ) from None


@contextmanager
def _progress(listings: int) -> Iterator[Callable[[int], None] | None]:
    """Show how many listings are made, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=listings, label="Making listings", file=sys.stderr) as bar:
        yield lambda line: bar.update(line - bar.pos)
