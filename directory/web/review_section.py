"""What a listing's page and its list of reviews show of reviews: the number, and one page of them.

Called by `listings.py` and `reviews.py`; not for writing or objecting to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.db import db
from directory.reviews.policy import LEAST_COUNTED, PRIOR_COUNT, PRIOR_MEAN, WINDOW_MONTHS
from directory.reviews.queries.listing import Period, ReviewFilter, reviews_of
from directory.reviews.queries.ratings import aspect_means, rating_of
from directory.web import current
from directory.web.links import review_form_url, reviews_url

if TYPE_CHECKING:
    from directory.reviews.queries.listing import ReviewsPage
    from directory.reviews.queries.ratings import AspectMean, RatingFacts

PER_PAGE = 10
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """How many counted reviews gave so many stars; `width` is of 100."""

    stars: int
    counted: int
    width: float


@dataclass(frozen=True, slots=True)
class RatingView:
    """The number of a listing and what stands behind it, the highest stars first."""

    facts: RatingFacts
    bars: tuple[Bar, ...]
    aspects: tuple[AspectMean, ...]
    least: int = LEAST_COUNTED
    prior_count: int = PRIOR_COUNT
    prior_mean: float = PRIOR_MEAN
    window_months: int = WINDOW_MONTHS


@dataclass(frozen=True, slots=True)
class ReviewsSection:
    """The part of a listing's page with its reviews: the newest ten, and where the rest is."""

    rating: RatingView
    page: ReviewsPage
    all_url: str
    older_url: str
    write_url: str

    @property
    def has_more(self) -> bool:
        """Whether the list goes on after the ones shown here."""
        return self.page.rows > len(self.page.items)


def section_of(listing_id: int, kind: str, slug: str) -> ReviewsSection:
    """Give the reviews of a public listing for its own page, in at most five queries."""
    return ReviewsSection(
        rating=rating_view(listing_id),
        page=page_of(listing_id, ReviewFilter(), page=1),
        all_url=reviews_url(kind, slug),
        older_url=reviews_url(kind, slug, period=Period.OLDER),
        write_url=review_form_url(kind, slug),
    )


def page_of(listing_id: int, wanted: ReviewFilter, *, page: int) -> ReviewsPage:
    """Give one page of ten reviews of a public listing."""
    return reviews_of(
        db.session(), listing_id, wanted, page=page, per_page=PER_PAGE, today=current.today()
    )


def rating_view(listing_id: int) -> RatingView:
    """Give a listing's number, its bars, and means of aspects where enough count."""
    session = db.session()
    facts = rating_of(session, listing_id)
    enough = facts.score is not None
    means = aspect_means(session, listing_id, today=current.today()) if enough else ()
    return view_of(facts, means)


def view_of(facts: RatingFacts, means: tuple[AspectMean, ...]) -> RatingView:
    """Give the view of a rating and of means, these in the order they are asked for."""
    bars = tuple(
        Bar(stars, counted, round(WHOLE * counted / max(1, facts.counted), 1))
        for stars, counted in reversed(list(enumerate(facts.stars, start=1)))
    )
    order = list(type(means[0].aspect)) if means else []
    return RatingView(facts, bars, tuple(sorted(means, key=lambda mean: order.index(mean.aspect))))
