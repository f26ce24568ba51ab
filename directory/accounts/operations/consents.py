"""The ledger of consents: a line for each that is given or withdrawn, never changed.

Each purpose stands by itself (Digital Personal Data Protection Act 2023, section 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.accounts.authors import add_consent, note_consents
from directory.accounts.models import ConsentPurpose
from directory.accounts.policy import actor_of
from directory.accounts.queries.people import consents_of
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import InvalidError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.policy import Viewer


def give_consent(
    *, viewer: Viewer, purpose: ConsentPurpose, text_version: int, now: datetime
) -> None:
    """Agree to one purpose, in the words of one version."""
    with writing() as session:
        note_consents(
            session,
            user_id=viewer.user_id,
            purposes=[purpose],
            text_version=text_version,
            now=now,
            actor=actor_of(viewer.role, viewer.user_id),
        )


def withdraw_consent(*, viewer: Viewer, purpose: ConsentPurpose, now: datetime) -> None:
    """Take one consent back.

    Raises `NotFoundError` when none stands, and `InvalidError` for the account itself, which is
    erased instead.
    """
    if purpose is ConsentPurpose.ACCOUNT:
        raise InvalidError("purpose", "To take this back, erase your account.")
    with writing() as session:
        standing = [
            view
            for view in consents_of(session, viewer.user_id)
            if view.purpose is purpose and view.given
        ]
        if not standing:
            raise NotFoundError("There is no such consent to take back.")

        version = standing[0].text_version
        add_consent(session, viewer.user_id, purpose, given=False, text_version=version, now=now)
        record(
            session,
            actions.CONSENT_WITHDRAWN,
            subject_id=viewer.user_id,
            actor=actor_of(viewer.role, viewer.user_id),
            now=now,
            purpose=purpose.value,
            text_version=version,
        )
