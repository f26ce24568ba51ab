"""The score of listings and what stands behind it; one query however many listings.

Read from `rating_summary`, which each change of a published review renews. Called by the doors
for pages, cards and the API, and by the search index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.reviews.models import Rating, RatingSummary, Review, ReviewVersion
from directory.reviews.policy import LEAST_COUNTED, score_of
from directory.reviews.queries.visible import is_current, is_in_window, is_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from directory.reviews.models import Aspect


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """What reviews give a listing.

    `score` is rounded to one decimal, as it is shown and searched by, and None under five
    counted reviews. `stars` says how many counted reviews gave 1, 2, 3, 4 and 5. `published`
    counts those too that are too old to count.
    """

    score: float | None
    counted: int
    stars: tuple[int, int, int, int, int]
    published: int

    @property
    def older(self) -> int:
        """How many published reviews are too old to count."""
        return self.published - self.counted


NO_REVIEWS = RatingFacts(score=None, counted=0, stars=(0, 0, 0, 0, 0), published=0)


@dataclass(frozen=True, slots=True)
class AspectMean:
    """The plain mean of the counted ratings of one aspect, and how many there are."""

    aspect: Aspect
    mean: float
    counted: int


def ratings_of(session: Session, listing_ids: Sequence[int]) -> Mapping[int, RatingFacts]:
    """Give the ratings of the listings that have any review, by listing id; one query."""
    if not listing_ids:
        return {}
    rows = session.scalars(select(RatingSummary).where(RatingSummary.listing_id.in_(listing_ids)))
    return {row.listing_id: _facts(row) for row in rows}


def rating_of(session: Session, listing_id: int) -> RatingFacts:
    """Give the rating of one listing; nothing counted when it has no review."""
    return ratings_of(session, [listing_id]).get(listing_id, NO_REVIEWS)


def all_ratings(session: Session) -> Mapping[int, RatingFacts]:
    """Give the ratings of all listings that have a score or a counted review; one query.

    For the search without an index; a few numbers for each listing.
    """
    rows = session.scalars(select(RatingSummary).where(RatingSummary.published > 0))
    return {row.listing_id: _facts(row) for row in rows}


def aspect_means(session: Session, listing_id: int, *, today: date) -> tuple[AspectMean, ...]:
    """Give the means of aspects that five or more counted reviews rate; one query."""
    rows = session.execute(
        select(Rating.aspect, func.avg(Rating.value), func.count())
        .join(
            ReviewVersion,
            (ReviewVersion.review_id == Rating.review_id)
            & (ReviewVersion.number == Rating.version_number),
        )
        .join(Review, is_current())
        .where(Review.listing_id == listing_id, is_shown(), is_in_window(today))
        .group_by(Rating.aspect)
        .having(func.count() >= LEAST_COUNTED)
    )
    return tuple(
        AspectMean(aspect, round(float(mean), 1), counted) for aspect, mean, counted in rows
    )


def _facts(row: RatingSummary) -> RatingFacts:
    stars = (row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5)
    score = score_of(stars)
    return RatingFacts(
        score=None if score is None else round(score, 1),
        counted=sum(stars),
        stars=stars,
        published=row.published,
    )
