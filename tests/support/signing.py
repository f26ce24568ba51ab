"""Signing people in for tests of pages: a session's row and its cookie, without the letters.

The way through letters, passwords and second steps has tests of its own in `tests/web/account`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import has_app_context

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Role, User, UserSession, UserState
from directory.core.db import db, writing
from directory.web.signing import SESSION

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from tests.support.page import PageClient

CALLED = {Role.MODERATOR: "Moderator", Role.ADMINISTRATOR: "Administrator"}


def make_person(name: str, *, role: Role = Role.USER, keys: Keys, now: datetime) -> int:
    """Make a confirmed account under `name@example.org` and give its id."""
    address = f"{name}@example.org"
    with writing() as session:
        user = User(
            role=role,
            state=UserState.ACTIVE,
            email_sealed=keys.seal(EMAIL_PURPOSE, address),
            email_hash=keys.lookup_hash(address),
            display_name=f"{name.title()} {CALLED[role]}" if role in CALLED else None,
            language="en",
            is_demo=False,
            created_at=now,
            confirmed_at=now,
        )
        session.add(user)
        session.flush()
        return user.id


def sign_in_as(
    client: PageClient, user_id: int, *, now: datetime, is_strong: bool | None = None
) -> int:
    """Sign the client in, staff with both steps unless told otherwise; give the session's id."""
    keys: Keys = client.app.extensions["keys"]
    token = f"session-of-{user_id}-{now.timestamp()}"
    with client.app.app_context(), writing() as session:
        role = session.get_one(User, user_id).role
        strong = role is not Role.USER if is_strong is None else is_strong
        row = UserSession(
            token_hash=keys.token_hash(token),
            user_id=user_id,
            device="Firefox on Linux",
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(hours=12),
            strong_at=now if strong else None,
        )
        session.add(row)
        session.flush()
        number = row.id
    if has_app_context():
        db.session().rollback()  # what this test read before would hide the new row
    client.browser.set_cookie(SESSION, token, domain="localhost")
    return number


def sign_in(client: PageClient, user_id: int, *, is_strong: bool | None = None) -> int:
    """Sign the client in at the present of its application; give the session's id."""
    return sign_in_as(client, user_id, now=client.app.extensions["clock"](), is_strong=is_strong)
