"""Using a link of a letter, or typing its code where it was asked for; each works once.

A mailed link never signs staff in: whoever reads their mail would have their rights.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.accounts.authors import confirm_user, find_or_make_unconfirmed, note_consents
from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.limits import take
from directory.accounts.models import (
    ConsentPurpose,
    LimitKind,
    LinkPurpose,
    SignInLink,
    User,
    UserState,
)
from directory.accounts.operations.sessions import end_sessions, start_session
from directory.accounts.policy import ENROLMENT, STAFF, USER_SESSION
from directory.accounts.queries.signed_in import DEAD_LINK, is_bound_elsewhere, live_links
from directory.accounts.tokens import code_of, plain_code, shown_code
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.operations.sessions import OpenedSession

WRONG_CODE = "This is not the code of the newest letter, or it is out of date. Look again."


class LinkOutcome(StrEnum):
    """What came of using a link."""

    SIGNED_IN = "signed-in"
    OTHER_BROWSER = "other-browser"
    ENROL = "enrol"
    PASSWORD_NEEDED = "password-needed"  # noqa: S105 - an outcome, not a password


@dataclass(frozen=True, slots=True)
class LinkUse:
    """What came of it, with the session for the cookie; for `enrol` it is half a session.

    `code` is shown in the other browser, to be typed in the one that asked.
    """

    outcome: LinkOutcome
    opened: OpenedSession | None = None
    code: str | None = field(default=None, repr=False)
    next_path: str | None = None


@dataclass(frozen=True, slots=True)
class _Door:
    """Where a session is to be opened."""

    device: str
    replaces: str | None
    language: str
    keys: Keys
    now: datetime


def use_link(
    *,
    token: str,
    browser: str | None,
    device: str,
    replaces: str | None,
    keys: Keys,
    now: datetime,
    language: str = "en",
) -> LinkUse:
    """Sign in by a link. In another browser than the one that asked nothing is used up.

    Raises `NotFoundError` for a link that is used, out of date, unknown, or not for signing in,
    and `NotAllowedError` for a suspended account. `language` is that of a new account's letters.
    """
    door = _Door(device, replaces, language, keys, now)
    try:
        with writing() as session:
            link = session.scalar(
                select(SignInLink)
                .where(
                    SignInLink.token_hash == keys.token_hash(token),
                    SignInLink.purpose != LinkPurpose.CONFIRM,
                    live_links(now),
                )
                .with_for_update()
            )
            if link is None:
                raise NotFoundError(DEAD_LINK)
            if is_bound_elsewhere(link.browser_hash, browser, keys=keys):
                code = shown_code(code_of(token, keys))
                return LinkUse(LinkOutcome.OTHER_BROWSER, code=code)
            return _use(session, link, door)
    except IntegrityError:
        raise ConflictError("This was used at the same moment already. Sign in again.") from None


def use_code(
    *,
    code: str,
    browser: str | None,
    device: str,
    replaces: str | None,
    keys: Keys,
    now: datetime,
    language: str = "en",
) -> LinkUse:
    """Sign in by the code of a letter, typed in the browser that asked for it.

    Raises `InvalidError` for a wrong code; after five the links of this browser are dead.
    """
    take(kind=LimitKind.CODE, key=browser or "", keys=keys, now=now)
    door = _Door(device, replaces, language, keys, now)
    used = _use_code(plain_code(code), browser or "", door)
    if used is None:
        raise InvalidError("code", WRONG_CODE)
    return used


def _use_code(code: str, browser: str, door: _Door) -> LinkUse | None:
    """Use the link a code belongs to; for a wrong one count the try, and keep that count."""
    keys = door.keys
    try:
        with writing() as session:
            links = session.scalars(
                select(SignInLink)
                .where(
                    SignInLink.browser_hash == keys.token_hash(browser),
                    SignInLink.code_hash.is_not(None),
                    live_links(door.now),
                )
                .order_by(SignInLink.id)
                .with_for_update()
            ).all()
            for link in links:
                if link.code_hash == keys.token_hash(code):
                    return _use(session, link, door)
            for link in links:
                link.attempts += 1
            return None
    except IntegrityError:
        raise ConflictError("This was used at the same moment already. Sign in again.") from None


def _use(session: Session, link: SignInLink, door: _Door) -> LinkUse:
    link.used_at = door.now
    user = _owner(session, link, door)
    if user.role in STAFF and (link.purpose is not LinkPurpose.STAFF or _is_enrolled(user)):
        return LinkUse(LinkOutcome.PASSWORD_NEEDED, next_path=link.next_path)

    is_staff = user.role in STAFF
    opened = start_session(
        session,
        user,
        device=door.device,
        valid_for=ENROLMENT if is_staff else USER_SESSION,
        replaces=door.replaces,
        keys=door.keys,
        now=door.now,
    )
    if is_staff:
        # Enrolling begins anew: what was set half before was never proven by both together.
        user.password_hash = user.totp_sealed = None
        end_sessions(session, user.id, now=door.now, but=opened.session_id)
    outcome = LinkOutcome.ENROL if is_staff else LinkOutcome.SIGNED_IN
    return LinkUse(outcome, opened, next_path=link.next_path)


def _is_enrolled(user: User) -> bool:
    return user.password_hash is not None and user.totp_last_step is not None


def _owner(session: Session, link: SignInLink, door: _Door) -> User:
    """Give the account of a link; the first use of a link to sign up makes it."""
    if link.user_id is not None:
        user = session.get_one(User, link.user_id, with_for_update=True)
    elif link.email_sealed is not None and link.terms_version is not None:
        user = _new_account(session, link.email_sealed, link.terms_version, door)
        link.user_id = user.id
    else:
        raise NotFoundError(DEAD_LINK)
    if user.state is UserState.ACTIVE:
        confirm_user(session, user, now=door.now)
    return user


def _new_account(session: Session, email_sealed: bytes, terms_version: int, door: _Door) -> User:
    user = find_or_make_unconfirmed(
        session,
        email=door.keys.open(EMAIL_PURPOSE, email_sealed),
        language=door.language,
        keys=door.keys,
        now=door.now,
    )
    note_consents(
        session,
        user_id=user.id,
        purposes=[ConsentPurpose.ACCOUNT],
        text_version=terms_version,
        now=door.now,
    )
    return user
