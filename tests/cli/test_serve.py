"""`flask serve`, behind `make run`: it starts from nothing, and says plainly why it cannot."""

from __future__ import annotations

import signal
import socket
import sqlite3
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from directory.core.clock import utc_now
from tests.mail.letters import queue
from tests.support.serving import flask, free_port, served
from tests.support.sqlite import copy_template, sqlite_url
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

pytestmark = [pytest.mark.timeout(90), pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def prepared(run_folder: Path, tmp_path: Path) -> Path:
    """Give a database with reference data, so that a start is quick."""
    file = tmp_path / "directory.db"
    copy_template(run_folder, file)
    return file


def ask(file: Path, query: str) -> int:
    """Give the one number a query answers with."""
    connection = sqlite3.connect(file)
    (number,) = connection.execute(query).fetchone()
    connection.close()
    return int(number)


def change(file: Path, statement: str) -> None:
    """Change the database behind the site's back."""
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def refusal(answer: subprocess.CompletedProcess[str]) -> str:
    """Give the one plain line of a start that was refused."""
    assert answer.returncode == 1, answer.stdout + answer.stderr
    lines = answer.stderr.splitlines()
    assert len(lines) == 1, answer.stderr
    return lines[0]


def start(file: Path, port: int, **environment: str) -> str:
    """Start and expect a refusal."""
    url = sqlite_url(file)
    return refusal(flask("serve", "--port", str(port), DATABASE_URL=url, **environment))


def test_from_an_empty_folder_to_a_site_that_answers(tmp_path: Path, port: int) -> None:
    file = tmp_path / "directory.db"

    with served(port, DATABASE_URL=sqlite_url(file)) as site:
        with urlopen(f"{site.url}/readyz", timeout=10) as ready:  # noqa: S310 - our own site
            assert ready.status == 200
        code, last_words = site.stop()

    assert f"Serving {site.url} (Ctrl-C stops it)" in site.printed
    assert site.printed[0].startswith("Reference data loaded: ")
    assert site.printed[1].startswith("Demo listings loaded, because there were none: ")
    assert site.printed[2].startswith("Demo reviews loaded: ")
    assert site.printed[3].startswith("Demo reports loaded: ")
    assert site.printed[4].startswith("Search index built, because there is none yet: ")
    assert f"Database: {file}" in site.printed
    assert f"Letters: files in {file}-mail" in site.printed
    assert (
        "First administrator: .venv/bin/flask users create you@example.org --role administrator"
    ) in site.printed
    assert last_words == "Stopped.\n"
    assert code == 0


def test_a_second_start_keeps_everything_and_loads_nothing(tmp_path: Path, port: int) -> None:
    file = tmp_path / "directory.db"
    with served(port, DATABASE_URL=sqlite_url(file)) as site:
        site.stop()
    change(file, "UPDATE listing SET name = 'Kept' WHERE id = (SELECT max(id) FROM listing)")
    before = ask(file, "SELECT count(*) FROM listing")

    with served(port, DATABASE_URL=sqlite_url(file)) as site:
        site.stop()

    assert site.printed[0].startswith("Reference data unchanged: ")
    assert site.printed[1] == "Search index is up to date."
    assert not any(line.startswith(("Demo listings", "Demo reviews")) for line in site.printed)
    assert ask(file, "SELECT count(*) FROM listing") == before
    assert ask(file, "SELECT count(*) FROM listing WHERE name = 'Kept'") == 1


def test_a_site_sends_what_is_queued(app: Flask, session: Session, port: int) -> None:
    settings = app.config["SETTINGS"]
    folder = settings.instance_folder / "letters"

    with served(
        port,
        DATABASE_URL=settings.database_url,
        SEARCH_INDEX_DIR=str(settings.search_index_folder),
        SEALING_KEY=settings.sealing_key,
        MAIL_URL=f"file:{folder}",
        APP_ENV="production",
    ) as site:
        queue(utc_now(), keys=app.extensions["keys"])
        session.rollback()
        seconds = seconds_until(lambda: list(folder.glob("*.eml")) != [])
        code, last_words = site.stop()

    assert seconds < 5
    assert (code, last_words) == (0, "Stopped.\n")


def test_an_index_folder_that_cannot_be_used_is_named(prepared: Path, port: int) -> None:
    folder = prepared.with_name("in-the-way")
    folder.touch()

    said = start(prepared, port, SEARCH_INDEX_DIR=str(folder))

    assert f"Cannot use the search index folder {folder} (" in said


def test_in_production_no_demo_listing_is_ever_loaded(tmp_path: Path, port: int) -> None:
    file = tmp_path / "directory.db"

    with served(port, DATABASE_URL=sqlite_url(file), APP_ENV="production") as site:
        site.stop()

    assert ask(file, "SELECT count(*) FROM listing WHERE is_demo") == 0
    assert ask(file, "SELECT count(*) FROM listing") > 0


def test_being_told_to_end_by_a_process_manager_is_a_clean_end(prepared: Path, port: int) -> None:
    with served(port, DATABASE_URL=sqlite_url(prepared)) as site:
        code, last_words = site.stop(signal.SIGTERM)

    assert (code, last_words.splitlines()[-1]) == (0, "Stopped.")


def test_a_busy_port_names_another(prepared: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        said = start(prepared, port)

    assert said == (
        f"Error: Port {port} is in use by another program. Run: make run PORT={port + 1}"
    )


def test_an_address_of_another_machine_is_refused(prepared: Path, port: int) -> None:
    url = sqlite_url(prepared)
    answer = flask("serve", "--host", "192.0.2.1", "--port", str(port), DATABASE_URL=url)

    assert refusal(answer).startswith("Error: Cannot listen on 192.0.2.1 (")


def test_a_name_that_is_no_address_is_refused(prepared: Path, port: int) -> None:
    url = sqlite_url(prepared)
    answer = flask("serve", "--host", "nowhere.invalid", "--port", str(port), DATABASE_URL=url)

    assert "HOST is 'nowhere.invalid'" in refusal(answer)


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path, port: int) -> None:
    file = tmp_path / "directory.db"
    file.write_text("This is a shopping list.\n" * 100, encoding="ascii")

    assert start(file, port) == (
        f"Error: The database file {file} is damaged (file is not a database). "
        "Put a backup in its place, or move it away to start empty: "
        f"mv '{file}' '{file}.damaged'"
    )


def test_a_damaged_page_is_found_before_anything_is_served(prepared: Path, port: int) -> None:
    with prepared.open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\xff" * 4096)

    assert f"The database file {prepared} is damaged (" in start(prepared, port)


def test_a_database_of_a_newer_version_is_left_alone(prepared: Path, port: int) -> None:
    change(prepared, "UPDATE alembic_version SET version_num = 'ffff00001111'")

    said = start(prepared, port)

    assert "does not fit this version of the directory" in said
    assert "ffff00001111" in said


def test_a_database_in_a_missing_folder_is_named(tmp_path: Path, port: int) -> None:
    file = tmp_path / "gone" / "directory.db"

    assert start(file, port) == f"Error: The folder {file.parent} of the database does not exist."


def test_a_database_server_that_is_away_is_named_without_its_password(port: int) -> None:
    url = f"postgresql://directory:secret-word@127.0.0.1:{port}/directory"

    said = refusal(flask("serve", "--port", str(port + 1), DATABASE_URL=url))

    assert said.startswith("Error: Cannot use the database postgresql+psycopg://directory:***@")
    assert "secret-word" not in said
    assert said.endswith("Check DATABASE_URL.")


def test_a_port_that_is_no_number_is_refused(prepared: Path) -> None:
    answer = flask("serve", "--port", "http", DATABASE_URL=sqlite_url(prepared))

    assert answer.returncode == 2
    assert "'http' is not a valid integer" in answer.stderr
