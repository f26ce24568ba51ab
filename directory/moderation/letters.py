"""Letters to authors about what became of a review; queued in the transaction that did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.accounts.letters import letter_to_user
from directory.accounts.models import User
from directory.listings.models import Listing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.outbox.models import LetterKind
    from directory.reviews.models import Review, RuleCode

MY_REVIEWS = "/account/reviews"


def tell_author(
    session: Session,
    review: Review,
    kind: LetterKind,
    *,
    group_key: str,
    keys: Keys,
    now: datetime,
    rule_code: RuleCode | None = None,
    words: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue a letter to who wrote a review; nobody is written to once the author is erased."""
    author = None if review.author_id is None else session.get(User, review.author_id)
    if author is None or author.email_sealed is None:
        return
    letter_to_user(
        session,
        user=author,
        kind=kind,
        facts={
            "listing_name": session.get_one(Listing, review.listing_id).name,
            "rule_code": rule_code.value if rule_code else "",
            "hint": words or "",
            "path": f"{MY_REVIEWS}/{review.public_id}",
        },
        group_key=group_key,
        not_before=not_before,
        keys=keys,
        now=now,
    )
