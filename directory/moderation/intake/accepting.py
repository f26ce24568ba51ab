"""A review whose author is proven: confirmed, screened, its case opened, consents noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.accounts.authors import note_consents
from directory.accounts.models import ConsentPurpose
from directory.audit.policy import AUTHOR
from directory.moderation.cases import current_version_of
from directory.moderation.intake.reading import bring_before_desk
from directory.reviews.models import Pseudonym, ReviewEvent
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.moderation.intake.listed import Listed
    from directory.reviews.models import Review


def accept_review(session: Session, review: Review, listing: Listed, *, now: datetime) -> None:
    """Move a review to the desk, inside the caller's transaction."""
    version = current_version_of(session, review)
    purposes = [ConsentPurpose.ACCOUNT, ConsentPurpose.PUBLICATION]
    if version.pseudonym is not Pseudonym.NEUTRAL:
        purposes.append(ConsentPurpose.DISPLAY_NAME)
    if review.author_id is not None:
        note_consents(
            session,
            user_id=review.author_id,
            purposes=purposes,
            text_version=version.terms_version,
            now=now,
        )
    move(session, review, ReviewEvent.CONFIRM, Cause(AUTHOR), now=now)
    bring_before_desk(session, review, version, listing, now=now)
