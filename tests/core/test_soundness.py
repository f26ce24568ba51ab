"""Damage to a database file is found before the site is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from directory.core.soundness import damage_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


@pytest.mark.db
def test_a_sound_database_has_no_damage(app: Flask) -> None:
    with app.app_context():
        assert damage_of(db.engine) is None


def test_an_overwritten_page_is_found(app: Flask, tmp_path: Path) -> None:
    with (tmp_path / "directory.db").open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xff" * 4096)

    with app.app_context():
        assert damage_of(db.engine) is not None
