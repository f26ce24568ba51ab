"""Urgent help on a phone: the number first, the list without a network, the way off the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visitor

# The smallest telephone that is sold (CSS pixels).
SMALL = {"width": 320, "height": 568}
LIMIT_BYTES = 50_000
READY = "navigator.serviceWorker.ready.then(() => true)"
KEPT = "caches.keys()"
ADDRESSES = (
    "caches.open('urgent').then((kept) => kept.keys()).then((all) => all.map(({url}) => url))"
)
CONTROLLED = "navigator.serviceWorker.controller !== null"
ONCE_KEPT = """async (path) => {
  const kept = await caches.open("urgent");
  while (!(await kept.match(path))) await new Promise((done) => setTimeout(done, 50));
}"""
ONCE_FORGOTTEN = """async () => {
  while ((await caches.keys()).length) await new Promise((done) => setTimeout(done, 50));
}"""
MAY_BE_KEPT = "caches.match('/urgent').then(({ headers }) => headers.get('cache-control'))"
# The words of what has the focus if any of it lies under "Leave now", "" if none
# does, null when the focus has left the page.
COVERED = """(() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const over = document.querySelector(".exit a").getBoundingClientRect();
  const isUnder = ({ left, right, top, bottom }) =>
    left < over.right && right > over.left && top < over.bottom && bottom > over.top;
  return [...one.getClientRects()].some(isUnder) ? one.innerText || one.name : "";
})()"""
# What the worker fetches besides, asked for once more so that it is weighed.
KEPT_TOO = """Promise.all(["/urgent-worker.js", "/urgent/all"].map(
    async (path) => (await fetch(path, { cache: "reload" })).text()
))"""


def keep(visitor: Visitor) -> Page:
    """Open urgent help and wait until it is kept on the device."""
    page = visitor.page(360)
    visitor.open(page, "/urgent")
    assert page.evaluate(READY)
    seconds_until(lambda: page.evaluate(CONTROLLED))
    return page


def without_network(page: Page) -> None:
    page.context.set_offline(True)


def test_without_a_network_numbers_and_open_places_are_there(visitor: Visitor) -> None:
    page = keep(visitor)
    names = page.locator(".route__name").all_inner_texts()
    assert names
    assert not page.locator("[data-without-network]").is_visible()

    without_network(page)
    page.reload()

    assert page.locator("[data-without-network]").is_visible()
    assert page.locator("main a[href='tel:112']").is_visible()
    assert page.locator("main a[href='tel:14416']").is_visible()
    assert page.locator(".route__name").all_inner_texts() == names
    assert page.locator(".helplines__call").count() > 10
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="places, by district").click()
    assert page.locator(".nights__row").count() >= len(names)
    visitor.faults.clear()


def test_a_place_asked_for_is_not_kept_and_leads_to_the_kept_page(visitor: Visitor) -> None:
    page = keep(visitor)
    page.get_by_label("Nearest to").fill("Saket")
    page.get_by_role("button", name="Show nearest").click()
    page.wait_for_url("**near=Saket**")
    assert [url for url in page.evaluate(ADDRESSES) if "near=" in url] == []

    without_network(page)
    page.reload()

    assert page.locator("[data-without-network]").is_visible()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        visitor.open(page, "/urgentlytypedwrong")
    visitor.faults.clear()


def test_a_reader_of_hindi_keeps_hindi_whatever_was_asked_for(visitor: Visitor) -> None:
    page = keep(visitor)
    visitor.open(page, "/urgent/hindi?near=saket")
    page.evaluate(ONCE_KEPT, "/urgent/hindi")

    without_network(page)
    for query in ("?near=saket", "?near=rohini", ""):
        page.goto(f"{visitor.site.url}/urgent/hindi{query}")

        assert page.locator("[data-without-network][lang=hi]").is_visible()
    assert [url for url in page.evaluate(ADDRESSES) if "near=" in url] == []
    visitor.faults.clear()


def test_what_is_kept_is_what_anybody_gets(visitor: Visitor) -> None:
    """The answer to somebody signed in may be stored nowhere, and says so."""
    page = visitor.page(360, role="administrator")
    own = visitor.open(page, "/urgent")
    assert page.evaluate(READY)
    seconds_until(lambda: page.evaluate(CONTROLLED))
    page.evaluate("caches.open('urgent').then((kept) => kept.delete('/urgent'))")

    page.reload()
    page.evaluate(ONCE_KEPT, "/urgent")

    assert own.headers["cache-control"] == "no-store"
    assert page.evaluate(MAY_BE_KEPT) == "private, no-cache"


def test_it_is_kept_no_longer_on_a_press(visitor: Visitor) -> None:
    page = keep(visitor)
    assert page.evaluate(KEPT) == ["urgent"]

    page.get_by_role("button", name="Do not keep them here").click()
    page.get_by_text("No longer kept.").wait_for()

    page.evaluate(ONCE_FORGOTTEN)


def test_it_is_kept_again_when_it_is_opened_again_in_another_window(visitor: Visitor) -> None:
    page = keep(visitor)
    other = page.context.new_page()
    visitor.open(other, "/urgent")
    page.get_by_role("button", name="Do not keep them here").click()
    page.evaluate(ONCE_FORGOTTEN)

    for _ in range(2):
        visitor.open(other, "/urgent")

    other.evaluate(ONCE_KEPT, "/urgent")
    other.evaluate(ONCE_KEPT, "/urgent/all")


@pytest.mark.parametrize("way", ["press", "shift"])
def test_one_leaves_at_once_and_back_leads_past_it(visitor: Visitor, way: str) -> None:
    page = visitor.page(1280)
    page.route("https://**", lambda route: route.fulfill(body="<title>Weather</title>"))
    visitor.open(page, "/about/checking")
    visitor.open(page, "/urgent")
    page.get_by_text("or Shift three times").wait_for()

    if way == "press":
        page.get_by_role("link", name="Leave now").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://mausam.imd.gov.in/")
    page.go_back()

    assert page.url.endswith("/about/checking")
    visitor.faults.clear()


def test_other_keys_between_do_not_leave(visitor: Visitor) -> None:
    page = visitor.page(1280)
    visitor.open(page, "/urgent")

    for key in ("Shift", "Shift", "a", "Shift", "Tab"):
        page.keyboard.press(key)

    assert page.url.endswith("/urgent")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_has_the_focus_is_never_under_the_way_off_the_page(
    visitor: Visitor, width: int
) -> None:
    page = visitor.page(width)
    page.set_viewport_size({"width": width, "height": 568})
    visitor.open(page, "/urgent")
    page.locator(".exit a").focus()
    covered, focused = [], 0
    for _ in range(120):
        page.keyboard.press("Tab")
        words = page.evaluate(COVERED)
        if words is None:
            break
        focused += 1
        covered += [words] if words else []

    assert focused > 30
    assert covered == []


def test_the_first_number_stands_in_the_first_screen_of_the_smallest_phone(
    visitor: Visitor,
) -> None:
    page = visitor.page(320, script=False)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]  # a mapping of these keys
    visitor.open(page, "/urgent")

    strip = page.locator(".strip a[href='tel:112']").bounding_box()
    card = page.locator(".care__number").first.bounding_box()

    for box in (strip, card):
        assert box is not None
        assert box["y"] + box["height"] <= SMALL["height"]
        assert box["height"] >= 44


def test_all_of_it_weighs_less_than_fifty_kilobytes(visitor: Visitor) -> None:
    """As it travels, with all that is kept for times without a network."""
    page = visitor.page(360)
    sizes: dict[str, int] = {}

    def weigh(request: object) -> None:
        measured = request.sizes()  # type: ignore[attr-defined]  # a request of the browser
        sizes[request.url] = measured["responseBodySize"]  # type: ignore[attr-defined]

    page.on("requestfinished", weigh)
    visitor.open(page, "/urgent")
    page.wait_for_load_state("networkidle")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/urgent/all")):
        page.evaluate(KEPT_TOO)

    assert len(sizes) > 5
    assert {url.rpartition("/")[2] for url in sizes} >= {"urgent", "urgent-worker.js", "all"}
    assert sum(sizes.values()) < LIMIT_BYTES, sizes
