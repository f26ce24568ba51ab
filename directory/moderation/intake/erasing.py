"""An author's right to a copy of everything, and to be forgotten (DPDP Act 2023 s.11-12).

Decisions, history and audit rows stay, because they name no author; words and contact go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from directory.accounts.authors import erase_within, export_account
from directory.accounts.models import Role, User, UserState
from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import AUTHOR
from directory.core.db import db, writing
from directory.core.errors import ConflictError, NotFoundError
from directory.listings.models import Listing
from directory.moderation.decisions.checking import require_administrator
from directory.moderation.intake.authoring import end_open_work
from directory.moderation.models import Appeal, Decision, ModerationCase, SubjectNoun
from directory.reviews.models import Rating, Review, ReviewEvent, ReviewHistory, ReviewVersion
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.audit.policy import Actor


def erase_account(*, viewer: Viewer, keys: Keys, now: datetime) -> None:
    """Erase one's own account: every review, every word, the contact, every session."""
    with writing() as session:
        _erase(session, viewer.user_id, AUTHOR, keys=keys, now=now)


def erase_user(*, viewer: Viewer, user_id: int, keys: Keys, now: datetime) -> None:
    """Grant somebody's wish to be erased, as an administrator."""
    with writing() as session:
        require_administrator(viewer)
        _erase(session, user_id, viewer.as_actor(), keys=keys, now=now)


def _erase(session: Session, user_id: int, actor: Actor, *, keys: Keys, now: datetime) -> None:
    user = session.get(User, user_id, with_for_update=True)
    if user is None or user.erased_at is not None:
        raise NotFoundError("There is no such account.")
    _refuse_last_administrator(session, user)
    reviews = session.scalars(
        select(Review).where(Review.author_id == user_id).order_by(Review.id).with_for_update()
    ).all()
    for review in reviews:
        end_open_work(session, review, now=now)
        move(session, review, ReviewEvent.ERASE, Cause(actor), now=now)
        forget_words(session, review.id)
    erase_within(session, user, actor=actor, keys=keys, now=now)


def _refuse_last_administrator(session: Session, user: User) -> None:
    """Raise `ConflictError` when nobody would be left to run the desk."""
    others = select(User.id).where(
        User.role == Role.ADMINISTRATOR, User.state == UserState.ACTIVE, User.id != user.id
    )
    if user.role is Role.ADMINISTRATOR and session.scalar(others.limit(1)) is None:
        raise ConflictError("This is the last administrator; make another one first.")


def forget_words(session: Session, review_id: int) -> None:
    """Destroy what an author wrote; the review must be erased already."""
    session.execute(
        update(ReviewVersion)
        .where(ReviewVersion.review_id == review_id)
        .values(text=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Appeal)
        .where(Appeal.review_id == review_id)
        .values(words=None)
        .execution_options(synchronize_session=False)
    )


def export_data(*, viewer: Viewer, keys: Keys, now: datetime) -> dict[str, Any]:
    """Give everything kept about an account, as plain data; the export itself is noted."""
    with writing() as session:
        record(session, actions.USER_EXPORTED, subject_id=viewer.user_id, actor=AUTHOR, now=now)
    session = db.session()
    account = export_account(session, viewer.user_id, keys=keys)
    reviews = session.scalars(
        select(Review).where(Review.author_id == viewer.user_id).order_by(Review.id)
    ).all()
    return {
        "made_at": now.isoformat(),
        "account": account,
        "reviews": [_review(session, review) for review in reviews],
    }


def _review(session: Session, review: Review) -> dict[str, Any]:
    return {
        "id": review.public_id,
        "listing": session.get_one(Listing, review.listing_id).name,
        "state": review.state.value,
        "submitted_at": review.submitted_at.isoformat(),
        "versions": [_version(session, each) for each in _versions(session, review.id)],
        "history": [
            {"event": row.event.value, "rule": row.rule_code, "at": row.at.isoformat()}
            for row in session.scalars(
                select(ReviewHistory)
                .where(ReviewHistory.review_id == review.id)
                .order_by(ReviewHistory.id)
            )
        ],
        "decisions": _decisions(session, review.id),
        "appeals": [
            {"words": made.words, "state": made.state.value, "made_at": made.made_at.isoformat()}
            for made in session.scalars(
                select(Appeal).where(Appeal.review_id == review.id).order_by(Appeal.id)
            )
        ],
    }


def _versions(session: Session, review_id: int) -> list[ReviewVersion]:
    found = select(ReviewVersion).where(ReviewVersion.review_id == review_id)
    return list(session.scalars(found.order_by(ReviewVersion.number)))


def _version(session: Session, version: ReviewVersion) -> dict[str, Any]:
    ratings = session.scalars(
        select(Rating).where(
            Rating.review_id == version.review_id, Rating.version_number == version.number
        )
    )
    return {
        "number": version.number,
        "text": version.text,
        "overall": version.overall,
        "aspects": {each.aspect.value: each.value for each in ratings},
        "unsafe": version.unsafe.value,
        "quarter": version.visit_quarter,
        "relation": version.relation.value,
        "care": version.care_kind.value,
        "shown_as": version.pseudonym.value,
        "rules_version": version.terms_version,
        "written_at": version.created_at.isoformat(),
    }


def _decisions(session: Session, review_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Decision)
        .join(ModerationCase, ModerationCase.id == Decision.case_id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review_id,
            Decision.undone_at.is_(None),
        )
        .order_by(Decision.id)
    )
    return [
        {
            "outcome": row.outcome.value,
            "rule": row.rule_code,
            "words": row.words,
            "made_at": row.made_at.isoformat(),
        }
        for row in rows
    ]
