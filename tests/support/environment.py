"""What the environment says to the tests; the only test file that reads it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

# Where Linux keeps files in memory, and how much a run may fill there.
MEMORY = Path("/dev/shm")  # noqa: S108 - only folders with names of their own are made in it
ROOM = 3 * 1024**3


def require_all() -> bool:
    """Tell whether a missing tool fails a test instead of skipping it (`REQUIRE_ALL=1`)."""
    return os.environ.get("REQUIRE_ALL", "") not in {"", "0"}


def keeps_pictures() -> bool:
    """Tell whether journeys keep a picture of every page (`SCREENSHOTS=1`)."""
    return os.environ.get("SCREENSHOTS", "") not in {"", "0"}


def postgresql_url() -> str | None:
    """Give the server to use instead of a private one (`TEST_POSTGRESQL_URL`), or None."""
    return os.environ.get("TEST_POSTGRESQL_URL") or None


def plain_environment(**values: str) -> dict[str, str]:
    """Give a child process's environment: the path, home and place of ours, and `values` alone."""
    ours = ("PATH", "HOME", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in ours if name in os.environ} | values


def missing(reason: str) -> NoReturn:
    """Skip the test for a missing tool, or fail it when everything is required."""
    if require_all():
        pytest.fail(f"{reason} (REQUIRE_ALL=1)", pytrace=False)
    pytest.skip(reason)


def keep_files_in_memory() -> None:
    """Make temporary files in memory from now on, where there is room; `TMPDIR` says otherwise.

    Each test makes dozens of files and throws them away, and a disk takes longer over a file
    than everything else does.
    """
    if "TMPDIR" in os.environ or not _has_room():
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # it was found out before; pytest's plugins have asked


def _has_room() -> bool:
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return False
    place = os.statvfs(MEMORY)
    runs_programs = not place.f_flag & os.ST_NOEXEC
    in_memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return runs_programs and place.f_bavail * place.f_frsize >= ROOM and in_memory >= 2 * ROOM
