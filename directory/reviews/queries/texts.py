"""The words of published reviews for the search index, the newest of each listing.

Called by the search room only; nothing else of a review goes into the index.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.reviews.models import Review, ReviewVersion
from directory.reviews.queries.visible import is_current, is_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

# So that one listing's document stays of a size: 50 texts of at most 4,000 characters.
MOST_TEXTS = 50


def newest_texts(session: Session, listing_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Give up to 50 published texts of each listing, newest first; one query."""
    if not listing_ids:
        return {}
    place = func.row_number().over(
        partition_by=Review.listing_id,
        order_by=(Review.published_at.desc(), Review.id.desc()),
    )
    ranked = (
        select(Review.listing_id, ReviewVersion.text, place.label("place"))
        .join(ReviewVersion, is_current())
        .where(Review.listing_id.in_(listing_ids), is_shown(), ReviewVersion.text.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.listing_id, ranked.c.text)
        .where(ranked.c.place <= MOST_TEXTS)
        .order_by(ranked.c.listing_id, ranked.c.place)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for listing_id, text in rows:
        found[listing_id].append(text)
    return found
