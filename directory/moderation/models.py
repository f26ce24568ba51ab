"""Tables of the desk: cases, signals, decisions, flags, appeals, and who is linked to a listing.

Decisions are never changed; taking one back within a minute only dates it. Triggers of the
migration refuse what a rule forbids; see
`docs/decisions/0015-what-the-database-holds-of-the-desk.md`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import RuleCode


class SubjectNoun(StrEnum):
    """What a case is about."""

    REVIEW = "review"
    CORRECTION = "correction"


class CaseKind(StrEnum):
    """Why a case was opened."""

    REVIEW = "review"
    FLAG = "flag"
    APPEAL = "appeal"
    CORRECTION = "correction"
    OUTCOME = "outcome"
    SUGGESTION = "suggestion"


class CaseState(StrEnum):
    """A case waits, or is done."""

    OPEN = "open"
    CLOSED = "closed"


class Waiting(StrEnum):
    """Whom an open case waits for: a first person, or a second one."""

    FIRST = "first"
    SECOND = "second"


class Outcome(StrEnum):
    """What a moderator decides; `keep` leaves a published review as it is."""

    PUBLISH = "publish"
    RETURN = "return"
    REJECT = "reject"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"
    RESTRICT = "restrict"
    KEEP = "keep"
    UPHOLD_APPEAL = "uphold-appeal"
    KEEP_DECISION = "keep-decision"
    ACCEPT = "accept"
    DECLINE = "decline"


class Step(StrEnum):
    """A decision that stands alone, one that waits for a second person, and the second's two."""

    ALONE = "alone"
    PROPOSAL = "proposal"
    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"


class FlagState(StrEnum):
    """What became of a flag."""

    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not-upheld"
    OVERTAKEN = "overtaken"


class AppealState(StrEnum):
    """What became of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class LinkNature(StrEnum):
    """How somebody is tied to a listing."""

    MANAGES = "manages"
    WORKS_THERE = "works-there"
    FAMILY = "family"


class ModerationCase(Base):
    """One thing waiting to be judged. `version` refuses a decision on what has changed since.

    `target_at` is when it should be done, `due_at` when it must be. A lease gives it to one
    moderator until `leased_until`. `proposal_id` is the decision a second person is waited for;
    a trigger lets only that one be answered.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
        CheckConstraint(
            "(lease_holder_id IS NULL) = (leased_until IS NULL)", name="lease_has_holder"
        ),
        CheckConstraint("state = 'open' OR lease_holder_id IS NULL", name="closed_is_not_leased"),
        CheckConstraint(
            "(waiting = 'second') = (proposal_id IS NOT NULL)", name="second_has_proposal"
        ),
        CheckConstraint("version >= 1", name="version_from_one"),
        Index(
            "uq_moderation_case_one_open",
            "subject_noun",
            "subject_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_moderation_case_state_lane_opened_at", "state", "lane_order", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CaseKind]
    subject_noun: Mapped[SubjectNoun]
    subject_id: Mapped[int] = mapped_column(index=True)
    state: Mapped[CaseState]
    lane: Mapped[Lane]
    lane_order: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
    waiting: Mapped[Waiting]
    proposal_id: Mapped[int | None]
    version: Mapped[int]
    opened_at: Mapped[datetime]
    target_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    lease_holder_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    leased_until: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<ModerationCase {self.id}>"


class CaseSignal(Base):
    """A piece of advice about one version of a review; `span_start` counts characters from 0."""

    __tablename__ = "case_signal"
    __table_args__ = (
        CheckConstraint("(span_start IS NULL) = (span_end IS NULL)", name="span_whole"),
        CheckConstraint("span_start >= 0 AND span_end > span_start", name="span_order"),
        Index("ix_case_signal_case_id_review_version", "case_id", "review_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"))
    review_version: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    why: Mapped[str] = mapped_column(String(300))

    def __repr__(self) -> str:
        return f"<CaseSignal {self.id}>"


class CaseNote(Base):
    """What one moderator leaves for the next; never shown to an author or a reader."""

    __tablename__ = "case_note"
    __table_args__ = (CheckConstraint("length(text) > 0", name="text_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    text: Mapped[str] = mapped_column(String(2000))
    written_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<CaseNote {self.id}>"


class Decision(Base):
    """What one moderator decided on one version of a case; the second person's is a row too.

    `answers_id` names the proposal a second person answers; with `answers_actor_id` it is a
    foreign key, so that a check can refuse the same person twice. `words` is what the author
    reads beside the rule.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("id", "actor_id"),
        UniqueConstraint("case_id", "case_version"),
        ForeignKeyConstraint(
            ["answers_id", "answers_actor_id"],
            ["decision.id", "decision.actor_id"],
            ondelete="RESTRICT",
        ),
        CheckConstraint(
            "(step IN ('confirmation', 'refusal')) = (answers_id IS NOT NULL)",
            name="answer_has_proposal",
        ),
        CheckConstraint(
            "(answers_id IS NULL) = (answers_actor_id IS NULL)", name="answer_names_person"
        ),
        CheckConstraint("answers_actor_id <> actor_id", name="two_people"),
        CheckConstraint(
            "outcome NOT IN ('return', 'reject', 'hide', 'remove', 'restrict') "
            "OR rule_code IS NOT NULL",
            name="judged_by_rule",
        ),
        CheckConstraint("undone_at IS NULL OR step IN ('alone', 'proposal')", name="answer_stands"),
        Index("ix_decision_actor_id_made_at", "actor_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_case.id", ondelete="RESTRICT"), index=True
    )
    case_version: Mapped[int]
    review_version: Mapped[int]
    outcome: Mapped[Outcome]
    step: Mapped[Step]
    rule_code: Mapped[RuleCode | None]
    ground: Mapped[str | None] = mapped_column(String(120))
    words: Mapped[str | None] = mapped_column(String(2000))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    answers_id: Mapped[int | None]
    answers_actor_id: Mapped[int | None]
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Decision {self.id}>"


class Flag(Base):
    """An objection to a published review under a public rule; changes nothing by itself."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("length(receipt) >= 8", name="receipt_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_case.id", ondelete="RESTRICT"), index=True
    )
    rule_code: Mapped[RuleCode]
    words: Mapped[str | None] = mapped_column(String(1000))
    state: Mapped[FlagState]
    network_hash: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Flag {self.id}>"


class Appeal(Base):
    """An author's objection to a rejection or removal, judged by somebody who took no part."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_has_time"),
        Index(
            "uq_appeal_one_open",
            "review_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_case.id", ondelete="RESTRICT"), index=True
    )
    words: Mapped[str | None] = mapped_column(String(2000))
    state: Mapped[AppealState]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Appeal {self.id}>"


class Affiliation(Base):
    """Somebody's tie to a listing: who manages it cannot review it, a moderator not judge it."""

    __tablename__ = "affiliation"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="RESTRICT"), primary_key=True
    )
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    nature: Mapped[LinkNature]
    declared_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<Affiliation {self.user_id}/{self.listing_id}>"
