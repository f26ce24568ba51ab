"""Fixtures for tests of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accounts.house import House

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@pytest.fixture
def house(session: Session, now: datetime) -> House:
    """Give accounts on a database of the test's own."""
    return House(now)
