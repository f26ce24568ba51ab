"""The terminal door: `flask` commands, one file a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.cli import listing_batches, listing_checks, listing_duplicates, listing_edits
from directory.cli.audit import audit
from directory.cli.corrections import corrections
from directory.cli.demo import demo
from directory.cli.guides import guides
from directory.cli.helplines import helplines
from directory.cli.listings import listings
from directory.cli.reference import reference
from directory.cli.screening import screening
from directory.cli.search import search
from directory.cli.serve import serve
from directory.cli.users import users
from directory.cli.vocabulary import vocabulary
from directory.cli.worker import worker

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add every command of the directory to the application."""
    app.cli.add_command(audit)
    app.cli.add_command(corrections)
    app.cli.add_command(demo)
    app.cli.add_command(guides)
    app.cli.add_command(helplines)
    app.cli.add_command(listings)
    commands = (listing_batches, listing_checks, listing_duplicates, listing_edits)
    for command in (each for group in commands for each in group.COMMANDS):
        listings.add_command(command)
    app.cli.add_command(reference)
    app.cli.add_command(screening)
    app.cli.add_command(search)
    app.cli.add_command(serve)
    app.cli.add_command(users)
    app.cli.add_command(vocabulary)
    app.cli.add_command(worker)
