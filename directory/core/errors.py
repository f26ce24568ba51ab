"""The four ways a room refuses. Not for pages: doors turn them into answers.

Raised by rooms; read by `web/errors.py`, `api/problems.py` and the commands.
"""

from __future__ import annotations


class DirectoryError(Exception):
    """A refusal with a sentence a person can act on."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(DirectoryError):
    """What was asked for does not exist, or may not be seen."""


class NotAllowedError(DirectoryError):
    """The actor may not do this."""


class InvalidError(DirectoryError):
    """A value breaks a rule; `field` names it as the form or file does."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class ConflictError(DirectoryError):
    """Somebody else was faster, or the present state forbids it."""
