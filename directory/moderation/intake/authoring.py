"""What authors do with their reviews: change one that came back, withdraw one, appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select, update

from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import AUTHOR
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError
from directory.moderation.cases import close_case, open_case, open_case_of, settle_flags
from directory.moderation.intake.drafts import add_version, check_draft, plain_text
from directory.moderation.intake.listed import listed
from directory.moderation.intake.names import new_public_id
from directory.moderation.intake.own import own_review
from directory.moderation.intake.reading import bring_before_desk
from directory.moderation.letters import tell_author
from directory.moderation.models import (
    Appeal,
    AppealState,
    CaseKind,
    FlagState,
    ModerationCase,
)
from directory.moderation.policy import APPEAL_DECIDED_WITHIN, LETTERS
from directory.moderation.screening import language_of
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import LetterKind
from directory.reviews.models import ReviewEvent, ReviewState
from directory.reviews.policy import APPEAL_WITHIN, APPEALABLE, CHANGE_WITHIN
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.moderation.intake.drafts import ReviewDraft
    from directory.reviews.models import Review

LEAST_APPEAL = 20
MOST_APPEAL = 2000


def resubmit_review(
    *, viewer: Viewer, public_id: str, draft: ReviewDraft, keys: Keys, now: datetime
) -> None:
    """Send a review that came back again, as a new version; the same case opens again.

    Raises `ConflictError` when it has not come back or its thirty days are over, and
    `InvalidError` for a field that breaks a rule.
    """
    with writing() as session:
        review = own_review(session, viewer, public_id)
        if review.state is not ReviewState.RETURNED or now >= review.moved_at + CHANGE_WITHIN:
            raise ConflictError("This review cannot be changed now.")
        listing = listed(session, review.listing_id)
        check_draft(draft, is_centre=listing.is_centre, today=delhi_day(now))

        version = add_version(
            session,
            draft,
            review_id=review.id,
            number=review.current_version + 1,
            district=listing.district,
            language=language_of(plain_text(draft.text)),
            now=now,
        )
        review.current_version = version.number
        session.flush()
        move(session, review, ReviewEvent.RESUBMIT, Cause(AUTHOR), now=now)
        bring_before_desk(session, review, version, listing, now=now)
        _tell(session, review, LetterKind.REVIEW_RESUBMITTED, keys=keys, now=now)


def withdraw_review(*, viewer: Viewer, public_id: str, keys: Keys, now: datetime) -> None:
    """Withdraw one's review at once, without a reason; what was open about it is closed.

    Raises `ConflictError` when there is nothing to withdraw any more.
    """
    with writing() as session:
        review = own_review(session, viewer, public_id)
        withdraw_within(session, review, now=now)
        _tell(session, review, LETTERS[ReviewEvent.WITHDRAW], keys=keys, now=now)


def withdraw_within(session: Session, review: Review, *, now: datetime) -> None:
    """Withdraw a review inside the caller's transaction, and close its case."""
    move(session, review, ReviewEvent.WITHDRAW, Cause(AUTHOR), now=now)
    end_open_work(session, review, now=now)


def end_open_work(session: Session, review: Review, *, now: datetime) -> None:
    """Close what is open about a review whose author took it away."""
    case = open_case_of(session, review.id)
    if case is None:
        return
    settle_flags(session, case, FlagState.OVERTAKEN, AUTHOR, now=now)
    session.execute(
        update(Appeal)
        .where(Appeal.case_id == case.id, Appeal.state == AppealState.OPEN)
        .values(state=AppealState.WITHDRAWN, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    close_case(session, case, AUTHOR, now=now)


def appeal(*, viewer: Viewer, public_id: str, words: str, keys: Keys, now: datetime) -> None:
    """Appeal against a rejection or removal, within thirty days and once for each decision.

    Somebody who took no part decides within ten days. Raises `ConflictError` when it is too
    late or has been appealed already, `InvalidError` for words that are too short or long.
    """
    said = plain_text(words)
    if not LEAST_APPEAL <= len(said) <= MOST_APPEAL:
        raise InvalidError("words", f"Say why, in {LEAST_APPEAL} to {MOST_APPEAL} characters.")
    with writing() as session:
        review = own_review(session, viewer, public_id)
        refuse_appeal(session, review, now=now)

        case = open_case(
            session,
            review,
            kind=CaseKind.APPEAL,
            lane=Lane.LEGAL,
            language=language_of(said),
            actor=AUTHOR,
            now=now,
        )
        _keep_appeal(session, review, case, said, now=now)
        _tell(session, review, LetterKind.APPEAL_RECEIVED, keys=keys, now=now)


def refuse_appeal(session: Session, review: Review, *, now: datetime) -> None:
    """Raise `ConflictError` unless a review may be appealed for now."""
    if review.state not in APPEALABLE:
        raise ConflictError("There is no decision to appeal against.")
    if now >= review.moved_at + APPEAL_WITHIN:
        raise ConflictError("The thirty days for an appeal are over.")
    if appealed_since(session, review):
        raise ConflictError("You have appealed against this already.")


def appealed_since(session: Session, review: Review) -> bool:
    """Tell whether the present decision about a review has been appealed against."""
    made = exists().where(Appeal.review_id == review.id, Appeal.made_at >= review.moved_at)
    return bool(session.scalar(select(made)))


def _keep_appeal(
    session: Session, review: Review, case: ModerationCase, words: str, *, now: datetime
) -> None:
    made = Appeal(
        review_id=review.id,
        case_id=case.id,
        words=words,
        state=AppealState.OPEN,
        made_at=now,
        due_at=now + APPEAL_DECIDED_WITHIN,
    )
    session.add(made)
    session.flush()
    record(
        session,
        actions.APPEAL_MADE,
        subject_id=made.id,
        actor=AUTHOR,
        now=now,
        review_id=review.id,
        case_id=case.id,
    )


def _tell(session: Session, review: Review, kind: LetterKind, *, keys: Keys, now: datetime) -> None:
    tell_author(
        session,
        review,
        kind,
        rule_code=review.rule_code,
        group_key=f"review:{review.id}:{new_public_id()}",
        keys=keys,
        now=now,
    )
