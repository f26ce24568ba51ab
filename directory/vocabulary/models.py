"""Tables of the controlled lists and of the places of Delhi.

Not for names of listings, and not read row by row by pages: `queries.load_vocabulary` gives
the whole as frozen dataclasses. Filled by `operations.load_reference` from `data/`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.core.db import Base
from directory.core.geo import EAST, NORTH, SOUTH, WEST

LATITUDES = f"lat BETWEEN {SOUTH} AND {NORTH}"
LONGITUDES = f"lon BETWEEN {WEST} AND {EAST}"


class TermKind(StrEnum):
    """The list a term belongs to; values are the parameter names of the public contract."""

    PROFESSION = "profession"
    CENTRE_TYPE = "centre_type"
    CONDITION = "condition"
    TREATMENT = "treatment"
    LANGUAGE = "language"
    MODE = "mode"
    AGE_GROUP = "age_group"
    IDENTITY = "identity"
    PAYMENT = "payment"
    FACILITY = "facility"
    ACCESSIBILITY = "accessibility"
    ADMISSION_TYPE = "admission_type"
    REGISTER = "register"
    FEE_BAND = "fee_band"
    EXTERNAL_ROLE = "external_role"
    CONDITION_GROUP = "condition_group"
    TREATMENT_GROUP = "treatment_group"


class SpellingUse(StrEnum):
    """What a spelling may be used for; only a synonym is ever shown."""

    SYNONYM = "synonym"
    HINGLISH = "hinglish"
    MISSPELLING = "misspelling"
    MATCH_ONLY = "match-only"


class HelplineShown(StrEnum):
    """Whether a helpline is shown to readers."""

    FIRST = "first"
    YES = "yes"
    WITH_HOURS = "with-hours"
    AFTER_CHECK = "after-check"
    NO = "no"


class Confidence(StrEnum):
    """How sure the compiler of a fact is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ReferenceLoad(Base):
    """The state of the vocabulary: one row, rewritten by each load that changes anything.

    `digest` tells which files were loaded, `edition` how often the desk changed a term.
    """

    __tablename__ = "reference_load"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(default=0, server_default="0")


class Term(Base):
    """One word of a controlled list, with its names and what is particular to its kind.

    Once somebody edited it here (`edited_at`), the reference files no longer change it. One that
    was merged stays as a row, so that its old address leads to the term that took its place.
    """

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        CheckConstraint("length(slug) > 0 AND slug = lower(slug)", name="slug_lower_case"),
        CheckConstraint("length(name_en) > 0", name="name_en_given"),
        CheckConstraint("length(name_hi) > 0", name="name_hi_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TermKind]
    slug: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    name_hi: Mapped[str] = mapped_column(String(160))
    group_slug: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(500))
    position: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    edited_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("term.id", ondelete="RESTRICT"))

    spellings: Mapped[list[TermSpelling]] = relationship(
        back_populates="term", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Term {self.id}>"


class TermSpelling(Base):
    """Another way a term is written or said; search matches it, pages show only synonyms."""

    __tablename__ = "term_spelling"
    __table_args__ = (UniqueConstraint("term_id", "use", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"))
    use: Mapped[SpellingUse]
    text: Mapped[str] = mapped_column(String(160))

    term: Mapped[Term] = relationship(back_populates="spellings")

    def __repr__(self) -> str:
        return f"<TermSpelling {self.id}>"


class District(Base):
    """One of the thirteen districts of Delhi since 2025."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    name_hi: Mapped[str] = mapped_column(String(80))

    def __repr__(self) -> str:
        return f"<District {self.id}>"


class MetroLine(Base):
    """A line of the Delhi Metro; `segments` are runs of station slugs, as the tracks lie."""

    __tablename__ = "metro_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    name_hi: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    segments: Mapped[list[list[str]]] = mapped_column(JSON)

    def __repr__(self) -> str:
        return f"<MetroLine {self.id}>"


class Station(Base):
    """A metro station: a point, its names, and the lines that stop there."""

    __tablename__ = "station"
    __table_args__ = (
        CheckConstraint(LATITUDES, name="lat_range"),
        CheckConstraint(LONGITUDES, name="lon_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(120))
    name_hi: Mapped[str] = mapped_column(String(120))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    lat: Mapped[float]
    lon: Mapped[float]
    state: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[Confidence]

    lines: Mapped[list[StationLine]] = relationship(
        back_populates="station",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="StationLine.position",
    )

    def __repr__(self) -> str:
        return f"<Station {self.id}>"


class StationLine(Base):
    """A station's place on a line, counted from the line's first station."""

    __tablename__ = "station_line"
    __table_args__ = (CheckConstraint("number >= 1", name="number_from_one"),)

    station_id: Mapped[int] = mapped_column(
        ForeignKey("station.id", ondelete="CASCADE"), primary_key=True
    )
    line_id: Mapped[int] = mapped_column(
        ForeignKey("metro_line.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int]
    position: Mapped[int]

    station: Mapped[Station] = relationship(back_populates="lines")

    def __repr__(self) -> str:
        return f"<StationLine {self.station_id}/{self.line_id}>"


class Locality(Base):
    """A neighbourhood people name: a point, its district, PIN codes and other spellings."""

    __tablename__ = "locality"
    __table_args__ = (
        CheckConstraint(LATITUDES, name="lat_range"),
        CheckConstraint(LONGITUDES, name="lon_range"),
        CheckConstraint("nearest_station_m >= 0", name="station_distance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(120))
    name_hi: Mapped[str] = mapped_column(String(120))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    pincodes: Mapped[list[str]] = mapped_column(JSON)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id", ondelete="RESTRICT"))
    district_before_2025: Mapped[str] = mapped_column(String(80))
    lat: Mapped[float]
    lon: Mapped[float]
    nearest_station_id: Mapped[int] = mapped_column(ForeignKey("station.id", ondelete="RESTRICT"))
    nearest_station_m: Mapped[int]

    district: Mapped[District] = relationship()
    nearest_station: Mapped[Station] = relationship()

    def __repr__(self) -> str:
        return f"<Locality {self.id}>"


class Helpline(Base):
    """A telephone line for people in distress, with what is known of it and how surely."""

    __tablename__ = "helpline"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(160))
    name_hi: Mapped[str] = mapped_column(String(160))
    number: Mapped[str] = mapped_column(String(20))
    other_number: Mapped[str | None] = mapped_column(String(20))
    channels: Mapped[list[str]] = mapped_column(JSON)
    for_whom: Mapped[str] = mapped_column(String(200))
    hours: Mapped[str] = mapped_column(String(120))
    languages: Mapped[str] = mapped_column(String(120))
    cost: Mapped[str] = mapped_column(String(40))
    operator: Mapped[str] = mapped_column(String(160))
    area: Mapped[str] = mapped_column(String(80))
    shown: Mapped[HelplineShown]
    source: Mapped[str] = mapped_column(String(300))
    confidence: Mapped[Confidence]
    note: Mapped[str | None] = mapped_column(String(300))
    checked_on: Mapped[date | None]
    position: Mapped[int]

    def __repr__(self) -> str:
        return f"<Helpline {self.id}>"
