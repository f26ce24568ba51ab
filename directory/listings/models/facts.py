"""Facts of a listing that repeat: terms, training, registers, fees, staffing, checks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.core.db import Base
from directory.vocabulary.models import Term

if TYPE_CHECKING:
    from directory.listings.models.listing import Centre, Listing


class RegistrationState(StrEnum):
    """What a look-up in a legal register gave."""

    FOUND = "found"
    PROVISIONAL = "provisional"
    NOT_FOUND = "not-found"
    UNCHECKED = "unchecked"


class FeePurpose(StrEnum):
    """What a sum of money is for."""

    FIRST_SESSION = "first-session"
    FOLLOW_UP = "follow-up"
    COUPLE_SESSION = "couple-session"
    FAMILY_SESSION = "family-session"
    GROUP_SESSION = "group-session"
    HOME_VISIT = "home-visit"
    ASSESSMENT = "assessment"
    LETTER = "letter"
    TREATMENT_SESSION = "treatment-session"
    BED_DAY = "bed-day"
    MONTH = "month"
    DEPOSIT = "deposit"
    OTHER = "other"


class StaffRole(StrEnum):
    """Who is on a centre's rota."""

    PSYCHIATRIST = "psychiatrist"
    DOCTOR = "doctor"
    NURSE = "nurse"
    PSYCHOLOGIST = "psychologist"
    ANAESTHETIST = "anaesthetist"
    ATTENDANT = "attendant"


class Presence(StrEnum):
    """In the building, or reachable and coming."""

    ON_SITE = "on-site"
    ON_CALL = "on-call"


class VerificationMethod(StrEnum):
    """How a person checked a fact."""

    CALL = "call"
    NIGHT_CALL = "night-call"
    LETTER = "letter"
    REGISTER = "register"
    VISIT = "visit"
    DOCUMENT = "document"
    SOURCE = "source"


class ListingTerm(Base):
    """A term that holds for a listing; `position` keeps the order the listing stated."""

    __tablename__ = "listing_term"
    __table_args__ = (Index("ix_listing_term_term_id_listing_id", "term_id", "listing_id"),)

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="RESTRICT"), primary_key=True
    )
    position: Mapped[int]

    listing: Mapped[Listing] = relationship(back_populates="terms")
    term: Mapped[Term] = relationship()

    def __repr__(self) -> str:
        return f"<ListingTerm {self.listing_id}/{self.term_id}>"


class Qualification(Base):
    """A degree or training, as stated."""

    __tablename__ = "qualification"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(200))

    listing: Mapped[Listing] = relationship(back_populates="qualifications")

    def __repr__(self) -> str:
        return f"<Qualification {self.listing_id}/{self.position}>"


class Registration(Base):
    """A number in a legal register, and what the last look-up gave."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("listing_id", "register_id", "number"),
        CheckConstraint(
            "state IN ('unchecked', 'not-found') OR number IS NOT NULL", name="found_has_number"
        ),
        CheckConstraint("state <> 'unchecked' OR checked_on IS NULL", name="unchecked_has_no_date"),
        CheckConstraint("valid_until > checked_on", name="valid_after_check"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    position: Mapped[int]
    register_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="RESTRICT"))
    number: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[RegistrationState]
    checked_on: Mapped[date | None]
    valid_until: Mapped[date | None]

    listing: Mapped[Listing] = relationship(back_populates="registrations")
    register: Mapped[Term] = relationship()

    def __repr__(self) -> str:
        return f"<Registration {self.id}>"


class Fee(Base):
    """A sum in whole rupees for one thing; a missing fee is 'not stated', never zero."""

    __tablename__ = "fee"
    __table_args__ = (
        CheckConstraint("amount_inr BETWEEN 0 AND 10000000", name="amount_range"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_range"),
        Index("ix_fee_listing_id", "listing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    position: Mapped[int]
    purpose: Mapped[FeePurpose]
    amount_inr: Mapped[int]
    minutes: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(200))

    listing: Mapped[Listing] = relationship(back_populates="fees")

    def __repr__(self) -> str:
        return f"<Fee {self.id}>"


class Staffing(Base):
    """Who is at a centre from one hour to another, in minutes after Delhi midnight.

    A span with `to_minute` at or before `from_minute` runs over midnight; equal ends mean
    round the clock. `within_minutes` is for people on call only.
    """

    __tablename__ = "staffing"
    __table_args__ = (
        CheckConstraint("from_minute BETWEEN 0 AND 1439", name="from_range"),
        CheckConstraint("to_minute BETWEEN 0 AND 1439", name="to_range"),
        CheckConstraint("count BETWEEN 1 AND 500", name="count_range"),
        CheckConstraint("within_minutes BETWEEN 1 AND 1440", name="within_range"),
        CheckConstraint("presence = 'on-call' OR within_minutes IS NULL", name="within_is_on_call"),
        Index("ix_staffing_listing_id", "listing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("centre.listing_id", ondelete="CASCADE"))
    position: Mapped[int]
    role: Mapped[StaffRole]
    presence: Mapped[Presence]
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    count: Mapped[int]
    within_minutes: Mapped[int | None]

    centre: Mapped[Centre] = relationship(back_populates="staffing")

    def __repr__(self) -> str:
        return f"<Staffing {self.id}>"


class Verification(Base):
    """A dated human check of one fact: how, by whom, until when it counts.

    `fact` is a key of `policy.FACTS`, with the register's slug after a colon for a
    registration. Rows are added, never changed: the newest row of a fact is its state.
    """

    __tablename__ = "verification"
    __table_args__ = (
        UniqueConstraint("listing_id", "fact", "checked_on", "method"),
        CheckConstraint("expires_on > checked_on", name="expires_after_check"),
        CheckConstraint("length(fact) > 0", name="fact_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    fact: Mapped[str] = mapped_column(String(80))
    method: Mapped[VerificationMethod]
    checked_by: Mapped[str] = mapped_column(String(80))
    checked_on: Mapped[date]
    expires_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(String(300))

    listing: Mapped[Listing] = relationship(back_populates="verifications")

    def __repr__(self) -> str:
        return f"<Verification {self.id}>"
