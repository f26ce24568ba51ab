"""What the desk's intake does with accounts, inside its own transactions.

Somebody who writes a review needs no account first: the address they give makes one that can do
nothing until a link has shown that it is theirs. An erased account keeps a row without anything
of the person, and its consents without contact: they show that what was done with the data was
agreed to (Digital Personal Data Protection Act 2023, sections 6(10) and 12). Not for signing in
(`operations/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.letters import LINK_PATH, letter_to_user
from directory.accounts.models import (
    Consent,
    LinkPurpose,
    RecoveryCode,
    Role,
    SignInLink,
    User,
    UserSession,
    UserState,
)
from directory.accounts.policy import clean_language, normal_email
from directory.accounts.queries.people import consents_of
from directory.accounts.queries.signed_in import DEAD_LINK, is_bound_elsewhere, live_links
from directory.accounts.tokens import new_token
from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import AUTHOR
from directory.core.errors import NotAllowedError, NotFoundError
from directory.outbox.models import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.models import ConsentPurpose
    from directory.audit.policy import Actor


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """What a confirming link was for; `same_browser` tells whether the one who asked used it."""

    subject_id: int
    user_id: int
    same_browser: bool


def find_or_make_unconfirmed(
    session: Session, *, email: str, language: str, keys: Keys, now: datetime
) -> User:
    """Give the account of an address, or a new one without any rights.

    Raises `InvalidError` for the shape of the address.
    """
    address = normal_email(email)
    email_hash = keys.lookup_hash(address)
    user = session.scalar(select(User).where(User.email_hash == email_hash))
    if user is None:
        user = User(
            role=Role.USER,
            state=UserState.ACTIVE,
            email_sealed=keys.seal(EMAIL_PURPOSE, address),
            email_hash=email_hash,
            language=clean_language(language),
            is_demo=False,
            created_at=now,
        )
        session.add(user)
        session.flush()
    return user


def queue_confirm_link(
    session: Session,
    *,
    user: User,
    review_id: int,
    listing_name: str,
    browser: str | None,
    valid_for: timedelta,
    keys: Keys,
    now: datetime,
) -> None:
    """Queue the letter that asks whether a review is theirs; one that is suspended gets none."""
    if user.state is not UserState.ACTIVE:
        return
    token = new_token()
    session.add(
        SignInLink(
            purpose=LinkPurpose.CONFIRM,
            token_hash=keys.token_hash(token),
            browser_hash=keys.token_hash(browser) if browser else None,
            user_id=user.id,
            subject_id=review_id,
            attempts=0,
            created_at=now,
            expires_at=now + valid_for,
        )
    )
    session.flush()
    letter_to_user(
        session,
        user=user,
        kind=LetterKind.CONFIRM_REVIEW,
        facts={"listing_name": listing_name, "path": f"{LINK_PATH}/{token}"},
        group_key=f"confirm:{review_id}",
        keys=keys,
        now=now,
    )


def use_confirm_link(
    session: Session, *, token: str, browser: str | None, keys: Keys, now: datetime
) -> ConfirmLink:
    """Use a confirming link up, in any browser; raises `NotFoundError` when it is dead."""
    link = session.scalar(
        select(SignInLink)
        .where(
            SignInLink.token_hash == keys.token_hash(token),
            SignInLink.purpose == LinkPurpose.CONFIRM,
            live_links(now),
        )
        .with_for_update()
    )
    if link is None or link.subject_id is None or link.user_id is None:
        raise NotFoundError(DEAD_LINK)
    link.used_at = now
    elsewhere = is_bound_elsewhere(link.browser_hash, browser, keys=keys)
    bound = link.browser_hash is not None
    return ConfirmLink(link.subject_id, link.user_id, same_browser=bound and not elsewhere)


def confirm_user(session: Session, user: User, *, now: datetime) -> None:
    """Note that an address has been shown to be its owner's; from now on it is an account.

    Raises `NotAllowedError` for an account that is suspended.
    """
    if user.state is not UserState.ACTIVE:
        raise NotAllowedError("This account is suspended.")
    if user.confirmed_at is not None:
        return
    user.confirmed_at = now
    session.flush()
    record(
        session,
        actions.USER_CREATED,
        subject_id=user.id,
        actor=AUTHOR,
        now=now,
        role=user.role.value,
    )


def note_consents(
    session: Session,
    *,
    user_id: int,
    purposes: Iterable[ConsentPurpose],
    text_version: int,
    now: datetime,
    actor: Actor = AUTHOR,
) -> None:
    """Add what somebody agreed to to the ledger; what stands already is not added again."""
    standing = {
        (view.purpose, view.text_version) for view in consents_of(session, user_id) if view.given
    }
    for purpose in purposes:
        if (purpose, text_version) in standing:
            continue
        add_consent(session, user_id, purpose, given=True, text_version=text_version, now=now)
        record(
            session,
            actions.CONSENT_GIVEN,
            subject_id=user_id,
            actor=actor,
            now=now,
            purpose=purpose.value,
            text_version=text_version,
        )


def add_consent(
    session: Session,
    user_id: int,
    purpose: ConsentPurpose,
    *,
    given: bool,
    text_version: int,
    now: datetime,
) -> None:
    """Add one line to the ledger, in the caller's transaction."""
    session.add(
        Consent(user_id=user_id, purpose=purpose, given=given, text_version=text_version, at=now)
    )
    session.flush()


def erase_within(session: Session, user: User, *, actor: Actor, keys: Keys, now: datetime) -> None:
    """Destroy contact, keys and sessions of an account, in the caller's transaction.

    A last letter says so. Reviews are erased by whoever calls this.
    """
    letter_to_user(
        session,
        user=user,
        kind=LetterKind.ERASED,
        facts={},
        group_key=f"erased:{user.id}",
        keys=keys,
        now=now,
    )
    _empty(session, user, now)
    record(session, actions.USER_ERASED, subject_id=user.id, actor=actor, now=now)


def forget_unconfirmed(session: Session, user_id: int, *, now: datetime) -> None:
    """Destroy the contact of an account nobody confirmed, in the caller's transaction.

    Kept while another link to confirm is still good.
    """
    user = session.get(User, user_id, with_for_update=True)
    if user is None or not _is_unconfirmed(user):
        return
    waiting = select(SignInLink.id).where(
        SignInLink.user_id == user_id,
        SignInLink.purpose == LinkPurpose.CONFIRM,
        live_links(now),
    )
    if session.scalar(waiting.limit(1)) is None:
        _empty(session, user, now)


def export_account(session: Session, user_id: int, *, keys: Keys) -> dict[str, Any]:
    """Give what is kept about an account itself, as plain data; raises `NotFoundError`."""
    user = session.get(User, user_id)
    if user is None or user.email_sealed is None:
        raise NotFoundError("There is no such account.")
    return {
        "email": keys.open(EMAIL_PURPOSE, user.email_sealed),
        "role": user.role.value,
        "name": user.display_name,
        "language": user.language,
        "has_password": user.password_hash is not None,
        "created_at": user.created_at.isoformat(),
        "confirmed_at": _text(user.confirmed_at),
        "sessions": _exported_sessions(session, user_id),
        "consents": _exported_consents(session, user_id),
    }


def _exported_sessions(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(UserSession).where(UserSession.user_id == user_id).order_by(UserSession.id)
    )
    return [
        {
            "device": row.device,
            "signed_in_at": row.created_at.isoformat(),
            "seen_at": row.seen_at.isoformat(),
            "ended_at": _text(row.revoked_at),
        }
        for row in rows
    ]


def _exported_consents(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(select(Consent).where(Consent.user_id == user_id).order_by(Consent.id))
    return [
        {
            "purpose": row.purpose.value,
            "given": row.given,
            "text_version": row.text_version,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _is_unconfirmed(user: User) -> bool:
    return (
        user.confirmed_at is None and user.role is Role.USER and user.state is not UserState.ERASED
    )


def _empty(session: Session, user: User, now: datetime) -> None:
    user.state = UserState.ERASED
    user.erased_at = now
    user.email_sealed = user.email_hash = None
    user.password_hash = user.totp_sealed = user.totp_last_step = None
    user.display_name = None
    session.flush()
    for table in (UserSession, RecoveryCode, SignInLink):
        session.execute(
            delete(table)
            .where(table.user_id == user.id)
            .execution_options(synchronize_session=False)
        )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
