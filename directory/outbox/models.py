"""Tables of what must follow a commit: the change feed every index copy reads from.

Not for mail, which has tables of its own when it comes. Rows are added by `operations.py` inside
the transaction that changed something, and read by `queries.py`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base


class ChangeNoun(StrEnum):
    """What changed; a change of the vocabulary concerns every document."""

    LISTING = "listing"
    VOCABULARY = "vocabulary"


class Change(Base):
    """One thing that changed. The order of `seq` is the order of commits, without exception.

    `seq` comes from `ChangeCounter`, never from the database's own counting: that one is taken
    before the commit, so a later number may be seen before an earlier one.
    """

    __tablename__ = "change"
    __table_args__ = (CheckConstraint("seq >= 1", name="seq_from_one"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    noun: Mapped[ChangeNoun]
    subject_id: Mapped[int]
    created_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<Change {self.seq}>"


class ChangeCounter(Base):
    """The newest number given out: one row, made by the migration.

    `feed` names this feed for ever, so that an index notices when it belongs to another
    database.
    """

    __tablename__ = "change_counter"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("newest_seq >= 0", name="newest_seq_from_zero"),
        CheckConstraint("length(feed) > 0", name="feed_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feed: Mapped[str] = mapped_column(String(32))
    newest_seq: Mapped[int] = mapped_column(BigInteger)

    def __repr__(self) -> str:
        return f"<ChangeCounter {self.id}>"


class IndexCursor(Base):
    """How far one copy of the index has read, and when it last said so; only for pruning."""

    __tablename__ = "index_cursor"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("seq >= 0", name="seq_from_zero"),
    )

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<IndexCursor {self.seq}>"
