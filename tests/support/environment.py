"""What the environment says to the tests; the only test file that reads it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


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
    """Give a child process's environment: the path and home of ours, and `values` alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | values


def missing(reason: str) -> NoReturn:
    """Skip the test for a missing tool, or fail it when everything is required."""
    if require_all():
        pytest.fail(f"{reason} (REQUIRE_ALL=1)", pytrace=False)
    pytest.skip(reason)
