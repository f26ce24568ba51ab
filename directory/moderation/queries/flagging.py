"""What a reader sees of a review they are about to flag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.core.errors import NotFoundError
from directory.listings.models import Listing, ListingState
from directory.reviews.models import Review, ReviewState, ReviewVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.listings.models import ListingKind


@dataclass(frozen=True, slots=True)
class FlaggedReview:
    """A published review as everybody reads it, and where it stands."""

    public_id: str
    text: str
    listing_name: str
    listing_kind: ListingKind
    listing_slug: str


def flagged_review(session: Session, public_id: str) -> FlaggedReview:
    """Give a review that readers see; raises `NotFoundError` for any other."""
    row = session.execute(
        select(ReviewVersion.text, Listing.name, Listing.kind, Listing.slug)
        .join(Review, Review.id == ReviewVersion.review_id)
        .join(Listing, Listing.id == Review.listing_id)
        .where(
            Review.public_id == public_id,
            Review.state == ReviewState.PUBLISHED,
            Review.current_version == ReviewVersion.number,
            Listing.state == ListingState.PUBLISHED,
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such review.")
    return FlaggedReview(public_id, row.text or "", row.name, row.kind, row.slug)
