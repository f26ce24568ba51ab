"""`flask serve`: everything from an empty folder to a site that answers; behind `make run`.

Not for a machine with a process manager of its own: that one runs `waitress-serve wsgi:app`
after `flask db upgrade` and `flask reference load`.
"""

from __future__ import annotations

import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError
from waitress.server import create_server

from config import Mode
from directory.cli.demo import DEFAULT_SEED, load_reports, load_reviews
from directory.cli.jobs import Worker, jobs_of, where_letters_go
from directory.cli.reference import load_all
from directory.cli.search import plainly, said
from directory.cli.starting import bring_up_to_date, name_of, take_port, why_unusable
from directory.core.clock import utc_now
from directory.core.db import db
from directory.core.errors import DirectoryError
from directory.demo.documents import DEFAULT_LISTINGS
from directory.demo.operations import load_demo
from directory.demo.reviews.loading import reviews_for
from directory.listings.facilities import holds_only_facilities
from directory.vocabulary.reading import ReferenceDataError

if TYPE_CHECKING:
    import socket

    from flask import Flask
    from waitress.server import BaseWSGIServer

    from config import Settings
    from directory.search.local import LocalSearch

THREADS = 8
IDLE_SECONDS = 30
FIRST_ADMINISTRATOR = ".venv/bin/flask users create you@example.org --role administrator"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="The port."
)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Prepare the database, fill it if it is empty, and serve the site until Ctrl-C."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001 - Flask's documented way to the application itself
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Every step before the site answers is one transaction: it may be interrupted too.
    with suppress(KeyboardInterrupt), take_port(host, port) as taken:
        bring_up_to_date(app, db.engine)
        _fill(app)
        search = _fresh_search(app)
        server = _server(app, taken)
        worker = Worker(app, jobs_of(app, with_index=False))
        worker.start()
        _announce(app, host, port)
        try:
            server.run()
        finally:
            worker.stop()
            search.stop()
    click.echo("Stopped.")


def _fill(app: Flask) -> None:
    """Load what ships with the directory, and demo data where nobody has put in any listing."""
    settings = cast("Settings", app.config["SETTINGS"])
    now = utc_now()
    try:
        click.echo(load_all(now=now))
        if settings.mode is not Mode.PRODUCTION and holds_only_facilities(db.session()):
            vocabulary = app.extensions["vocabulary"].current(db.session())
            loaded = load_demo(
                listings=DEFAULT_LISTINGS, seed=DEFAULT_SEED, now=now, vocabulary=vocabulary
            )
            click.echo(f"Demo listings loaded, because there were none: {loaded.new}.")
            reviews = reviews_for(DEFAULT_LISTINGS)
            click.echo(load_reviews(app.extensions["keys"], reviews, DEFAULT_SEED, now=now))
            click.echo(load_reports(DEFAULT_SEED, now=now))
    except (ReferenceDataError, DirectoryError) as problem:
        raise click.ClickException(str(problem)) from None
    except DBAPIError as problem:
        raise click.ClickException(why_unusable(db.engine.url, problem)) from None
    finally:
        db.session.remove()


def _fresh_search(app: Flask) -> LocalSearch:
    """Bring the search index up to date, open it, and keep it so from now on."""
    search: LocalSearch = app.extensions["search"]
    with plainly():
        click.echo(said(search.indexer.sync()))
        search.look()
    search.ensure_running()
    return search


def _announce(app: Flask, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Database: {name_of(db.engine.url)}")
    click.echo(f"Letters: {where_letters_go(app.config['SETTINGS'])}")
    click.echo(f"First administrator: {FIRST_ADMINISTRATOR}")
    if app.config["SETTINGS"].mode is not Mode.PRODUCTION:
        click.echo("Demo staff, with links to sign in: .venv/bin/flask demo staff")
    click.echo("Your own listings: .venv/bin/flask listings import FILE")
    click.echo(f"Serving http://{shown}:{port} (Ctrl-C stops it)")


def _server(app: Flask, taken: socket.socket) -> BaseWSGIServer:
    # A request that waits a moment for a thread is no news to who reads the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = cast("Settings", app.config["SETTINGS"])
    return create_server(
        app,
        sockets=[taken],
        threads=THREADS,
        ident=None,
        channel_timeout=IDLE_SECONDS,
        clear_untrusted_proxy_headers=True,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        url_scheme=settings.site_url.split(":", 1)[0],
    )
