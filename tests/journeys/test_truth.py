"""What a reader says is wrong, put right: from the listing's page to the desk and back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.own_site import FEE, PATH, SLUG, OwnSite, own_site, send
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NEW_FEE = 2200
BETWEEN = f"/listings?fee_max={(FEE + NEW_FEE) // 2}"
# A change may be seen this much later and no more.
A_SECOND = 1.0
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def here(browser: Browser, run_folder: Path, tmp_path: Path) -> Iterator[OwnSite]:
    """Give a running site of this test's own."""
    with own_site(browser, run_folder, tmp_path) as made:
        yield made


def test_a_reader_reports_a_fee_and_everybody_sees_the_new_one(here: OwnSite) -> None:
    assert here.api(BETWEEN)["total"] == 1
    reader, rani, meera = (here.visitor.page(role=name) for name in (None, "rani", "meera"))

    report_fee(here, reader)
    expect(reader.locator("main")).to_contain_text("Waiting to be checked")
    accept_first(here, rani)

    seconds_until(lambda: here.api(BETWEEN)["total"] == 0, at_most=A_SECOND)
    fees = here.api(f"/listings/{SLUG}")["fees"]
    assert [fee["amount"] for fee in fees] == [NEW_FEE]  # type: ignore[attr-defined]
    reader.reload()
    expect(reader.locator("main")).to_contain_text("You were right")
    expect(reader.locator("main")).to_contain_text("First visit: ₹2,200")
    reader.get_by_role("link", name="Dr Meenakshi Rawat").click()
    expect(reader.locator("main")).to_contain_text("₹2,200")
    here.open(meera, "/admin/listings")
    meera.get_by_role("link", name="Dr Meenakshi Rawat").first.click()
    meera.get_by_role("link", name="History").first.click()
    told = meera.locator("article.entry").first
    expect(told).to_contain_text("₹1,500")
    expect(told).to_contain_text("₹2,200")
    expect(told).to_contain_text("Rani Moderator")
    here.open(meera, "/admin/audit")
    for act in ("Report decided", "Listing changed"):
        expect(meera.locator("table")).to_contain_text(act)


def test_one_press_tells_that_nobody_answered(here: OwnSite) -> None:
    reader = here.visitor.page(width=360, script=False)
    here.open(reader, PATH)
    reader.get_by_role("button", name="No answer").click()

    expect(reader.get_by_role("heading", level=1)).to_contain_text("Receipt")
    expect(reader.locator("main")).to_contain_text("A call: no answer")


def report_fee(here: OwnSite, page: Page) -> None:
    """Say beside the fee that it is another one by now."""
    here.open(page, PATH)
    page.get_by_role("link", name="Report a wrong detail: fee").first.click()
    expect(page.get_by_label("First visit")).to_have_value(str(FEE))
    page.get_by_label("First visit").fill(str(NEW_FEE))
    page.get_by_label("In a sentence").fill("I rang and was told.")
    send(page, "Send the report")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")


def accept_first(here: OwnSite, page: Page) -> None:
    """Accept the one case of the desk as it was proposed."""
    here.open(page, "/moderation")
    page.locator(".queue__link").first.click()
    expect(page.get_by_role("heading", level=2, name="Case")).to_contain_text("fee")
    expect(page.locator("main")).to_contain_text("I rang and was told.")
    page.get_by_role("button", name="Accept: change the page").last.click()
    expect(page.get_by_role("status")).to_contain_text("accepted")
