"""What people come for, done by a person with a browser, a keyboard or a printer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.conftest import Visitor

PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")


def test_from_home_to_a_therapist_without_script(visitor: Visitor) -> None:
    page = visitor.page(360, script=False)
    visitor.open(page, "/")
    page.get_by_label("What is it about?").fill("depression")
    page.get_by_role("button", name="Search").click()
    assert "/search" in page.url

    first = page.locator("main a[href^='/therapists/'], main a[href^='/centres/']").first
    name = first.inner_text()
    first.click()

    assert name.split("\n")[0] in page.get_by_role("heading", level=1).inner_text()
    assert page.locator("a[href^='tel:']").count() >= 2


def test_the_skip_link_leads_into_the_main_part(visitor: Visitor) -> None:
    page = visitor.page(1280)
    visitor.open(page, "/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.url.endswith("#main")
    assert page.locator("main :focus").count() == 1


@pytest.mark.parametrize(
    ("listing", "folder", "most"),
    [
        ("middle-practitioner", "therapists", 2),
        ("middle-centre", "centres", 3),
        ("practitioner", "therapists", 3),
        ("centre", "centres", 4),
    ],
)
def test_a_listing_fits_on_few_sheets_of_paper(
    visitor: Visitor, slugs: dict[str, str], listing: str, folder: str, most: int
) -> None:
    page = visitor.page(1280)
    visitor.open(page, f"/{folder}/{slugs[listing]}")

    sheets = len(PAGE_OF_PDF.findall(page.pdf(format="A4", margin={"top": "1cm", "bottom": "1cm"})))

    assert 1 <= sheets <= most


def test_above_the_fold_of_a_phone_stands_what_one_needs(
    visitor: Visitor, slugs: dict[str, str]
) -> None:
    page = visitor.page(360)
    page.set_viewport_size({"width": 360, "height": 640})
    visitor.open(page, f"/therapists/{slugs['practitioner']}")

    call = page.locator("main a[href^='tel:']").first.bounding_box()

    assert call is not None
    assert call["y"] + call["height"] <= 640
    assert page.get_by_role("heading", level=1).bounding_box() is not None


def test_nothing_moves_for_those_who_ask_for_rest(visitor: Visitor) -> None:
    page = visitor.page(1280, motion="reduce")
    visitor.open(page, "/")

    moving: list[str] = page.evaluate(
        "[...document.querySelectorAll('*')].filter(one => "
        "parseFloat(getComputedStyle(one).transitionDuration) > 0).map(one => one.tagName)"
    )

    assert moving == []


def test_the_home_page_works_in_forced_colours(visitor: Visitor) -> None:
    page = visitor.page(1280)
    page.emulate_media(forced_colors="active")
    visitor.open(page, "/")

    assert page.get_by_role("button", name="Search").is_visible()
