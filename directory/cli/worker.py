"""`flask worker`: letters, index, clocks and pruning in a process of their own.

`flask serve` runs the same in a thread; beside a server of another kind, this is what does it.
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.cli.jobs import Worker, jobs_of, where_letters_go

if TYPE_CHECKING:
    from flask import Flask

    from directory.cli.jobs import Done


@click.command()
@click.option("--once", is_flag=True, help="Do everything once and end; 1 when a job failed.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Send letters, keep the index fresh, let the clocks run, and prune, until Ctrl-C."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001 - Flask's documented way to the application itself
    working = Worker(app, jobs_of(app, with_index=True))
    if once:
        _once(working)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        working.start()
        click.echo(f"Letters: {where_letters_go(app.config['SETTINGS'])}")
        click.echo("Working (Ctrl-C stops it)")
        threading.Event().wait()
    working.stop()
    click.echo("Stopped.")


def _once(working: Worker) -> None:
    done = working.run_all()
    for each in done:
        click.echo(_line(each))
    if any(each.counts is None for each in done):
        sys.exit(1)


def _line(done: Done) -> str:
    if done.counts is None:
        return f"{done.name}: failed, see the log"
    counts = ", ".join(f"{number} {what}" for what, number in done.counts.items())
    return f"{done.name}: {counts}"
