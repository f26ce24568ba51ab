"""`flask demo load | staff`: fictional listings, reviews, reports and a desk, to try out."""

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
from directory.demo.reports import load_demo_reports
from directory.demo.reviews.loading import load_demo_reviews, reviews_for
from directory.demo.reviews.staff import links_for_staff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from directory.accounts.keys import Keys

DEFAULT_SEED = 7
NOT_IN_PRODUCTION = (
    "Demo data are made up, so they are never loaded where APP_ENV is production. "
    "Use a development copy of the directory."
)


@click.group()
def demo() -> None:
    """Made-up listings and reviews, labelled as demo everywhere, whose numbers reach nobody."""


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
    default=None,
    help="How many reviews, 0 for none; 3000 for 660 listings unless given.",
)
@click.option(
    "--seed",
    type=int,
    default=DEFAULT_SEED,
    show_default=True,
    help="The same seed gives the same listings and reviews on the same day.",
)
@with_appcontext
def load(listings: int, reviews: int | None, seed: int) -> None:
    """Load demo listings, reviews and reports; a second load on the same day changes nothing.

    Some of their checks are fresh and some have run out, counted from today in Delhi, so a load
    on a later day moves these dates; reviews once there stay as they are. Refused where APP_ENV
    is production.
    """
    _refuse_production()
    now = utc_now()
    with _plainly(), _progress(listings) as progress:
        vocabulary = current_app.extensions["vocabulary"].current(db.session())
        result = load_demo(
            listings=listings, seed=seed, now=now, vocabulary=vocabulary, on_row=progress
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
    with _plainly():
        count = reviews_for(listings) if reviews is None else reviews
        click.echo(load_reviews(current_app.extensions["keys"], count, seed, now=now))
        click.echo(load_reports(seed, now=now))


def load_reviews(keys: Keys, reviews: int, seed: int, *, now: datetime) -> str:
    """Load demo reviews and give the line that says what happened."""
    loaded = load_demo_reviews(reviews=reviews, seed=seed, now=now, keys=keys)
    word = "loaded" if loaded.new else "unchanged"
    return f"Demo reviews {word}: {loaded.new} new, {loaded.unchanged} unchanged."


def load_reports(seed: int, *, now: datetime) -> str:
    """Load demo reports and give the line that says what happened."""
    new = load_demo_reports(
        seed=seed,
        keys=current_app.extensions["keys"],
        vocabulary=current_app.extensions["vocabulary"].current(db.session()),
        now=now,
    )
    return f"Demo reports {'loaded' if new else 'unchanged'}: {new} new."


@demo.command("staff")
@with_appcontext
def staff() -> None:
    """Print a sign-in link for each of the demo staff, good once and for a day.

    They have no password until they set one behind their link; from then on the link alone
    does not sign them in. Refused where APP_ENV is
    production.
    """
    _refuse_production()
    with _plainly():
        links = links_for_staff(keys=current_app.extensions["keys"], now=utc_now())
    site = current_app.config["SETTINGS"].site_url
    for link in links:
        click.echo(f"{link.name} ({link.role}): {site}{link.path}")


def _refuse_production() -> None:
    if current_app.config["SETTINGS"].mode is Mode.PRODUCTION:
        raise click.ClickException(NOT_IN_PRODUCTION)


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
