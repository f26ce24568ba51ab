"""Sending what is due: each letter is claimed, sent outside of any transaction, and marked.

A kill at any moment loses no letter: one left half sent is taken up again after five minutes, under
the same id. See `docs/decisions/0014-letters.md`. Called by the worker.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from directory.core.db import db, writing
from directory.core.errors import trace_of
from directory.mail.messages import message_for
from directory.mail.queries import is_any_due, is_due
from directory.mail.senders import NeverError, NotNowError
from directory.outbox.models import Letter, LetterState
from directory.outbox.policy import ADDRESS_PURPOSE, FACTS_PURPOSE, facts_from

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.mail.senders import Sender
    from directory.mail.wording import Site
    from directory.outbox.models import LetterKind

log = logging.getLogger(__name__)

# After a failure the next attempt waits so long; after the last one the letter has failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
KEPT = timedelta(days=30)
ENDED = (LetterState.SENT, LetterState.CANCELLED, LetterState.FAILED)


@dataclass(frozen=True, slots=True)
class SendCount:
    """What became of the letters that were due."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0

    @property
    def tried(self) -> int:
        """Give how many were claimed."""
        return self.sent + self.delayed + self.failed


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that is ours until it is marked, or for five minutes."""

    id: int
    kind: LetterKind
    message_id: str
    language: str
    attempts: int
    created_at: datetime
    claimed_at: datetime
    address_sealed: bytes
    facts_sealed: bytes


def send_due(*, sender: Sender, keys: Keys, site: Site, now: datetime, limit: int) -> SendCount:
    """Send at most `limit` letters that are due, the oldest first, and give what became of them."""
    sent = delayed = failed = 0
    for _time in range(limit):
        letter = _claim(now)
        if letter is None:
            break
        after = _attempt(letter, sender=sender, keys=keys, site=site, now=now)
        sent += after is LetterState.SENT
        delayed += after is LetterState.QUEUED
        failed += after is LetterState.FAILED
    return SendCount(sent, delayed, failed)


def prune_letters(*, now: datetime) -> int:
    """Remove letters that ended and are older than thirty days; give how many."""
    with writing() as session:
        old = (
            delete(Letter)
            .where(Letter.state.in_(ENDED), Letter.created_at < now - KEPT)
            .returning(Letter.id)
            .execution_options(synchronize_session=False)
        )
        return len(session.scalars(old).all())


def _claim(now: datetime) -> Claimed | None:
    """Take the next letter that is due, so that nobody else sends it."""
    if not is_any_due(db.session(), now):
        db.session().rollback()
        return None
    following = (
        select(Letter.id)
        .where(is_due(now))
        .order_by(Letter.not_before, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with writing() as session:
        letter_id = session.scalar(following)
        if letter_id is None:
            return None
        row = session.execute(
            update(Letter)
            .where(Letter.id == letter_id)
            .values(state=LetterState.SENDING, claimed_at=now)
            .returning(*(getattr(Letter, each.name) for each in fields(Claimed)))
            .execution_options(synchronize_session=False)
        ).one()
        return Claimed(**row._asdict())


def _attempt(
    letter: Claimed, *, sender: Sender, keys: Keys, site: Site, now: datetime
) -> LetterState:
    """Send one letter and mark what became of it."""
    fault, is_lost = None, False
    try:
        sender.send(
            message_for(
                site,
                kind=letter.kind,
                language=letter.language,
                facts=facts_from(letter.kind, keys.open(FACTS_PURPOSE, letter.facts_sealed)),
                message_id=letter.message_id,
                address=keys.open(ADDRESS_PURPOSE, letter.address_sealed),
                written_at=letter.created_at,
            )
        )
    except NeverError as problem:
        fault, is_lost = str(problem), True
    except NotNowError as problem:
        fault = str(problem)
    except Exception as problem:  # noqa: BLE001 - one letter's fault must not hold up the others
        log.error("letter not written: %s", trace_of(problem))  # noqa: TRY400 - a message may hold an address
        fault = type(problem).__name__
    return _mark(letter, fault, is_lost=is_lost, now=now)


def _mark(letter: Claimed, fault: str | None, *, is_lost: bool, now: datetime) -> LetterState:
    """Note what became of a letter, unless somebody else has claimed it meanwhile."""
    values: dict[str, object] = {"claimed_at": None}
    if fault is None:
        after = LetterState.SENT
        values["sent_at"] = now
    else:
        is_lost = is_lost or letter.attempts >= len(PAUSES)
        after = LetterState.FAILED if is_lost else LetterState.QUEUED
        values |= {"attempts": letter.attempts + 1, "last_fault": fault[:200]}
        if not is_lost:
            values["not_before"] = now + PAUSES[letter.attempts]
    if after in ENDED:
        values |= {"address_sealed": None, "facts_sealed": None}
    with writing() as session:
        session.execute(
            update(Letter)
            .where(
                Letter.id == letter.id,
                Letter.state == LetterState.SENDING,
                Letter.claimed_at == letter.claimed_at,
            )
            .values(state=after, **values)
            .execution_options(synchronize_session=False)
        )
    if after is LetterState.FAILED:
        log.warning("letter failed", extra={"letter": letter.id, "fault": fault})
    return after
