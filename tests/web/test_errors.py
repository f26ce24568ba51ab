"""Refusals and faults: each is a page with a way on, and none needs the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from directory.app import create_app
from directory.core.db import db
from directory.core.errors import (
    ConflictError,
    DirectoryError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TooManyError,
)
from directory.web.access import access
from tests.support.page import PageClient
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.conftest import CountSql


def failing(app: Flask, error: Exception) -> PageClient:
    """Give a client of an application whose page /fails raises this."""

    @access("anyone")
    def fails() -> str:
        raise error

    app.add_url_rule("/fails", "fails", fails)
    return PageClient(app)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFoundError("That listing has gone."), 404),
        (NotAllowedError("That is for moderators."), 403),
        (InvalidError("near", "That is no place."), 400),
        (ConflictError("Somebody was faster."), 409),
        (TooManyError("That was often.", retry_after_s=90), 429),
    ],
)
def test_a_refusal_is_a_page_with_its_sentence(
    app: Flask, error: DirectoryError, status: int
) -> None:
    page = failing(app, error).page("/fails", status=status)

    assert error.message in page.main_text
    assert page.by_role("search", "Find care") or page.by_role("form", "Find care")


def test_a_refusal_of_too_many_says_when_to_try_again(app: Flask) -> None:
    page = failing(app, TooManyError("That was often.", retry_after_s=90)).page(
        "/fails", status=429
    )

    assert page.h1 == "Please wait a little"
    assert page.headers["Retry-After"] == "90"


def test_a_fault_is_a_page_that_says_nothing_of_the_inside(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = failing(app, RuntimeError("secret detail")).page("/fails", status=500)

    assert page.h1 == "Something broke on our side"
    assert "secret detail" not in page.text


def test_error_pages_ask_the_database_nothing(client: PageClient, count_sql: CountSql) -> None:
    with count_sql() as statements:
        client.page("/no-such-page", status=404)

    assert statements == []


def test_error_pages_work_without_a_database(empty_database_url: str, tmp_path: Path) -> None:
    client = PageClient(create_app(settings_for(tmp_path, empty_database_url)))
    client.app.config["PROPAGATE_EXCEPTIONS"] = False

    assert client.page("/no-such-page", status=404).h1 == "There is no such page"
    assert client.page("/", status=500).h1 == "Something broke on our side"


def test_a_page_answers_only_the_methods_it_has(client: PageClient) -> None:
    response = client.post("/urgent", {})

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert client.checked(response, {}).h1 == "That does not work here"


def test_too_large_a_form_is_refused_kindly(app: Flask) -> None:
    @access("anyone")
    def takes() -> str:
        return request.form["text"]

    app.add_url_rule("/takes", "takes", takes, methods=["POST"])
    client = PageClient(app)
    response = client.post("/takes", {"text": "x" * 300_000})

    assert response.status_code == 413
    assert client.checked(response, {}).h1 == "That is too much at once"


@pytest.mark.parametrize(
    ("path", "suggested"),
    [
        ("/conditions/depresion", "Depression"),
        ("/treatments/esketamin", "Esketamine nasal spray"),
        ("/professions/psychiatrst", "Psychiatrist"),
        ("/localities/sakett", "Saket"),
        ("/metro/purple", "Yellow Line"),
    ],
)
def test_a_misspelled_address_suggests_what_was_meant(
    client: PageClient, path: str, suggested: str
) -> None:
    page = client.page(path, status=404)

    assert suggested in dict(page.links(page.section("Did you mean one of these?")))


def test_what_was_searched_for_is_in_no_log_of_a_fault(
    empty_database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = PageClient(create_app(settings_for(tmp_path, empty_database_url)))
    client.app.config["PROPAGATE_EXCEPTIONS"] = False

    with client.app.app_context(), pytest.raises(DBAPIError) as fault:
        db.session.execute(text("SELECT 1 FROM listing WHERE name = :name"), {"name": "hopeless"})
    client.page("/search?q=hopeless", status=500)

    assert "hopeless" not in str(fault.value)
    assert "hopeless" not in caplog.text
    assert "page failed" in caplog.text
