"""Reads of guides: what readers see, and what the desk works on.

Readers see the shown version of a published guide and nothing else; every public read starts from
`is_public()`. A review is None on a guide that came with the directory and that no clinician has
read yet. Called by the doors and by search.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from directory.accounts.models import User
from directory.core.errors import NotFoundError
from directory.guides.models import Guide, GuideOrigin, GuideState, GuideTerm, GuideVersion
from directory.guides.policy import GuideDraft, Source, WhyNot, is_over, why_not_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, SQLColumnExpression
    from sqlalchemy.orm import Session

NO_GUIDE = "There is no such guide."
# Two hundred words a minute, with what Markdown and its addresses add to them.
LETTERS_A_MINUTE = 1300


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A published guide in a list; `letters` is how long its text is."""

    id: int
    slug: str
    title: str
    title_hi: str | None
    summary: str
    reviewed_on: date | None
    next_review_on: date | None
    published_at: datetime
    letters: int

    @property
    def minutes(self) -> int:
        """Give about how long it takes to read."""
        return minutes_of(self.letters)

    def is_over(self, today: date) -> bool:
        """Tell whether its next review is due."""
        return is_over(self.next_review_on, today)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version; `written_by` is a name inside the desk, None for a command."""

    number: int
    draft: GuideDraft
    origin: GuideOrigin
    reviewer: str | None
    reviewed_on: date | None
    next_review_on: date | None
    written_at: datetime
    written_by: str | None

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a clinician has read it."""
        return self.reviewer is not None

    @property
    def is_shipped(self) -> bool:
        """Tell whether it came with the directory."""
        return self.origin is GuideOrigin.SHIPPED

    @property
    def minutes(self) -> int:
        """Give about how long it takes to read."""
        return minutes_of(len(self.draft.body))

    def is_over(self, today: date) -> bool:
        """Tell whether its next review is due."""
        return is_over(self.next_review_on, today)

    def why_not_shown(self, today: date) -> tuple[WhyNot, ...]:
        """Give every reason why it cannot be shown to readers."""
        return why_not_shown(
            is_reviewed=self.is_reviewed,
            origin=self.origin,
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
    is_newest_shipped: bool
    is_shown_unread: bool
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
    """What the desk has to do: reviews that are over, versions nobody has read, all published.

    `shown_unread`: guides that readers see although no clinician has read what they see.
    """

    due: int
    unreviewed: int
    shown_unread: int
    published: int


def minutes_of(letters: int) -> int:
    """Give about how long a text of so many letters takes to read, in whole minutes."""
    return max(1, round(letters / LETTERS_A_MINUTE))


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


def terms_of_guides(session: Session) -> Mapping[int, frozenset[int]]:
    """Give the ids of the terms every published guide is about, by guide; one query."""
    rows = session.execute(
        select(GuideTerm.guide_id, GuideTerm.term_id)
        .join(Guide, Guide.id == GuideTerm.guide_id)
        .where(is_public())
    )
    found: dict[int, frozenset[int]] = {}
    for guide_id, term_id in rows:
        found[guide_id] = found.get(guide_id, frozenset()) | {term_id}
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
        select(Guide, newest.title, newest.next_review_on, newest.reviewer, newest.origin)
        .add_columns(
            shown.number.label("shown_number"),
            shown.next_review_on.label("shown_next_review_on"),
            shown.reviewer.label("shown_reviewer"),
        )
        .join(newest, and_(newest.guide_id == Guide.id, newest.number == Guide.newest_version))
        .outerjoin(shown, and_(shown.guide_id == Guide.id, shown.number == Guide.shown_version))
    )
    lines = [_desk_line(row) for row in rows]
    lines.sort(key=lambda line: (not line.is_due(today), -line.updated_at.timestamp()))
    return lines


def count_guides(session: Session, *, today: date) -> GuideCounts:
    """Give what the desk has to do about guides; one query."""
    lines = desk_guides(session, today=today)
    open_lines = [line for line in lines if line.state is not GuideState.WITHDRAWN]
    return GuideCounts(
        due=sum(line.is_due(today) for line in lines),
        unreviewed=sum(not line.is_newest_reviewed for line in open_lines),
        shown_unread=sum(line.is_shown_unread for line in lines),
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


def _desk_line(row: Row[Any]) -> DeskLine:
    is_shown = row.shown_number is not None
    return DeskLine(
        slug=row.Guide.slug,
        state=row.Guide.state,
        title=row.title,
        newest_version=row.Guide.newest_version,
        shown_version=row.Guide.shown_version,
        is_newest_reviewed=row.reviewer is not None,
        is_newest_shipped=row.origin is GuideOrigin.SHIPPED,
        is_shown_unread=is_shown and row.shown_reviewer is None,
        next_review_on=row.shown_next_review_on if is_shown else row.next_review_on,
        updated_at=row.Guide.updated_at,
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


def _line_columns() -> tuple[SQLColumnExpression[Any], ...]:
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
        func.length(GuideVersion.body),
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
        origin=version.origin,
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
