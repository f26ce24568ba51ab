"""The listing itself, its two kinds, its addresses (slugs) and who works where.

Not for facts that repeat (see `facts.py`) or that hang on a place (see `places.py`).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.core.db import Base
from directory.vocabulary.models import Confidence, Term

if TYPE_CHECKING:
    from directory.listings.models.facts import (
        Fee,
        ListingTerm,
        Qualification,
        Registration,
        Staffing,
        Verification,
    )
    from directory.listings.models.places import Location


class ListingKind(StrEnum):
    """A person or a place of care."""

    PRACTITIONER = "practitioner"
    CENTRE = "centre"


class ListingState(StrEnum):
    """The life of a listing; the moves between them are data in `policy.py`."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Accepting(StrEnum):
    """Whether new patients are taken; unknown is said, never guessed."""

    YES = "yes"
    WAITING_LIST = "waiting-list"
    NO = "no"
    UNKNOWN = "unknown"


class Gender(StrEnum):
    """The gender a practitioner states."""

    WOMAN = "woman"
    MAN = "man"
    NON_BINARY = "non-binary"


class Listing(Base):
    """The public page of one practitioner or centre. `ref` is its key in files.

    One that turned out to be another listing as well is closed, and `merged_into_id` names that.
    """

    __tablename__ = "listing"
    __table_args__ = (
        UniqueConstraint("id", "kind"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("merged_into_id IS NULL OR state = 'closed'", name="merged_is_closed"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("length(ref) > 0", name="ref_given"),
        CheckConstraint("updated_at >= created_at", name="updated_after_created"),
        CheckConstraint("source_name IS NOT NULL OR source_url IS NULL", name="source_has_name"),
        Index("ix_listing_state_kind", "state", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[ListingKind]
    state: Mapped[ListingState]
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_hi: Mapped[str | None] = mapped_column(String(200))
    gender: Mapped[Gender | None]
    headline: Mapped[str | None] = mapped_column(String(300))
    about: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(String(500))
    accepting: Mapped[Accepting]
    accepting_checked_on: Mapped[date | None]
    source_name: Mapped[str | None] = mapped_column(String(300))
    source_url: Mapped[str | None] = mapped_column(String(500))
    source_retrieved_on: Mapped[date | None]
    source_confidence: Mapped[Confidence | None]
    is_demo: Mapped[bool]
    closed_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("listing.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    practitioner: Mapped[Practitioner | None] = relationship(
        back_populates="listing", cascade="all, delete-orphan", passive_deletes=True
    )
    centre: Mapped[Centre | None] = relationship(
        back_populates="listing", cascade="all, delete-orphan", passive_deletes=True
    )
    slugs: Mapped[list[ListingSlug]] = relationship(
        back_populates="listing", cascade="all, delete-orphan", passive_deletes=True
    )
    terms: Mapped[list[ListingTerm]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ListingTerm.position",
    )
    locations: Mapped[list[Location]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Location.position",
    )
    qualifications: Mapped[list[Qualification]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Qualification.position",
    )
    registrations: Mapped[list[Registration]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Registration.position",
    )
    fees: Mapped[list[Fee]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Fee.position",
    )
    verifications: Mapped[list[Verification]] = relationship(
        back_populates="listing", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Listing {self.id}>"


class ListingSlug(Base):
    """Every slug a listing ever had; the ones that are not current redirect for ever (301)."""

    __tablename__ = "listing_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]

    listing: Mapped[Listing] = relationship(back_populates="slugs")

    def __repr__(self) -> str:
        return f"<ListingSlug of {self.listing_id}>"


class Practitioner(Base):
    """What only a person has: a profession and the year practice began."""

    __tablename__ = "practitioner"
    __table_args__ = (
        ForeignKeyConstraint(
            ["listing_id", "kind"], ["listing.id", "listing.kind"], ondelete="CASCADE"
        ),
        CheckConstraint("kind = 'practitioner'", name="is_practitioner"),
        CheckConstraint("practising_since BETWEEN 1940 AND 2100", name="practising_since_range"),
    )

    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ListingKind] = mapped_column(default=ListingKind.PRACTITIONER)
    profession_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="RESTRICT"), index=True
    )
    practising_since: Mapped[int | None]

    listing: Mapped[Listing] = relationship(back_populates="practitioner")
    profession: Mapped[Term] = relationship()
    roles: Mapped[list[PractitionerRole]] = relationship(
        back_populates="practitioner", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Practitioner {self.listing_id}>"


class Centre(Base):
    """What only a place of care has: its type and its beds (None: not stated)."""

    __tablename__ = "centre"
    __table_args__ = (
        ForeignKeyConstraint(
            ["listing_id", "kind"], ["listing.id", "listing.kind"], ondelete="CASCADE"
        ),
        CheckConstraint("kind = 'centre'", name="is_centre"),
        CheckConstraint("beds BETWEEN 0 AND 5000", name="beds_range"),
    )

    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ListingKind] = mapped_column(default=ListingKind.CENTRE)
    centre_type_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="RESTRICT"), index=True
    )
    beds: Mapped[int | None]

    listing: Mapped[Listing] = relationship(back_populates="centre")
    centre_type: Mapped[Term] = relationship()
    staffing: Mapped[list[Staffing]] = relationship(
        back_populates="centre",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Staffing.position",
    )
    roles: Mapped[list[PractitionerRole]] = relationship(
        back_populates="centre", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Centre {self.listing_id}>"


class PractitionerRole(Base):
    """A practitioner's place at a centre."""

    __tablename__ = "practitioner_role"

    practitioner_id: Mapped[int] = mapped_column(
        ForeignKey("practitioner.listing_id", ondelete="CASCADE"), primary_key=True
    )
    centre_id: Mapped[int] = mapped_column(
        ForeignKey("centre.listing_id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]

    practitioner: Mapped[Practitioner] = relationship(back_populates="roles")
    centre: Mapped[Centre] = relationship(back_populates="roles")

    def __repr__(self) -> str:
        return f"<PractitionerRole {self.practitioner_id}/{self.centre_id}>"
