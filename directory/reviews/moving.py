"""Reviews that come to another listing, because two were one. Called by `moderation` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.reviews.models import Review
from directory.reviews.policy import IN_HAND
from directory.reviews.summaries import recompute

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def move_reviews(session: Session, from_id: int, to_id: int, *, now: datetime) -> int:
    """Give every review of one listing to another, in whatever state; give how many.

    No word, state or history of a review changes. Both summaries are computed anew. The caller
    has seen that `authors_in_hand` gives nobody, or the database refuses.
    """
    moved = session.scalars(
        update(Review)
        .where(Review.listing_id == from_id)
        .values(listing_id=to_id)
        .returning(Review.id)
        .execution_options(synchronize_session=False)
    ).all()
    if moved:
        session.expire_all()
        recompute(session, from_id, now=now)
        recompute(session, to_id, now=now)
        record_changes(session, ChangeNoun.LISTING, [from_id, to_id], now)
    return len(moved)


def authors_in_hand(session: Session, one_id: int, other_id: int) -> list[int]:
    """Give the authors who have a review of each of two listings before the desk."""
    return list(
        session.scalars(
            select(Review.author_id)
            .where(Review.listing_id.in_([one_id, other_id]), Review.state.in_(IN_HAND))
            .where(Review.author_id.is_not(None))
            .group_by(Review.author_id)
            .having(func.count(Review.listing_id.distinct()) > 1)
        )
    )
