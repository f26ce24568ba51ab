"""Letters of any room to an account or an address: sealed and queued, never sent from here.

Queued in the caller's transaction, so that a letter tells of nothing that did not happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.accounts.keys import EMAIL_PURPOSE
from directory.outbox.operations import queue_letter
from directory.outbox.policy import ADDRESS_PURPOSE, FACTS_PURPOSE, LetterDraft, facts_text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.models import User
    from directory.outbox.models import LetterKind
    from directory.outbox.policy import LetterFacts

LINK_PATH = "/account/link"
ACCOUNT_PATH = "/account"


def letter_to_user(
    session: Session,
    *,
    user: User,
    kind: LetterKind,
    facts: LetterFacts,
    keys: Keys,
    now: datetime,
    group_key: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue a letter to an account, in its language; nobody is written to once it is erased."""
    if user.email_sealed is None:
        return
    letter_to_address(
        session,
        address=keys.open(EMAIL_PURPOSE, user.email_sealed),
        language=user.language,
        kind=kind,
        facts=facts,
        group_key=group_key,
        not_before=not_before,
        keys=keys,
        now=now,
    )


def letter_to_address(
    session: Session,
    *,
    address: str,
    language: str,
    kind: LetterKind,
    facts: LetterFacts,
    keys: Keys,
    now: datetime,
    group_key: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue a letter to an address, whether or not it has an account."""
    draft = LetterDraft(
        kind=kind,
        language=language,
        address_sealed=keys.seal(ADDRESS_PURPOSE, address),
        facts_sealed=keys.seal(FACTS_PURPOSE, facts_text(kind, facts)),
        group_key=group_key,
        not_before=not_before,
    )
    queue_letter(session, draft, now)
