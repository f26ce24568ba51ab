"""Refusals and faults of the API: every one is a problem document (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Blueprint
from sqlalchemy import text

from directory.api.problems import answer_refusals
from directory.core.db import db, writing
from directory.core.errors import TooManyError
from directory.web.access import access

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

FIELDS = ["type", "title", "status", "detail", "instance"]
CASES = [
    ("an address of no view", "GET", "/api/v1/nothing", 404),
    ("an address outside any version", "GET", "/api/nothing", 404),
    ("a listing nobody has", "GET", "/api/v1/listings/nobody", 404),
    ("a method that writes", "POST", "/api/v1/taxonomy", 405),
    ("a method that deletes", "DELETE", "/api/v1/listings/nobody", 405),
    ("a parameter nobody knows", "GET", "/api/v1/taxonomy?colour=red", 400),
    ("a parameter on a listing", "GET", "/api/v1/listings/nobody?colour=red", 400),
]


@pytest.mark.parametrize(
    ("method", "address", "status"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_refusal_is_a_problem_document(
    api: FlaskClient, method: str, address: str, status: int
) -> None:
    answer = api.open(address, method=method)

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    document = answer.get_json()
    assert list(document)[:5] == FIELDS
    assert document["status"] == status
    assert document["instance"] == address.partition("?")[0]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["ETag"]


def test_unknown_parameters_are_named(api: FlaskClient) -> None:
    document = api.get("/api/v1/localities?near=saket&colour=red").get_json()

    assert document["parameters"] == ["near", "colour"]
    assert document["detail"] == "Unknown: near, colour. This address takes no parameters."


def test_a_refused_method_says_which_are_allowed(api: FlaskClient) -> None:
    answer = api.post("/api/v1/taxonomy")

    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_too_many_says_when_to_try_again(app: Flask, api: FlaskClient) -> None:
    often = Blueprint("often", __name__)

    @often.get("/api/v1/often")
    @access("anyone")
    def asked() -> str:
        raise TooManyError("That was often.", retry_after_s=90)

    answer_refusals(often)
    app.register_blueprint(often)

    answer = api.get("/api/v1/often")

    assert answer.status_code == 429
    assert answer.get_json()["detail"] == "That was often."
    assert answer.headers["Retry-After"] == "90"


def test_a_fault_of_ours_is_a_problem_without_its_inside(app: Flask, api: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context(), writing() as session:
        session.execute(text("DROP TABLE reference_load"))
        db.session.flush()

    answer = api.get("/api/v1/taxonomy")

    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"] == "Something broke on our side; try again in a minute."
