"""The summary of a listing's reviews: a pure function of the published ones in the window.

Called inside the transaction that changed what is published, and by the daily clock, because
visits leave the window as time passes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.core.clock import delhi_day
from directory.reviews.models import RatingSummary, Review, ReviewState, ReviewVersion
from directory.reviews.policy import counts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session


def summary_of(
    listing_id: int, published: Iterable[tuple[int, str]], *, today: date, now: datetime
) -> RatingSummary:
    """Give the summary of (overall rating, quarter of the visit) pairs of published reviews."""
    pairs = list(published)
    stars = Counter(overall for overall, quarter in pairs if counts(quarter, today))
    return RatingSummary(
        listing_id=listing_id,
        stars_1=stars[1],
        stars_2=stars[2],
        stars_3=stars[3],
        stars_4=stars[4],
        stars_5=stars[5],
        published=len(pairs),
        computed_at=now,
    )


def recompute(session: Session, listing_id: int, *, now: datetime) -> None:
    """Write a listing's summary anew, inside the caller's transaction."""
    rows = session.execute(
        select(ReviewVersion.overall, ReviewVersion.visit_quarter)
        .join(Review, Review.id == ReviewVersion.review_id)
        .where(
            Review.listing_id == listing_id,
            Review.state == ReviewState.PUBLISHED,
            ReviewVersion.number == Review.current_version,
        )
    )
    published = [(overall, quarter) for overall, quarter in rows]
    session.merge(summary_of(listing_id, published, today=delhi_day(now), now=now))
    session.flush()
