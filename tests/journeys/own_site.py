"""A site of a test's own, with one listing that people review; and the steps of doing so.

For journeys that change what is there. Letters are read from the folder they are sent to.
"""

from __future__ import annotations

import email
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import policy
from typing import TYPE_CHECKING
from urllib.request import urlopen

from directory.accounts.models import Role
from directory.app import create_app
from directory.core.db import db
from directory.listings.models import FeePurpose
from directory.reviews.models import ReviewState
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import make_review, make_reviews
from tests.journeys.conftest import Visitor
from tests.journeys.people import SEALING_KEY, make_desk
from tests.support.serving import free_port, served
from tests.support.sqlite import copy_template, settings_for, sqlite_url
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.support.serving import Site

NAME = "Dr Meenakshi Rawat"
SLUG = "dr-meenakshi-rawat-1"
PATH = f"/therapists/{SLUG}"
FEE = 1500
ADDRESS = "asha@example.org"
TEXT = "What happened, and how was it for you?"
# Longer than anybody needs to be asked to send a form again for having been too quick.
UNHURRIED_MS = 3100


@dataclass(frozen=True)
class OwnSite:
    """A running site, its database, and a visitor who may come as several people."""

    site: Site
    database: Path
    visitor: Visitor

    def open(self, page: Page, path: str, *, status: int = 200) -> None:
        """Open a path of this site."""
        self.visitor.open(page, path, status=status)

    def api(self, path: str) -> dict[str, object]:
        """Give what the JSON API answers."""
        with urlopen(f"{self.site.url}/api/v1{path}") as answer:  # noqa: S310 - this machine's own
            read: dict[str, object] = json.loads(answer.read())
        return read

    def finds(self, word: str) -> bool:
        """Tell whether the search finds anything by a word."""
        return bool(self.api(f"/listings?q={word}")["total"])

    def link_of_letter(self, number: int) -> str:
        """Wait for so many letters, and give the path of the link in the newest."""
        folder = self.database.with_name(f"{self.database.name}-mail")
        seconds_until(lambda: len(list(folder.glob("*.eml"))) >= number)
        newest = max(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        message = email.message_from_bytes(newest.read_bytes(), policy=policy.default)
        assert "review" not in str(message["Subject"]).lower()
        found = re.search(r"/account/link/[\w-]+", message.get_content())
        assert found is not None
        return found[0]


@contextmanager
def own_site(
    browser: Browser, run_folder: Path, folder: Path, *, waiting: int = 0
) -> Iterator[OwnSite]:
    """Serve a listing with a fee and four published reviews, and others that wait for the desk.

    Rani and Kabir of the desk are signed in, and Meera, an administrator. At the end nothing may
    have gone wrong.
    """
    database = folder / "directory.db"
    copy_template(run_folder, database)
    settings = settings_for(folder, sqlite_url(database))
    app = create_app(replace(settings, sealing_key=SEALING_KEY))
    with app.app_context():
        vocabulary = app.extensions["vocabulary"].current(db.session())
        fees = [(FeePurpose.FIRST_SESSION, FEE)]
        facts = Facts(name=NAME, conditions=["depression"], fees=fees)
        listing = make_practitioner(vocabulary, facts)
        assert listing.path == PATH
        make_reviews(listing, 4, 4, 3, 5)
        for _ in range(waiting):
            make_review(listing, state=ReviewState.PENDING)
        desk = make_desk(app, "rani", "kabir")
        desk.tokens.update(make_desk(app, "meera", role=Role.ADMINISTRATOR).tokens)
        db.engine.dispose()
    with served(free_port(), DATABASE_URL=sqlite_url(database)) as site:
        visitor = Visitor(browser, site, desk)
        yield OwnSite(site, database, visitor)
        assert visitor.leave() == []


def fill_in(page: Page, words: str) -> None:
    """Fill in the form of a review, all of it."""
    page.get_by_label("When were you there?").select_option(index=1)
    page.get_by_label("What kind of care?").select_option("ongoing")
    page.get_by_label("the person being treated").check()
    page.get_by_role("radio", name="4 Good").check()
    page.get_by_label(TEXT).fill(words)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("A patient", exact=True).check()
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    for box in page.get_by_role("checkbox").all():
        box.check()


def send(page: Page, button: str) -> None:
    """Send a form no sooner than a person could have filled it in."""
    page.wait_for_timeout(UNHURRIED_MS)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()
