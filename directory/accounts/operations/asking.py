"""Asking for a letter with a link. The answer is the same whoever asks and whatever is known.

An address without an account gets a letter that says so; only its owner reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.letters import letter_to_address, letter_to_user
from directory.accounts.limits import take
from directory.accounts.models import LimitKind, LinkPurpose, User, UserState
from directory.accounts.operations.links import LinkWish, add_link
from directory.accounts.policy import LINK_VALID, clean_language, normal_email, safe_next_path
from directory.core.db import writing
from directory.core.errors import InvalidError
from directory.outbox.models import LetterKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys


def ask_sign_in(
    *,
    email: str,
    browser: str,
    next_path: str | None,
    language: str,
    keys: Keys,
    now: datetime,
) -> None:
    """Send a link, good for 15 minutes in this browser, to an account's address.

    Raises `InvalidError` for the shape of the address, `TooManyError` after five an hour.
    """
    address, language = normal_email(email), clean_language(language)
    take(kind=LimitKind.SIGN_IN, key=address, keys=keys, now=now)
    with writing() as session:
        user = _account(session, address, keys)
        if user is not None:
            _send_sign_in(session, user, browser, next_path, keys=keys, now=now)
            return
        letter_to_address(
            session,
            address=address,
            language=language,
            kind=LetterKind.NO_ACCOUNT,
            facts={},
            keys=keys,
            now=now,
        )


def ask_sign_up(
    *,
    email: str,
    agrees: bool,
    terms_version: int,
    browser: str,
    next_path: str | None,
    language: str,
    keys: Keys,
    now: datetime,
) -> None:
    """Send a link that makes an account when it is used; until then there is none.

    What was agreed to waits with the link and becomes a consent when the owner of the address
    uses it. Who has an account gets a link to sign in. Raises `InvalidError`, `TooManyError`.
    """
    address, language = normal_email(email), clean_language(language)
    if not agrees:
        raise InvalidError("agrees", "Tick the box if you agree; without it we keep no account.")
    take(kind=LimitKind.SIGN_IN, key=address, keys=keys, now=now)
    with writing() as session:
        user = _account(session, address, keys)
        if user is not None:
            _send_sign_in(session, user, browser, next_path, keys=keys, now=now)
            return
        wish = LinkWish(
            LinkPurpose.SIGN_UP,
            LINK_VALID,
            email=address,
            browser=browser,
            next_path=safe_next_path(next_path),
            terms_version=terms_version,
        )
        link = add_link(session, wish, keys=keys, now=now)
        letter_to_address(
            session,
            address=address,
            language=language,
            kind=LetterKind.SIGN_UP,
            facts={"path": link.path, "code": link.code},
            keys=keys,
            now=now,
        )


def _account(session: Session, address: str, keys: Keys) -> User | None:
    """Give the account of an address. One never confirmed is none yet."""
    return session.scalar(
        select(User).where(
            User.email_hash == keys.lookup_hash(address), User.confirmed_at.is_not(None)
        )
    )


def _send_sign_in(
    session: Session,
    user: User,
    browser: str,
    next_path: str | None,
    *,
    keys: Keys,
    now: datetime,
) -> None:
    """Send a link to an account that works; one that is suspended hears nothing."""
    if user.state is not UserState.ACTIVE:
        return
    wish = LinkWish(
        LinkPurpose.SIGN_IN,
        LINK_VALID,
        user=user,
        browser=browser,
        next_path=safe_next_path(next_path),
    )
    link = add_link(session, wish, keys=keys, now=now)
    letter_to_user(
        session,
        user=user,
        kind=LetterKind.SIGN_IN,
        facts={"path": link.path, "code": link.code},
        keys=keys,
        now=now,
    )
