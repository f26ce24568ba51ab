"""The terminal door: `flask` commands, one file a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.cli.audit import audit
from directory.cli.demo import demo
from directory.cli.listings import listings
from directory.cli.reference import reference
from directory.cli.screening import screening
from directory.cli.search import search
from directory.cli.serve import serve
from directory.cli.users import users
from directory.cli.worker import worker

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add every command of the directory to the application."""
    app.cli.add_command(audit)
    app.cli.add_command(demo)
    app.cli.add_command(listings)
    app.cli.add_command(reference)
    app.cli.add_command(screening)
    app.cli.add_command(search)
    app.cli.add_command(serve)
    app.cli.add_command(users)
    app.cli.add_command(worker)
