"""A case from the queue to its decision: by keyboard alone, and with two people at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.own_site import OwnSite, own_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

REASON = "Please leave out the name of the nurse, and send it again."
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def here(browser: Browser, run_folder: Path, tmp_path: Path) -> Iterator[OwnSite]:
    """Give a running site of this test's own, with three reviews that wait."""
    with own_site(browser, run_folder, tmp_path, waiting=3) as made:
        yield made


def chosen(page: Page) -> str:
    """Give the outcome that is chosen."""
    return page.locator("input[name=outcome]:checked").input_value()


def press(page: Page, key: str) -> None:
    """Press a key once the page listens: its scripts run before it has loaded."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_a_case_is_stepped_to_taken_and_decided_by_keyboard(here: OwnSite) -> None:
    page = here.visitor.page(role="rani")
    here.open(page, "/moderation")
    page.locator(".queue__link").first.focus()
    page.keyboard.press("Enter")
    case = page.get_by_role("heading", level=2, name="Case")
    first = case.inner_text()

    press(page, "j")
    expect(case).not_to_have_text(first)
    press(page, "k")
    expect(case).to_have_text(first)
    press(page, "t")
    expect(page.get_by_role("button", name="Put back in the queue")).to_be_visible()
    for number, outcome in enumerate(("publish", "return", "reject"), start=1):
        press(page, str(number))
        assert chosen(page) == outcome
    press(page, "1")
    press(page, "Enter")

    expect(page.get_by_role("status")).to_contain_text("published")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()


def test_of_two_at_one_case_the_second_is_told_what_happened_and_loses_nothing(
    here: OwnSite,
) -> None:
    rani, kabir = (here.visitor.page(role=name) for name in ("rani", "kabir"))
    here.open(rani, "/moderation")
    rani.locator(".queue__link").first.click()
    rani.wait_for_load_state()
    here.open(kabir, rani.url.removeprefix(here.site.url))
    kabir.get_by_label("Send back").check()
    kabir.get_by_label("Rule", exact=True).select_option(index=1)
    kabir.get_by_label("What the author will read").fill(REASON)

    rani.get_by_label("Publish").check()
    rani.get_by_role("button", name="Decide", exact=True).click()
    expect(rani.get_by_role("button", name="Take it back")).to_be_visible()
    kabir.get_by_role("button", name="Decide", exact=True).click()

    said = kabir.locator("main")
    expect(said).to_contain_text("Somebody else was faster")
    expect(said).to_contain_text("Rani Moderator published it")
    expect(said).to_contain_text(REASON)
    kabir.get_by_role("link", name="Look at case").click()
    expect(kabir.get_by_role("heading", level=2, name="Case")).to_be_visible()
    expect(kabir.get_by_role("button", name="Decide", exact=True)).to_have_count(0)
