"""The desk by keyboard: keys choose and step, never while one types, and can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visitor

CHOSEN = "[name=outcome]:checked"


@pytest.fixture
def case(visitor: Visitor, slugs: dict[str, str]) -> Page:
    """Give the page of a case about a flag, which a moderator has open."""
    page = visitor.page(role="moderator")
    visitor.open(page, f"/moderation/cases/{slugs['case']}")
    page.wait_for_load_state("networkidle")
    return page


def test_a_number_chooses_an_outcome_and_a_rule_brings_its_words(case: Page) -> None:
    case.keyboard.press("3")

    assert case.locator(CHOSEN).input_value() == "remove"
    case.get_by_label("Rule").select_option("R-08")
    words = case.get_by_label("What the author will read")
    canned = words.input_value()
    assert canned
    words.fill("My own words.")
    case.get_by_label("Rule").select_option("R-10")
    assert words.input_value() == "My own words."


def test_a_rule_that_does_not_fit_is_left_out_and_let_go(case: Page) -> None:
    case.get_by_label("Rule").select_option("R-12")

    case.keyboard.press("Escape")
    case.locator("h1").click()
    case.keyboard.press("2")

    assert case.locator(CHOSEN).input_value() == "hide"
    assert case.get_by_label("Rule").input_value() == ""
    assert case.locator("#rule option[value=R-12]").is_disabled()


def test_what_one_types_is_no_key(case: Page) -> None:
    case.get_by_label("What the author will read").press_sequentially("12 j")

    assert case.locator(CHOSEN).count() == 0
    assert case.get_by_label("What the author will read").input_value() == "12 j"


def test_keys_are_listed_and_can_be_switched_off(case: Page) -> None:
    case.keyboard.press("?")
    switch = case.get_by_label("Use these keys on this page")
    assert switch.is_visible()

    switch.uncheck()
    case.locator("h1").click()
    case.keyboard.press("1")

    assert case.locator(CHOSEN).count() == 0


def test_a_letter_leads_to_the_queue(case: Page) -> None:
    case.keyboard.press("q")
    case.wait_for_url("**/moderation")

    assert case.get_by_role("heading", level=1).inner_text() == "Review desk"
