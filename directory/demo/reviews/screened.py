"""Screens the texts that are worth it: those that break a rule, and all that still wait.

Screening takes some milliseconds a text, so it is done before the transaction begins, and what
was plainly published long ago is left out. Called by `loading.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from directory.moderation.screening import screen
from directory.reviews.models import ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from directory.demo.reviews.courses import Place
    from directory.demo.reviews.drafts import DemoReview
    from directory.moderation.screening import Signal

    # What screening says of a version, by the numbers of the review and of the version.
    Advice: TypeAlias = Mapping[tuple[int, int], Sequence[Signal]]


def advice_on(reviews: Iterable[DemoReview], places: Mapping[str, Place]) -> Advice:
    """Give the signals of each text that is worth screening."""
    return {
        (review.number, number): screen(version.text, listed=places[review.listing_ref].name)
        for review in reviews
        if review.breaks is not None or review.state is ReviewState.PENDING
        for number, version in enumerate(review.versions, start=1)
    }
