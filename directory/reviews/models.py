"""Tables of reviews: the review, its versions, its ratings, its history, a listing's summary.

Not for how a review is judged (`moderation/models.py`). A review's words never change: a new
version is a new row. Triggers of the migration hold states, history and decisions together; see
`docs/decisions/0015-what-the-database-holds-of-the-desk.md`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.audit.models import ActorKind
from directory.core.db import Base, enum_type

LEAST_LETTERS = 80
MOST_LETTERS = 4000


class ReviewState(StrEnum):
    """The life of a review; the moves between states are data in `policy.py`."""

    UNCONFIRMED = "unconfirmed"
    PENDING = "pending"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    REMOVED = "removed"
    RESTRICTED = "restricted"
    EXPIRED = "expired"
    ERASED = "erased"


class ReviewEvent(StrEnum):
    """What can happen to a review."""

    SUBMIT = "submit"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    PUBLISH = "publish"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"
    RESTRICT = "restrict"
    REOPEN = "reopen"
    UNDO = "undo"
    ERASE = "erase"


class Relation(StrEnum):
    """How the author knows the care: as the person treated, as a carer, as family."""

    TREATED = "patient"
    CARER = "carer"
    FAMILY = "family"


class CareKind(StrEnum):
    """What kind of care is written about."""

    FIRST_VISIT = "first-visit"
    ONGOING = "ongoing"
    ADMISSION = "admission"


class Unsafe(StrEnum):
    """The answer to the safety question, which is never part of a rating."""

    NO = "no"
    YES = "yes"
    UNSAID = "unsaid"


class Pseudonym(StrEnum):
    """What is shown beside a review: a role and a part of the city, a role, or neither."""

    WITH_DISTRICT = "with-district"
    ROLE_ONLY = "role-only"
    NEUTRAL = "neutral"


class Aspect(StrEnum):
    """What is rated beside the whole; the last two are of centres only."""

    LISTENED = "listened"
    EXPLAINED = "explained"
    RESPECT = "respect"
    PRIVACY = "privacy"
    FEES = "fees"
    REACH = "reach"
    NIGHT = "night"
    CLEANLINESS = "cleanliness"


class RuleCode(StrEnum):
    """The public rules; their texts are in `data/rules.yaml`."""

    NOT_OWN = "R-01"
    WRONG_LISTING = "R-02"
    DUPLICATE = "R-03"
    UNCONFIRMED = "R-04"
    CONFLICT = "R-05"
    REWARD = "R-06"
    IDENTIFIES_RELATIVE = "R-07"
    IDENTIFIES_STAFF = "R-08"
    IDENTIFIES_AUTHOR = "R-09"
    THREAT = "R-10"
    CONTACT = "R-11"
    ADVERTISING = "R-12"
    DOSING = "R-13"
    SELF_HARM = "R-14"
    CRIME_AS_FACT = "R-15"
    BEFORE_COURT = "R-16"
    LEGAL_ORDER = "R-17"
    TOO_OLD = "R-18"
    NOT_CARE = "R-19"
    MANUFACTURED = "R-20"


class Review(Base):
    """One first-hand experience of one person with one listing.

    `public_id` is its name in addresses and in the API. `author_id` is empty once the author is
    erased. `submission_key` comes with the form, so that one form makes one review however often
    it is sent.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(state = 'hidden') = (hidden_until IS NOT NULL)", name="hidden_has_end"),
        CheckConstraint(
            "state NOT IN ('rejected', 'removed', 'restricted') OR rule_code IS NOT NULL",
            name="end_has_rule",
        ),
        CheckConstraint(
            "state NOT IN ('published', 'hidden', 'removed', 'restricted') "
            "OR published_at IS NOT NULL",
            name="shown_has_time",
        ),
        CheckConstraint("state <> 'erased' OR author_id IS NULL", name="erased_has_no_author"),
        CheckConstraint("current_version >= 1", name="version_from_one"),
        CheckConstraint("length(public_id) >= 10", name="public_id_given"),
        Index(
            "uq_review_one_in_hand",
            "author_id",
            "listing_id",
            unique=True,
            sqlite_where=text("state IN ('pending', 'returned')"),
            postgresql_where=text("state IN ('pending', 'returned')"),
        ),
        Index("ix_review_listing_id_state_published_at", "listing_id", "state", "published_at"),
        Index("ix_review_state_moved_at", "state", "moved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="RESTRICT"))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    state: Mapped[ReviewState]
    current_version: Mapped[int]
    rule_code: Mapped[RuleCode | None]
    ground: Mapped[str | None] = mapped_column(String(120))
    submission_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    network_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    is_demo: Mapped[bool]
    submitted_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    hidden_until: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Review {self.id}>"


class ReviewVersion(Base):
    """What an author sent, once and for ever; only erasure empties its text.

    `visit_quarter` is like `2026-Q3`: never a date. `district` is the slug of the listing's
    district when the version was written. `terms_version` is the version of the rules attested.
    """

    __tablename__ = "review_version"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("overall BETWEEN 1 AND 5", name="overall_range"),
        CheckConstraint(
            f"text IS NULL OR length(text) BETWEEN {LEAST_LETTERS} AND {MOST_LETTERS}",
            name="text_length",
        ),
        CheckConstraint("visit_quarter LIKE '____-Q_'", name="quarter_shape"),
        CheckConstraint("language IN ('en', 'hi', 'hinglish')", name="language_known"),
    )

    review_id: Mapped[int] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10))
    overall: Mapped[int]
    unsafe: Mapped[Unsafe]
    visit_quarter: Mapped[str] = mapped_column(String(7))
    relation: Mapped[Relation]
    care_kind: Mapped[CareKind]
    pseudonym: Mapped[Pseudonym]
    district: Mapped[str | None] = mapped_column(String(80))
    terms_version: Mapped[int]
    created_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<ReviewVersion {self.review_id}/{self.number}>"


class Rating(Base):
    """A number from 1 to 5 on one aspect; what was not rated has no row."""

    __tablename__ = "rating"
    __table_args__ = (
        ForeignKeyConstraint(
            ["review_id", "version_number"],
            ["review_version.review_id", "review_version.number"],
            ondelete="RESTRICT",
        ),
        CheckConstraint("value BETWEEN 1 AND 5", name="value_range"),
    )

    review_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    aspect: Mapped[Aspect] = mapped_column(primary_key=True)
    value: Mapped[int]

    def __repr__(self) -> str:
        return f"<Rating {self.review_id}/{self.version_number}>"


class ReviewHistory(Base):
    """One row for each change of state, in the same transaction, never changed.

    `before_state` is empty for the first. A trigger lists the moves of the table in `policy.py`,
    another sees that a state follows its newest row. `decision_id` is the decision of the desk
    behind the move, where there is one.
    """

    __tablename__ = "review_history"
    __table_args__ = (
        CheckConstraint(
            "event NOT IN ('return', 'reject', 'hide', 'remove', 'restrict') "
            "OR rule_code IS NOT NULL",
            name="judged_by_rule",
        ),
        CheckConstraint(
            "event NOT IN ('publish', 'return', 'reject', 'hide', 'remove', 'restrict', 'reopen')"
            " OR decision_id IS NOT NULL",
            name="judged_by_decision",
        ),
        CheckConstraint(
            "(actor_kind IN ('moderator', 'administrator')) = (actor_id IS NOT NULL)",
            name="staff_is_named",
        ),
        Index("ix_review_history_review_id_id", "review_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"))
    version_number: Mapped[int]
    before_state: Mapped[ReviewState | None] = mapped_column(
        enum_type(ReviewState, name="before_state")
    )
    event: Mapped[ReviewEvent]
    after_state: Mapped[ReviewState] = mapped_column(enum_type(ReviewState, name="after_state"))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    rule_code: Mapped[RuleCode | None]
    decision_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<ReviewHistory {self.id}>"


class RatingSummary(Base):
    """What counts for a listing's score: how many counted reviews gave each number of stars.

    Derived: `summaries.py` computes it anew from published reviews within the window.
    `published` counts every published review, older ones too.
    """

    __tablename__ = "rating_summary"
    __table_args__ = (
        CheckConstraint(
            "stars_1 >= 0 AND stars_2 >= 0 AND stars_3 >= 0 AND stars_4 >= 0 AND stars_5 >= 0",
            name="counts_from_zero",
        ),
        CheckConstraint(
            "published >= stars_1 + stars_2 + stars_3 + stars_4 + stars_5", name="all_published"
        ),
    )

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stars_1: Mapped[int]
    stars_2: Mapped[int]
    stars_3: Mapped[int]
    stars_4: Mapped[int]
    stars_5: Mapped[int]
    published: Mapped[int]
    computed_at: Mapped[datetime]

    @property
    def stars(self) -> tuple[int, int, int, int, int]:
        """Give how many counted reviews gave 1, 2, 3, 4 and 5."""
        return self.stars_1, self.stars_2, self.stars_3, self.stars_4, self.stars_5

    def __repr__(self) -> str:
        return f"<RatingSummary {self.listing_id}>"
