"""Reads of the record: a page of acts, and the search for wounds in the chain.

Called by the administrator's log and by `flask audit`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.audit.models import NO_HASH, AuditEvent, AuditHead
from directory.audit.policy import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.audit.models import ActorKind
    from directory.audit.policy import FactValue

READ_AT_ONCE = 1000
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts are asked for; None asks for all. `since` is counted in, `until` is not."""

    act: str | None = None
    actor_id: int | None = None
    subject_noun: str | None = None
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventView:
    """One act of the record."""

    seq: int
    act: str
    subject_noun: str
    subject_id: int | None
    actor_kind: ActorKind
    actor_id: int | None
    facts: Mapping[str, FactValue]
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Acts, newest first; `next_before` asks for the page after, None when there is none."""

    items: tuple[EventView, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class HeadView:
    """How many acts the record says it holds, and the hash it ends with."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class _Link:
    """A row as it lies in the table: what it says, and the two hashes it carries."""

    row: Row
    previous_hash: str
    hash: str


def events(
    session: Session, wanted: AuditFilter, *, before_seq: int | None = None, limit: int = 50
) -> AuditPage:
    """Give the newest acts that fit, those before `before_seq` when it is given."""
    statement = (
        select(
            AuditEvent.seq,
            AuditEvent.act,
            AuditEvent.subject_noun,
            AuditEvent.subject_id,
            AuditEvent.actor_kind,
            AuditEvent.actor_id,
            AuditEvent.facts,
            AuditEvent.at,
            AuditEvent.hash,
        )
        .where(*_conditions(wanted, before_seq))
        .order_by(AuditEvent.seq.desc())
        .limit(limit + 1)
    )
    rows = session.execute(statement).all()
    items = tuple(
        EventView(**{**row._asdict(), "facts": json.loads(row.facts)}) for row in rows[:limit]
    )
    return AuditPage(items, items[-1].seq if len(rows) > limit else None)


def _conditions(wanted: AuditFilter, before_seq: int | None) -> list[ColumnElement[bool]]:
    columns = {
        AuditEvent.act: wanted.act,
        AuditEvent.actor_id: wanted.actor_id,
        AuditEvent.subject_noun: wanted.subject_noun,
        AuditEvent.subject_id: wanted.subject_id,
    }
    conditions = [column == value for column, value in columns.items() if value is not None]
    if wanted.since is not None:
        conditions.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEvent.at < wanted.until)
    if before_seq is not None:
        conditions.append(AuditEvent.seq < before_seq)
    return conditions


def head_of(session: Session) -> HeadView | None:
    """Give where the record says it ends, or None when that row is gone."""
    row = session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    return None if row is None else HeadView(row.seq, row.hash)


def verify_chain(session: Session) -> list[str]:
    """Read the whole record and give what is wrong with it, in words; nothing wrong is no words.

    Holds a thousand rows at a time, and stops after a hundred faults. Acts that are recorded
    meanwhile do no harm.
    """
    head = head_of(session)
    if head is None:
        return ["The head of the record is missing."]
    faults = []
    last = None
    for link in _links(session, head.seq):
        faults += _faults_of(link, last)
        last = link
        if len(faults) >= MOST_FAULTS:
            return [*faults[:MOST_FAULTS], "There may be more: the search stopped here."]
    return [*faults, *_faults_at_the_end(session, head, last)]


def _links(session: Session, newest: int) -> Iterator[_Link]:
    """Give the rows up to a number, in order, a thousand at a time."""
    statement = select(*AuditEvent.__table__.columns).order_by(AuditEvent.seq).limit(READ_AT_ONCE)
    done = -1
    while True:
        rows = session.execute(
            statement.where(AuditEvent.seq > done, AuditEvent.seq <= newest)
        ).all()
        for found in rows:
            values = found._asdict()
            done = values["seq"]
            previous_hash, row_hash = values.pop("previous_hash"), values.pop("hash")
            yield _Link(Row(**values), previous_hash, row_hash)
        if len(rows) < READ_AT_ONCE:
            return


def _faults_of(link: _Link, last: _Link | None) -> list[str]:
    """Give what is wrong with a row, and with its place behind the last one."""
    seq, last_seq = link.row.seq, 0 if last is None else last.row.seq
    faults = []
    if seq != last_seq + 1:
        faults.append(_missing(last_seq + 1, seq - 1))
    elif link.previous_hash != (NO_HASH if last is None else last.hash):
        faults.append(
            f"Row {seq} does not follow row {last_seq}: one of them was edited, "
            "or their order was changed."
        )
    if link.row.hash_after(link.previous_hash) != link.hash:
        faults.append(f"Row {seq} was edited: it does not fit its own hash.")
    return faults


def _faults_at_the_end(session: Session, head: HeadView, last: _Link | None) -> list[str]:
    last_seq, last_hash = (0, NO_HASH) if last is None else (last.row.seq, last.hash)
    faults = []
    if last_seq < head.seq:
        faults.append(_missing(last_seq + 1, head.seq) + " The head still counts them.")
    elif last_hash != head.hash:
        faults.append(f"The head does not fit row {last_seq}: one of them was edited.")
    # One statement sees one moment, whatever is recorded meanwhile.
    newest, head_now = session.execute(
        select(select(func.max(AuditEvent.seq)).scalar_subquery(), AuditHead.seq)
    ).one()
    if (newest or 0) > head_now:
        faults.append(f"Rows after {head_now} are not counted by the head, which was edited.")
    return faults


def _missing(first: int, last: int) -> str:
    return f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."
