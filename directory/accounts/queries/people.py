"""Accounts as pages show them: one's own, and lists for an administrator without addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Consent, RecoveryCode, User, UserState
from directory.core.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.models import ConsentPurpose, Role
    from directory.accounts.policy import Viewer

NO_ACCOUNT = "There is no such account."


@dataclass(frozen=True, slots=True)
class ConsentView:
    """How a consent stands now, and since when."""

    purpose: ConsentPurpose
    given: bool
    text_version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """One's own account, address included."""

    email: str
    language: str
    role: Role
    display_name: str | None
    has_password: bool
    recovery_codes_left: int
    created_at: datetime
    consents: tuple[ConsentView, ...]

    def __repr__(self) -> str:
        return "<AccountView>"


@dataclass(frozen=True, slots=True)
class PersonView:
    """An account in an administrator's list; the name is that of staff, shown inside only."""

    user_id: int
    role: Role
    state: UserState
    display_name: str | None
    is_enrolled: bool
    is_confirmed: bool
    is_demo: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of accounts, the newest first, and how many there are."""

    total: int
    items: tuple[PersonView, ...]


def account_of(session: Session, viewer: Viewer, *, keys: Keys) -> AccountView:
    """Give one's own account; raises `NotFoundError` once it is erased."""
    user = session.get(User, viewer.user_id)
    if user is None or user.email_sealed is None:
        raise NotFoundError(NO_ACCOUNT)
    left = session.scalar(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    )
    return AccountView(
        email=keys.open(EMAIL_PURPOSE, user.email_sealed),
        language=user.language,
        role=user.role,
        display_name=user.display_name,
        has_password=user.password_hash is not None,
        recovery_codes_left=left or 0,
        created_at=user.created_at,
        consents=consents_of(session, user.id),
    )


def consents_of(session: Session, user_id: int) -> tuple[ConsentView, ...]:
    """Give how each consent stands, in the order they were first asked for."""
    newest = (
        select(func.max(Consent.id)).where(Consent.user_id == user_id).group_by(Consent.purpose)
    )
    rows = session.execute(
        select(Consent.purpose, Consent.given, Consent.text_version, Consent.at)
        .where(Consent.id.in_(newest))
        .order_by(Consent.id)
    )
    return tuple(ConsentView(*row) for row in rows)


def people(
    session: Session,
    *,
    roles: Collection[Role] | None = None,
    page: int = 1,
    per_page: int = 50,
) -> PeoplePage:
    """Give accounts that are not erased, the newest first; all roles unless some are named."""
    shown = User.state != UserState.ERASED
    if roles is not None:
        shown &= User.role.in_(roles)
    total = session.scalar(select(func.count()).select_from(User).where(shown)) or 0
    users = session.scalars(
        select(User)
        .where(shown)
        .order_by(User.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return PeoplePage(total, tuple(_person(user) for user in users))


def person(session: Session, user_id: int) -> PersonView:
    """Give one account; raises `NotFoundError` when there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError(NO_ACCOUNT)
    return _person(user)


def person_by_email(session: Session, email: str, *, keys: Keys) -> PersonView:
    """Give the account of an address somebody typed; raises `NotFoundError`, `InvalidError`."""
    user = session.scalar(select(User).where(User.email_hash == keys.lookup_hash(email)))
    if user is None:
        raise NotFoundError("There is no account under this address.")
    return _person(user)


def _person(user: User) -> PersonView:
    return PersonView(
        user_id=user.id,
        role=user.role,
        state=user.state,
        display_name=user.display_name,
        is_enrolled=user.password_hash is not None and user.totp_last_step is not None,
        is_confirmed=user.confirmed_at is not None,
        is_demo=user.is_demo,
        created_at=user.created_at,
    )
