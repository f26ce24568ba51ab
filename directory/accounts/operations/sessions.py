"""Sessions: rows on the server, one for each browser; the cookie holds a token, the row its hash.

Every sign-in makes a new token and ends the one it replaces (OWASP ASVS 4.0, 3.2.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from directory.accounts.models import User, UserSession, UserState
from directory.accounts.policy import (
    STAFF,
    USER_SESSION,
    actor_of,
    clean_language,
)
from directory.accounts.tokens import new_token
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer

SUSPENDED = "This account is suspended."
SIGN_IN_AGAIN = "Sign in again, from the beginning."


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """What a door puts into the cookie, and until when."""

    token: str = field(repr=False)
    user_id: int
    session_id: int
    expires_at: datetime


def start_session(
    session: Session,
    user: User,
    *,
    device: str,
    valid_for: timedelta,
    replaces: str | None,
    keys: Keys,
    now: datetime,
) -> OpenedSession:
    """Add a session in the caller's transaction and end the one whose token it replaces.

    For staff it is only the first half. Raises `NotAllowedError` for an account that does not
    work.
    """
    if user.state is not UserState.ACTIVE:
        raise NotAllowedError(SUSPENDED)
    if replaces:
        _end(session, UserSession.token_hash == keys.token_hash(replaces), now)
    token = new_token()
    row = UserSession(
        token_hash=keys.token_hash(token),
        user_id=user.id,
        device=device,
        created_at=now,
        seen_at=now,
        expires_at=now + valid_for,
    )
    session.add(row)
    session.flush()
    return OpenedSession(token, user.id, row.id, row.expires_at)


def open_session(
    *, user_id: int, device: str, replaces: str | None, keys: Keys, now: datetime
) -> OpenedSession:
    """Sign a user in who has just confirmed something by a link in this very browser.

    Raises `NotAllowedError` for staff, who need password and second step, and for an account
    that is suspended, erased or not confirmed.
    """
    with writing() as session:
        user = session.get(User, user_id)
        if user is None or user.role in STAFF or user.confirmed_at is None:
            raise NotAllowedError("Sign in to go on.")
        return start_session(
            session,
            user,
            device=device,
            valid_for=USER_SESSION,
            replaces=replaces,
            keys=keys,
            now=now,
        )


def sign_out(*, token: str | None, keys: Keys, now: datetime) -> None:
    """End the session of this cookie, half ones too; nothing happens when there is none."""
    if token:
        with writing() as session:
            _end(session, UserSession.token_hash == keys.token_hash(token), now)


def revoke_session(*, viewer: Viewer, session_id: int, now: datetime) -> None:
    """End one of one's own sessions; raises `NotFoundError` for any other."""
    with writing() as session:
        own = (UserSession.id == session_id) & (UserSession.user_id == viewer.user_id)
        ended = _end(session, own, now)
        if not ended:
            raise NotFoundError("There is no such session.")
        _record(session, viewer, ended, now)


def revoke_others(*, viewer: Viewer, now: datetime) -> int:
    """End all one's sessions but this one; give how many."""
    with writing() as session:
        ended = end_sessions(session, viewer.user_id, now=now, but=viewer.session_id)
        _record(session, viewer, ended, now)
        return len(ended)


def end_sessions(
    session: Session, user_id: int, *, now: datetime, but: int | None = None
) -> list[int]:
    """End the sessions of an account in the caller's transaction; give their ids."""
    wanted = UserSession.user_id == user_id
    if but is not None:
        wanted &= UserSession.id != but
    return _end(session, wanted, now)


def touch_session(*, viewer: Viewer, now: datetime) -> None:
    """Note that a session was just seen; a user's then lasts another thirty days."""
    values: dict[str, datetime] = {"seen_at": now}
    if not viewer.is_staff:
        values["expires_at"] = now + USER_SESSION
    with writing() as session:
        session.execute(
            update(UserSession)
            .where(UserSession.id == viewer.session_id, UserSession.revoked_at.is_(None))
            .values(values)
            .execution_options(synchronize_session=False)
        )


def set_language(*, viewer: Viewer, language: str, now: datetime) -> None:  # noqa: ARG001 - one shape for all operations
    """Choose the language of letters; raises `InvalidError` for one we do not write."""
    chosen = clean_language(language)
    with writing() as session:
        session.execute(
            update(User)
            .where(User.id == viewer.user_id, User.state == UserState.ACTIVE)
            .values(language=chosen)
            .execution_options(synchronize_session=False)
        )


def half_session(
    session: Session, token: str | None, *, keys: Keys, now: datetime
) -> tuple[UserSession, User]:
    """Give a half session of staff and its account, held until the transaction ends.

    Raises `NotAllowedError` when there is none.
    """
    row = session.scalar(
        select(UserSession)
        .where(
            UserSession.token_hash == keys.token_hash(token or ""),
            UserSession.revoked_at.is_(None),
            UserSession.strong_at.is_(None),
            UserSession.expires_at > now,
        )
        .with_for_update()
    )
    if row is None:
        raise NotAllowedError(SIGN_IN_AGAIN)
    user = session.get_one(User, row.user_id, with_for_update=True)
    if user.state is not UserState.ACTIVE or user.role not in STAFF:
        raise NotAllowedError(SIGN_IN_AGAIN)
    return row, user


def _end(session: Session, wanted: ColumnElement[bool], now: datetime) -> list[int]:
    ended = session.scalars(
        update(UserSession)
        .where(wanted, UserSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return list(ended)


def _record(session: Session, viewer: Viewer, ended: list[int], now: datetime) -> None:
    """Record what staff ended; which of a user's browsers was signed out is nobody's business."""
    if not viewer.is_staff:
        return
    for session_id in ended:
        record(
            session,
            actions.SESSION_REVOKED,
            subject_id=session_id,
            actor=actor_of(viewer.role, viewer.user_id),
            now=now,
        )
