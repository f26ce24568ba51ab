"""PostgreSQL databases for tests: a private cluster of this run, cloned for each test.

The cluster listens on a Unix socket in the run's folder only. `TEST_POSTGRESQL_URL` names a
server to use instead; its user must be allowed to make databases.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.support import environment
from tests.support.run import locked
from tests.support.sqlite import fill, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 60
SPEED_NOT_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def server_url(run_folder: Path) -> str:
    """Give the address of the server's `postgres` database, starting a private one if need be.

    Skips (or fails, when everything is required) where there is no PostgreSQL.
    """
    given = environment.postgresql_url()
    if given is not None:
        return given
    socket_folder = run_folder / "postgresql"
    with locked(run_folder, "postgresql"):
        if not (socket_folder / "data" / "postmaster.pid").exists():
            _start(socket_folder)
    return f"postgresql+psycopg://directory@/postgres?host={quote(str(socket_folder))}"


def stop(run_folder: Path) -> None:
    """Stop the run's private server, if one answers.

    That it left its number behind says nothing: it may have ended long ago, and another process
    have the number by now.
    """
    folder = run_folder / "postgresql"
    if _answers(folder):
        _run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Lend the address of an empty database, dropped afterwards."""
    with _database(server, template="template0") as url:
        yield url


@contextmanager
def filled_database(run_folder: Path, server: str) -> Iterator[str]:
    """Lend the address of a migrated, reference-loaded database, dropped afterwards."""
    marker = run_folder / "postgresql-template"
    with locked(run_folder, "postgresql-template"):
        if not marker.exists():
            template = f"directory_template_{uuid4().hex}"
            _administer(server, f"CREATE DATABASE {template} ENCODING 'UTF8' TEMPLATE template0")
            fill(settings_for(run_folder, _with_database(server, template)))
            marker.write_text(template, encoding="ascii")
    with _database(server, template=marker.read_text(encoding="ascii")) as url:
        yield url


def drop_template(run_folder: Path) -> None:
    """Leave a given server as it was: without this run's template."""
    marker = run_folder / "postgresql-template"
    given = environment.postgresql_url()
    if given is not None and marker.exists():
        _administer(
            given, f"DROP DATABASE IF EXISTS {marker.read_text(encoding='ascii')} WITH (FORCE)"
        )


@contextmanager
def _database(server: str, *, template: str) -> Iterator[str]:
    name = f"directory_test_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _with_database(server, name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _with_database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _start(folder: Path) -> None:
    if _program("initdb") is None:
        environment.missing("PostgreSQL is not installed (no initdb)")
    folder.mkdir(mode=0o755, exist_ok=True)
    user = _user()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    _run("initdb", "-D", str(data), "-U", "directory", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = [f"-k {folder}", "-c listen_addresses=''", "-c max_connections=60"]
    options += [f"-c {setting}" for setting in SPEED_NOT_SAFETY]
    log = folder / "log"
    _run("pg_ctl", "-D", str(data), "-l", str(log), "-o", " ".join(options), "-w", "start")


def _answers(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(folder / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def _program(name: str) -> str | None:
    """Give a server program: from PATH, or the newest of Debian's folders, or None."""
    found = shutil.which(name)
    if found is not None:
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    return next((str(folder / name) for folder in reversed(versions)), None)


def _user() -> str | None:
    """Give the user the server must run as: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(program: str, *arguments: str) -> None:
    user = _user()
    finished = subprocess.run(
        [_program(program) or program, *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd="/",
        timeout=START_SECONDS,
        text=True,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
    )
    if finished.returncode != 0:
        raise RuntimeError(f"{program} failed: {finished.stdout}")
