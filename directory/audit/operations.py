"""Writes of the record: an act joins the transaction of whoever acts.

Rows are written in one go just before that transaction commits, so the head is locked for the
last moment only and two writers never wait for each other. Called by every operation that changes
something of reviews, the desk or accounts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from directory.audit.models import AuditEvent, AuditHead
from directory.audit.policy import AUTHOR, Row
from directory.core.db import at_the_end

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Act, Actor, FactValue

OWN_ACCOUNT = "user"


@dataclass(frozen=True, slots=True)
class Noted:
    """An act as it waits for its number: checked, with its facts as the text they are stored as."""

    act: Act
    subject_id: int | None
    actor: Actor
    at: datetime
    facts: str

    def row(self, seq: int) -> Row:
        """Give the row it becomes under this number."""
        act, actor = self.act, self.actor
        return Row(
            seq=seq,
            act=act.name,
            subject_noun=act.subject_noun,
            subject_id=self.subject_id,
            actor_kind=actor.kind,
            actor_id=actor.id,
            facts=self.facts,
            at=self.at,
        )


def noted(
    act: Act, *, subject_id: int | None, actor: Actor, now: datetime, **facts: FactValue
) -> Noted:
    """Check an act's facts and give it as `record_many` takes it; raises `WrongFactsError`.

    What authors do with their own account names no account: beside the act on a review in the
    same moment it would tell who wrote it.
    """
    if now.tzinfo is None:
        raise ValueError("a time without a zone cannot be recorded")
    named = None if actor == AUTHOR and act.subject_noun == OWN_ACCOUNT else subject_id
    return Noted(act, named, actor, now, act.canonical(facts))


def record(
    session: Session,
    act: Act,
    *,
    subject_id: int | None,
    actor: Actor,
    now: datetime,
    **facts: FactValue,
) -> None:
    """Record an act inside the caller's writing transaction; it is written when that commits.

    Raises `WrongFactsError` at once when the facts are not exactly those the act carries.
    """
    record_many(session, [noted(act, subject_id=subject_id, actor=actor, now=now, **facts)])


def record_many(session: Session, acts: Iterable[Noted]) -> None:
    """Record any number of acts inside the caller's writing transaction, in this order.

    Three statements for all that one transaction records.
    """
    at_the_end(session, _write).extend(acts)


def _write(session: Session, acts: list[Noted]) -> None:
    """Number and chain what this transaction did, behind the row that was newest until now."""
    if not acts:
        return
    head = session.execute(select(AuditHead.seq, AuditHead.hash).with_for_update()).one()
    seq, previous_hash = head.seq, head.hash
    rows = []
    for act in acts:
        seq += 1
        row = act.row(seq)
        row_hash = row.hash_after(previous_hash)
        rows.append({**asdict(row), "previous_hash": previous_hash, "hash": row_hash})
        previous_hash = row_hash
    session.execute(insert(AuditEvent), rows)
    session.execute(
        update(AuditHead)
        .values(seq=seq, hash=previous_hash)
        .execution_options(synchronize_session=False)
    )
