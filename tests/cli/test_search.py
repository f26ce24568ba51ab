"""`flask search` as an operator at a terminal sees it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from directory.core.db import db, writing
from directory.listings.models import Listing
from directory.search.store import REBUILD_LOCK, WRITER_LOCK
from tests.factories.listings import make_practitioner

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask

    from directory.search.store import IndexFolder
    from directory.vocabulary.queries import Vocabulary

GUIDES = 168


@pytest.fixture
def folder(app: Flask) -> IndexFolder:
    found: IndexFolder = app.extensions["search"].indexer.folder
    return found


def run(app: Flask, command: str) -> Result:
    return app.test_cli_runner().invoke(args=["search", command])


def make(app: Flask, vocabulary: Vocabulary, count: int) -> None:
    with app.app_context():
        for _number in range(count):
            make_practitioner(vocabulary)


def test_rebuilding_says_how_many_documents_there_are(app: Flask, vocabulary: Vocabulary) -> None:
    make(app, vocabulary, 2)

    result = run(app, "rebuild")

    assert result.output == f"Search index built: {GUIDES + 2} documents.\n"
    assert result.exit_code == 0


def test_syncing_says_what_was_taken_in_and_then_that_nothing_is_new(
    app: Flask, vocabulary: Vocabulary
) -> None:
    make(app, vocabulary, 2)

    first, second = run(app, "sync"), run(app, "sync")

    assert first.output == (
        "Search index brought up to date: 2 changes, 2 documents written, 0 removed.\n"
    )
    assert second.output == "Search index is up to date.\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_syncing_without_an_index_builds_one_and_says_why(app: Flask, folder: IndexFolder) -> None:
    shutil.rmtree(folder.path)

    result = run(app, "sync")

    assert result.output == (
        f"Search index built, because there is none yet: {GUIDES} documents.\n"
    )
    assert result.exit_code == 0


def test_the_status_says_where_what_and_how_far(
    app: Flask, vocabulary: Vocabulary, folder: IndexFolder
) -> None:
    make(app, vocabulary, 3)
    behind = run(app, "status").output.splitlines()
    run(app, "sync")

    result = run(app, "status")

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == f"Folder: {folder.path}"
    assert lines[1] == f"Generation: {folder.state()}"
    assert lines[2] == f"Documents: 3 listings, {GUIDES} pages to read"
    assert lines[3].startswith("Size: ")
    assert (behind[4], lines[4]) == (
        "Changes: 1 of 4 (3 behind)",
        "Changes: 4 of 4 (0 behind)",
    )


@pytest.mark.parametrize("command", ["status", "verify"])
def test_without_an_index_the_operator_is_told_what_to_run(
    app: Flask, folder: IndexFolder, command: str
) -> None:
    shutil.rmtree(folder.path)

    result = run(app, command)

    assert result.exit_code == 1
    assert result.output.endswith(
        "Error: The search index must be rebuilt: there is none yet. Run: flask search rebuild\n"
    )


def test_verifying_a_true_index_ends_well(app: Flask, vocabulary: Vocabulary) -> None:
    make(app, vocabulary, 2)

    result = run(app, "verify")

    assert result.output == (
        f"Verified: {GUIDES + 2} documents, 0 missing, 0 superfluous, 0 out of date, "
        "0 there twice.\n"
    )
    assert result.exit_code == 0


def test_verifying_names_what_differs_and_ends_with_1(app: Flask, vocabulary: Vocabulary) -> None:
    make(app, vocabulary, 25)
    run(app, "sync")
    with app.app_context(), writing() as session:
        session.execute(delete(Listing))

    result = run(app, "verify")

    lines = result.output.splitlines()
    counts = "0 missing, 25 superfluous, 0 out of date, 0 there twice"
    assert result.exit_code == 1
    assert lines[0].endswith(": superfluous")
    assert lines[20:] == [
        "… and 5 more",
        f"Verified: {GUIDES + 25} documents, {counts}.",
        "Run: flask search rebuild",
    ]


def test_a_busy_index_is_no_error_for_a_sync_but_one_for_a_rebuild(
    app: Flask, vocabulary: Vocabulary, folder: IndexFolder
) -> None:
    make(app, vocabulary, 1)
    with folder.lock(WRITER_LOCK), folder.lock(REBUILD_LOCK):
        sync, rebuild = run(app, "sync"), run(app, "rebuild")

    assert (sync.exit_code, sync.output) == (
        0,
        "Another program is bringing the search index up to date.\n",
    )
    assert (rebuild.exit_code, rebuild.output) == (
        1,
        "Error: Another program is rebuilding the search index already.\n",
    )


@pytest.mark.parametrize("command", ["rebuild", "sync", "verify"])
def test_a_folder_that_cannot_be_used_is_named(
    app: Flask, folder: IndexFolder, command: str
) -> None:
    shutil.rmtree(folder.path)
    folder.path.touch()

    result = run(app, command)

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: Cannot use the search index folder {folder.path} (")
    assert "SEARCH_INDEX_DIR" in result.output


@pytest.mark.parametrize("command", ["rebuild", "sync", "status", "verify"])
def test_a_database_of_an_older_version_is_told_what_to_run(app: Flask, command: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE change_counter")

    result = run(app, command)

    assert result.exit_code == 1
    assert result.output.endswith("The database is not up to date. Run: flask db upgrade\n")
