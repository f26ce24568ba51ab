"""Fixtures for every test: a directory on a database of its own, and the checking client.

A test or module marked `db` runs on SQLite and on PostgreSQL; all others on SQLite.
"""

from __future__ import annotations

import gc
import shutil
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from directory.app import create_app
from directory.core.clock import DELHI
from directory.core.db import db
from tests.support import environment, postgresql, run
from tests.support.page import PageClient
from tests.support.search_index import copy_index
from tests.support.sharing import share_addresses, share_sql, share_templates
from tests.support.sqlite import copy_template, settings_for, sqlite_url
from tests.support.statements import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

    class CountSql(Protocol):
        """Opens a block whose statements are collected."""

        def __call__(self) -> AbstractContextManager[list[str]]:
            """Open the block."""
            ...


RUN_FOLDER = pytest.StashKey[Path]()
ENGINES = ("sqlite", "postgresql")
# How many new things are there before Python looks for rubbish (700 outside tests).
RUBBISH = 20_000
# The vocabulary by kind of database, as the last test of this process read it.
READ: dict[str, Vocabulary | None] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder in the first process; workers are told where it is."""
    share_addresses()
    given = getattr(config, "workerinput", {}).get("run_folder")
    if not given:
        environment.keep_files_in_memory()
        for left_behind in run.abandoned_folders():
            with suppress(RuntimeError):  # its server may not be ours to stop: then it stays
                end_run(left_behind)
    config.stash[RUN_FOLDER] = Path(given) if given else run.new_folder()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker of pytest-xdist where the run's folder is."""
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """Look less often for rubbish, and never among what was imported: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RUBBISH, 10, 10)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started and remove its folder, once, in the first process."""
    if hasattr(config, "workerinput") or RUN_FOLDER not in config.stash:
        return
    end_run(config.stash[RUN_FOLDER])


def end_run(folder: Path) -> None:
    """Stop what a run started and remove its folder."""
    postgresql.drop_template(folder)
    postgresql.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `db` on both databases."""
    if "engine_name" in metafunc.fixturenames and metafunc.definition.get_closest_marker("db"):
        metafunc.parametrize("engine_name", ENGINES)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """Give the folder all workers of this run share."""
    return pytestconfig.stash[RUN_FOLDER]


@pytest.fixture
def engine_name() -> str:
    """Name the kind of database under test; tests marked `db` get each in turn."""
    return "sqlite"


@pytest.fixture
def database_url(engine_name: str, run_folder: Path, tmp_path: Path) -> Iterator[str]:
    """Lend a migrated, reference-loaded database of the test's own."""
    if engine_name == "postgresql":
        server = postgresql.server_url(run_folder)
        with postgresql.filled_database(run_folder, server) as url:
            yield url
        return
    file = tmp_path / "directory.db"
    copy_template(run_folder, file)
    yield sqlite_url(file)


@pytest.fixture
def empty_database_url(engine_name: str, run_folder: Path, tmp_path: Path) -> Iterator[str]:
    """Lend a database without any table."""
    if engine_name == "postgresql":
        with postgresql.empty_database(postgresql.server_url(run_folder)) as url:
            yield url
        return
    yield sqlite_url(tmp_path / "empty.db")


@pytest.fixture
def app(
    database_url: str, engine_name: str, run_folder: Path, tmp_path: Path, now: datetime
) -> Iterator[Flask]:
    """Give a whole application with reference data, no listing, and a clock that stands still.

    Its search index is up to date; on PostgreSQL the first search builds it.
    """
    settings = settings_for(tmp_path, database_url)
    if engine_name == "sqlite":
        copy_index(run_folder, settings.search_index_folder)
    app = create_app(settings)
    app.extensions["clock"] = lambda: now
    app.extensions["least_form_time"] = timedelta(0)
    spare_work(app, run_folder, engine_name)
    yield app
    keep_vocabulary(app, engine_name)
    with app.app_context():
        db.engine.dispose()


def keep_vocabulary(app: Flask, engine_name: str) -> None:
    """Keep the vocabulary as loaded from the files for the next test.

    One that the desk changed says which edition it is, not of which database: it is not kept.
    """
    kept = app.extensions["vocabulary"]._kept  # noqa: SLF001 - see `spare_work`
    if kept is not None and "+" not in kept.digest:
        READ[engine_name] = kept


def spare_work(app: Flask, run_folder: Path, engine_name: str) -> None:
    """Let an application have what every other of this run had to make as well.

    The templates' code, the SQL, and the vocabulary the last test read: it is read anew as soon
    as the database says that it is another.
    """
    share_templates(app, run_folder)
    share_sql(app)
    app.extensions["vocabulary"]._kept = READ.get(engine_name)  # noqa: SLF001 - only tests share it


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give the session of a pushed application context."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def vocabulary(app: Flask, session: Session) -> Vocabulary:
    """Give the controlled lists and places, as loaded from the reference files."""
    current: Vocabulary = app.extensions["vocabulary"].current(session)
    return current


@pytest.fixture
def now() -> datetime:
    """Give the fixed present of operations: a Monday in Delhi, half past two."""
    return datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """Give the client that checks every page it fetches."""
    return PageClient(app)


@pytest.fixture
def count_sql(app: Flask) -> CountSql:
    """Give an opener of blocks that collect the statements sent meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        with app.app_context():
            engine = db.engine
        with recorded(engine) as statements:
            yield statements

    return counting
