"""A search read and answered, for every page that shows listings of one: results, a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.characters import on_one_line
from directory.core.db import db
from directory.search.errors import SearchUnavailableError
from directory.search.fallback import find_in_database
from directory.search.parameters import MOST_LETTERS_OF_A_PLACE, read_request
from directory.web import current

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.search.query import Found, SearchQuery
    from directory.search.request import Place, SearchRequest


def read_search(given: Mapping[str, Sequence[str]]) -> SearchRequest:
    """Give the search that parameters ask for; raises `ParametersError`."""
    vocabulary = current.vocabulary()
    reader = current.search().reader(vocabulary)
    return read_request(given, vocabulary, reader, now=current.now())


def place_typed(text: str) -> tuple[str, Place | None]:
    """Give what somebody typed as a place, no longer than a place may be, and the place it names.

    For pages that refuse nothing.
    """
    typed = on_one_line(text)[:MOST_LETTERS_OF_A_PLACE].strip()
    reader = current.search().reader(current.vocabulary())
    return typed, reader.place_named(typed) if typed else None


def answer_of(query: SearchQuery) -> Found:
    """Give the answer of the index, or the database's plainer one while there is no index."""
    vocabulary, now = current.vocabulary(), current.now()
    try:
        return current.search().find(query, vocabulary, now)
    except SearchUnavailableError:
        return find_in_database(db.session(), query, vocabulary, now)
