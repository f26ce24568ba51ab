"""Fixtures for tests of the JSON door: a plain client, and listings to ask for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    """Give a client of the API at half past two on a Monday in Delhi."""
    app.extensions["clock"] = lambda: NOW
    return app.test_client()
