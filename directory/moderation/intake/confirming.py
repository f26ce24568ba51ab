"""Opening the link of a letter: the review's author is proven, and the desk may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.accounts.authors import confirm_user, use_confirm_link
from directory.accounts.models import User
from directory.core.db import writing
from directory.core.errors import NotFoundError
from directory.moderation.cases import review_for_update
from directory.moderation.intake.accepting import accept_review
from directory.moderation.intake.listed import listed, refuse_conflict, refuse_second_review
from directory.reviews.models import ReviewState

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed; `same_browser` tells whether the one who asked opened the link."""

    public_id: str
    listing_name: str
    user_id: int
    same_browser: bool


def confirm_review(*, token: str, browser: str | None, keys: Keys, now: datetime) -> Confirmed:
    """Confirm the review a link was sent for, and bring it before the desk.

    Raises `NotFoundError` for a link that is unknown, used or out of date, `NotAllowedError` for
    who is linked to the listing, and `ConflictError` for a second review within twelve months;
    after these the review stays unconfirmed and is deleted seven days after it was written.
    """
    with writing() as session:
        link = use_confirm_link(session, token=token, browser=browser, keys=keys, now=now)
        review = review_for_update(session, link.subject_id)
        author = session.get_one(User, link.user_id)
        if review.state is not ReviewState.UNCONFIRMED or review.author_id != author.id:
            raise NotFoundError("This link has been used already.")
        listing = listed(session, review.listing_id)
        refuse_conflict(session, author.id, listing.id)
        refuse_second_review(session, author.id, listing.id, now=now)

        confirm_user(session, author, now=now)
        accept_review(session, review, listing, now=now)
        return Confirmed(review.public_id, listing.name, author.id, link.same_browser)
