"""Searching as a person does it: filters that answer at once, Back, suggestions, no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import violations

if TYPE_CHECKING:
    from playwright.sync_api import Geolocation, Locator, Page

    from tests.journeys.conftest import Visitor

NARROW, WIDE = 360, 1280
HAUZ_KHAS: Geolocation = {"latitude": 28.5494321, "longitude": 77.2001234}
STATES = {
    "results": "/search?q=best+therapist+for+depression+in+Delhi",
    "near": "/search?q=psychiatrist+near+hauz+khas+hindi",
    "crisis": "/search?q=i+want+to+die",
    "nothing": "/search?condition=depression&locality=narela&fee_max=0&language=ta",
    "ranking": "/policies/ranking",
}


def count(page: Page) -> str:
    """Give what the page says it found."""
    return page.locator(".found__count strong").inner_text()


def video(page: Page) -> Locator:
    """Give the filter box for those who see people by video."""
    return page.get_by_role("checkbox", name=re.compile(r"^Video \d"))


def mark_page(page: Page) -> None:
    """Leave a mark that goes away when the page is loaded anew."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def ready(page: Page) -> None:
    """Wait until the scripts have started."""
    expect(page.get_by_role("combobox", name="What is it about?")).to_be_attached()


def test_a_filter_answers_at_once_and_back_undoes_it(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search?condition=depression")
    ready(page)
    before = count(page)
    mark_page(page)

    video(page).check()
    expect(page).to_have_url(re.compile("mode=video"))
    expect(page.get_by_role("link", name="How Video")).to_be_visible()
    after = count(page)

    assert after != before
    assert page.locator("#announced").inner_text().startswith(after)
    assert video(page).is_checked()
    assert video(page).evaluate("box => box === document.activeElement")
    page.go_back()
    expect(page.locator(".found__count strong")).to_have_text(before)
    assert not video(page).is_checked()
    page.go_forward()
    expect(page.locator(".found__count strong")).to_have_text(after)
    assert stayed(page)


def test_chips_order_and_pages_answer_in_place_too(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search?language=hi")
    ready(page)
    mark_page(page)

    page.get_by_role("link", name="Fee", exact=True).click()
    expect(page.get_by_role("link", name="Fee", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(page.get_by_role("link", name="Fee", exact=True)).to_be_focused()
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.get_by_role("heading", name="Results")).to_be_focused()
    page.get_by_role("link", name="Speaks Hindi").click()
    expect(page).to_have_url(re.compile(r"/search\?sort=fee$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    assert page.title().startswith(page.get_by_role("heading", level=1).inner_text())
    assert stayed(page)


def test_new_words_are_searched_in_place(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search?language=hi")
    ready(page)
    mark_page(page)

    page.get_by_label("What is it about?").fill("depression")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Help with depression, in Hindi")
    assert "language=hi" in page.url
    assert stayed(page)


def test_the_sheet_of_filters_on_a_phone_stays_open_until_it_is_done(visitor: Visitor) -> None:
    page = visitor.page(NARROW)
    visitor.open(page, "/search?condition=depression")
    page.locator(".filters > summary").click()
    sheet = page.locator(".filters")

    video(page).check()
    expect(page).to_have_url(re.compile("mode=video"))
    button = sheet.get_by_role("button", name=re.compile(r"Show \d+ results?"))
    expect(button).to_be_visible()
    assert sheet.evaluate("sheet => sheet.open")
    assert button.inner_text() == f"Show {count(page).split()[0]} results"
    button.click()

    expect(sheet).not_to_have_attribute("open", "")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_listing_and_back_again_keeps_the_search(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search?condition=depression")
    ready(page)
    video(page).check()
    expect(page).to_have_url(re.compile("mode=video"))
    expect(page.get_by_role("link", name="How Video")).to_be_visible()
    found = count(page)

    page.locator(".card__name a").first.click()
    page.wait_for_url(re.compile("/(therapists|centres)/"))
    page.go_back()

    expect(page.locator(".found__count strong")).to_have_text(found)
    expect(video(page)).to_be_checked()


def test_without_script_the_same_search_goes_by_its_button(visitor: Visitor) -> None:
    page = visitor.page(NARROW, script=False)
    visitor.open(page, "/search?condition=depression")

    page.locator(".filters > summary").click()
    video(page).check()
    page.get_by_role("button", name="Apply the filters").click()

    page.wait_for_url(re.compile("mode=video"))
    expect(page.get_by_role("link", name="How Video")).to_be_visible()
    assert page.get_by_role("button", name="Near me").count() == 0


def test_a_failing_network_leads_to_the_page_itself(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search?condition=depression")
    ready(page)
    mark_page(page)
    page.route(
        re.compile("mode=video"),
        lambda route: (
            route.fulfill(status=500, body="")
            if route.request.resource_type == "fetch"
            else route.continue_()
        ),
    )

    video(page).check()
    page.wait_for_url(re.compile("mode=video"))
    expect(page.get_by_role("link", name="How Video")).to_be_visible()

    assert not stayed(page)
    visitor.faults.clear()


def test_without_an_answer_the_list_stays_and_can_be_asked_for_again(visitor: Visitor) -> None:
    page = visitor.page(NARROW)
    visitor.open(page, "/search?condition=depression")
    expect(page.locator("[role=combobox]").first).to_be_attached()
    before, is_lost = count(page), [True]
    page.route(
        "**/search?**",
        lambda route: route.abort("connectionfailed") if is_lost[0] else route.continue_(),
    )

    page.locator(".filters > summary").click()
    video(page).check()

    again = page.get_by_role("alert").get_by_role("link", name="Try again")
    expect(again).to_be_visible()
    assert count(page) == before
    is_lost[0] = False
    again.click()
    expect(page).to_have_url(re.compile("mode=video"))
    expect(again).to_be_hidden()
    visitor.faults.clear()


def test_suggestions_are_chosen_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/")
    ready(page)
    box = page.get_by_role("combobox", name="What is it about?")

    box.press_sequentially("depr", delay=20)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_contain_text("Depression")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("suggestions-0"))
    assert options.first.bounding_box()["height"] >= 44  # type: ignore[index]
    box.press("Enter")

    expect(box).to_have_value("Depression")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert page.url.endswith("/")
    box.press("Enter")
    page.wait_for_url(re.compile("q=Depression"))


def test_suggestions_are_counted_aloud_and_put_away_by_escape(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/search")
    ready(page)
    box = page.get_by_role("combobox", name="Where?")

    box.press_sequentially("hauz", delay=20)
    said = page.locator(".suggest", has=box).get_by_role("status")
    expect(said).to_have_text(re.compile(r"\d+ suggestions?, reach"))
    kinds = page.locator(".suggest", has=box).locator(".suggest__kind").all_inner_texts()
    assert set(kinds) <= {"Place", "Metro station"}
    box.press("Escape")

    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("hauz")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_open_suggestions_are_accessible(visitor: Visitor, theme: str, width: int) -> None:
    page = visitor.page(width, theme=theme)
    visitor.open(page, "/")
    ready(page)
    page.get_by_role("combobox", name="What is it about?").press_sequentially("psy", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")

    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_search_is_accessible(
    visitor: Visitor, state: str, width: int, theme: str
) -> None:
    page = visitor.page(width, theme=theme)
    visitor.open(page, STATES[state])

    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_sheet_of_filters_is_accessible(visitor: Visitor, theme: str) -> None:
    page = visitor.page(NARROW, theme=theme)
    visitor.open(page, STATES["near"])
    page.locator(".filters > summary").click()

    assert violations(page) == []


def test_near_me_asks_on_a_press_only_and_rounds_the_point(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HAUZ_KHAS)
    visitor.open(page, "/search?q=psychiatrist&near=rohini-sector-9")
    ready(page)

    page.get_by_role("button", name="Near me").click()
    page.wait_for_url(re.compile("lat="))

    assert "lat=28.549&lon=77.200" in page.url
    assert "near=" not in page.url
    assert page.get_by_role("heading", level=1).inner_text() == "Psychiatrists near you"
    page.get_by_label("What is it about?").fill("counsellor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Counsellors near you")


def test_near_me_is_kind_when_the_browser_says_no(visitor: Visitor) -> None:
    page = visitor.page(WIDE)
    visitor.open(page, "/")
    ready(page)

    page.get_by_role("button", name="Near me").click()

    expect(page.get_by_text("Your browser did not say where you are")).to_be_visible()
    assert page.get_by_role("button", name="Near me").is_enabled()


def test_on_a_phone_the_first_result_stands_in_the_first_view(visitor: Visitor) -> None:
    page = visitor.page(NARROW)
    page.set_viewport_size({"width": NARROW, "height": 640})
    visitor.open(page, STATES["results"])

    # A long name takes two lines; the first of them is there at once.
    name = page.locator(".card__name a").first
    assert name.evaluate("name => name.getClientRects()[0].bottom") <= 640


def test_a_word_of_two_hundred_letters_does_not_widen_the_page(visitor: Visitor) -> None:
    page = visitor.page(NARROW)
    visitor.open(page, f"/search?q={'xqzjv' * 40}&parse=0")

    assert page.evaluate("document.documentElement.scrollWidth") == NARROW


def test_done_with_the_sheet_leaves_no_second_step_back(visitor: Visitor) -> None:
    page = visitor.page(NARROW)
    visitor.open(page, "/search?condition=depression")
    page.locator(".filters > summary").click()
    video(page).check()
    expect(page).to_have_url(re.compile("mode=video"))
    page.locator(".filters__apply").click()
    expect(page.locator(".filters")).not_to_have_attribute("open", "")
    page.wait_for_load_state("networkidle")

    page.go_back()

    expect(page).not_to_have_url(re.compile("mode=video"))
