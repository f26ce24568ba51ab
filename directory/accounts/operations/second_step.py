"""The second step of staff: digits of the authenticator app, or one recovery code.

Only now is the session whole: it gets a new token, and lasts twelve hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from directory.accounts.keys import TOTP_PURPOSE
from directory.accounts.limits import take
from directory.accounts.models import LimitKind, RecoveryCode, User, UserSession
from directory.accounts.operations.passwords import tell_of
from directory.accounts.operations.sessions import (
    SIGN_IN_AGAIN,
    OpenedSession,
    half_session,
)
from directory.accounts.policy import STAFF_SESSION, actor_of
from directory.accounts.queries.signed_in import Need, half_viewer_of
from directory.accounts.tokens import new_token, plain_code
from directory.accounts.totp import step_of
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import db, writing
from directory.core.errors import InvalidError, NotAllowedError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys

WRONG_DIGITS = "These are not the digits your app shows now. Wait for the next ones."


def pass_totp(
    *, token: str | None, code: str, device: str, keys: Keys, now: datetime
) -> OpenedSession:
    """Finish signing in with the six digits; digits that were accepted once are refused.

    Raises `NotAllowedError` without a half session, `InvalidError` for wrong digits and
    `TooManyError` after ten tries in a quarter of an hour.
    """
    count_try(token, Need.SECOND_STEP, keys=keys, now=now)
    with writing() as session:
        row, user = half_session(session, token, keys=keys, now=now)
        accept_step(user, code, keys=keys, now=now)
        return make_strong(session, row, user, device=device, keys=keys, now=now)


def pass_recovery_code(
    *, token: str | None, code: str, device: str, keys: Keys, now: datetime
) -> OpenedSession:
    """Finish signing in with a recovery code, which works once; a letter tells of it."""
    count_try(token, Need.SECOND_STEP, keys=keys, now=now)
    with writing() as session:
        row, user = half_session(session, token, keys=keys, now=now)
        own = (RecoveryCode.user_id == user.id) & RecoveryCode.used_at.is_(None)
        used = session.scalars(
            update(RecoveryCode)
            .where(own, RecoveryCode.code_hash == keys.token_hash(plain_code(code)))
            .values(used_at=now)
            .returning(RecoveryCode.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not used:
            raise InvalidError("code", "This is not a recovery code, or it was used already.")

        left = session.scalar(select(func.count()).select_from(RecoveryCode).where(own)) or 0
        record(
            session,
            actions.USER_RECOVERY_USED,
            subject_id=user.id,
            actor=actor_of(user.role, user.id),
            now=now,
            codes_left=left,
        )
        tell_of(session, user, "recovery-used", keys=keys, now=now)
        return make_strong(session, row, user, device=device, keys=keys, now=now)


def count_try(token: str | None, need: Need, *, keys: Keys, now: datetime) -> None:
    """Count a try of whoever holds this half session; raises when that step is not theirs."""
    half = half_viewer_of(db.session(), token, keys=keys, now=now)
    if half is None or half.need is not need:
        raise NotAllowedError(SIGN_IN_AGAIN)
    take(kind=LimitKind.CODE, key=f"user:{half.user_id}", keys=keys, now=now)


def accept_step(user: User, code: str, *, keys: Keys, now: datetime) -> None:
    """Accept the digits of an app once, or raise `InvalidError`."""
    if user.totp_sealed is None:
        raise NotAllowedError(SIGN_IN_AGAIN)
    step = step_of(
        keys.open(TOTP_PURPOSE, user.totp_sealed),
        plain_code(code),
        last_step=user.totp_last_step,
        now=now,
    )
    if step is None:
        raise InvalidError("code", WRONG_DIGITS)
    user.totp_last_step = step


def make_strong(
    session: Session,
    row: UserSession,
    user: User,
    *,
    device: str,
    keys: Keys,
    now: datetime,
) -> OpenedSession:
    """Make a half session whole under a new token, in the caller's transaction."""
    seen_before = session.scalar(
        select(UserSession.id).where(
            UserSession.user_id == user.id,
            UserSession.device == device,
            UserSession.strong_at.is_not(None),
        )
    )
    token = new_token()
    row.token_hash = keys.token_hash(token)
    row.device = device
    row.strong_at = row.seen_at = now
    row.expires_at = now + STAFF_SESSION
    session.flush()
    actor = actor_of(user.role, user.id)
    record(session, actions.USER_SIGNED_IN, subject_id=user.id, actor=actor, now=now)
    if seen_before is None:
        tell_of(session, user, "signed-in", keys=keys, now=now)
    return OpenedSession(token, user.id, row.id, row.expires_at)
