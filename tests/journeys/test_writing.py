"""Writing a review in a real browser: what is written is never lost, and never left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visitor

WORDS = "She listened for the whole hour, explained what would come next, and the fee was as told."
ADDRESS = "someone.on.a.journey@example.org"
# Longer than anybody needs to be asked to send a form again for having been too quick.
UNHURRIED_MS = 3200


@pytest.fixture
def path(slugs: dict[str, str]) -> str:
    """Give the address of a form."""
    return f"/therapists/{slugs['middle-practitioner']}/review"


def write(page: Page) -> None:
    """Say some of it, as a person does."""
    page.get_by_label("When were you there?").select_option("2026-Q3")
    page.get_by_label("someone who cares for them").check()
    page.get_by_label("4 Good").check()
    page.get_by_label("What happened, and how was it for you?").fill(WORDS)
    page.get_by_label("Your e-mail address").fill(ADDRESS)


def finish(page: Page) -> None:
    """Say the rest."""
    page.get_by_label("What kind of care?").select_option("ongoing")
    page.get_by_label("A patient", exact=True).check()
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    for box in page.get_by_role("checkbox").all():
        box.check()


def written(page: Page) -> tuple[str, str, bool, bool]:
    """Give what stands in the form: words, quarter, relation and the whole, as far as said."""
    return (
        page.get_by_label("What happened, and how was it for you?").input_value(),
        page.get_by_label("When were you there?").input_value(),
        page.get_by_label("someone who cares for them").is_checked(),
        page.get_by_label("4 Good").is_checked(),
    )


WHOLE = (WORDS, "2026-Q3", True, True)
EMPTY = ("", "", False, False)


def kept(page: Page, store: str) -> str:
    """Give everything a store of the browser holds."""
    words: str = page.evaluate(f"JSON.stringify({{...{store}}})")
    return words


def test_what_is_written_survives_a_reload_and_a_visit_elsewhere(
    visitor: Visitor, path: str
) -> None:
    page = visitor.page()
    visitor.open(page, path)
    write(page)

    page.reload()
    page.get_by_text("What you wrote here before is back.").wait_for()
    after_reload = written(page)
    visitor.open(page, "/urgent")
    visitor.open(page, path)
    page.get_by_text("What you wrote here before is back.").wait_for()

    assert (after_reload, written(page)) == (WHOLE, WHOLE)
    assert page.get_by_label("Your e-mail address").input_value() == ""


def test_nothing_stays_on_the_device_unless_asked(visitor: Visitor, path: str) -> None:
    page = visitor.page()
    visitor.open(page, path)
    write(page)

    assert kept(page, "localStorage") == "{}"
    page.get_by_role("button", name="Keep as a draft on this device").click()
    page.get_by_text("Kept on this device for seven days.").wait_for()
    assert WORDS in kept(page, "localStorage")
    assert ADDRESS not in kept(page, "localStorage") + kept(page, "sessionStorage")


def test_a_draft_of_another_day_is_offered_and_can_be_discarded(
    visitor: Visitor, path: str
) -> None:
    page = visitor.page()
    visitor.open(page, path)
    write(page)
    page.get_by_role("button", name="Keep as a draft on this device").click()
    other = page.context.new_page()
    visitor.open(other, path)

    other.get_by_text("A draft for this form is kept on this device.").wait_for()
    before = written(other)
    other.get_by_role("button", name="Continue with it").click()
    assert (before, written(other)) == (EMPTY, WHOLE)

    other.get_by_role("button", name="Discard it").click()
    other.wait_for_load_state()
    assert written(other) == EMPTY
    assert kept(other, "localStorage") == "{}"


def test_a_draft_is_let_go_after_a_week(visitor: Visitor, path: str) -> None:
    page = visitor.page()
    visitor.open(page, path)
    old = '{"at": 1, "values": [["text", "old words"]]}'
    page.evaluate(f"localStorage.setItem('draft:/somewhere/else', '{old}')")

    visitor.open(page, path)
    page.get_by_role("button", name="Keep as a draft on this device").wait_for()

    assert kept(page, "localStorage") == "{}"


def test_what_is_missing_is_said_and_the_rest_is_there(visitor: Visitor, path: str) -> None:
    page = visitor.page()
    visitor.open(page, path)
    write(page)
    page.wait_for_timeout(UNHURRIED_MS)
    page.get_by_role("button", name="Send for reading").click()

    summary = page.get_by_role("alert")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    assert written(page) == WHOLE
    summary.get_by_role("link", name="Choose what kind of care it was").click()
    assert page.get_by_label("What kind of care?").evaluate("el => el === document.activeElement")


def test_once_sent_nothing_of_it_stays_in_the_browser(visitor: Visitor, path: str) -> None:
    page = visitor.page()
    visitor.open(page, path)
    write(page)
    page.get_by_role("button", name="Keep as a draft on this device").click()
    finish(page)
    page.wait_for_timeout(UNHURRIED_MS)
    page.get_by_role("button", name="Send for reading").click()

    page.get_by_role("heading", name="Look into your mail").wait_for()
    seconds_until(lambda: page.evaluate("localStorage.length + sessionStorage.length === 0"))
    visitor.open(page, path)
    assert written(page) == EMPTY


def test_characters_are_counted_while_one_types(visitor: Visitor, path: str) -> None:
    page = visitor.page()
    visitor.open(page, path)
    words = page.get_by_label("What happened, and how was it for you?")

    words.fill("Bed 14, my sister Anita, 12 Oct")
    page.get_by_text("31 of at least 80 characters").wait_for()
    words.fill("अच्छा" * 300)
    page.get_by_text("1,500 characters").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_review_is_written_without_script(visitor: Visitor, path: str, width: int) -> None:
    page = visitor.page(width, script=False)
    visitor.open(page, path)
    write(page)
    finish(page)
    page.wait_for_timeout(UNHURRIED_MS)
    page.get_by_role("button", name="Send for reading").click()

    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
