"""What must be true before the directory is served: a free port, a sound and current database.

Each step raises `click.ClickException` with one plain line that says what to do. Called by
`serve.py`; not for settings, which `config.py` checks before.
"""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click
from alembic import command
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from directory.core.soundness import damage_of

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.engine import URL, Engine

HIGHEST_PORT = 65_535


def take_port(host: str, port: int) -> socket.socket:
    """Give a socket bound to the address, so that nobody takes it meanwhile."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise click.ClickException(
            f"HOST is '{host}', which is no address of this machine. Use HOST=127.0.0.1."
        ) from None
    taken = socket.socket(family, kind, protocol)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
        taken.listen()
    except OSError as problem:
        taken.close()
        raise click.ClickException(_why_not_bound(problem, host, port)) from None
    return taken


def _why_not_bound(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        other = port + 1 if port < HIGHEST_PORT else port - 1
        return f"Port {port} is in use by another program. Run: make run PORT={other}"
    if problem.errno == errno.EACCES:
        return f"Port {port} is for administrators only. Run: make run PORT=8000"
    return f"Cannot listen on {host} ({problem.strerror}). Use HOST=127.0.0.1."


def bring_up_to_date(app: Flask, engine: Engine) -> None:
    """Check that the database can be used, and migrate it to the newest tables."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        _require_writable(Path(engine.url.database))
    try:
        _require_sound(engine)
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
    except DBAPIError as problem:
        raise click.ClickException(why_unusable(engine.url, problem)) from None
    except CommandError as problem:
        raise click.ClickException(
            f"The database {name_of(engine.url)} does not fit this version of the directory "
            f"({problem}). Update the code, or point DATABASE_URL at another database."
        ) from None


def name_of(url: URL) -> str:
    """Give a database's name as an operator knows it: the file, or the address without password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


def _require_writable(file: Path) -> None:
    for path in (file, file.parent):
        if path.exists() and not os.access(path, os.W_OK):
            raise click.ClickException(
                f"Cannot write to {path}. Give this user write access to it, "
                "or point DATABASE_URL at another file."
            )
    if not file.parent.is_dir():
        raise click.ClickException(f"The folder {file.parent} of the database does not exist.")


def _require_sound(engine: Engine) -> None:
    damage = damage_of(engine)
    if damage is not None:
        raise click.ClickException(_damaged(engine.url, damage))


def why_unusable(url: URL, problem: DBAPIError) -> str:
    """Give one plain line on what is wrong with a database, and what to do."""
    reason = " ".join(str(problem.orig).split())
    if url.get_backend_name() != "sqlite":
        return f"Cannot use the database {name_of(url)} ({reason}). Check DATABASE_URL."
    if "locked" in reason:
        return (
            f"Another program is writing to the database {name_of(url)} and does not finish. "
            "Stop it and start again."
        )
    if "not a database" in reason or "malformed" in reason:
        return _damaged(url, reason)
    return f"Cannot use the database file {name_of(url)} ({reason})."


def _damaged(url: URL, reason: str) -> str:
    file = name_of(url)
    return (
        f"The database file {file} is damaged ({reason}). Put a backup in its place, "
        f"or move it away to start empty: mv '{file}' '{file}.damaged'"
    )
