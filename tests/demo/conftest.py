"""The default demo listings, made once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from directory.app import create_app
from directory.core.db import db
from directory.demo.documents import DEFAULT_LISTINGS, demo_documents
from directory.vocabulary.queries import load_vocabulary
from tests.support.sqlite import copy_template, settings_for, sqlite_url

if TYPE_CHECKING:
    from pathlib import Path

    from directory.vocabulary.queries import Vocabulary

TODAY = date(2026, 11, 23)
SEED = 7


@pytest.fixture(scope="session")
def reference_file(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database file with reference data only, which no test changes."""
    file = tmp_path_factory.mktemp("demo") / "reference.db"
    copy_template(run_folder, file)
    return file


@pytest.fixture(scope="session")
def lists(reference_file: Path) -> Vocabulary:
    """Give the controlled lists and places."""
    app = create_app(settings_for(reference_file.parent, sqlite_url(reference_file)))
    with app.app_context():
        vocabulary = load_vocabulary(db.session())
        db.session.remove()
        db.engine.dispose()
    return vocabulary


@pytest.fixture(scope="session")
def documents(lists: Vocabulary) -> list[dict[str, Any]]:
    """Give the default listings of the default seed, on a fixed day."""
    return list(demo_documents(listings=DEFAULT_LISTINGS, seed=SEED, today=TODAY, vocabulary=lists))


@pytest.fixture(scope="session")
def people(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the practitioners among them."""
    return [document for document in documents if document["kind"] == "practitioner"]


@pytest.fixture(scope="session")
def centres(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the centres among them."""
    return [document for document in documents if document["kind"] == "centre"]
