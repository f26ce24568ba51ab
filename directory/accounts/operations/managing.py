"""What administrators and commands do with accounts: make, promote, suspend, restore, read.

Each act is recorded under whoever did it. Nobody does any of it to their own account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import LinkPurpose, RecoveryCode, Role, SignInLink, User, UserState
from directory.accounts.operations.links import LinkWish, add_link
from directory.accounts.operations.sessions import end_sessions
from directory.accounts.policy import (
    STAFF,
    STAFF_LINK_VALID,
    clean_language,
    clean_name,
    normal_email,
    require_administrator,
)
from directory.accounts.queries.people import NO_ACCOUNT
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.audit.policy import Actor


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """A link that is handed over, not mailed; good once, in any browser."""

    path: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CreatedUser:
    """A new account and the link its owner signs in with first."""

    user_id: int
    link: PrintedLink


def create_user(
    *,
    email: str,
    role: Role,
    name: str | None,
    language: str,
    actor: Actor,
    keys: Keys,
    now: datetime,
    is_demo: bool = False,
) -> CreatedUser:
    """Make an account for an address whose owner is known; staff need a name.

    Raises `ConflictError` when the address has an account, and `InvalidError` by field.
    """
    address, language = normal_email(email), clean_language(language)
    shown = _staff_name(role, name)
    try:
        with writing() as session:
            require_administrator(actor)
            email_hash = keys.lookup_hash(address)
            if session.scalar(select(User.id).where(User.email_hash == email_hash)):
                raise ConflictError("There is an account under this address already.")
            user = User(
                role=role,
                email_sealed=keys.seal(EMAIL_PURPOSE, address),
                email_hash=email_hash,
                display_name=shown,
                language=language,
                is_demo=is_demo,
            )
            _add(session, user, actor, now)
            return CreatedUser(user.id, _link(session, user, keys=keys, now=now))
    except IntegrityError:
        raise ConflictError("There is an account under this address already.") from None


def _add(session: Session, user: User, actor: Actor, now: datetime) -> None:
    """Store a new account; who made it vouches for its address."""
    user.state = UserState.ACTIVE
    user.created_at = user.confirmed_at = now
    session.add(user)
    session.flush()
    record(
        session,
        actions.USER_CREATED,
        subject_id=user.id,
        actor=actor,
        now=now,
        role=user.role.value,
    )


def make_link(*, user_id: int, actor: Actor, keys: Keys, now: datetime) -> PrintedLink:
    """Give a new link to hand over; older ones handed over to this account die.

    Staff who have enrolled still need password and second step. Raises `ConflictError` for a
    suspended account.
    """
    with writing() as session:
        require_administrator(actor, user_id)
        user = _account(session, user_id)
        if user.state is UserState.SUSPENDED:
            raise ConflictError("This account is suspended; restore it first.")
        session.execute(
            delete(SignInLink)
            .where(
                SignInLink.user_id == user_id,
                SignInLink.browser_hash.is_(None),
                SignInLink.purpose != LinkPurpose.CONFIRM,
            )
            .execution_options(synchronize_session=False)
        )
        record(session, actions.USER_LINK_MADE, subject_id=user_id, actor=actor, now=now)
        return _link(session, user, keys=keys, now=now)


def reset_enrolment(*, user_id: int, actor: Actor, now: datetime) -> None:
    """Take password, second step, recovery codes and sessions of an account away.

    For who has lost them; signing in then begins with a new link.
    """
    with writing() as session:
        require_administrator(actor, user_id)
        user = _account(session, user_id)
        _take_keys_away(session, user, now)
        record(session, actions.USER_ENROLMENT_RESET, subject_id=user_id, actor=actor, now=now)


def change_role(*, user_id: int, role: Role, name: str | None, actor: Actor, now: datetime) -> None:
    """Give an account another role and end its sessions.

    A new member of staff enrols through a link first: their old password opens nothing. Raises
    `InvalidError` when staff would have no name, `ConflictError` when nothing would change.
    """
    with writing() as session:
        require_administrator(actor, user_id)
        user = _account(session, user_id)
        if user.role is role:
            raise ConflictError("This account has this role already.")
        if role in STAFF:
            user.display_name = _staff_name(role, name or user.display_name)
        if (role in STAFF) != (user.role in STAFF):
            _take_keys_away(session, user, now)
        before, user.role = user.role, role
        end_sessions(session, user.id, now=now)
        record(
            session,
            actions.USER_ROLE_CHANGED,
            subject_id=user_id,
            actor=actor,
            now=now,
            before=before.value,
            after=role.value,
        )


def suspend(*, user_id: int, actor: Actor, now: datetime) -> None:
    """Keep an account from signing in, and end its sessions; raises `ConflictError`."""
    with writing() as session:
        require_administrator(actor, user_id)
        user = _account(session, user_id)
        if user.state is UserState.SUSPENDED:
            raise ConflictError("This account is suspended already.")
        user.state = UserState.SUSPENDED
        end_sessions(session, user_id, now=now)
        record(session, actions.USER_SUSPENDED, subject_id=user_id, actor=actor, now=now)


def restore(*, user_id: int, actor: Actor, now: datetime) -> None:
    """Let a suspended account sign in again; raises `ConflictError`."""
    with writing() as session:
        require_administrator(actor, user_id)
        user = _account(session, user_id)
        if user.state is UserState.ACTIVE:
            raise ConflictError("This account is not suspended.")
        user.state = UserState.ACTIVE
        record(session, actions.USER_RESTORED, subject_id=user_id, actor=actor, now=now)


def contact_of(*, user_id: int, actor: Actor, keys: Keys, now: datetime) -> str:
    """Give the address of an account to a person; that it was read is recorded."""
    with writing() as session:
        require_administrator(actor)
        user = _account(session, user_id)
        record(session, actions.CONTACT_READ, subject_id=user_id, actor=actor, now=now)
        return keys.open(EMAIL_PURPOSE, user.email_sealed or b"")


def _account(session: Session, user_id: int) -> User:
    user = session.get(User, user_id, with_for_update=True)
    if user is None or user.state is UserState.ERASED:
        raise NotFoundError(NO_ACCOUNT)
    return user


def _staff_name(role: Role, name: str | None) -> str | None:
    if role not in STAFF:
        return None
    if not name:
        raise InvalidError("name", "Give the name colleagues will see.")
    return clean_name(name)


def _take_keys_away(session: Session, user: User, now: datetime) -> None:
    user.password_hash = user.totp_sealed = user.totp_last_step = None
    session.flush()
    session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.user_id == user.id)
        .execution_options(synchronize_session=False)
    )
    end_sessions(session, user.id, now=now)


def _link(session: Session, user: User, *, keys: Keys, now: datetime) -> PrintedLink:
    purpose = LinkPurpose.STAFF if user.role in STAFF else LinkPurpose.SIGN_IN
    wish = LinkWish(purpose, STAFF_LINK_VALID, user=user)
    link = add_link(session, wish, keys=keys, now=now)
    return PrintedLink(link.path, link.expires_at)
