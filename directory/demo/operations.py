"""Loads demo listings through the one import all listings go through.

Called by `flask demo load`. Not for making documents (see `documents.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.core.errors import InvalidError
from directory.demo.documents import demo_documents
from directory.listings.operations import import_documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from directory.listings.operations import ImportResult
    from directory.vocabulary.queries import Vocabulary

MOST_LISTINGS = 1_000_000


def load_demo(
    *,
    listings: int,
    seed: int,
    now: datetime,
    vocabulary: Vocabulary,
    today: date | None = None,
    on_row: Callable[[int], object] | None = None,
) -> ImportResult:
    """Bring the demo listings of a seed into the directory and count what happened.

    The second load on one day changes nothing; a load on a later day moves the dates, so that
    some checks are fresh and some run out again. `today` is the day of `now` in Delhi unless
    given. `on_row` is called with the count of listings made so far. Raises `InvalidError` for
    a number of listings out of range and when the reference data is not loaded.
    """
    if not 1 <= listings <= MOST_LISTINGS:
        raise InvalidError("listings", f"Listings must be from 1 to {MOST_LISTINGS}.")
    if not vocabulary.localities:
        raise InvalidError("listings", "Load the reference data first: flask reference load.")
    documents = demo_documents(
        listings=listings, seed=seed, today=today or delhi_day(now), vocabulary=vocabulary
    )
    return import_documents(documents, now=now, vocabulary=vocabulary, on_row=on_row)
