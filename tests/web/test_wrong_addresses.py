"""Every address with what nobody means to ask: answered with a sound page, never with a fault."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from flask import request

from directory.web.addresses import MOST_ROWS, PlainRequest, Values, row_number
from tests.web.world import World, client_of, make_world, routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from flask import Flask
    from werkzeug.routing import Rule

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

FAULT = 500
# A NUL, controls of both sets, characters that stand for nothing, bytes that are no UTF-8; Hindi.
CONTROLS = "a%00%0B%01%C2%85%EF%BF%BE%EF%B7%90%F0%9F%BF%BE%ED%A0%80%FF%E0%A4%95"
WRONG = {
    "controls, and too long": (CONTROLS + "a" * 5000,),
    "numbers no row has, and no database counts to": (str(MOST_ROWS + 1), "9" * 30),
}
HINDI = "%E0%A4%95"
# What a view asks for that takes the whole query: one of each kind of value.
OF_A_SEARCH = ("q", "near", "lat", "kind", "page", "frame")


class Asked(Values):
    """Parameters that remember which of them a view asks for."""

    names: set[str]

    def get(self, key: str, *default: Any, **options: Any) -> Any:  # noqa: ANN401 - as its base has it
        """Give a value, and remember that it was asked for."""
        self.names.add(key)
        return super().get(key, *default, **options)

    def getlist(self, key: str, *options: Any) -> list[Any]:
        """Give all values, and remember that they were asked for."""
        self.names.add(key)
        return super().getlist(key, *options)

    def to_dict(self, *options: Any, **named: Any) -> dict[str, Any]:
        """Give the whole query, and remember a search."""
        self.names.update(OF_A_SEARCH)
        return super().to_dict(*options, **named)


@pytest.fixture
def world(vocabulary: Vocabulary, now: datetime) -> World:
    """Give a world with something behind every address."""
    return make_world(vocabulary, now)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give the names of the parameters that views ask for from now on."""
    Asked.names = set()
    monkeypatch.setattr(PlainRequest, "parameter_storage_class", Asked)
    return Asked.names


@pytest.mark.db
@pytest.mark.parametrize("values", WRONG.values(), ids=WRONG.keys())
def test_no_address_breaks_a_page(
    app: Flask, world: World, asked: set[str], values: tuple[str, ...]
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    clients = {person: client_of(app, world, person) for person in ("user", "administrator")}
    faults = []
    for rule, _level in routes(app, "GET"):
        client = clients["user" if rule.rule.startswith("/account") else "administrator"]
        asked.clear()
        client.get(world.path_of(rule, of_author=False))
        for wrong in list(wrong_addresses(world, rule, values, asked)):
            faults += [f"{wrong[:120]}: {fault}" for fault in faults_of(client, wrong)]

    assert faults == []


def wrong_addresses(
    world: World, rule: Rule, values: tuple[str, ...], names: set[str]
) -> Iterator[str]:
    """Yield the addresses of a route with one thing wrong, and with every parameter twice."""
    path = world.path_of(rule, of_author=False)
    for value in values:
        for name in rule.arguments:
            yield world.path_of(rule, of_author=False, instead={name: value})
            yield world.path_of(rule, of_author=False, instead={name: HINDI})
        for name in sorted(names):
            yield f"{path}?{name}={value}"
    yield f"{path}?" + "&".join(f"{name}={values[0]}&{name}=a" for name in sorted(names))


def faults_of(client: PageClient, path: str) -> list[str]:
    """Give what is wrong with an answer."""
    answer = client.get(path)
    if answer.status_code >= FAULT:
        return [str(answer.status_code)]
    if answer.is_json:
        json.loads(answer.data or "null")
    if answer.mimetype == "text/html" and HINDI in path and not answer.location:
        try:
            client.checked(answer, {})
        except AssertionError as error:
            return str(error).splitlines()[1:2]
    return []


def test_a_form_keeps_its_lines_and_files_and_loses_its_controls(app: Flask) -> None:
    sent = {"a\x00": "one\r\ntwo\tthree\x00\x0bfour", "file": (BytesIO(b"\x00"), "list.csv")}

    with app.test_request_context("/?q=a%00b", method="POST", data=sent):
        assert request.form["a "] == "one\r\ntwo\tthree  four"
        assert request.files["file"].read() == b"\x00"
        assert request.args["q"] == request.values["q"] == "a b"


@pytest.mark.parametrize("text", ["0", "-1", str(MOST_ROWS + 1), "9" * 5000, "", "x", "1.5"])
def test_what_no_row_has_is_no_number_of_a_row(text: str) -> None:
    given = Values([("one", "1"), ("last", str(MOST_ROWS)), ("wrong", text)])

    assert given.get("one", type=row_number) == 1
    assert given.get("last", type=row_number) == MOST_ROWS
    assert given.get("wrong", type=row_number) is None


@pytest.mark.usefixtures("three")
def test_bytes_that_no_browser_sends_raw_break_no_page(client: PageClient) -> None:
    raw = {"QUERY_STRING": "language=ta&x=a\x00\x01\xe9"}

    page = client.checked(client.browser.get("/search", environ_overrides=raw), {})

    backs = {el.get("value") for el in page.markup.all("input") if el.get("name") == "back"}
    assert backs == {"/search?language=ta&x=a%00%01%E9"}


@pytest.mark.parametrize(
    "path",
    [f"/no{CONTROLS}", f"/static/{CONTROLS}.css", "/" + "a" * 5000, "/sitemaps/listings-१.xml"],
)
def test_what_leads_nowhere_is_a_page_too(client: PageClient, path: str) -> None:
    assert client.page(path, status=404).h1 == "There is no such page"
