"""The application: the only file that knows all rooms.

`create_app` is called by `wsgi.py`, by the commands and by the tests.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_migrate import Migrate

from directory import api, cli, web
from directory.accounts.keys import Keys
from directory.core.db import BACKGROUND, db, prepare_engine
from directory.search.indexer import Indexer
from directory.search.local import LocalSearch
from directory.search.store import IndexFolder
from directory.vocabulary.queries import VocabularyCache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from config import Settings

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
MAX_FORM_BYTES = 256 * 1024


def create_app(settings: Settings) -> Flask:
    """Give a whole application for these settings; opens no connection by itself."""
    app = Flask(
        "directory",
        instance_path=str(settings.instance_folder),
        template_folder=str(PROJECT_FOLDER / "templates"),
        static_folder=str(PROJECT_FOLDER / "static"),
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # A failed statement is logged without its values: they may be words of a search.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        TESTING=settings.mode == "testing",
    )
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(PROJECT_FOLDER / "migrations"), render_as_batch=True)
    app.extensions["keys"] = Keys.from_secret(settings.sealing_key)
    app.extensions["vocabulary"] = VocabularyCache()
    app.extensions["search"] = _search(app, settings)
    app.before_request(app.extensions["search"].ensure_running)
    web.register(app)
    api.register(app)
    cli.register(app)
    return app


def _search(app: Flask, settings: Settings) -> LocalSearch:
    """Give the search of this process; it lends itself sessions, inside a request or not."""

    @contextmanager
    def session() -> Iterator[Session]:
        with app.app_context():
            lent = db.session()
            lent.connection(execution_options={BACKGROUND: True})
            yield lent

    folder = IndexFolder(settings.search_index_folder)
    indexer = Indexer(folder, session, app.extensions["vocabulary"])
    return LocalSearch(indexer, in_step=settings.mode == "testing")
