"""The map of a search in the hand: pointer, wheel and keyboard; the same marks as the server's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import violations
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Visitor

MAP = "/search?language=hi&view=map"
NARROW, WIDE = 360, 1280
# Every mark inside the map: what it says up to its place, and where it stands.
MARKS = """
    marks => marks.filter((mark) => mark.getAttribute("tabindex") !== "-1").map((mark) => [
      mark.getAttribute("aria-label").split(" near ")[0],
      ...["x", "y"].map((name) => mark.querySelector("svg").getAttribute(name))
        .map((share) => parseFloat(share).toFixed(1)),
    ].join(" ")).sort()
"""
# The names of the ground, once they have come.
NAMES = "performance.getEntriesByType('resource').find(({ name }) => name.includes('/ground-'))"


def marks(page: Page) -> list[str]:
    found: list[str] = page.locator(".mark").evaluate_all(MARKS)
    return found


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def frame(page: Page) -> list[float]:
    """Give latitude, longitude and zoom level of the part the address names."""
    (written,) = parse_qs(urlsplit(page.url).query)["frame"]
    return [float(part) for part in written.split(",")]


def test_the_map_moves_under_the_hand_and_draws_what_the_server_would(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    visitor.open(page, MAP)
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    page.evaluate("window.stayed = true")
    whole = said(page).inner_text()
    stage = page.locator(".search-map__stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 160, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile("frame="))
    before = frame(page)
    page.mouse.wheel(0, -240)
    expect(page).to_have_url(re.compile(f"%2C{before[2] + 1:.0f}($|&)"))

    expect(said(page)).not_to_have_text(whole)
    assert page.locator(".mark").count() <= 150
    moved, words = marks(page), said(page).inner_text()
    assert page.evaluate("window.stayed") is True
    page.reload()
    assert said(page).inner_text() == words
    assert marks(page) == moved


def test_a_pin_is_found_and_chosen_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    visitor.open(page, MAP)
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    page.locator(".mark").first.focus()
    start = page.url

    for _ in range(7):
        if page.locator(".mark:focus:not([data-to])").count():
            break
        address = page.url
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(address)
        expect(page.locator(".mark:focus[tabindex]")).to_be_attached()
    focused = page.locator(".mark:focus")
    name = (focused.get_attribute("aria-label") or "").split(", ")[0]
    assert focused.evaluate("mark => getComputedStyle(mark).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_be_focused()
    first = page.locator("#chosen .card__name a").first
    if "listings at one place" not in name:
        expect(first).to_have_text(name)
    address = page.url
    page.locator('.mark[aria-current="true"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(address)

    assert page.url != start
    assert first.is_visible()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []


def test_a_filter_keeps_the_part_one_looks_at(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    visitor.open(page, MAP)
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    page.get_by_role("link", name="Nearer", exact=True).click()
    expect(page).to_have_url(re.compile("frame="))
    looked_at = frame(page)

    page.get_by_role("checkbox", name=re.compile(r"^Video \d")).check()
    expect(page).to_have_url(re.compile("mode=video"))
    expect(page.get_by_role("link", name="How Video")).to_be_visible()

    assert frame(page) == looked_at
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    address = page.url
    page.get_by_role("link", name="North", exact=True).click()
    expect(page).not_to_have_url(address)
    assert frame(page)[0] > looked_at[0]


def test_a_move_that_ends_says_so_while_the_map_moves(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    visitor.open(page, f"{MAP}&frame=28.61390,77.20900,16")
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    nearer, wider = (page.locator(f"[data-move={name}]") for name in ("nearer", "wider"))

    nearer.focus()
    page.keyboard.press("Enter")
    expect(nearer).to_have_attribute("aria-disabled", "true")
    expect(nearer).to_be_focused()
    expect(wider).to_have_attribute("aria-disabled", "false")
    page.reload()
    expect(nearer).to_have_attribute("aria-disabled", "true")
    wider.click()
    expect(nearer).to_have_attribute("aria-disabled", "false")
    for level in (15, 14, 13, 12, 11, 10):
        wider.click()
        expect(page).to_have_url(re.compile(f"%2C{level}($|&|#)"))
    expect(wider).to_have_attribute("aria-disabled", "true")


def test_the_edge_of_the_map_is_a_part_there_is(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    visitor.open(page, f"{MAP}&frame=29.19990,76.50010,10")
    expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
    for corner in (("West", "North"), ("East", "South")):
        for _ in range(4):
            for name in corner:
                page.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_url(re.compile("frame=(29.199|28.000)"))

        response = page.reload()

        assert response is not None
        assert response.status == 200


def test_the_names_of_the_ground_come_once_for_all_searches(visitor: Visitor) -> None:
    page = visitor.page(WIDE, motion="reduce")
    travelled = []
    for query in ("language=hi", "language=en"):
        visitor.open(page, f"/search?{query}&view=map")
        expect(page.locator(".search-map__stage")).to_have_attribute("data-live", "")
        page.get_by_role("link", name="Nearer", exact=True).click()
        seconds_until(lambda: bool(page.evaluate(f"!!{NAMES}")))
        travelled.append(page.evaluate(f"{NAMES}.transferSize"))

    assert travelled[0] > 0
    assert travelled[1] == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_script_the_map_is_walked_by_links(visitor: Visitor, width: int) -> None:
    page = visitor.page(width, script=False)
    visitor.open(page, MAP)
    several = page.locator(".mark[data-to]").first

    several.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("frame="))
    page.get_by_role("link", name="Whole of Delhi").click()
    page.wait_for_url(re.compile("28.64500%2C77.09150%2C11"))

    assert page.locator(".mark").count()
    assert page.locator(".card").count() == 20
