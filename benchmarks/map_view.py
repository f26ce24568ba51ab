"""Measures the map of a search with two thousand results: the server, and a browser that moves it.

Run: `.venv/bin/python -m benchmarks.map_view [--listings 2000] [--slow]`. It makes a directory of
its own with demo listings, serves it on this machine alone, and moves its map in headless
Chromium; then once more with every pin drawn by itself, as a baseline. It asserts nothing.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.browsing import chromium, slow_down
from benchmarks.search_server import HOST, Client, Directory
from benchmarks.search_timing import print_table, quantile, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, CDPSession, Page

TRIES = 25
WIDTH, HEIGHT = 1280, 900
PATHS = {
    "list of results": "/search?per_page=20",
    "map of results": "/search?per_page=20&view=map",
    "map, one part": "/search?per_page=20&view=map&frame=28.61390,77.20900,13",
    "points of the map": "/search/points",
}
NAMES = re.compile(r'data-names="([^"]+)"')
# Every pin by itself: the same script draws it, but nothing is joined or left out.
UNDIVIDED = """
    async () => {
      const { points } = await (await fetch("/search/points")).json();
      const all = points.map(([x, y, slug, words]) => ({ x, y, number: 1, slugs: [slug], words }));
      document.addEventListener("marks", (event) => {
        if (event.detail.marks === all) return;
        event.stopImmediatePropagation();
        const detail = { ...event.detail, marks: all };
        event.target.dispatchEvent(new CustomEvent("marks", { bubbles: true, detail }));
      }, true);
    }
"""
# One movement a frame, as a hand would make it: 150 frames of dragging, then 150 of the wheel.
MOVES = """
    async () => {
      const stage = document.querySelector(".search-map__stage");
      const box = stage.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const marks = stage.querySelector(".marks");
      const finger = (name, dx, dy) => marks.dispatchEvent(new PointerEvent(name, {
        bubbles: true, pointerId: 1, button: 0, clientX: x + dx, clientY: y + dy }));
      stage.setPointerCapture = () => {};
      finger("pointerdown", 0, 0);
      finger("pointermove", 9, 9);
      for (let waited = 0; waited < 60; waited += 1) await frame();
      const times = { drag: [], zoom: [] };
      let last = await frame();
      for (let step = 0; step < 150; step += 1) {
        finger("pointermove", 120 * Math.sin(step / 12), 120 * Math.cos(step / 12));
        const now = await frame();
        times.drag.push(now - last);
        last = now;
      }
      finger("pointerup", 0, 0);
      for (let step = 0; step < 150; step += 1) {
        stage.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true,
          ctrlKey: true, deltaY: step < 75 ? -12 : 12, clientX: x + 60, clientY: y - 40 }));
        const now = await frame();
        times.zoom.push(now - last);
        last = now;
      }
      return times;
    }
"""


@dataclass(frozen=True)
class Moved:
    """What moving a map cost: milliseconds of every frame by movement, and of the main thread."""

    frames: dict[str, list[float]]
    main_thread_ms: float
    marks: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the map of a search.")
    parser.add_argument("--listings", type=int, default=2000)
    parser.add_argument("--slow", action="store_true", help="as on a cheap telephone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(Path(folder))
        _fill(directory, options.listings)
        with directory.serving() as port:
            _print_server(port)
            with chromium() as browser:
                _print_browser(browser, port, slow=options.slow)


def _fill(directory: Directory, listings: int) -> None:
    directory.flask("db", "upgrade")
    directory.flask("reference", "load")
    # Some demo listings are drafts or closed; the map holds those that are public.
    directory.flask("demo", "load", "--listings", str(round(listings * 1.04)), "--reviews", "0")
    directory.flask("search", "rebuild")


def _print_server(port: int) -> None:
    client = Client(port)
    rows = []
    names = NAMES.search(client.get(PATHS["map of results"]).decode())
    once = {"names of the ground, once": names[1]} if names else {}
    for name, path in {**PATHS, **once}.items():
        took = []
        for _ in range(TRIES):
            started = time.perf_counter()
            body = client.get(path)
            took.append((time.perf_counter() - started) * 1000)
        weight = f"{len(body) / 1000:.0f} kB, {len(gzip.compress(body)) / 1000:.0f} kB packed"
        rows.append((name, short(quantile(took, 0.5)), short(quantile(took, 0.95)), weight))
    client.close()
    print_table(("the server", "median ms", "95 % ms", "weight"), rows)


def _print_browser(browser: Browser, port: int, *, slow: bool) -> None:
    rows: list[Sequence[str]] = []
    for name, is_divided in (("as it is", True), ("baseline: every pin by itself", False)):
        moved = _move(browser, port, slow=slow, is_divided=is_divided)
        for movement, frames in moved.frames.items():
            rows.append(
                (
                    f"{name}, {movement}",
                    f"{1000 * len(frames) / sum(frames):.0f}",
                    short(quantile(frames, 0.95)),
                    short(max(frames)),
                    short(moved.main_thread_ms),
                    str(moved.marks),
                )
            )
    head = ("the browser", "frames/s", "95 % ms", "longest ms", "main thread ms/frame", "marks")
    print_table(head, rows)


def _move(browser: Browser, port: int, *, slow: bool, is_divided: bool) -> Moved:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.goto(f"http://{HOST}:{port}{PATHS['map of results']}", wait_until="networkidle")
    if not is_divided:
        page.evaluate(UNDIVIDED)
    if slow:
        slow_down(page)
    page.locator(".search-map__stage").scroll_into_view_if_needed()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    before = _busy_ms(session)
    frames: dict[str, list[float]] = page.evaluate(MOVES)
    busy = _busy_ms(session) - before
    marks = _marks(page)
    context.close()
    return Moved(frames, busy / sum(map(len, frames.values())), marks)


def _marks(page: Page) -> int:
    return page.locator(".mark").count()


def _busy_ms(session: CDPSession) -> float:
    """Give how long the page's main thread has worked so far."""
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] * 1000 for each in metrics if each["name"] == "TaskDuration")


if __name__ == "__main__":
    main()
