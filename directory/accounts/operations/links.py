"""A link for a letter, added in the caller's transaction; the token is told, its hash is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.letters import LINK_PATH
from directory.accounts.models import SignInLink
from directory.accounts.tokens import code_of, new_token, shown_code

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.models import LinkPurpose, User


@dataclass(frozen=True, slots=True)
class LinkWish:
    """What a link shall do: for an account, or for an address that has none yet (`email`)."""

    purpose: LinkPurpose
    valid_for: timedelta
    user: User | None = None
    email: str | None = field(default=None, repr=False)
    browser: str | None = field(default=None, repr=False)
    next_path: str | None = None
    terms_version: int | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a letter says: where the link leads, and the code for another device."""

    path: str = field(repr=False)
    code: str = field(repr=False)
    expires_at: datetime


def add_link(session: Session, wish: LinkWish, *, keys: Keys, now: datetime) -> NewLink:
    """Add a link; a code goes with it where a browser is bound that could ask for it."""
    token = new_token()
    code = code_of(token, keys)
    expires_at = now + wish.valid_for
    session.add(
        SignInLink(
            purpose=wish.purpose,
            token_hash=keys.token_hash(token),
            code_hash=keys.token_hash(code) if wish.browser is not None else None,
            browser_hash=None if wish.browser is None else keys.token_hash(wish.browser),
            user_id=None if wish.user is None else wish.user.id,
            email_sealed=None if wish.email is None else keys.seal(EMAIL_PURPOSE, wish.email),
            email_hash=None if wish.email is None else keys.lookup_hash(wish.email),
            terms_version=wish.terms_version,
            next_path=wish.next_path,
            attempts=0,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return NewLink(f"{LINK_PATH}/{token}", shown_code(code), expires_at)
