"""Signals of patterns: what several reviews together show. Advice, never a decision.

Read inside the transaction that brings a review before the desk; each query is bounded.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.moderation.screening import Signal, SignalName
from directory.moderation.screening.near_duplicates import same_words
from directory.reviews.models import Review, ReviewState, ReviewVersion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

BURST_WITHIN = timedelta(days=7)
BURST_FROM = 5
COMPARED_AT_MOST = 300
ONE_SIDED_FROM = 5
NEVER_READ = frozenset({ReviewState.UNCONFIRMED, ReviewState.EXPIRED, ReviewState.ERASED})
EXTREMES = {1, 5}


def pattern_signals(
    session: Session, review: Review, version: ReviewVersion, *, now: datetime
) -> tuple[Signal, ...]:
    """Give what the reviews of this listing, this author and this network show about one."""
    found = (
        *_near_duplicates(session, review, version),
        *_burst(session, review, now),
        *_same_network(session, review),
        *_one_sided(session, review, version),
        *_new_account(session, review),
    )
    return tuple(Signal(name=name, start=0, end=0, why=why) for name, why in found)


def _near_duplicates(
    session: Session, review: Review, version: ReviewVersion
) -> Iterator[tuple[SignalName, str]]:
    others = _others(review).add_columns(ReviewVersion.review_id, ReviewVersion.text)
    rows = session.execute(
        others.where(ReviewVersion.text.is_not(None))
        .order_by(Review.id.desc())
        .limit(COMPARED_AT_MOST)
    )
    texts = [(row.review_id, row.text) for row in rows]
    alike = same_words(version.text or "", texts)
    if alike:
        nearest = max(likeness for _review_id, likeness in alike)
        yield (
            SignalName.NEAR_DUPLICATE,
            f"{len(alike)} of {len(texts)} reviews say nearly the same ({round(nearest * 100)} %).",
        )


def _burst(session: Session, review: Review, now: datetime) -> Iterator[tuple[SignalName, str]]:
    number = session.scalar(
        select(func.count())
        .select_from(Review)
        .where(
            Review.listing_id == review.listing_id,
            Review.submitted_at > now - BURST_WITHIN,
            Review.state.not_in(NEVER_READ),
        )
    )
    if number is not None and number >= BURST_FROM:
        yield (
            SignalName.BURST,
            f"{number} reviews of this listing came in within {BURST_WITHIN.days} days.",
        )


def _same_network(session: Session, review: Review) -> Iterator[tuple[SignalName, str]]:
    if review.network_hash is None:
        return
    number = session.scalar(
        select(func.count())
        .select_from(Review)
        .where(Review.network_hash == review.network_hash, Review.id != review.id)
    )
    if number:
        yield (
            SignalName.SAME_NETWORK,
            f"{number} other reviews came over one network that day; a hostel shares one too.",
        )


def _one_sided(
    session: Session, review: Review, version: ReviewVersion
) -> Iterator[tuple[SignalName, str]]:
    if version.overall not in EXTREMES:
        return
    given = session.scalars(
        _others(review)
        .add_columns(ReviewVersion.overall)
        .with_only_columns(ReviewVersion.overall)
        .where(Review.listing_id == review.listing_id)
        .order_by(Review.id.desc())
        .limit(ONE_SIDED_FROM)
    ).all()
    if len(given) == ONE_SIDED_FROM and set(given) <= EXTREMES and len(set(given)) == 1:
        yield (
            SignalName.ONE_SIDED,
            f"The newest {ONE_SIDED_FROM} reviews of this listing all lie at one end of the scale.",
        )


def _new_account(session: Session, review: Review) -> Iterator[tuple[SignalName, str]]:
    earlier = session.scalar(
        select(func.count())
        .select_from(Review)
        .where(
            Review.author_id == review.author_id,
            Review.id != review.id,
            Review.state.not_in(NEVER_READ),
        )
    )
    if not earlier:
        yield SignalName.NEW_ACCOUNT, "This is the first review of its account."


def _others(review: Review) -> Select[int]:
    return (
        select(Review.id)
        .join(ReviewVersion, ReviewVersion.review_id == Review.id)
        .where(
            Review.id != review.id,
            Review.state.not_in(NEVER_READ),
            ReviewVersion.number == Review.current_version,
        )
    )
