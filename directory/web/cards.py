"""Cards as lists of listings show them: what the directory knows, and what reviews give.

Called by every view with such a list. The cards of `/urgent` come without ratings: nobody
compares stars in an emergency.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from directory.listings.queries.cards import CardRating, cards
from directory.reviews.queries.ratings import ratings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.search import ListingSearch
    from directory.vocabulary.queries import Vocabulary


def rated_cards(
    session: Session,
    ids: Sequence[int],
    vocabulary: Vocabulary,
    now: datetime,
    search: ListingSearch | None = None,
) -> list[ListingCard]:
    """Give the cards of the public listings among `ids` in their order; ten queries.

    With `search`, each names the place that it finds.
    """
    ratings = ratings_of(session, ids)
    return [
        replace(card, rating=CardRating(found.score, found.counted))
        if (found := ratings.get(card.id)) is not None and found.counted
        else card
        for card in cards(session, ids, vocabulary, now, search)
    ]
