"""A new review: kept unconfirmed until its author has shown that the address is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.accounts.authors import find_or_make_unconfirmed, queue_confirm_link
from directory.accounts.models import User, UserState
from directory.audit.policy import AUTHOR
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import InvalidError, NotAllowedError
from directory.moderation.intake.accepting import accept_review
from directory.moderation.intake.drafts import add_version, check_draft, plain_text
from directory.moderation.intake.listed import listed, refuse_conflict, refuse_second_review
from directory.moderation.intake.names import new_public_id
from directory.moderation.intake.reading import is_crisis
from directory.moderation.screening import language_of
from directory.reviews.models import Review, ReviewState
from directory.reviews.policy import CONFIRM_WITHIN
from directory.reviews.transitions import Cause, note_submitted

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.moderation.intake.drafts import ReviewDraft
    from directory.moderation.intake.listed import Listed


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a sent review, and whether help must be shown before anything else."""

    public_id: str
    state: ReviewState
    needs_confirming: bool
    is_crisis: bool


def submit_review(
    *,
    viewer: Viewer | None,
    email: str | None,
    draft: ReviewDraft,
    browser: str | None,
    network_hash: str | None,
    keys: Keys,
    now: datetime,
) -> Submitted:
    """Keep a review, once for each form, and give what happens next.

    Somebody signed in has confirmed already, so theirs is before the desk at once; for anybody
    else one letter with a link goes out, good for seven days. Raises `InvalidError` for a field
    that breaks a rule, `NotFoundError` for a listing that is not published, and for somebody
    signed in `NotAllowedError` (linked to the listing) and `ConflictError` (reviewed already).
    Without an account these two are told only to who opens the link: an address typed by
    somebody else must not show whether its owner wrote about a listing.
    """
    attempt = partial(
        _submit,
        viewer=viewer,
        email=email,
        draft=draft,
        browser=browser,
        network_hash=network_hash,
        keys=keys,
        now=now,
    )
    try:
        with writing() as session:
            return attempt(session)
    except IntegrityError:  # the same form, or the same new address, at the same moment
        with writing() as session:
            return attempt(session)


def _submit(
    session: Session,
    *,
    viewer: Viewer | None,
    email: str | None,
    draft: ReviewDraft,
    browser: str | None,
    network_hash: str | None,
    keys: Keys,
    now: datetime,
) -> Submitted:
    listing = listed(session, draft.listing_id)
    sent_before = session.scalar(
        select(Review).where(Review.submission_key == draft.submission_key)
    )
    if sent_before is not None:
        return _submitted(sent_before, draft, listing)
    check_draft(draft, is_centre=listing.is_centre, today=delhi_day(now))
    author = _author(session, viewer, email, draft, keys=keys, now=now)

    review = _keep(session, draft, listing, author, network_hash=network_hash, now=now)
    if viewer is not None:
        refuse_conflict(session, author.id, listing.id)
        refuse_second_review(session, author.id, listing.id, now=now)
        accept_review(session, review, listing, now=now)
    else:
        queue_confirm_link(
            session,
            user=author,
            review_id=review.id,
            listing_name=listing.name,
            browser=browser,
            valid_for=CONFIRM_WITHIN,
            keys=keys,
            now=now,
        )
    return _submitted(review, draft, listing)


def _author(
    session: Session,
    viewer: Viewer | None,
    email: str | None,
    draft: ReviewDraft,
    *,
    keys: Keys,
    now: datetime,
) -> User:
    if viewer is not None:
        author = session.get_one(User, viewer.user_id)
        if author.state is not UserState.ACTIVE:
            raise NotAllowedError("This account cannot write reviews now.")
        return author
    if not (email or "").strip():
        raise InvalidError("email", "Give an e-mail address, like name@example.org.")
    return find_or_make_unconfirmed(
        session, email=email or "", language=draft.language, keys=keys, now=now
    )


def _keep(
    session: Session,
    draft: ReviewDraft,
    listing: Listed,
    author: User,
    *,
    network_hash: str | None,
    now: datetime,
) -> Review:
    review = Review(
        public_id=new_public_id(),
        listing_id=listing.id,
        author_id=author.id,
        state=ReviewState.UNCONFIRMED,
        current_version=1,
        submission_key=draft.submission_key,
        network_hash=network_hash,
        is_demo=False,
        submitted_at=now,
        moved_at=now,
    )
    session.add(review)
    session.flush()
    add_version(
        session,
        draft,
        review_id=review.id,
        number=1,
        district=listing.district,
        language=language_of(plain_text(draft.text)),
        now=now,
    )
    note_submitted(session, review, Cause(AUTHOR), now=now)
    return review


def _submitted(review: Review, draft: ReviewDraft, listing: Listed) -> Submitted:
    return Submitted(
        public_id=review.public_id,
        state=review.state,
        needs_confirming=review.state is ReviewState.UNCONFIRMED,
        is_crisis=is_crisis(plain_text(draft.text), listing.name),
    )
