"""How thorough a drill is; `--kills=50` is the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS_A_KILL = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the drills may be told."""
    parser.addoption(
        "--kills", type=int, default=10, help="how often the drill kills the indexer (10)"
    )


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    """Give how often to kill."""
    return int(pytestconfig.getoption("--kills"))


def pytest_collection_modifyitems(items: list[pytest.Item], config: pytest.Config) -> None:
    """Give the drills time, and this machine's own network."""
    seconds = 120 + SECONDS_A_KILL * int(config.getoption("--kills"))
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(seconds))
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
