"""The ways a room refuses, and how a fault is told to operators.

Not for pages: doors turn them into answers. Raised by rooms; read by `web/errors.py`,
`api/problems.py` and the commands.
"""

from __future__ import annotations

import traceback


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


class TooManyError(DirectoryError):
    """Too many in too short a time; it may be tried again after `retry_after_s` seconds."""

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


def trace_of(error: BaseException) -> str:
    """Give the kind of a fault and where it came from, for a log file.

    Without its message, which may hold the words of a search, and those are health data.
    """
    lines = traceback.format_tb(error.__traceback__)
    return f"{type(error).__name__} raised\n{''.join(lines)}".rstrip()
