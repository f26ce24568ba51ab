"""Which reviews a reader may see: one SQL expression each, from which every read starts.

A listing that is not public hides its reviews with it; that is asked by whoever reads a listing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_

from directory.reviews.models import Review, ReviewVersion
from directory.reviews.policy import LEAVES_A_LINE, SHOWN, oldest_counted

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement


def is_shown() -> ColumnElement[bool]:
    """Give the condition that a review's words are public: it is published."""
    return Review.state.in_(SHOWN)


def leaves_a_line() -> ColumnElement[bool]:
    """Give the condition that a review was public and a line stands in its place."""
    return and_(Review.state.in_(LEAVES_A_LINE), Review.published_at.is_not(None))


def is_current() -> ColumnElement[bool]:
    """Give the condition that joins a review with the version that stands for it."""
    return and_(
        ReviewVersion.review_id == Review.id, ReviewVersion.number == Review.current_version
    )


def is_in_window(today: date) -> ColumnElement[bool]:
    """Give the condition that a visit lies in the months that count on a day."""
    return ReviewVersion.visit_quarter >= oldest_counted(today)
