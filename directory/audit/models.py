"""Tables of the record of acts: its rows, and the head that says where the record ends.

Not for the acts themselves (`actions.py`). Triggers of the migration refuse to change or remove
a row and to move the head back; who goes round them is found by `queries.verify_chain`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base

HASH_LETTERS = 64
# The hash before the first row.
NO_HASH = "0" * HASH_LETTERS


class ActorKind(StrEnum):
    """In which part somebody acted; an author and a reader are never named."""

    AUTHOR = "author"
    READER = "reader"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"
    COMMAND = "command"


class AuditEvent(Base):
    """One act. The order of `seq` is the order of commits; `hash` covers the row and the last hash.

    `facts` is canonical JSON of ids, codes, numbers and short words, never anybody's text.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_from_one"),
        CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="hashes_whole"),
        CheckConstraint(
            "(actor_kind IN ('moderator', 'administrator')) = (actor_id IS NOT NULL)",
            name="only_staff_is_named",
        ),
        Index("ix_audit_event_act_seq", "act", "seq"),
        Index("ix_audit_event_actor_id_seq", "actor_id", "seq"),
        Index("ix_audit_event_subject_noun_subject_id_seq", "subject_noun", "subject_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(60))
    subject_noun: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
    previous_hash: Mapped[str] = mapped_column(String(HASH_LETTERS))
    hash: Mapped[str] = mapped_column(String(HASH_LETTERS))

    def __repr__(self) -> str:
        return f"<AuditEvent {self.seq}>"


class AuditHead(Base):
    """The number and hash of the newest row: one row, made by the migration."""

    __tablename__ = "audit_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("seq >= 0", name="seq_from_zero"),
        CheckConstraint("length(hash) = 64", name="hash_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(HASH_LETTERS))

    def __repr__(self) -> str:
        return f"<AuditHead {self.id}>"
