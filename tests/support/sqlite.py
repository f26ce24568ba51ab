"""SQLite databases for tests: one is migrated and filled once, and copied for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from flask_migrate import upgrade

from config import Mode, Settings
from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import db
from directory.vocabulary.operations import load_reference
from tests.support.run import locked

if TYPE_CHECKING:
    from pathlib import Path

SEALING_KEY = "a sealing key for tests only"


def settings_for(instance_folder: Path, database_url: str) -> Settings:
    """Give the settings of a directory under test."""
    return Settings(
        instance_folder=instance_folder,
        database_url=database_url,
        search_index_folder=instance_folder / "search",
        secret_key="a key for tests only",
        sealing_key=SEALING_KEY,
        mode=Mode.TESTING,
    )


def sqlite_url(file: Path) -> str:
    """Give the address of a SQLite file."""
    return f"sqlite:///{file}"


def fill(settings: Settings) -> None:
    """Migrate a database and load the reference data into it."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        load_reference(now=utc_now())
        db.engine.dispose()


def copy_template(run_folder: Path, target: Path) -> None:
    """Put a migrated, reference-loaded SQLite file at `target`."""
    template = run_folder / "template.db"
    with locked(run_folder, "sqlite"):
        if not template.exists():
            unfinished = run_folder / "unfinished.db"
            fill(settings_for(run_folder, sqlite_url(unfinished)))
            unfinished.rename(template)
    shutil.copyfile(template, target)
