"""A review from the search that found the listing to the moment nobody can find it any more.

Each on a site of its own, because these journeys change what is there; the desk is entered through
a link a command printed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.own_site import (
    NAME,
    PATH,
    SLUG,
    TEXT,
    OwnSite,
    fill_in,
    own_site,
    send,
)
from tests.support.serving import flask
from tests.support.sqlite import sqlite_url
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NARROW, WIDE = 360, 1280
# Seconds: the index is told of a change at once, and withdrawing promises a minute.
A_FEW, A_MINUTE = 5, 60
PASSWORD = "quiet river under seven bridges"
UNUSUAL = "parijaat"
WORDS = (
    f"She listened for the whole hour and explained what the {UNUSUAL} course would cost before "
    "we began. I waited twenty minutes."
)
DANGER = "I do not want to live any more and I am going to kill myself tonight. " * 2
pytestmark = pytest.mark.timeout(180)
with_and_without_script = pytest.mark.parametrize(
    "script", [pytest.param(True, id="script"), pytest.param(False, id="no-script")]
)


@pytest.fixture
def here(browser: Browser, run_folder: Path, tmp_path: Path) -> Iterator[OwnSite]:
    """Give a running site of this test's own."""
    with own_site(browser, run_folder, tmp_path) as made:
        yield made


def find_and_write(here: OwnSite, page: Page) -> None:
    """Find the listing by a search, and write a review of it."""
    here.open(page, "/")
    page.get_by_role("combobox", name="What is it about?").or_(
        page.get_by_role("searchbox", name="What is it about?")
    ).fill("meenakshi rawat")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Write a review").first.click()
    fill_in(page, WORDS)
    send(page, "Send for reading")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    assert UNUSUAL not in page.url


def confirm(here: OwnSite, page: Page) -> None:
    """Open the link of the letter, and say that the review is one's own."""
    here.open(page, here.link_of_letter(1))
    page.get_by_role("button", name="Yes, this is mine").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My review of")


def enter_desk(here: OwnSite, page: Page) -> None:
    """Come to the desk for the first time: a password, a second step, recovery codes."""
    who = ("nila@example.org", "--role", "moderator", "--name", "Nila Moderator")
    made = flask("users", "create", *who, DATABASE_URL=sqlite_url(here.database))
    assert made.returncode == 0, made.stderr
    link = re.search(r"/account/link/[\w-]+", made.stdout)
    assert link is not None
    here.open(page, link[0])
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Password for the desk").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code.totp__key").inner_text().replace(" ", "")
    page.get_by_label("Six digits from the app").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("codes", re.IGNORECASE))
    here.open(page, "/moderation")


def publish_first(page: Page) -> None:
    """Open the first case of the queue, publish it, and land on the page after it."""
    page.locator(".queue__link").first.click()
    expect(page.locator("main")).not_to_contain_text("4 of 5")  # the words are judged, not stars
    page.get_by_role("button", name="Take this case").click()
    page.get_by_label("Publish").check()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("until")


def rating(here: OwnSite) -> object:
    return here.api(f"/listings/{SLUG}")["rating"]


def see_it_everywhere(here: OwnSite, reader: Page) -> None:
    """Find the new review in the search, on the page and in the API, with the first score."""
    assert seconds_until(lambda: here.finds(UNUSUAL)) < A_FEW
    here.open(reader, PATH)
    expect(reader.locator("main")).to_contain_text(UNUSUAL)
    assert rating(here) == {"score": 3.8, "count": 5}
    reviews = here.api(f"/listings/{SLUG}/reviews")
    assert reviews["total"] == 5
    assert UNUSUAL in json.dumps(reviews)
    assert "asha" not in json.dumps(reviews)
    here.open(reader, f"/search?q={UNUSUAL}")
    expect(reader.get_by_role("link", name=NAME, exact=True)).to_be_visible()
    expect(reader.locator(".card__rating")).to_contain_text("5 reviews")


def see_it_nowhere(here: OwnSite, reader: Page) -> None:
    """Find nothing of it any more, but the line that it was withdrawn."""
    assert seconds_until(lambda: not here.finds(UNUSUAL), at_most=A_MINUTE) < A_MINUTE
    here.open(reader, PATH)
    expect(reader.locator("main")).not_to_contain_text(UNUSUAL)
    expect(reader.locator("main")).to_contain_text("Withdrawn by")
    reviews = here.api(f"/listings/{SLUG}/reviews")
    assert UNUSUAL not in json.dumps(reviews)
    assert reviews["total"] == 4
    assert rating(here) == {"score": None, "count": 4}


@with_and_without_script
def test_a_review_from_the_search_to_the_page_and_away_again(
    here: OwnSite, *, script: bool
) -> None:
    visitor = here.visitor
    mine = visitor.page(NARROW, script=script)
    find_and_write(here, mine)
    confirm(here, mine)
    assert rating(here) == {"score": None, "count": 4}

    desk = visitor.page(WIDE, script=script)
    enter_desk(here, desk)
    publish_first(desk)
    reader = visitor.page(NARROW, script=script)
    see_it_everywhere(here, reader)

    mine.reload()
    mine.get_by_role("button", name="Withdraw this review").click()
    mine.wait_for_load_state()
    see_it_nowhere(here, reader)


def test_a_draft_survives_an_error_and_a_reload(here: OwnSite) -> None:
    told = "Bed 14, my sister Anita, 12 Oct"
    page = here.visitor.page(NARROW)
    here.open(page, f"{PATH}/review")
    page.get_by_label(TEXT).fill(told)
    guard = page.locator(".guard")
    expect(guard).to_be_visible()
    expect(guard).to_contain_text("Anita")

    send(page, "Send for reading")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label(TEXT)).to_have_value(told)

    here.open(page, f"{PATH}/review")
    expect(page.get_by_label(TEXT)).to_have_value(told)


def test_words_of_danger_bring_help_before_anything_else(here: OwnSite) -> None:
    page = here.visitor.page(NARROW)
    here.open(page, f"{PATH}/review")
    fill_in(page, DANGER)
    send(page, "Send for reading")

    expect(page.get_by_role("heading", level=1)).to_have_text("You matter more than any review")
    expect(page.locator("main a[href='tel:112']").first).to_be_visible()
    expect(page.locator("main a[href='tel:112']").first).to_be_in_viewport()


def test_a_reader_objects_to_a_review_and_keeps_the_receipt(here: OwnSite) -> None:
    page = here.visitor.page(NARROW)
    here.open(page, PATH)
    page.get_by_role("link", name="Object to this review").first.click()
    page.get_by_role("radio").first.check()
    send(page, "Send the report")

    expect(page).to_have_url(re.compile(r"/receipts/[a-z0-9-]+$"))
    number = page.url.rpartition("/")[2]
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.context.clear_cookies()
    here.open(page, f"/receipts/{number}")
