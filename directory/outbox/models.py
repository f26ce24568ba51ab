"""Tables of what must follow a commit: the change feed every index copy reads, and letters.

Rows are added by `operations.py` and `letters.py` inside the transaction that changed something;
the feed is read by `queries.py`, letters are taken up by the mail room.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
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


class LetterKind(StrEnum):
    """What a letter says; the facts each kind carries are data in `policy.py`."""

    SIGN_IN = "sign-in"
    NO_ACCOUNT = "no-account"
    SIGN_UP = "sign-up"
    STAFF_LINK = "staff-link"
    CONFIRM_REVIEW = "confirm-review"
    REVIEW_PUBLISHED = "review-published"
    REVIEW_RETURNED = "review-returned"
    REVIEW_RESUBMITTED = "review-resubmitted"
    REVIEW_REJECTED = "review-rejected"
    REVIEW_WITHDRAWN = "review-withdrawn"
    REVIEW_HIDDEN = "review-hidden"
    REVIEW_RESTORED = "review-restored"
    REVIEW_REMOVED = "review-removed"
    REVIEW_RESTRICTED = "review-restricted"
    REVIEW_EXPIRED = "review-expired"
    APPEAL_RECEIVED = "appeal-received"
    APPEAL_KEPT = "appeal-kept"
    APPEAL_UPHELD = "appeal-upheld"
    CORRECTION_ACCEPTED = "correction-accepted"
    CORRECTION_DECLINED = "correction-declined"
    ERASED = "erased"
    SECURITY = "security"


class LetterState(StrEnum):
    """Where a letter is; `sending` belongs to one sender since `claimed_at`."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Letter(Base):
    """One letter, queued in the transaction it tells about.

    Address and facts are sealed, and destroyed the moment they are needed no longer. Letters that
    belong to one event share a `group_key`; each kind is queued once in a group.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("group_key", "kind"),
        CheckConstraint("language IN ('en', 'hi')", name="language_known"),
        CheckConstraint("length(message_id) >= 8", name="message_id_given"),
        CheckConstraint("attempts >= 0", name="attempts_from_zero"),
        CheckConstraint(
            "(state IN ('queued', 'sending')) = (address_sealed IS NOT NULL) "
            "AND (state IN ('queued', 'sending')) = (facts_sealed IS NOT NULL)",
            name="sealed_while_needed",
        ),
        CheckConstraint(
            "(state = 'sending') = (claimed_at IS NOT NULL)", name="sending_is_claimed"
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
        Index("ix_letter_state_not_before", "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LetterKind]
    message_id: Mapped[str] = mapped_column(String(64), unique=True)
    group_key: Mapped[str | None] = mapped_column(String(80))
    address_sealed: Mapped[bytes | None]
    facts_sealed: Mapped[bytes | None]
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[LetterState]
    attempts: Mapped[int]
    not_before: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_fault: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(index=True)

    def __repr__(self) -> str:
        return f"<Letter {self.id}>"
