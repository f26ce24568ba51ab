"""The JSON door, version 1: read-only, one file a noun; described in docs/api.md.

Not for rules or for SQL: those are in the rooms. `register` is called by `app.create_app`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.api import listings, openapi, problems, suggest, vocabulary

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add every address of the JSON door to the application."""
    for noun in (listings, suggest, vocabulary, openapi):
        app.register_blueprint(noun.blueprint)
    problems.answer_unmatched(app)
