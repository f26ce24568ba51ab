"""Pruning: what is over is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from directory.accounts.authors import forget_unconfirmed
from directory.accounts.models import Role, SignInLink, User, UserSession, UserState
from directory.accounts.policy import SESSION_KEPT, UNCONFIRMED_KEPT
from directory.core.db import writing

if TYPE_CHECKING:
    from datetime import datetime

MOST_AT_ONCE = 500


def prune_accounts(*, now: datetime) -> int:
    """Forget dead links, sessions ended a month ago, and accounts nobody confirmed.

    Gives how many rows; at most five hundred accounts at once.
    """
    with writing() as session:
        ended = now - SESSION_KEPT
        old_links = delete(SignInLink).where(SignInLink.expires_at < now)
        old_sessions = delete(UserSession).where(
            (UserSession.expires_at < ended) | (UserSession.revoked_at < ended)
        )
        unconfirmed = session.scalars(
            select(User)
            .where(
                User.confirmed_at.is_(None),
                User.role == Role.USER,
                User.state == UserState.ACTIVE,
                User.created_at < now - UNCONFIRMED_KEPT,
            )
            .order_by(User.id)
            .limit(MOST_AT_ONCE)
        ).all()
        for user in unconfirmed:
            forget_unconfirmed(session, user.id, now=now)
        links = session.scalars(old_links.returning(SignInLink.id)).all()
        sessions = session.scalars(old_sessions.returning(UserSession.id)).all()
        forgotten = [user for user in unconfirmed if user.state is UserState.ERASED]
        return len(links) + len(sessions) + len(forgotten)
