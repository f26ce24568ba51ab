"""The list of routes is stored: a new page, method or level of access shows in the diff."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from directory.web.access import level_of
from tests.journeys.pages import PAGE_TYPES

if TYPE_CHECKING:
    from flask import Flask

STORED = Path(__file__).with_name("routes.txt")
# What a journey fills in: a number fits numbers and slugs alike.
PLACE = re.compile(r"\{\w+\}")
WITHOUT_VIEW = {"static"}
FILES = {"imports.refused", "urgent.worker"}
FOR_MACHINES = {
    *("api_listings", "api_openapi", "api_suggest", "api_vocabulary"),
    *("search_points", "system"),
}


def routes(app: Flask) -> list[str]:
    """Give path, methods, endpoint and access of every route, in order."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        level = level_of(app.view_functions[rule.endpoint])
        lines.append(f"{rule.rule}  {methods}  {rule.endpoint}  {level or '-'}")
    return sorted(lines)


def test_the_routes_are_those_stored(app: Flask) -> None:
    """After a change that is meant, put the new lines into routes.txt and read the diff."""
    assert routes(app) == STORED.read_text(encoding="utf-8").splitlines()


def test_every_view_declares_who_may_open_it(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in WITHOUT_VIEW and level_of(app.view_functions[rule.endpoint]) is None
    ]

    assert undeclared == []


def test_every_page_is_looked_at_in_a_real_browser(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in WITHOUT_VIEW | FILES
        and rule.endpoint.split(".")[0] not in FOR_MACHINES
        and "GET" in (rule.methods or ())
    }

    paths = [
        PLACE.sub("1", path.split("?")[0]) for path, status in PAGE_TYPES.values() if status != 404
    ]
    visited = {adapter.match(path)[0] for path in paths}
    assert pages == visited
