"""Fixtures of the pages of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from tests.moderation.desk import Desk
from tests.web.moderation.staff import Staff

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask


@pytest.fixture
def staff(app: Flask, now: datetime) -> Staff:
    """Give a desk with people and a listing, whose time pages share."""
    with app.app_context():
        vocabulary = app.extensions["vocabulary"].current(db.session())
        desk = Desk.open(vocabulary, now)
    app.extensions["clock"] = lambda: desk.now
    return Staff(app, desk)
