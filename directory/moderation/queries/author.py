"""What authors see of their own reviews, and what a receipt tells who flagged one.

Each starts from the viewer's own account: anybody else's review does not exist here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.core.errors import NotFoundError
from directory.listings.models import Listing
from directory.moderation.intake.drafts import ReviewDraft
from directory.moderation.models import (
    Appeal,
    AppealState,
    Decision,
    Flag,
    FlagState,
    ModerationCase,
    Step,
    SubjectNoun,
)
from directory.moderation.policy import NEED_RULE
from directory.reviews.models import (
    Rating,
    Review,
    ReviewEvent,
    ReviewHistory,
    ReviewState,
    ReviewVersion,
    RuleCode,
)
from directory.reviews.policy import (
    APPEAL_WITHIN,
    APPEALABLE,
    CHANGE_WITHIN,
    CONFIRM_WITHIN,
    TERMS_VERSION,
    move_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.listings.models import ListingKind

MOST_SHOWN = 200
# What the author is told of a decision; the desk's inner steps are not.
TOLD = frozenset({Step.ALONE, Step.CONFIRMATION})


class NextStep(StrEnum):
    """What happens next with a review, or what its author can do."""

    CONFIRM = "confirm"
    WAIT = "wait"
    CHANGE = "change"
    APPEAL = "appeal"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MyReview:
    """One of the viewer's reviews. `until` is when the next step is over; `hint` is the desk's."""

    public_id: str
    listing_id: int
    listing_name: str
    listing_kind: ListingKind
    listing_slug: str
    state: ReviewState
    overall: int
    submitted_at: datetime
    published_at: datetime | None
    moved_at: datetime
    next_step: NextStep
    until: datetime | None
    rule_code: RuleCode | None
    hint: str | None
    can_withdraw: bool
    can_change: bool
    can_appeal: bool
    appeal_state: AppealState | None
    appeal_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version as it was sent; the text is empty once it was destroyed."""

    number: int
    text: str | None
    overall: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a review, without who did it."""

    event: ReviewEvent
    at: datetime
    rule_code: RuleCode | None


@dataclass(frozen=True, slots=True)
class MyReviewPage:
    """All about one of the viewer's reviews; `draft` is the newest version as a form takes it."""

    review: MyReview
    versions: tuple[VersionView, ...]
    history: tuple[HistoryLine, ...]
    draft: ReviewDraft


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What became of a flag; nothing tells who made it."""

    receipt: str
    made_at: datetime
    state: FlagState
    rule_code: RuleCode
    decided_at: datetime | None
    due_at: datetime
    listing_name: str
    listing_kind: ListingKind
    listing_slug: str


def my_reviews(session: Session, viewer: Viewer, *, now: datetime) -> tuple[MyReview, ...]:
    """Give the viewer's reviews, newest first, at most two hundred, in three statements."""
    rows = session.execute(
        select(Review, ReviewVersion.overall, Listing)
        .join(ReviewVersion, ReviewVersion.review_id == Review.id)
        .join(Listing, Listing.id == Review.listing_id)
        .where(Review.author_id == viewer.user_id, ReviewVersion.number == Review.current_version)
        .order_by(Review.submitted_at.desc(), Review.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    ids = [review.id for review, _overall, _listing in rows]
    hints, appeals = _hints(session, ids), _appeals(session, ids)
    return tuple(
        _mine(review, overall, listing, hints.get(review.id), appeals.get(review.id), now=now)
        for review, overall, listing in rows
    )


def my_review(session: Session, viewer: Viewer, public_id: str, *, now: datetime) -> MyReviewPage:
    """Give one of the viewer's reviews; raises `NotFoundError` for any other."""
    row = session.execute(
        select(Review, Listing)
        .join(Listing, Listing.id == Review.listing_id)
        .where(Review.public_id == public_id, Review.author_id == viewer.user_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such review of yours.")
    review, listing = row
    versions = session.scalars(
        select(ReviewVersion)
        .where(ReviewVersion.review_id == review.id)
        .order_by(ReviewVersion.number)
    ).all()
    newest = versions[-1]
    hint, made = _hints(session, [review.id]), _appeals(session, [review.id])
    mine = _mine(review, newest.overall, listing, hint.get(review.id), made.get(review.id), now=now)
    return MyReviewPage(
        review=mine,
        versions=tuple(
            VersionView(each.number, each.text, each.overall, each.created_at) for each in versions
        ),
        history=_history(session, review.id),
        draft=_draft(session, review, newest),
    )


def receipt(session: Session, number: str) -> ReceiptPage:
    """Give what became of a flag; raises `NotFoundError` for an unknown number."""
    row = session.execute(
        select(Flag, ModerationCase.due_at, Listing)
        .join(ModerationCase, ModerationCase.id == Flag.case_id)
        .join(Review, Review.id == Flag.review_id)
        .join(Listing, Listing.id == Review.listing_id)
        .where(Flag.receipt == number.strip().lower())
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no receipt with this number.")
    flag, due_at, listing = row
    return ReceiptPage(
        receipt=flag.receipt,
        made_at=flag.made_at,
        state=flag.state,
        rule_code=flag.rule_code,
        decided_at=flag.decided_at,
        due_at=due_at,
        listing_name=listing.name,
        listing_kind=listing.kind,
        listing_slug=listing.slug,
    )


def _mine(
    review: Review,
    overall: int,
    listing: Listing,
    hint: str | None,
    appeal: Appeal | None,
    *,
    now: datetime,
) -> MyReview:
    step, until = _next(review, appeal, now=now)
    return MyReview(
        public_id=review.public_id,
        listing_id=listing.id,
        listing_name=listing.name,
        listing_kind=listing.kind,
        listing_slug=listing.slug,
        state=review.state,
        overall=overall,
        submitted_at=review.submitted_at,
        published_at=review.published_at,
        moved_at=review.moved_at,
        next_step=step,
        until=until,
        rule_code=review.rule_code,
        hint=hint if review.rule_code else None,
        can_withdraw=move_for(review.state, ReviewEvent.WITHDRAW) is not None,
        can_change=step is NextStep.CHANGE,
        can_appeal=step is NextStep.APPEAL,
        appeal_state=appeal.state if appeal else None,
        appeal_due_at=appeal.due_at if appeal else None,
    )


def _next(
    review: Review, appeal: Appeal | None, *, now: datetime
) -> tuple[NextStep, datetime | None]:
    if review.state is ReviewState.UNCONFIRMED:
        return NextStep.CONFIRM, review.moved_at + CONFIRM_WITHIN
    if review.state is ReviewState.PENDING:
        return NextStep.WAIT, None
    if review.state is ReviewState.RETURNED and now < review.moved_at + CHANGE_WITHIN:
        return NextStep.CHANGE, review.moved_at + CHANGE_WITHIN
    if review.state in APPEALABLE:
        appealed = appeal is not None and appeal.made_at >= review.moved_at
        if appealed and appeal is not None:
            waits = appeal.state is AppealState.OPEN
            return (NextStep.WAIT, appeal.due_at) if waits else (NextStep.NONE, None)
        if now < review.moved_at + APPEAL_WITHIN:
            return NextStep.APPEAL, review.moved_at + APPEAL_WITHIN
    return NextStep.NONE, None


def _hints(session: Session, review_ids: Iterable[int]) -> Mapping[int, str | None]:
    """Give the words of the newest judgement about each review; a later row replaces an earlier."""
    rows = session.execute(
        select(ModerationCase.subject_id, Decision.words)
        .join(Decision, Decision.case_id == ModerationCase.id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id.in_(list(review_ids)),
            Decision.outcome.in_(NEED_RULE),
            Decision.step.in_(TOLD),
            Decision.undone_at.is_(None),
        )
        .order_by(Decision.id)
    )
    return {row.subject_id: row.words for row in rows}


def _appeals(session: Session, review_ids: Iterable[int]) -> Mapping[int, Appeal]:
    rows = session.scalars(
        select(Appeal).where(Appeal.review_id.in_(list(review_ids))).order_by(Appeal.id)
    )
    return {row.review_id: row for row in rows}


def _history(session: Session, review_id: int) -> tuple[HistoryLine, ...]:
    rows = session.scalars(
        select(ReviewHistory).where(ReviewHistory.review_id == review_id).order_by(ReviewHistory.id)
    )
    return tuple(HistoryLine(row.event, row.at, row.rule_code) for row in rows)


def _draft(session: Session, review: Review, version: ReviewVersion) -> ReviewDraft:
    ratings = session.scalars(
        select(Rating).where(Rating.review_id == review.id, Rating.version_number == version.number)
    )
    return ReviewDraft(
        listing_id=review.listing_id,
        overall=version.overall,
        aspects={each.aspect: each.value for each in ratings},
        unsafe=version.unsafe,
        text=version.text or "",
        visit_quarter=version.visit_quarter,
        relation=version.relation,
        care_kind=version.care_kind,
        pseudonym=version.pseudonym,
        own_experience=False,
        no_reward=False,
        no_connection=False,
        terms_version=TERMS_VERSION,
        submission_key="",
    )
