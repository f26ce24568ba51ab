"""A real browser and a real server for journeys; both live as long as a test worker.

Needs Chromium on PATH (Debian's `chromium`); skipped, or failed with `REQUIRE_ALL=1`, without.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from directory.web.signing import SESSION
from tests.journeys.people import People, make_people
from tests.support.environment import missing
from tests.support.run import locked
from tests.support.serving import flask, free_port, served
from tests.support.sqlite import copy_template, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Response

    from tests.support.serving import Site

HERE = Path(__file__).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEMO_LISTINGS = 150
HEIGHT = 800


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: a browser, this machine's own network, and more time."""
    marks = (pytest.mark.journey, pytest.mark.timeout(60), pytest.mark.allow_hosts(["127.0.0.1"]))
    for item in items:
        if HERE in item.path.parents:
            for mark in marks:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def demo_database(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with demo listings, made once for the run and copied for each worker."""
    made = run_folder / "demo.db"
    with locked(run_folder, "demo"):
        if not made.exists():
            unfinished = run_folder / "unfinished-demo.db"
            copy_template(run_folder, unfinished)
            for command in (["reference", "load"], ["demo", "load", "--listings", DEMO_LISTINGS]):
                answer = flask(*map(str, command), DATABASE_URL=sqlite_url(unfinished))
                assert answer.returncode == 0, answer.stdout + answer.stderr
            unfinished.rename(made)
    file = tmp_path_factory.mktemp("site") / "directory.db"
    shutil.copyfile(made, file)
    return file


@pytest.fixture(scope="session")
def people(demo_database: Path) -> People:
    """Give people who are signed in on the site."""
    return make_people(demo_database)


@pytest.fixture(scope="session")
def site(demo_database: Path, people: People) -> Iterator[Site]:
    """Give a running site with demo listings, and with people who have an account."""
    with served(free_port(), DATABASE_URL=sqlite_url(demo_database)) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        missing("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A person with a browser: opens pages of the site and notices what went wrong meanwhile."""

    browser: Browser
    site: Site
    people: People
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(
        self,
        width: int = 1280,
        *,
        theme: str = "light",
        script: bool = True,
        motion: str = "no-preference",
        role: str | None = None,
    ) -> Page:
        """Open an empty tab of this width; somebody of that role is signed in."""
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion=motion,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="en-IN",
        )
        self.contexts.append(context)
        if role is not None:
            cookie = {"name": SESSION, "value": self.people.tokens[role], "url": self.site.url}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a mapping of these keys
        page = context.new_page()
        page.on("request", lambda request: self._note_foreign(request.url))
        page.on("console", lambda message: self._note_message(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("requestfailed", lambda request: self._note_failed(request.url, request.failure))
        return page

    def open(self, page: Page, path: str, *, status: int = 200) -> Response:
        """Open a path of the site and expect this status."""
        response = page.goto(self.site.url + path, wait_until="load")
        assert response is not None
        assert response.status == status, f"{response.status} from {path}"
        return response

    def leave(self) -> list[str]:
        """Close everything; give what went wrong."""
        for context in self.contexts:
            context.close()
        return self.faults

    def _note_foreign(self, url: str) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in {"data", "blob"}
            and f"{parts.scheme}://{parts.netloc}" != self.site.url
        ):
            self.faults.append(f"foreign request: {url}")

    def _note_failed(self, url: str, reason: str | None) -> None:
        # A page gives up what it asked for when something newer is asked, or when it is left.
        if reason != "net::ERR_ABORTED":
            self.faults.append(f"failed: {url}")

    def _note_message(self, kind: str, words: str) -> None:
        # Chromium reports the page's own status (404, 410) as an error; the test expects it.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in words:
            self.faults.append(f"{kind}: {words}")


@pytest.fixture
def visitor(browser: Browser, site: Site, people: People) -> Iterator[Visitor]:
    """Give a visitor; the test fails if a page asked elsewhere or complained in the console."""
    visitor = Visitor(browser, site, people)
    yield visitor
    assert visitor.leave() == []


@pytest.fixture(scope="session")
def slugs(demo_database: Path, people: People) -> dict[str, str]:
    """Give the address parts of the pages that journeys open, by what they are."""
    connection = sqlite3.connect(f"file:{demo_database}?mode=ro", uri=True)
    found = {name: connection.execute(query).fetchone() for name, query in LISTINGS.items()}
    connection.close()
    assert all(found.values()), found
    return {name: row[0] for name, row in found.items()} | people.addresses


# How much a listing says, roughly in lines of its page.
SAYS = """
    (SELECT count(*) FROM listing_term WHERE listing_id = listing.id)
    + 5 * (SELECT count(*) FROM location WHERE listing_id = listing.id)
    + 5 * (SELECT count(*) FROM staffing WHERE listing_id = listing.id)
    + 3 * (SELECT count(*) FROM verification WHERE listing_id = listing.id)
"""
PUBLISHED = "SELECT slug FROM listing WHERE kind = '{kind}' AND state = 'published' AND is_demo"
# What could break a page is on the fullest one; the one in the middle is what readers mostly see.
FULLEST = f"{PUBLISHED} ORDER BY {SAYS} DESC, id LIMIT 1"
HALF = f"(SELECT count(*) / 2 FROM ({PUBLISHED}))"  # noqa: S608 - all parts are written above
MIDDLE = f"{PUBLISHED} ORDER BY {SAYS}, id LIMIT 1 OFFSET {HALF}"
LISTINGS = {
    "edited": f"SELECT id FROM listing WHERE slug = ({FULLEST.format(kind='centre')})",  # noqa: S608 - all parts are written above
    "other": f"SELECT id FROM listing WHERE slug = ({MIDDLE.format(kind='centre')})",  # noqa: S608 - all parts are written above
    "reported": "SELECT id FROM moderation_case WHERE subject_noun = 'correction' LIMIT 1",
    "practitioner": FULLEST.format(kind="practitioner"),
    "centre": FULLEST.format(kind="centre"),
    "middle-practitioner": MIDDLE.format(kind="practitioner"),
    "middle-centre": MIDDLE.format(kind="centre"),
    "closed": "SELECT slug FROM listing WHERE state = 'closed' AND kind = 'practitioner' LIMIT 1",
    "public": "SELECT slug FROM listing WHERE NOT is_demo AND state = 'published' LIMIT 1",
}
