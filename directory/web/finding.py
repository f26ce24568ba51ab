"""A search read and answered, for every page that shows listings of one: results, a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.db import db
from directory.search.errors import SearchUnavailableError
from directory.search.fallback import find_in_database
from directory.search.parameters import read_request
from directory.web import current

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.search.query import Found, SearchQuery
    from directory.search.request import SearchRequest


def read_search(given: Mapping[str, Sequence[str]]) -> SearchRequest:
    """Give the search that parameters ask for; raises `ParametersError`."""
    vocabulary = current.vocabulary()
    reader = current.search().reader(vocabulary)
    return read_request(given, vocabulary, reader, now=current.now())


def answer_of(query: SearchQuery) -> Found:
    """Give the answer of the index, or the database's plainer one while there is no index."""
    vocabulary, now = current.vocabulary(), current.now()
    try:
        return current.search().find(query, vocabulary, now)
    except SearchUnavailableError:
        return find_in_database(db.session(), query, vocabulary, now)
