"""Made-up reviews and numbers for the page of components. Called by `web/components.py` only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from directory.listings.queries.cards import CardRating
from directory.reviews.models import (
    Aspect,
    CareKind,
    Pseudonym,
    Relation,
    ReviewState,
    RuleCode,
)
from directory.reviews.queries.listing import ReviewCard, Shown, Tombstone
from directory.reviews.queries.ratings import NO_REVIEWS, AspectMean, RatingFacts
from directory.web.review_section import view_of

if TYPE_CHECKING:
    from directory.web.review_section import RatingView

DAY = date(2026, 10, 3)
ENGLISH = (
    "She asked what a normal day looked like before she asked about symptoms. Hard to get on the "
    "phone between two and four; the assistant calls back after five."
)
HINDI = (
    "समय ग्यारह बजे का मिला था, बारह बजे के बाद बुलाया गया और बात जल्दी में हुई। माँ के सवालों के जवाब ठीक "
    "से दिए, पर दवा क्यों बदली यह पर्चे पर नहीं लिखा।"
)


def reviews() -> list[ReviewCard | Tombstone]:
    """Give one in each language and a line for each way to go."""
    review = ReviewCard(
        public_id="sample",
        who=Shown(Relation.TREATED, Pseudonym.WITH_DISTRICT, "South"),
        quarter="2026-Q3",
        care_kind=CareKind.ONGOING,
        relation=Relation.TREATED,
        overall=5,
        aspects=((Aspect.LISTENED, 5), (Aspect.REACH, 2)),
        text=ENGLISH,
        language="en",
        published_on=DAY,
        is_older=False,
        is_demo=True,
    )
    hindi = ReviewCard(
        public_id="sample-hi",
        who=Shown(None, Pseudonym.NEUTRAL, None),
        quarter="2024-Q2",
        care_kind=CareKind.FIRST_VISIT,
        relation=None,
        overall=2,
        aspects=(),
        text=HINDI,
        language="hi",
        published_on=DAY,
        is_older=True,
        is_demo=False,
    )
    return [review, *lines(), hindi]


def lines() -> list[Tombstone]:
    """Give a line for each way a review can go."""
    month = DAY.replace(day=1)
    return [
        Tombstone(ReviewState.WITHDRAWN, month, None, None),
        Tombstone(ReviewState.REMOVED, month, RuleCode.IDENTIFIES_STAFF, None),
        Tombstone(ReviewState.RESTRICTED, month, RuleCode.LEGAL_ORDER, "order of a civil court"),
    ]


def ratings() -> list[RatingView]:
    """Give a number with all behind it, one that waits for reviews, and none."""
    means = (AspectMean(Aspect.LISTENED, 4.6, 11), AspectMean(Aspect.REACH, 2.9, 9))
    return [
        view_of(RatingFacts(4.3, 12, (0, 1, 0, 2, 9), 13), means),
        view_of(RatingFacts(None, 3, (0, 0, 1, 0, 2), 3), ()),
        view_of(NO_REVIEWS, ()),
    ]


def card_ratings() -> list[CardRating | None]:
    """Give the ratings of cards: a score, too few reviews, none."""
    return [CardRating(4.3, 12), CardRating(None, 2), None]
