"""Urgent help on a slow telephone: weight, requests, and the time to the first number.

    .venv/bin/python -m benchmarks.urgent_page

Asks `/urgent`, and beside it the home page and a page of results, each in a browser that has never
seen the site, on a 320 x 568 screen, five times; gives the middle one. Then urgent help again,
kept on the device, without any network. Needs Chromium and the test tools (`make test` installs).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.browsing import (
    SLOW_BYTES_A_SECOND,
    SLOW_LATENCY_MS,
    SLOW_PROCESSOR,
    chromium,
    slow_down,
)
from benchmarks.search_server import HOST, Directory

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LISTINGS = 660
TIMES = 5
SCREEN = {"width": 320, "height": 568}
PAGES = ("/urgent", "/urgent?near=hauz-khas", "/urgent/all", "/", "/search?condition=depression")
BASE = "/urgent"
# When the first link to 112 stands inside the screen, painted, in milliseconds after the start.
FIRST_NUMBER = """
() => new Promise((told) => {
  const look = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const box = document.querySelector("a[href='tel:112']")?.getBoundingClientRect();
    if (paint && box?.height && box.bottom <= innerHeight) told(paint.startTime);
    else requestAnimationFrame(look);
  };
  look();
})
"""
READY = "navigator.serviceWorker.ready.then(() => true)"


@dataclass(frozen=True)
class Seen:
    """One first visit: bytes as they travelled, requests, those to other hosts, milliseconds."""

    size: int
    requests: int
    foreign: int
    first_number: float
    loaded: float


def visit(browser: Browser, url: str, path: str) -> Seen:
    """Open a page for the first time, slowly."""
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]  # a mapping of its keys
    page = context.new_page()
    asked: list[Any] = []
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - the browser refuses a method of a list
    slow_down(page)
    page.goto(url + path, wait_until="load")
    first: float = page.evaluate(FIRST_NUMBER)
    loaded: float = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    page.wait_for_load_state("networkidle")
    seen = Seen(
        size=sum(_weight(request) for request in asked),
        requests=len(asked),
        foreign=sum(not request.url.startswith(url) for request in asked),
        first_number=first,
        loaded=loaded,
    )
    context.close()
    return seen


def without_network(browser: Browser, url: str) -> float:
    """Open urgent help, lose the network, and give the time to the first number of a reload."""
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]  # a mapping of its keys
    page: Page = context.new_page()
    page.goto(url + BASE)
    page.evaluate(READY)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    slow_down(page)
    context.set_offline(offline=True)
    page.reload()
    first: float = page.evaluate(FIRST_NUMBER)
    context.close()
    return first


def _weight(request: Any) -> int:  # noqa: ANN401 - a request of the browser
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def report(path: str, visits: list[Seen], base: float) -> float:
    """Print the middle of some visits; give its time to the first number."""
    first = median(seen.first_number for seen in visits)
    print(
        f"{path:32} {visits[0].size / 1000:6.1f} kB {visits[0].requests:3} requests "
        f"{max(seen.foreign for seen in visits):2} foreign {first:6.0f} ms to the first number "
        f"({first / (base or first):.2f}) {median(seen.loaded for seen in visits):6.0f} ms loaded"
    )
    return first


def main() -> None:
    """Measure and print."""
    print(
        f"{SLOW_BYTES_A_SECOND * 8 / 1000:.0f} kbit/s, {SLOW_LATENCY_MS} ms there and back, "
        f"processor {SLOW_PROCESSOR} times slower, {SCREEN['width']} x {SCREEN['height']}, "
        f"{LISTINGS} demo listings, middle of {TIMES} first visits; "
        "sizes as they travel, with headers"
    )
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(Path(folder))
        for words in (("db", "upgrade"), ("reference", "load"), ("search", "rebuild")):
            directory.flask(*words)
        directory.flask("demo", "load", "--listings", str(LISTINGS), "--reviews", "0")
        with directory.serving() as port, chromium() as browser:
            url = f"http://{HOST}:{port}"
            browser.new_page().goto(url + BASE)  # what a server makes once is made
            base = 0.0
            for path in PAGES:
                first = report(path, [visit(browser, url, path) for _ in range(TIMES)], base)
                base = base or first
            offline = median(without_network(browser, url) for _ in range(TIMES))
            print(f"{BASE + ', no network':32} {offline:48.0f} ms ({offline / base:.2f})")


if __name__ == "__main__":
    main()
