"""Listings whose names begin as a text does: names half-remembered, half-typed.

Called by the doors for suggestions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.queries.results import named_listings
from directory.search.analysis import plain_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.listings.queries.results import NamedListing
    from directory.search.engine import Engine

# Everybody may have one, so it tells nobody apart.
TITLES = frozenset(plain_words("dr doctor mr mrs ms prof shri smt डॉ डॉक्टर श्री श्रीमती"))
SHORTEST = 2


def listings_named(
    session: Session, text: str, engine: Engine | None, limit: int
) -> list[NamedListing]:
    """Give public listings with a name that has a word beginning with each word of a text.

    By today's standing; one query. None without an engine, or for a single letter.
    """
    words = tuple(word for word in plain_words(text) if word not in TITLES)
    if engine is None or len("".join(words)) < SHORTEST:
        return []
    return named_listings(session, engine.ids_named(words, limit))
