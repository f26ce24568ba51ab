"""The terminal door: `flask` commands, one file a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.cli.reference import reference

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add every command of the directory to the application."""
    app.cli.add_command(reference)
