"""Saving listings, putting them side by side and printing, on a phone without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.test_every_page import THEMES, violations
from tests.journeys.test_paths import PAGE_OF_PDF

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visitor

SAVE = re.compile(r"^Save\b")
MARGIN = {"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"}


def save_first(page: Page, times: int) -> None:
    """Press the first "Save" so many times, each time on the page one was led back to."""
    for number in range(1, times + 1):
        page.get_by_role("button", name=SAVE).first.click()
        page.get_by_role("link", name=f"Saved ({number})").wait_for()


def names(page: Page, number: int) -> list[str]:
    """Give the names on the page "Saved", in order, once there are so many."""
    expect(page.locator(".saved h3 a")).to_have_count(number)
    return page.locator(".saved h3 a").all_inner_texts()


def columns(page: Page, number: int) -> list[str]:
    """Give the names at the heads of a comparison, once there are so many."""
    expect(page.locator("thead .compare__name")).to_have_count(number)
    return page.locator("thead .compare__name").all_inner_texts()


def test_from_a_search_to_a_comparison_without_script(visitor: Visitor) -> None:
    page = visitor.page(360, script=False)
    visitor.open(page, "/search?condition=depression")
    save_first(page, 5)
    assert "/search?condition=depression#save-" in page.url
    pressed = page.locator(f"#{page.url.rpartition('#')[2]}")
    assert pressed.inner_text().startswith("Saved: remove")
    box = pressed.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 800

    page.get_by_role("link", name="Saved (5)").click()
    saved = names(page, 5)
    page.get_by_role("button", name="Move down").first.click()
    page.wait_for_url("**#saved-*")
    page.get_by_role("button", name="Remove").last.click()
    assert names(page, 4) == [saved[1], saved[0], saved[2], saved[3]]
    page.get_by_role("button", name="Put it back").click()
    assert names(page, 5)[-1] == saved[4]

    for box_to_tick in page.get_by_role("checkbox").all()[:2]:
        box_to_tick.check()
    page.get_by_role("button", name="Compare these").click()
    assert columns(page, 2) == [saved[1], saved[0]]
    cells = page.locator("tbody tr").first.locator("td")
    left, right = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert right["x"] + right["width"] <= 360

    page.get_by_role("link", name=f"Add {saved[2]}").click()
    assert columns(page, 3) == [saved[1], saved[0], saved[2]]
    page.get_by_role("link", name="Take out").first.click()
    assert columns(page, 2) == [saved[0], saved[2]]


def test_a_filled_list_and_a_lost_one_are_accessible_in_both_themes(visitor: Visitor) -> None:
    page = visitor.page(360, motion="reduce")
    visitor.open(page, "/search?condition=depression")
    save_first(page, 3)
    visitor.open(page, "/shortlist")
    page.get_by_role("button", name="Remove").last.click()

    page.get_by_role("button", name="Put it back").wait_for()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("heading", name="Nothing is saved in this browser")).to_be_visible()
    assert page.context.cookies() == []


def test_four_side_by_side_and_a_hand_out_fit_on_one_sheet_each(
    visitor: Visitor, slugs: dict[str, str]
) -> None:
    page = visitor.page(1280)
    four = ("centre", "practitioner", "middle-centre", "middle-practitioner")
    addresses = [
        "/compare?" + "&".join(f"listing={slugs[name]}" for name in four),
        f"/centres/{slugs['centre']}/hand-out",
        f"/therapists/{slugs['practitioner']}/hand-out?plain=1",
    ]
    sheets = {}
    for address in addresses:
        visitor.open(page, address)
        sheets[address] = [
            len(PAGE_OF_PDF.findall(page.pdf(format="A4", margin=MARGIN))),  # type: ignore[arg-type]
            len(PAGE_OF_PDF.findall(page.pdf(prefer_css_page_size=True))),
        ]

    assert set(map(tuple, sheets.values())) == {(1, 1)}, sheets


def test_a_saved_list_on_paper_is_one_to_call_from(visitor: Visitor) -> None:
    page = visitor.page(1280)
    visitor.open(page, "/search?condition=depression")
    save_first(page, 2)
    visitor.open(page, "/shortlist")

    page.emulate_media(media="print")

    expect(page.locator(".saved a[href^='tel:']:visible")).to_have_count(2)
    assert page.get_by_role("button").count() == 0
