"""The search index of a directory without listings: built once a run, copied for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from directory.app import create_app
from directory.core.db import db
from tests.support.run import locked
from tests.support.sqlite import copy_template, settings_for, sqlite_url

if TYPE_CHECKING:
    from pathlib import Path


def copy_index(run_folder: Path, target: Path) -> None:
    """Put the index that belongs to a copy of the SQLite template at `target`."""
    template = run_folder / "search-template"
    with locked(run_folder, "search-index"):
        if not template.exists():
            _build(run_folder, template)
    shutil.copytree(template, target)


def _build(run_folder: Path, template: Path) -> None:
    place = run_folder / "search-unfinished"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    file = place / "directory.db"
    copy_template(run_folder, file)
    app = create_app(settings_for(place, sqlite_url(file)))
    app.extensions["search"].indexer.rebuild()
    with app.app_context():
        db.engine.dispose()
    app.config["SETTINGS"].search_index_folder.rename(template)
