"""A real browser for benchmarks, and a slow telephone for it. Needs Chromium and the test tools.

Not a script: benchmarks of pages use it.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# A cheap telephone at the edge of its network: 400 kbit/s each way, 400 ms there and back, and a
# processor four times slower than this machine's.
SLOW_BYTES_A_SECOND = 400_000 / 8
SLOW_LATENCY_MS = 400
SLOW_PROCESSOR = 4


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend a browser; ends the program with a word where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        sys.exit("Chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


def slow_down(page: Page) -> None:
    """Let a page run as on a cheap telephone at the edge of its network."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": SLOW_LATENCY_MS,
            "downloadThroughput": SLOW_BYTES_A_SECOND,
            "uploadThroughput": SLOW_BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
