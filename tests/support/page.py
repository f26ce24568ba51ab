"""The checking client: every page fetched is held to the rules of the house.

`client.page("/conditions/depression")` or `client.page("web.home")` gives a `Page` to assert
on by role, label and heading. The rules are in `page_rules.py`; a call may switch one off
with `without={"rule": "reason"}`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.support.markup import Markup, attribute, text_of
from tests.support.page_rules import RULES, Fetched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from flask import Flask
    from werkzeug.test import TestResponse

LEVELS = {f"h{level}": level for level in range(1, 7)}
ROLE_TAGS = {
    "article": {"article"},
    "banner": {"header"},
    "button": {"button", "summary"},
    "complementary": {"aside"},
    "form": {"form"},
    "img": {"img", "{http://www.w3.org/2000/svg}svg"},
    "list": {"ul", "ol"},
    "listitem": {"li"},
    "main": {"main"},
    "navigation": {"nav"},
    "region": {"section"},
    "table": {"table"},
}


class Page:
    """A parsed page; looks things up the way a reader or a screen reader would."""

    def __init__(self, response: TestResponse, markup: Markup) -> None:
        self.response = response
        self.markup = markup
        self.status = response.status_code
        self.headers = response.headers

    @property
    def title(self) -> str:
        """Give the text of the title."""
        return text_of(self.markup.one("title"))

    @property
    def h1(self) -> str:
        """Give the text of the main heading."""
        return text_of(self.markup.one("h1"))

    @property
    def lang(self) -> str | None:
        """Give the language of the page."""
        return self.markup.root.get("lang")

    @property
    def text(self) -> str:
        """Give all readable text, with single spaces."""
        return text_of(self.markup.one("body"))

    @property
    def main_text(self) -> str:
        """Give the readable text of the main part, with single spaces."""
        return text_of(self.markup.one("main"))

    def headings(self) -> list[tuple[int, str]]:
        """Give level and text of every heading, in order."""
        return [(LEVELS[el.tag], text_of(el)) for el in self.markup.all(*LEVELS)]

    def heading(self, name: str) -> Element:
        """Give the heading with this text."""
        return self._named(self.markup.all(*LEVELS), name, "heading")

    def section(self, heading: str) -> Element:
        """Give the nearest section, article or part around a heading."""
        element = self.heading(heading)
        for parent in self.markup.parents(element):
            if parent.tag in {"section", "article", "aside", "main"}:
                return parent
        raise AssertionError(f"the heading '{heading}' is in no section")

    def links(self, within: Element | None = None) -> list[tuple[str, str]]:
        """Give text and address of every link, in order."""
        found = self.markup.all("a", within=within)
        return [(text_of(el), attribute(el, "href")) for el in found if el.get("href")]

    def link(self, name: str, within: Element | None = None) -> str:
        """Give the address of the one link with this text."""
        found = {address for label, address in self.links(within) if label == name}
        assert len(found) == 1, f"{len(found)} links '{name}' among {self.links(within)}"
        return found.pop()

    def by_role(self, role: str, name: str | None = None) -> list[Element]:
        """Give the elements of a role, and of this accessible name if one is given."""
        tags = ROLE_TAGS.get(role, set())
        found = [el for el in self.markup.all() if el.get("role", "") == role or el.tag in tags]
        return [el for el in found if name is None or self.markup.name_of(el) == name]

    def field(self, label: str) -> Element:
        """Give the control with this label."""
        found = [el for el in self.markup.controls() if self.markup.name_of(el) == label]
        known = [self.markup.name_of(el) for el in self.markup.controls()]
        assert len(found) == 1, f"{len(found)} fields labelled '{label}' among {known}"
        return found[0]

    def items(self, within: Element | None = None) -> list[str]:
        """Give the text of every list item, in order."""
        return [text_of(el) for el in self.markup.all("li", within=within)]

    def classed(self, name: str, within: Element | None = None) -> list[Element]:
        """Give the elements that carry a component's class."""
        found = self.markup.all(within=within)
        return [el for el in found if name in (el.get("class") or "").split()]

    def rows(self, caption: str) -> list[list[str]]:
        """Give the cells' text, row by row, of the table with this caption or label."""
        tables = [el for el in self.markup.all("table") if self.markup.name_of(el) == caption]
        assert len(tables) == 1, f"{len(tables)} tables named '{caption}'"
        rows = self.markup.all("tr", within=tables[0])
        return [[text_of(el) for el in self.markup.all("th", "td", within=row)] for row in rows]

    def pairs(self, within: Element | None = None) -> list[tuple[str, str]]:
        """Give every term with its description from the definition lists, in order."""
        found: list[tuple[str, str]] = []
        term = ""
        for element in self.markup.all("dt", "dd", within=within):
            if element.tag == "dt":
                term = text_of(element)
            else:
                found.append((term, text_of(element)))
        return found

    def linked_data(self) -> list[Any]:
        """Give the schema.org documents on the page."""
        scripts = [el for el in self.markup.all("script") if el.get("type", "").endswith("ld+json")]
        return [json.loads(el.text or "") for el in scripts]

    def _named(self, elements: list[Element], name: str, what: str) -> Element:
        found = [el for el in elements if text_of(el) == name]
        known = [text_of(el) for el in elements]
        assert len(found) == 1, f"{len(found)} {what}s '{name}' among {known}"
        return found[0]


class PageClient:
    """Fetches pages as a browser without script would, and checks each."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser = app.test_client()

    def page(
        self,
        target: str,
        /,
        *,
        status: int = 200,
        without: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Page:
        """Fetch an endpoint, or a path if it begins with a slash, and check the page.

        `values` fill the endpoint's address, or become the path's query. `without` names
        rules to leave out, each with its reason.
        """
        response = self.get(target, **values)
        path = response.request.path
        assert response.status_code == status, f"{response.status_code} from {path}"
        return self.checked(response, without or {})

    def get(self, target: str, /, **values: Any) -> TestResponse:
        """Fetch an endpoint or a path and give the bare answer, unchecked (files, JSON)."""
        return self.browser.get(self.address_of(target, **values))

    def post(self, target: str, /, data: Mapping[str, Any], **values: Any) -> TestResponse:
        """Send a form to an endpoint or a path and give the bare answer."""
        return self.browser.post(self.address_of(target, **values), data=dict(data))

    def checked(self, response: TestResponse, without: Mapping[str, str]) -> Page:
        """Hold an answer to every rule but those left out; give its page."""
        for rule, reason in without.items():
            assert rule in RULES, f"there is no rule '{rule}'"
            assert len(reason.split()) > 2, f"leaving out '{rule}' needs a reason"
        fetched = Fetched.of(self.app, response)
        faults = [
            f"{name}: {fault}"
            for name, rule in RULES.items()
            if name not in without
            for fault in rule(fetched)
        ]
        assert not faults, f"{response.request.path}\n" + "\n".join(faults)
        return Page(response, fetched.markup)

    def address_of(self, target: str, /, **values: Any) -> str:
        """Give the path (and query) of an endpoint, or of a path with a query."""
        with self.app.test_request_context():
            if not target.startswith("/"):
                return self.app.url_for(target, **values)
        parts = urlsplit(target)
        assert not (parts.query and values), "give the query once"
        if not values:
            return target
        return self.browser.get(target, query_string=values).request.full_path
