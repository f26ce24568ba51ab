"""Fixtures for the pages of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accounts.house import House
from tests.support.page import PageClient

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session


@pytest.fixture
def house(app: Flask, session: Session, now: datetime) -> House:
    """Give the accounts behind the pages; moving its clock moves that of the pages."""
    house = House(now, keys=app.extensions["keys"])
    app.extensions["clock"] = lambda: house.now
    return house


@pytest.fixture
def other(app: Flask) -> PageClient:
    """Give a second browser."""
    return PageClient(app)
