"""The search of the application under test, and what writes its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from directory.search.understanding import Reader
from directory.vocabulary.queries import load_vocabulary
from tests.search.index_words import SomeWords
from tests.support.sqlite import copy_template, sqlite_url

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from directory.search.indexer import Indexer
    from directory.search.local import LocalSearch
    from directory.vocabulary.queries import Vocabulary


@pytest.fixture
def local(app: Flask) -> LocalSearch:
    """Give the search the doors ask; it looks at the feed before every answer."""
    search: LocalSearch = app.extensions["search"]
    return search


@pytest.fixture
def indexer(local: LocalSearch) -> Indexer:
    """Give what writes the index of the test's application."""
    return local.indexer


@pytest.fixture(scope="session")
def lists(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Give the controlled lists, read once for all tests that need no database of their own."""
    file = tmp_path_factory.mktemp("lists") / "directory.db"
    copy_template(run_folder, file)
    engine = create_engine(sqlite_url(file))
    with Session(engine) as session:
        found = load_vocabulary(session)
    engine.dispose()
    return found


@pytest.fixture(scope="session")
def reader(lists: Vocabulary) -> Reader:
    """Give a reader that knows the words of a few listings."""
    return Reader(lists, SomeWords())
