"""A search whose index is not there, so that the database has to answer."""

from __future__ import annotations

from typing import Any

from directory.search.errors import SearchUnavailableError


class NoIndex:
    """The search of a process without an index, as `LocalSearch` is before its first."""

    def __init__(self, search: Any) -> None:  # noqa: ANN401 - stands in for it
        self.reader, self.note = search.reader, search.note

    def find(self, *_query: object) -> None:
        """Refuse, as there is no index."""
        raise SearchUnavailableError("The search index is not ready.")

    def places(self, *_query: object) -> None:
        """Refuse, as there is no index."""
        self.find()

    def engine(self) -> None:
        """Give no engine."""
