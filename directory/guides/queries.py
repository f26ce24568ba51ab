"""Reads of guides: what readers see, and what the desk works on.

Readers see the shown version of a published guide and nothing else; every public read starts from
`is_public()`. Called by the doors and by search.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from directory.accounts.models import User
from directory.core.errors import NotFoundError
from directory.guides.models import Guide, GuideState, GuideTerm, GuideVersion
from directory.guides.policy import GuideDraft, Source, WhyNot, is_over, why_not_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

NO_GUIDE = "There is no such guide."


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A published guide in a list."""

    id: int
    slug: str
    title: str
    title_hi: str | None
    summary: str
    reviewed_on: date
    next_review_on: date
    published_at: datetime

    def is_over(self, today: date) -> bool:
        """Tell whether its next review is due."""
        return is_over(self.next_review_on, today)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version; `written_by` is a name inside the desk, None for a command."""

    number: int
    draft: GuideDraft
    reviewer: str | None
    reviewed_on: date | None
    next_review_on: date | None
    written_at: datetime
    written_by: str | None

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a clinician has read it."""
        return self.reviewer is not None

    def is_over(self, today: date) -> bool:
        """Tell whether its next review is due."""
        return is_over(self.next_review_on, today)

    def why_not_shown(self, today: date) -> tuple[WhyNot, ...]:
        """Give every reason why it cannot be shown to readers."""
        return why_not_shown(
            is_reviewed=self.is_reviewed,
            next_review_on=self.next_review_on,
            sources=len(self.draft.sources),
            today=today,
        )


@dataclass(frozen=True, slots=True)
class PublicGuide:
    """A guide as readers see it."""

    id: int
    slug: str
    published_at: datetime
    version: VersionView


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A guide in the desk's list; the review is that of what is shown, else of the newest."""

    slug: str
    state: GuideState
    title: str
    newest_version: int
    shown_version: int | None
    is_newest_reviewed: bool
    next_review_on: date | None
    updated_at: datetime

    def is_due(self, today: date) -> bool:
        """Tell whether readers see it although its next review is due."""
        return self.shown_version is not None and is_over(self.next_review_on, today)


@dataclass(frozen=True, slots=True)
class DeskGuide:
    """A guide with all its versions, the newest first."""

    id: int
    slug: str
    state: GuideState
    shown_version: int | None
    published_at: datetime | None
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        """Give the version one works on."""
        return self.versions[0]

    @property
    def shown(self) -> VersionView | None:
        """Give the version readers see."""
        return None if self.shown_version is None else self.version(self.shown_version)

    def version(self, number: int) -> VersionView:
        """Give a version; raises `NotFoundError`."""
        for version in self.versions:
            if version.number == number:
                return version
        raise NotFoundError("There is no such version.")


@dataclass(frozen=True, slots=True)
class GuideCounts:
    """What the desk has to do: reviews that are over, versions nobody has read, all published."""

    due: int
    unreviewed: int
    published: int


def is_public() -> ColumnElement[bool]:
    """Give the one condition under which readers see a guide."""
    return Guide.state == GuideState.PUBLISHED


def published_guides(session: Session) -> list[GuideLine]:
    """Give every published guide by its title; one query."""
    rows = session.execute(
        select(*_line_columns()).join(GuideVersion, _shown()).order_by(GuideVersion.title, Guide.id)
    )
    return [GuideLine(*row) for row in rows]


def guides_of_terms(
    session: Session, term_ids: Collection[int]
) -> Mapping[int, tuple[GuideLine, ...]]:
    """Give the published guides about some terms, by term id and title; one query, or none."""
    if not term_ids:
        return {}
    rows = session.execute(
        select(GuideTerm.term_id, *_line_columns())
        .join(GuideTerm, GuideTerm.guide_id == Guide.id)
        .join(GuideVersion, _shown())
        .where(GuideTerm.term_id.in_(term_ids))
        .order_by(GuideVersion.title, Guide.id)
    )
    found: dict[int, tuple[GuideLine, ...]] = {}
    for term_id, *line in rows:
        found[term_id] = (*found.get(term_id, ()), GuideLine(*line))
    return found


def public_guide(session: Session, slug: str) -> PublicGuide | None:
    """Give what readers see at an address; None when nothing is shown there. Two queries."""
    row = session.execute(
        select(Guide, GuideVersion).join(GuideVersion, _shown()).where(Guide.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    guide, version = row
    shown = _version(version, _term_ids(session, guide.id), None)
    return PublicGuide(guide.id, guide.slug, guide.published_at or guide.updated_at, shown)


def is_withdrawn(session: Session, slug: str) -> bool:
    """Tell whether readers once saw a guide at this address that was taken back."""
    found = select(Guide.id).where(Guide.slug == slug, Guide.state == GuideState.WITHDRAWN)
    return session.scalar(found) is not None


def desk_guides(session: Session, *, today: date) -> list[DeskLine]:
    """Give every guide: those due first, then the last worked on; one query."""
    newest, shown = aliased(GuideVersion), aliased(GuideVersion)
    rows = session.execute(
        select(Guide, newest.title, newest.next_review_on, shown.title, shown.next_review_on)
        .add_columns(newest.reviewer)
        .join(newest, and_(newest.guide_id == Guide.id, newest.number == Guide.newest_version))
        .outerjoin(shown, and_(shown.guide_id == Guide.id, shown.number == Guide.shown_version))
    )
    lines = [
        DeskLine(
            slug=guide.slug,
            state=guide.state,
            title=title,
            newest_version=guide.newest_version,
            shown_version=guide.shown_version,
            is_newest_reviewed=reviewer is not None,
            next_review_on=next_on if shown_title is None else shown_next_on,
            updated_at=guide.updated_at,
        )
        for guide, title, next_on, shown_title, shown_next_on, reviewer in rows
    ]
    lines.sort(key=lambda line: (not line.is_due(today), -line.updated_at.timestamp()))
    return lines


def count_guides(session: Session, *, today: date) -> GuideCounts:
    """Give what the desk has to do about guides; one query."""
    lines = desk_guides(session, today=today)
    open_lines = [line for line in lines if line.state is not GuideState.WITHDRAWN]
    return GuideCounts(
        due=sum(line.is_due(today) for line in lines),
        unreviewed=sum(not line.is_newest_reviewed for line in open_lines),
        published=sum(line.state is GuideState.PUBLISHED for line in lines),
    )


def desk_guide(session: Session, slug: str) -> DeskGuide:
    """Give a guide with all versions; three queries. Raises `NotFoundError`."""
    guide = session.scalars(select(Guide).where(Guide.slug == slug)).one_or_none()
    if guide is None:
        raise NotFoundError(NO_GUIDE)
    term_ids = _term_ids(session, guide.id)
    rows = session.execute(
        select(GuideVersion, User.display_name)
        .outerjoin(User, User.id == GuideVersion.written_by_id)
        .where(GuideVersion.guide_id == guide.id)
        .order_by(GuideVersion.number.desc())
    )
    return DeskGuide(
        id=guide.id,
        slug=guide.slug,
        state=guide.state,
        shown_version=guide.shown_version,
        published_at=guide.published_at,
        versions=tuple(_version(version, term_ids, name) for version, name in rows),
    )


def draft_of(version: GuideVersion, term_ids: Iterable[int]) -> GuideDraft:
    """Give what a stored version says."""
    return GuideDraft(
        title=version.title,
        title_hi=version.title_hi,
        summary=version.summary,
        body=version.body,
        author=version.author,
        sources=tuple(map(_source, version.sources)),
        term_ids=tuple(term_ids),
    )


def _line_columns() -> tuple[InstrumentedAttribute[Any], ...]:
    """Give the columns of a line, in its order."""
    return (
        Guide.id,
        Guide.slug,
        GuideVersion.title,
        GuideVersion.title_hi,
        GuideVersion.summary,
        GuideVersion.reviewed_on,
        GuideVersion.next_review_on,
        Guide.published_at,
    )


def _shown() -> ColumnElement[bool]:
    """Give the condition that joins a public guide with the version readers see."""
    return and_(
        is_public(),
        GuideVersion.guide_id == Guide.id,
        GuideVersion.number == Guide.shown_version,
    )


def _term_ids(session: Session, guide_id: int) -> tuple[int, ...]:
    found = select(GuideTerm.term_id).where(GuideTerm.guide_id == guide_id)
    return tuple(session.scalars(found.order_by(GuideTerm.term_id)))


def _version(version: GuideVersion, term_ids: Iterable[int], name: str | None) -> VersionView:
    return VersionView(
        number=version.number,
        draft=draft_of(version, term_ids),
        reviewer=version.reviewer,
        reviewed_on=version.reviewed_on,
        next_review_on=version.next_review_on,
        written_at=version.written_at,
        written_by=name,
    )


def _source(stored: Mapping[str, str]) -> Source:
    seen_on = stored.get("seen_on")
    return Source(
        title=stored["title"],
        url=stored.get("url"),
        seen_on=None if seen_on is None else date.fromisoformat(seen_on),
    )
