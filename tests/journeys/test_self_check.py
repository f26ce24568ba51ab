"""The self-check in a browser: it adds up by itself, shows help first, and leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from directory.vocabulary.self_check import LANGUAGES, self_check
from tests.journeys.test_every_page import THEMES, violations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

    from tests.journeys.conftest import Visitor

PATHS = {"en": "/self-check", "hi": "/self-check?lang=hi"}
ALL_ZERO = (0,) * 9
each_language = pytest.mark.parametrize("language", LANGUAGES)

# Whatever a site can leave behind in a browser, and where it stands.
TRACES = """async () => ({
  address: location.href,
  history: history.length,
  state: history.state,
  cookies: document.cookie,
  kept: [{...localStorage}, {...sessionStorage}],
  databases: (await indexedDB.databases()).map(({ name }) => name),
})"""
# Gives the sums from 0 to 27 one after the other, and which ranges the page shows for each.
ALL_SUMS = """() => {
  const shown = [];
  const radios = (number) => document.getElementsByName(`answer-${number}`);
  for (let sum = 0; sum <= 27; sum += 1) {
    for (let number = 1, left = sum; number <= 9; number += 1) {
      const points = Math.min(3, left);
      left -= points;
      radios(number)[points].click();
    }
    const ranges = [...document.querySelectorAll("[data-least]")].filter((one) => !one.hidden);
    const said = document.querySelector("[data-sum]").textContent;
    shown.push([said, ...ranges.map((one) => `${one.dataset.least}-${one.dataset.most}`)]);
  }
  return shown;
}"""


def answer(page: Page, points: Sequence[int], start: int = 1) -> None:
    """Choose answers of these points, from a question on."""
    for number, value in enumerate(points, start=start):
        page.locator(f"[name=answer-{number}][value='{value}']").check()


def traces(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(TRACES)
    return found


@each_language
def test_nine_answers_become_a_sum_on_the_device_and_nothing_leaves_it(
    visitor: Visitor, language: str
) -> None:
    says = self_check(language).says
    page = visitor.page(360)
    visitor.open(page, PATHS[language])
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = traces(page)

    answer(page, (1, 2, 3, 1, 2, 1, 1, 1, 0))
    answer(page, [2], start=10)
    page.get_by_role("button", name=says["ask"]).click()

    expect(page.get_by_role("heading", name=says["meaning"])).to_be_focused()
    expect(page.locator("[data-sum]")).to_have_text("12")
    expect(page.locator("[data-least]:visible")).to_have_count(1)
    expect(page.get_by_text(self_check(language).ranges[2].words)).to_be_visible()
    expect(page.get_by_text(says["hard"])).to_be_visible()
    expect(page.locator(".check__help:visible")).to_have_count(0)
    assert asked == []
    assert traces(page) == before


@each_language
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_help_comes_with_the_answer_before_any_sum(
    visitor: Visitor, language: str, *, script: bool
) -> None:
    page = visitor.page(360, script=script)
    visitor.open(page, PATHS[language])
    expect(page.locator(".check__help:visible")).to_have_count(0)

    answer(page, [1], start=9)

    first = page.get_by_role("alert")
    expect(first).to_be_in_viewport()
    expect(first.get_by_role("link", name="14416")).to_be_visible()
    expect(first.get_by_role("link", name="112")).to_be_visible()
    expect(page.locator("[data-sum-line]")).to_be_hidden()
    answer(page, [0], start=9)
    expect(first).to_be_hidden()


def test_the_sum_comes_after_help_and_focus_goes_to_help(visitor: Visitor) -> None:
    page = visitor.page(360)
    visitor.open(page, "/self-check")

    answer(page, (*ALL_ZERO[:8], 3))
    page.get_by_role("button", name="Add up my points").click()

    expect(page.locator("#help-first")).to_be_focused()
    expect(page.locator("#help-first")).to_be_in_viewport()
    expect(page.locator("[data-sum]")).to_have_text("3")
    help_first = page.locator("#help-first").bounding_box()
    figure = page.locator("[data-sum]").bounding_box()
    assert help_first is not None
    assert figure is not None
    assert help_first["y"] < figure["y"]


@each_language
def test_help_has_the_focus_though_other_answers_are_missing(
    visitor: Visitor, language: str
) -> None:
    page = visitor.page(360)
    visitor.open(page, PATHS[language])

    answer(page, [3], start=9)
    page.locator("[data-ask]").click()

    expect(page.locator("#help-first")).to_be_focused()
    expect(page.locator("#help-first")).to_be_in_viewport()
    expect(page.locator("[data-missing]")).to_be_visible()
    expect(page.locator("[data-sum-line]")).to_be_hidden()


@each_language
def test_axe_finds_nothing_in_help_and_sum(visitor: Visitor, language: str) -> None:
    page = visitor.page(360, motion="reduce")
    visitor.open(page, PATHS[language])
    answer(page, (*ALL_ZERO[:7], 2, 1))
    page.locator("[data-ask]").click()

    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []


def test_no_sum_is_shown_while_an_answer_is_missing(visitor: Visitor) -> None:
    page = visitor.page(360)
    visitor.open(page, "/self-check")
    answer(page, ALL_ZERO)
    page.reload()
    answer(page, ALL_ZERO[:6])

    page.get_by_role("button", name="Add up my points").click()

    expect(page.get_by_text("Not answered yet:")).to_be_focused()
    expect(page.locator("[data-go]:visible")).to_have_text([f"Question {n}" for n in (7, 8, 9)])
    expect(page.locator("[data-sum-line]")).to_be_hidden()
    page.get_by_role("button", name="Question 8").click()
    page.keyboard.press("Space")
    answer(page, [0], start=7)
    answer(page, [0], start=9)
    expect(page.locator("[data-missing]")).to_be_hidden()
    expect(page.locator("[data-sum]")).to_have_text("0")
    assert page.url.endswith("/self-check")


def test_every_sum_is_shown_with_its_range_alone(visitor: Visitor) -> None:
    page = visitor.page(1280)
    visitor.open(page, "/self-check")
    answer(page, ALL_ZERO)
    page.get_by_role("button", name="Add up my points").click()

    shown: list[list[str]] = page.evaluate(ALL_SUMS)

    ranges = [f"{one.least}-{one.most}" for one in self_check("en").ranges]
    held = [[str(one.least), str(one.most)] for one in self_check("en").ranges]
    expected = [
        [str(total), name]
        for name, (least, most) in zip(ranges, held, strict=True)
        for total in range(int(least), int(most) + 1)
    ]
    assert shown == expected


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_leaving_the_page_clears_the_answers(visitor: Visitor, *, script: bool) -> None:
    page = visitor.page(360, script=script)
    visitor.open(page, "/self-check")
    answer(page, (3,) * 9)

    page.locator("a[hreflang=hi]").click()

    expect(page.locator("[lang=hi] h1")).to_be_visible()
    expect(page.locator(":checked")).to_have_count(0)
    page.go_back()
    expect(page.locator("[lang=en] h1")).to_be_visible()
    expect(page.locator(":checked")).to_have_count(0)


def test_a_page_put_aside_whole_is_cleared_too(visitor: Visitor) -> None:
    page = visitor.page(360)
    visitor.open(page, "/self-check")
    answer(page, (3,) * 9)
    page.get_by_role("button", name="Add up my points").click()
    expect(page.locator("[data-sum]")).to_have_text("27")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    expect(page.locator(":checked")).to_have_count(0)
    expect(page.locator("[data-sum-line]")).to_be_hidden()
    expect(page.locator("[data-least]:visible")).to_have_count(5)


def test_the_sheet_on_paper_has_the_answers_and_nothing_to_press(visitor: Visitor) -> None:
    page = visitor.page(720)
    visitor.open(page, "/self-check")
    answer(page, (1, 0, 2, 3, 0, 1, 0, 0, 0))
    page.get_by_role("button", name="Add up my points").click()
    page.emulate_media(media="print")

    expect(page.locator(".check__answer:visible")).to_have_count(9 + 4)
    expect(page.locator("[data-sum]")).to_be_visible()
    expect(page.locator("[data-date]")).not_to_be_empty()
    expect(page.locator("main button:visible, main a:visible")).to_have_count(0)


def test_the_searches_it_leads_to_have_results(visitor: Visitor) -> None:
    page = visitor.page(1280)
    visitor.open(page, "/self-check")
    found = page.locator("main a[href^='/search?']").evaluate_all("all => all.map((a) => a.href)")

    assert len(found) == 4
    for address in found:
        page.goto(address)
        expect(page.locator(".card").first).to_be_visible()
