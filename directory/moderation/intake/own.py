"""An author's own review, held for a change; anybody else's does not exist for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.core.errors import NotFoundError
from directory.reviews.models import Review

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer


def own_review(session: Session, viewer: Viewer, public_id: str) -> Review:
    """Give one's own review; raises `NotFoundError` for any other."""
    review = session.scalar(
        select(Review)
        .where(Review.public_id == public_id, Review.author_id == viewer.user_id)
        .with_for_update()
    )
    if review is None:
        raise NotFoundError("There is no such review of yours.")
    return review
