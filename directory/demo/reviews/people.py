"""Stores who is behind demo reviews: authors with sealed addresses, and the staff of the desk.

Called by `loading.py` and `staff.py`, inside their transactions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Role, User, UserState
from directory.audit import actions
from directory.audit.policy import COMMAND
from directory.demo.reviews.drafts import Person, What
from directory.reviews.models import ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.demo.reviews.drafts import DemoAuthor, DemoReview
    from directory.demo.reviews.recording import Recording

STAFF: Mapping[Person, tuple[str, str, Role]] = {
    Person.K: ("k.moderator@example.invalid", "K. Moderator", Role.MODERATOR),
    Person.R: ("r.moderator@example.invalid", "R. Moderator", Role.MODERATOR),
    Person.S: ("s.moderator@example.invalid", "S. Moderator", Role.MODERATOR),
    Person.A: ("a.administrator@example.invalid", "A. Administrator", Role.ADMINISTRATOR),
}


def staff_ids(session: Session, keys: Keys) -> dict[Person, int]:
    """Give the ids of the demo staff that are there already."""
    hashes = {keys.lookup_hash(address): person for person, (address, _, _) in STAFF.items()}
    rows = session.execute(select(User.id, User.email_hash).where(User.email_hash.in_(hashes)))
    return {hashes[row.email_hash]: row.id for row in rows if row.email_hash is not None}


def make_staff(
    session: Session, keys: Keys, recording: Recording, *, since: datetime
) -> dict[Person, int]:
    """Give the ids of the demo staff; who is missing is added, at work `since` that time.

    They have neither password nor second step: they sign in through a printed link.
    """
    found = staff_ids(session, keys)
    for person, (address, name, role) in STAFF.items():
        if person in found:
            continue
        row = _user(address, "en", role, keys, since) | {"display_name": name}
        row["confirmed_at"] = since
        user_id = session.scalars(insert(User).returning(User.id), [row]).one()
        found[person] = user_id
        recording.add(
            actions.USER_CREATED,
            subject_id=user_id,
            actor=COMMAND,
            at=since,
            known={"role": role.value},
        )
    return found


def make_authors(
    session: Session, reviews: Iterable[DemoReview], *, seed: int, keys: Keys
) -> dict[int, int]:
    """Add who wrote these reviews, and give their ids by the numbers of the authors."""
    written: dict[int, list[DemoReview]] = {}
    for review in reviews:
        written.setdefault(review.author.number, []).append(review)
    rows = [_author(theirs, seed, keys) for theirs in written.values()]
    if not rows:
        return {}
    made = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows)
    return dict(zip(written, made, strict=True))


def _author(reviews: list[DemoReview], seed: int, keys: Keys) -> dict[str, Any]:
    author: DemoAuthor = reviews[0].author
    since = min(review.life[0].at for review in reviews)
    language = "hi" if author.language == "hi" else "en"
    row = _user(author.address(seed), language, Role.USER, keys, since)
    confirmed = [e.at for review in reviews for e in review.life if e.what is What.CONFIRM]
    row["confirmed_at"] = min(confirmed, default=None)
    erased_at = _erased_at(reviews)
    if erased_at is not None:
        row |= {"state": UserState.ERASED, "erased_at": erased_at}
        row |= {"email_sealed": None, "email_hash": None}
    return row


def _erased_at(reviews: list[DemoReview]) -> datetime | None:
    """Give when somebody was forgotten: erased by wish, or never confirmed."""
    for review in reviews:
        never_confirmed = review.state is ReviewState.EXPIRED and len(review.life) == 2  # noqa: PLR2004 - sent and lapsed
        if review.state is ReviewState.ERASED or never_confirmed:
            return review.life[-1].at
    return None


def _user(address: str, language: str, role: Role, keys: Keys, since: datetime) -> dict[str, Any]:
    return {
        "role": role,
        "state": UserState.ACTIVE,
        "email_sealed": keys.seal(EMAIL_PURPOSE, address),
        "email_hash": keys.lookup_hash(address),
        "display_name": None,
        "language": language,
        "is_demo": True,
        "created_at": since,
        "confirmed_at": None,
        "erased_at": None,
    }
