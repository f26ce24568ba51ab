"""Tables of the guides room: a guide, its versions, and the terms it is about.

What readers see is one version that a clinician reviewed, or one that came with the directory and
says that nobody has (decision 0027). Writing on makes a new version and leaves the shown one.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base


class GuideState(StrEnum):
    """A guide being written, shown, or taken back."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class GuideOrigin(StrEnum):
    """Where a version comes from: people wrote it, or it came with the directory."""

    WRITTEN = "written"
    SHIPPED = "shipped"


class Guide(Base):
    """One guide under its slug; `shown_version` is what readers see, `newest_version` the work."""

    __tablename__ = "guide"
    __table_args__ = (
        CheckConstraint("length(slug) > 0 AND slug = lower(slug)", name="slug_lower_case"),
        CheckConstraint("newest_version >= 1", name="version_from_one"),
        CheckConstraint(
            "(state = 'published') = (shown_version IS NOT NULL)", name="published_shows_version"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[GuideState]
    newest_version: Mapped[int]
    shown_version: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<Guide {self.id}>"


class GuideVersion(Base):
    """What a guide said at one time, with who wrote it and, once reviewed, who answers for it.

    `body` is Markdown; `sources` are `{"title", "url", "seen_on"}`; `next_review_on` is the day
    from which the review counts no longer.
    """

    __tablename__ = "guide_version"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint(
            "(reviewer IS NULL) = (reviewed_on IS NULL) "
            "AND (reviewer IS NULL) = (next_review_on IS NULL)",
            name="review_is_whole",
        ),
        CheckConstraint("next_review_on > reviewed_on", name="next_review_later"),
        CheckConstraint("origin = 'written' OR written_by_id IS NULL", name="shipped_by_no_person"),
    )

    guide_id: Mapped[int] = mapped_column(
        ForeignKey("guide.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(160))
    title_hi: Mapped[str | None] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(String(120))
    origin: Mapped[GuideOrigin] = mapped_column(server_default=GuideOrigin.WRITTEN.value)
    reviewer: Mapped[str | None] = mapped_column(String(160))
    reviewed_on: Mapped[date | None]
    next_review_on: Mapped[date | None]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<GuideVersion {self.guide_id}/{self.number}>"


class GuideTerm(Base):
    """A condition, treatment or profession a guide is about."""

    __tablename__ = "guide_term"

    guide_id: Mapped[int] = mapped_column(
        ForeignKey("guide.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    def __repr__(self) -> str:
        return f"<GuideTerm {self.guide_id}/{self.term_id}>"
