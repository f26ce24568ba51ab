"""Who is signed in, who is between the steps, what a link is for. Called on every request.

Staff count as signed in only after password and second step: what is not finished is not half
allowed, it is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Row, or_, select

from directory.accounts.models import LinkPurpose, SignInLink, User, UserSession, UserState
from directory.accounts.policy import (
    MOST_TRIES_OF_A_CODE,
    SEEN_EVERY,
    STAFF,
    STAFF_IDLE,
    Viewer,
)
from directory.accounts.tokens import code_of, shown_code
from directory.core.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.models import Role

DEAD_LINK = "This link was used already, or is out of date. Ask for a new one."


class Need(StrEnum):
    """What staff must still do before they are signed in."""

    SET_PASSWORD = "set-password"  # noqa: S105 - a step, not a password
    SET_TOTP = "set-totp"
    SECOND_STEP = "second-step"


@dataclass(frozen=True, slots=True)
class HalfViewer:
    """Staff between the first step and the last; they may do nothing else yet."""

    user_id: int
    role: Role
    session_id: int
    display_name: str | None
    language: str
    need: Need


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a link is for, before it is used.

    `is_bound_elsewhere`: another browser asked, so `code` is shown, to be typed there.
    """

    purpose: LinkPurpose
    is_bound_elsewhere: bool
    code: str | None
    next_path: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionView:
    """One browser that is signed in; `is_this` is the one that asks."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def viewer_of(session: Session, token: str | None, *, keys: Keys, now: datetime) -> Viewer | None:
    """Give who is signed in with this cookie, or None; one query."""
    found = _session_row(session, token, keys=keys, now=now)
    if found is None or (found.role in STAFF and found.strong_at is None):
        return None
    return Viewer(
        user_id=found.user_id,
        role=found.role,
        state=UserState.ACTIVE,
        session_id=found.id,
        is_strong=found.strong_at is not None,
        display_name=found.display_name,
        language=found.language,
        touch_due=found.seen_at <= now - SEEN_EVERY,
    )


def half_viewer_of(
    session: Session, token: str | None, *, keys: Keys, now: datetime
) -> HalfViewer | None:
    """Give which member of staff is between the steps with this cookie, or None."""
    found = _session_row(session, token, keys=keys, now=now)
    if found is None or found.role not in STAFF or found.strong_at is not None:
        return None
    if not found.has_password:
        need = Need.SET_PASSWORD
    else:
        need = Need.SET_TOTP if found.totp_last_step is None else Need.SECOND_STEP
    return HalfViewer(
        user_id=found.user_id,
        role=found.role,
        session_id=found.id,
        display_name=found.display_name,
        language=found.language,
        need=need,
    )


def live_sessions(now: datetime) -> ColumnElement[bool]:
    """Give the expression for sessions that still count; join `User` for it."""
    return (
        UserSession.revoked_at.is_(None)
        & (UserSession.expires_at > now)
        & (User.state == UserState.ACTIVE)
        & or_(User.role.not_in(STAFF), UserSession.seen_at > now - STAFF_IDLE)
    )


def _session_row(
    session: Session, token: str | None, *, keys: Keys, now: datetime
) -> Row[*tuple[object, ...]] | None:
    if not token:
        return None
    return session.execute(
        select(
            UserSession.id,
            UserSession.user_id,
            UserSession.seen_at,
            UserSession.strong_at,
            User.role,
            User.display_name,
            User.language,
            User.totp_last_step,
            User.password_hash.is_not(None).label("has_password"),
        )
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == keys.token_hash(token), live_sessions(now))
    ).one_or_none()


def sessions_of(session: Session, viewer: Viewer, *, now: datetime) -> tuple[SessionView, ...]:
    """Give where an account is signed in, last seen first; at most a hundred."""
    rows = session.execute(
        select(UserSession.id, UserSession.device, UserSession.created_at, UserSession.seen_at)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.user_id == viewer.user_id, live_sessions(now))
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
        .limit(100)
    )
    return tuple(
        SessionView(row.id, row.device, row.created_at, row.seen_at, row.id == viewer.session_id)
        for row in rows
    )


def live_links(now: datetime) -> ColumnElement[bool]:
    """Give the expression for links that can still be used."""
    return (
        SignInLink.used_at.is_(None)
        & (SignInLink.expires_at > now)
        & (SignInLink.attempts < MOST_TRIES_OF_A_CODE)
    )


def is_bound_elsewhere(browser_hash: str | None, browser: str | None, *, keys: Keys) -> bool:
    """Tell whether a link belongs to another browser than this one."""
    if browser_hash is None:
        return False
    return browser is None or keys.token_hash(browser) != browser_hash


def link_of(
    session: Session, token: str, *, browser: str | None, keys: Keys, now: datetime
) -> LinkView:
    """Give what a link is for; raises `NotFoundError` when it cannot be used any more."""
    found = session.execute(
        select(
            SignInLink.purpose,
            SignInLink.browser_hash,
            SignInLink.code_hash,
            SignInLink.next_path,
            SignInLink.expires_at,
        ).where(SignInLink.token_hash == keys.token_hash(token), live_links(now))
    ).one_or_none()
    if found is None:
        raise NotFoundError(DEAD_LINK)
    elsewhere = is_bound_elsewhere(found.browser_hash, browser, keys=keys)
    return LinkView(
        purpose=found.purpose,
        is_bound_elsewhere=elsewhere,
        code=shown_code(code_of(token, keys)) if elsewhere and found.code_hash else None,
        next_path=found.next_path,
        expires_at=found.expires_at,
    )
