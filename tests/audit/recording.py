"""Acts to record, and an attacker who may change the database's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from directory.audit import actions
from directory.audit.models import ActorKind
from directory.audit.operations import record
from directory.audit.policy import Actor
from directory.audit.queries import verify_chain
from directory.core.db import db, writing

if TYPE_CHECKING:
    from datetime import datetime

    from directory.audit.policy import Act, FactValue

MODERATOR = Actor(ActorKind.MODERATOR, 7, "A colleague")
TRIGGERS = (
    ("audit_event_no_update", "audit_event"),
    ("audit_event_no_delete", "audit_event"),
    ("audit_event_no_replace", "audit_event"),
    ("audit_event_no_change", "audit_event"),
    ("audit_event_no_truncate", "audit_event"),
    ("audit_head_forward", "audit_head"),
    ("audit_head_no_delete", "audit_head"),
    ("audit_head_no_replace", "audit_head"),
    ("audit_head_no_truncate", "audit_head"),
)


def do(
    now: datetime,
    act: Act = actions.CASE_LEASED,
    *,
    subject_id: int | None = 1,
    actor: Actor = MODERATOR,
    **facts: FactValue,
) -> None:
    """Record one act in a transaction of its own."""
    with writing() as session:
        record(session, act, subject_id=subject_id, actor=actor, now=now, **facts)


def do_some(now: datetime, number: int) -> None:
    """Record acts 1 to `number`, each in a transaction of its own."""
    for subject_id in range(1, number + 1):
        do(now, subject_id=subject_id)


def sql(statement: str) -> None:
    """Change the database directly, past every operation."""
    with writing() as session:
        session.execute(text(statement))


def drop_triggers() -> None:
    """Do what somebody may who owns the tables: take the guards away."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    for name, table in TRIGGERS:
        sql(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_postgresql else ""))


def faults() -> list[str]:
    """Give what the search for wounds finds now."""
    session = db.session()
    session.rollback()
    return verify_chain(session)
