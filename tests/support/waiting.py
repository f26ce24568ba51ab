"""Waiting for what another thread or program brings about; never longer than it takes."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_SECONDS = 0.01


def exit_code_of_a_child(work: Callable[[], None], *, at_most: float) -> int | None:
    """Fork, let the child do something and give how it ended; None for one that had to be ended."""
    child = os.fork()
    if child == 0:  # pragma: no cover - the child's lines are not counted
        try:
            work()
        finally:
            os._exit(1)
    ended: list[int] = []

    def has_ended() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        ended.extend([os.waitstatus_to_exitcode(status)] if pid else [])
        return bool(pid)

    try:
        seconds_until(has_ended, at_most=at_most)
    except AssertionError:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None
    return ended[0]


def seconds_until(is_so: Callable[[], bool], *, at_most: float = 10.0) -> float:
    """Give how long it took until something was so; fails after `at_most` seconds."""
    start = time.monotonic()
    nothing = threading.Event()
    while not is_so():
        assert time.monotonic() - start < at_most, f"not so after {at_most} s"
        nothing.wait(LOOK_SECONDS)
    return time.monotonic() - start
