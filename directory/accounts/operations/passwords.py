"""Signing in with a password, and setting one.

Comparing is slow on purpose and happens outside the transaction. An unknown address, a wrong
password and a suspended account get the same answer after the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.letters import ACCOUNT_PATH, letter_to_user
from directory.accounts.limits import take
from directory.accounts.models import LimitKind, User, UserSession, UserState
from directory.accounts.operations.sessions import end_sessions, start_session
from directory.accounts.passwords import hash_password, is_password, needs_new_hash
from directory.accounts.policy import (
    FRESH,
    HALF_SESSION,
    STAFF,
    USER_SESSION,
    actor_of,
    check_password_rule,
    normal_email,
)
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import db, writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError
from directory.outbox.models import LetterKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.operations.sessions import OpenedSession
    from directory.accounts.policy import Viewer

NO_MATCH = "This address and this password do not belong together."


class PasswordOutcome(StrEnum):
    """What came of a right password."""

    SIGNED_IN = "signed-in"
    ENROL = "enrol"
    SECOND_STEP = "second-step"


@dataclass(frozen=True, slots=True)
class PasswordUse:
    """What came of it, and the session for the cookie; for staff only half a session."""

    outcome: PasswordOutcome
    opened: OpenedSession


def check_password(
    *,
    email: str,
    password: str,
    device: str,
    replaces: str | None,
    keys: Keys,
    now: datetime,
) -> PasswordUse:
    """Sign in with address and password; staff go on to the second step.

    Raises `InvalidError` with one and the same sentence for all that does not fit, and
    `TooManyError` after ten tries for one address in a quarter of an hour.
    """
    address = normal_email(email)
    take(kind=LimitKind.PASSWORD, key=address, keys=keys, now=now)
    wanted = select(User).where(
        User.email_hash == keys.lookup_hash(address), User.state == UserState.ACTIVE
    )
    stored = db.session().scalar(wanted.with_only_columns(User.password_hash))
    if not is_password(stored, password) or stored is None:
        raise InvalidError("password", NO_MATCH)
    renewed = hash_password(password) if needs_new_hash(stored) else stored

    with writing() as session:
        user = session.scalar(wanted.where(User.password_hash == stored).with_for_update())
        if user is None:
            raise InvalidError("password", NO_MATCH)
        user.password_hash = renewed
        opened = start_session(
            session,
            user,
            device=device,
            valid_for=HALF_SESSION if user.role in STAFF else USER_SESSION,
            replaces=replaces,
            keys=keys,
            now=now,
        )
        return PasswordUse(_outcome(user), opened)


def _outcome(user: User) -> PasswordOutcome:
    if user.role not in STAFF:
        return PasswordOutcome.SIGNED_IN
    enrolled = user.totp_last_step is not None
    return PasswordOutcome.SECOND_STEP if enrolled else PasswordOutcome.ENROL


def set_password(
    *, viewer: Viewer, current: str | None, password: str, keys: Keys, now: datetime
) -> None:
    """Set one's password and end all one's other sessions; a letter tells of it.

    The present one is asked for, except of a user who has none or signed in within 15 minutes
    (who forgot it signs in by a link). Raises `InvalidError` for "current" and "password".
    """
    user = db.session().get(User, viewer.user_id)
    if user is None or user.email_sealed is None:
        raise NotAllowedError("Sign in again.")
    before = user.password_hash
    if before is not None and not _is_fresh(db.session(), viewer, now):
        take(kind=LimitKind.PASSWORD, key=f"user:{viewer.user_id}", keys=keys, now=now)
        if not is_password(before, current or ""):
            raise InvalidError("current", "This is not your present password.")
    check_password_rule(password, keys.open(EMAIL_PURPOSE, user.email_sealed))
    stored = hash_password(password)

    with writing() as session:
        user = session.get_one(User, viewer.user_id, with_for_update=True)
        if user.password_hash != before or user.state is not UserState.ACTIVE:
            raise ConflictError("The password was changed at the same moment. Look again.")
        user.password_hash = stored
        end_sessions(session, user.id, now=now, but=viewer.session_id)
        note_password_set(session, user, keys=keys, now=now)


def remove_password(*, viewer: Viewer, keys: Keys, now: datetime) -> None:
    """Go back to signing in by letters alone; a letter tells of it.

    Raises `NotAllowedError` for staff, who never sign in without one.
    """
    if viewer.is_staff:
        raise NotAllowedError("People of the desk need their password.")
    with writing() as session:
        user = session.get_one(User, viewer.user_id, with_for_update=True)
        if user.password_hash is None:
            return
        user.password_hash = None
        tell_of(session, user, "password-removed", keys=keys, now=now)


def note_password_set(session: Session, user: User, *, keys: Keys, now: datetime) -> None:
    """Record a new password, and tell its owner by letter."""
    record(
        session,
        actions.USER_PASSWORD_SET,
        subject_id=user.id,
        actor=actor_of(user.role, user.id),
        now=now,
    )
    tell_of(session, user, "password-set", keys=keys, now=now)


def tell_of(session: Session, user: User, what: str, *, keys: Keys, now: datetime) -> None:
    """Queue the letter that says what happened to the signing in of an account."""
    letter_to_user(
        session,
        user=user,
        kind=LetterKind.SECURITY,
        facts={"what": what, "path": ACCOUNT_PATH},
        keys=keys,
        now=now,
    )


def _is_fresh(session: Session, viewer: Viewer, now: datetime) -> bool:
    if viewer.is_staff:
        return False
    opened_at = session.scalar(
        select(UserSession.created_at).where(UserSession.id == viewer.session_id)
    )
    return opened_at is not None and opened_at > now - FRESH
