"""Refusals of the search room. Raised by `local.py`, answered by the doors."""

from __future__ import annotations

from directory.core.errors import DirectoryError


class SearchUnavailableError(DirectoryError):
    """No index is open in this process; the database can still be searched by filters."""
