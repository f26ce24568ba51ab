"""Enrolling of staff: a password, an authenticator app, recovery codes; then they are signed in.

Begins with the half session a staff link opens. Codes are shown once, only their hashes stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete

from directory.accounts.keys import EMAIL_PURPOSE, TOTP_PURPOSE
from directory.accounts.models import RecoveryCode, User
from directory.accounts.operations.passwords import note_password_set, tell_of
from directory.accounts.operations.second_step import accept_step, count_try, make_strong
from directory.accounts.operations.sessions import SIGN_IN_AGAIN, half_session
from directory.accounts.passwords import hash_password
from directory.accounts.policy import RECOVERY_CODES, actor_of, check_password_rule, require_staff
from directory.accounts.queries.signed_in import Need, half_viewer_of
from directory.accounts.tokens import new_recovery_code, shown_code
from directory.accounts.totp import new_secret, offer_of
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import db, writing
from directory.core.errors import NotAllowedError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.operations.sessions import OpenedSession
    from directory.accounts.policy import Viewer
    from directory.accounts.totp import TotpOffer


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The whole session at the end of enrolling, and the recovery codes, shown this once."""

    opened: OpenedSession
    recovery_codes: tuple[str, ...] = field(repr=False)


def set_first_password(*, token: str | None, password: str, keys: Keys, now: datetime) -> None:
    """Set the password of staff who enrol; raises `InvalidError` and `NotAllowedError`."""
    half = half_viewer_of(db.session(), token, keys=keys, now=now)
    if half is None or half.need is not Need.SET_PASSWORD:
        raise NotAllowedError(SIGN_IN_AGAIN)
    sealed = db.session().get_one(User, half.user_id).email_sealed or b""
    check_password_rule(password, keys.open(EMAIL_PURPOSE, sealed))
    stored = hash_password(password)

    with writing() as session:
        _row, user = half_session(session, token, keys=keys, now=now)
        user.password_hash = stored
        note_password_set(session, user, keys=keys, now=now)


def offer_totp(*, token: str | None, site_name: str, keys: Keys, now: datetime) -> TotpOffer:
    """Give the secret for the authenticator app; the same again until it is confirmed."""
    with writing() as session:
        _row, user = half_session(session, token, keys=keys, now=now)
        if user.totp_last_step is not None or user.password_hash is None:
            raise NotAllowedError(SIGN_IN_AGAIN)
        if user.totp_sealed is None:
            user.totp_sealed = keys.seal(TOTP_PURPOSE, new_secret())
        secret = keys.open(TOTP_PURPOSE, user.totp_sealed)
        return offer_of(secret, account=user.display_name or "", site_name=site_name)


def confirm_totp(
    *, token: str | None, code: str, device: str, keys: Keys, now: datetime
) -> Enrolled:
    """Accept the first digits of the app: enrolled, and signed in.

    Raises `InvalidError` for wrong digits, `NotAllowedError` when it is not the time for them.
    """
    count_try(token, Need.SET_TOTP, keys=keys, now=now)
    with writing() as session:
        row, user = half_session(session, token, keys=keys, now=now)
        accept_step(user, code, keys=keys, now=now)
        codes = _new_codes(session, user.id, keys=keys)
        actor = actor_of(user.role, user.id)
        record(session, actions.USER_TOTP_ENROLLED, subject_id=user.id, actor=actor, now=now)
        tell_of(session, user, "totp-enrolled", keys=keys, now=now)
        opened = make_strong(session, row, user, device=device, keys=keys, now=now)
        return Enrolled(opened, codes)


def make_recovery_codes(*, viewer: Viewer, keys: Keys, now: datetime) -> tuple[str, ...]:
    """Give ten new recovery codes, to be shown once; the old ones work no more."""
    with writing() as session:
        require_staff(viewer)
        user = session.get_one(User, viewer.user_id, with_for_update=True)
        codes = _new_codes(session, user.id, keys=keys)
        record(
            session,
            actions.USER_RECOVERY_RENEWED,
            subject_id=user.id,
            actor=viewer.as_actor(),
            now=now,
        )
        tell_of(session, user, "recovery-renewed", keys=keys, now=now)
        return codes


def _new_codes(session: Session, user_id: int, *, keys: Keys) -> tuple[str, ...]:
    session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.user_id == user_id)
        .execution_options(synchronize_session=False)
    )
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(user_id=user_id, code_hash=keys.token_hash(code)) for code in codes
    )
    session.flush()
    return tuple(shown_code(code) for code in codes)
