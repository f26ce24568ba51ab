"""What keeps a listing true: its history, what readers report, facts in doubt, pairs told apart.

The history is added to and never changed; a trigger of the migration sees to it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.audit.models import ActorKind
from directory.core.db import Base
from directory.listings.models.listing import ListingKind


class ChangeCause(StrEnum):
    """Why a listing came to say something else."""

    CREATED = "created"
    EDIT = "edit"
    STATE = "state"
    CHECK = "check"
    CORRECTION = "correction"
    IMPORT = "import"
    MERGE = "merge"
    VOCABULARY = "vocabulary"
    UNDO = "undo"


class CorrectionKind(StrEnum):
    """What a reader tells: a detail is wrong, what a call came to, a listing that is missing."""

    WRONG_DETAIL = "wrong-detail"
    OUTCOME = "outcome"
    MISSING_LISTING = "missing-listing"


class CallOutcome(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"
    NOT_TAKING = "not-taking"
    FEE_DIFFERENT = "fee-different"


class CorrectionState(StrEnum):
    """What became of a report; `noted` ones (an answered call) ask nobody for anything."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    NOTED = "noted"


class ListingChange(Base):
    """One change of a listing, in the words of its document.

    `before` and `after` hold the keys that changed and nothing else; a listing that came into
    being has neither. `actor_id` is set for staff only.
    """

    __tablename__ = "listing_change"
    __table_args__ = (
        CheckConstraint("(before IS NULL) = (after IS NULL)", name="both_or_neither"),
        CheckConstraint("cause <> 'undo' OR undoes_id IS NOT NULL", name="undo_names_change"),
        Index("ix_listing_change_listing_id_id", "listing_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    cause: Mapped[ChangeCause]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id", ondelete="RESTRICT"), index=True
    )
    correction_id: Mapped[int | None] = mapped_column(
        ForeignKey("correction.id", ondelete="SET NULL")
    )
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("listing_change.id", ondelete="CASCADE"), unique=True
    )
    at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<ListingChange {self.id}>"


class Correction(Base):
    """A reader's report, without an account, known to them by its receipt.

    `fact` is a key of `listings.facts.FACTS`. `stated` is what the page said of it at that time,
    as the document has it; `proposed` what it should say, in the reader's words, and
    `proposed_value` the same as the document would have it, where the form could ask for that.
    A suggestion has no listing; `suggested` holds what was told of it. Reports of the same thing
    follow one `leader`, whose case decides them all. `address_sealed` is where to send the one
    letter, if one was asked for; it is destroyed with the decision.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'missing-listing') = (suggested IS NOT NULL)", name="suggestion_says_what"
        ),
        CheckConstraint("kind = 'missing-listing' OR listing_id IS NOT NULL", name="about_listing"),
        CheckConstraint("(kind = 'outcome') = (outcome IS NOT NULL)", name="outcome_given"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("length(receipt) >= 8", name="receipt_given"),
        CheckConstraint("state = 'open' OR address_sealed IS NULL", name="address_while_open"),
        CheckConstraint("leader_id <> id", name="leads_others"),
        Index("ix_correction_listing_id_made_at", "listing_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[CorrectionKind]
    state: Mapped[CorrectionState]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    fact: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[CallOutcome | None]
    stated: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    proposed: Mapped[str | None] = mapped_column(String(1000))
    proposed_value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    suggested: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    evidence: Mapped[str | None] = mapped_column(String(1000))
    called_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2))
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("correction.id", ondelete="CASCADE"), index=True
    )
    address_sealed: Mapped[bytes | None]
    network_hash: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(1000))

    def __repr__(self) -> str:
        return f"<Correction {self.id}>"


class Doubt(Base):
    """A fact many readers found to be otherwise, until somebody checks it or clears the doubt."""

    __tablename__ = "doubt"
    __table_args__ = (
        CheckConstraint("reports >= 1", name="reports_from_one"),
        Index(
            "uq_doubt_one_open",
            "listing_id",
            "fact",
            unique=True,
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    fact: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[CallOutcome]
    reports: Mapped[int]
    raised_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Doubt {self.id}>"


class ToldApart(Base):
    """Two listings somebody looked at and found to be two, so that they are not offered again."""

    __tablename__ = "told_apart"
    __table_args__ = (CheckConstraint("lower_id < higher_id", name="in_order"),)

    lower_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    higher_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    told_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<ToldApart {self.lower_id}/{self.higher_id}>"


class BatchState(StrEnum):
    """A file that was read, applied, undone again, or thrown away."""

    READ = "read"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


class RowOutcome(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class ImportBatch(Base):
    """A file an administrator brought: read, looked at, then applied as one and undone as one."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)", name="applied_has_time"
        ),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[BatchState]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    read_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<ImportBatch {self.id}>"


class ImportRow(Base):
    """One row of a batch: what it says, what would become of it, and whether it is chosen.

    `differences` holds each changed key as [before, after], of a new listing its slug and state;
    `faults` as [field, reason]. `lookalikes` are what it is likely to be already: an `id` of a
    listing or a `line` of the same file, with `score` and `reasons`.
    """

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_batch_id_outcome", "batch_id", "outcome", "line"),)

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[RowOutcome]
    ref: Mapped[str | None] = mapped_column(String(120))
    name: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[ListingKind | None]
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    differences: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    faults: Mapped[list[list[str]]] = mapped_column(JSON)
    lookalikes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    chosen: Mapped[bool]

    def __repr__(self) -> str:
        return f"<ImportRow {self.batch_id}/{self.line}>"
