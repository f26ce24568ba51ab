"""Waiting for what another thread or program brings about; never longer than it takes."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_SECONDS = 0.01


def seconds_until(is_so: Callable[[], bool], *, at_most: float = 10.0) -> float:
    """Give how long it took until something was so; fails after `at_most` seconds."""
    start = time.monotonic()
    nothing = threading.Event()
    while not is_so():
        assert time.monotonic() - start < at_most, f"not so after {at_most} s"
        nothing.wait(LOOK_SECONDS)
    return time.monotonic() - start
