"""Lets one form send a whole file: everything else that is sent here stays small.

A form is read, and refused when it is too long, before its view is asked; so whoever may send a
file is looked at before that. Called by `web.register`, after `signing` and before `tokens`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from directory.accounts.models import Role
from directory.web.signing import current_viewer

if TYPE_CHECKING:
    from flask import Flask

# Some twenty thousand listings with long texts; a batch takes no more rows than that.
MAX_FILE_BYTES = 32 * 1024 * 1024
TAKES_FILES = "imports.read"


def register(app: Flask) -> None:
    """Let administrators send a file to the import desk."""
    app.before_request(_let_a_file_in)


def _let_a_file_in() -> None:
    if request.endpoint != TAKES_FILES:
        return
    viewer = current_viewer()
    if viewer is not None and viewer.role is Role.ADMINISTRATOR and viewer.is_strong:
        request.max_content_length = MAX_FILE_BYTES
