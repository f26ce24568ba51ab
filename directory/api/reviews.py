"""A listing's published reviews as the document of `/api/v1/listings/<slug>/reviews`.

What was withdrawn, removed or restricted is no item: `removed` says how many were taken down.
Nothing here knows an author. Called by `listings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.reviews.queries.listing import ReviewCard

if TYPE_CHECKING:
    from directory.api.schemas import Review, Reviews
    from directory.reviews.queries.listing import ReviewsPage


def reviews_document(read: ReviewsPage, *, page: int, per_page: int) -> Reviews:
    """Give one page of reviews, newest first, older ones too."""
    return {
        "total": read.total,
        "page": page,
        "per_page": per_page,
        "removed": read.removed,
        "items": [_review(item) for item in read.items if isinstance(item, ReviewCard)],
    }


def _review(card: ReviewCard) -> Review:
    return {
        "id": card.public_id,
        "overall": card.overall,
        "aspects": {aspect.value: value for aspect, value in card.aspects},
        "text": card.text,
        "language": card.language,
        "quarter": card.quarter,
        "relation": card.relation.value if card.relation else None,
        "care_kind": card.care_kind.value,
        "published_on": card.published_on.isoformat(),
        "older": card.is_older,
        "demo": card.is_demo,
    }
