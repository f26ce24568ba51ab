"""Every page type: accessible, whole at every width, light to load, and quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.pages import NOT_FOR_READERS, PAGE_TYPES, SEEN_BY
from tests.support.environment import keeps_pictures
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page, Request

    from tests.journeys.conftest import Visitor

SCREENSHOTS = PROJECT / "screenshots"
AXE = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
NARROW, WIDE = 360, 1280
# 640 and 320 are what is left of 1280 at 200 % and 400 % zoom.
WIDTHS = (320, 360, 640, 768, 1280)
FIRST_VIEW_BYTES = 60_000

# What only script can do is offered by script alone.
ADDED_BY_SCRIPT = (
    "[data-module=near-me], [data-draft-keep], [data-asking], [data-shift], "
    "[data-module=keep-offline]"
)

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Pages for people who are signed in: each theme once, each width once.
THEMES_INSIDE: dict[int, tuple[Literal["light", "dark"], ...]] = {
    NARROW: ("dark",),
    WIDE: ("light",),
}
every_page = pytest.mark.parametrize("name", PAGE_TYPES)
# What hangs on the layout alone is looked at on a few of the pages for people who are signed in.
STAND_FOR_OTHERS = {"my-reviews", "my-review-change", "desk-case", "people"}
MOST_PAGES = sorted(set(PAGE_TYPES) - set(SEEN_BY) | STAND_FOR_OTHERS)
most_pages = pytest.mark.parametrize("name", MOST_PAGES)


def violations(page: Page, options: Mapping[str, list[str]] = AXE) -> list[str]:
    """Give what axe objects to, each with its first places."""
    found = Axe().run(page, options=dict(options)).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found
    ]


def address(name: str, slugs: dict[str, str]) -> tuple[str, int]:
    path, status = PAGE_TYPES[name]
    return path.format(**slugs), status


@every_page
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing(visitor: Visitor, slugs: dict[str, str], name: str, width: int) -> None:
    page = visitor.page(width, role=SEEN_BY.get(name), motion="reduce")
    path, status = address(name, slugs)
    visitor.open(page, path, status=status)

    found: dict[str, list[str]] = {}
    for theme in THEMES if name not in SEEN_BY else THEMES_INSIDE[width]:
        page.emulate_media(color_scheme=theme)
        if keeps_pictures():
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{theme}.png", full_page=True)
        # A second theme of the same page differs in its colours alone.
        found[theme] = violations(page, COLOURS if found else AXE)
    assert set(map(tuple, found.values())) == {()}, found


@every_page
def test_nothing_scrolls_sideways(visitor: Visitor, slugs: dict[str, str], name: str) -> None:
    path, status = address(name, slugs)
    page = visitor.page(WIDE, role=SEEN_BY.get(name))
    visitor.open(page, path, status=status)
    overhang = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        root = "document.documentElement"
        beyond: int = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        if beyond:
            overhang[width] = beyond

    assert overhang == {}


@pytest.mark.parametrize("name", sorted(set(MOST_PAGES) - NOT_FOR_READERS))
def test_the_first_view_weighs_little(visitor: Visitor, slugs: dict[str, str], name: str) -> None:
    page = visitor.page(NARROW, role=SEEN_BY.get(name))
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - the browser refuses a method of a list
    path, status = address(name, slugs)
    visitor.open(page, path, status=status)
    page.wait_for_load_state("networkidle")

    sizes = {request.url: request.sizes()["responseBodySize"] for request in requests}
    assert min(sizes.values()) > 0, sizes
    assert len(sizes) > 1
    assert sum(sizes.values()) < FIRST_VIEW_BYTES, sizes


@most_pages
def test_a_page_is_whole_without_script(visitor: Visitor, slugs: dict[str, str], name: str) -> None:
    path, status = address(name, slugs)
    texts = []
    for script in (True, False):
        page = visitor.page(NARROW, script=script, role=SEEN_BY.get(name))
        visitor.open(page, path, status=status)
        added = page.locator(ADDED_BY_SCRIPT)
        if script and added.count():
            page.wait_for_load_state("networkidle")  # each is shown once its script has come
        added.evaluate_all("buttons => buttons.forEach((button) => { button.hidden = true; })")
        texts.append(page.locator("body").inner_text())

    assert texts[0] == texts[1]


@most_pages
def test_the_keyboard_reaches_the_main_part_first_and_is_always_seen(
    visitor: Visitor, slugs: dict[str, str], name: str
) -> None:
    page = visitor.page(WIDE, role=SEEN_BY.get(name))
    path, status = address(name, slugs)
    visitor.open(page, path, status=status)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.is_visible()
    unseen = []
    for _ in range(15):
        focused = page.locator(":focus")
        if focused.count() == 0:
            break
        outline: str = focused.evaluate("element => getComputedStyle(element).outlineStyle")
        if outline in {"none", ""}:
            unseen.append(focused.evaluate("element => element.outerHTML.slice(0, 120)"))
        page.keyboard.press("Tab")

    assert unseen == []
