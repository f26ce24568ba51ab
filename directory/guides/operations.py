"""Writes of guides: a new version, its review, showing it, taking it back, loading what ships.

A version never changes once it is written, so what a clinician read is what readers see. One
transaction each, and each is an act in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from directory.accounts.policy import require_administrator
from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import ConflictError, NotFoundError
from directory.guides.models import Guide, GuideOrigin, GuideState, GuideTerm, GuideVersion
from directory.guides.policy import (
    ABOUT,
    Fault,
    RefusedGuideError,
    WhyNot,
    faults_of,
    review_faults,
    slug_fault,
    why_not_shown,
)
from directory.guides.queries import NO_GUIDE, draft_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Act, Actor
    from directory.guides.policy import GuideDraft, Review, Source
    from directory.vocabulary.queries import Vocabulary

TAKEN = Fault("slug", "There is a guide at this address already.")
OVERTAKEN = "Somebody wrote another version meanwhile. Open it and look before you go on."
REASONS = {
    WhyNot.NOT_REVIEWED: "A clinician has to read this version first.",
    WhyNot.NO_SOURCE: "It names no source yet.",
    WhyNot.REVIEW_OVER: "The day of its next review has come; have it read again.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a write led to: the newest version, and whether it is a new one."""

    guide_id: int
    version: int
    is_new: bool


class Loaded(StrEnum):
    """What loading a guide that ships led to.

    SHOWN: readers see what the file says. WAITING: the file is the newest version, and readers go
    on seeing the one a clinician read. LEFT: people went on writing the guide, or took it back.
    """

    UNCHANGED = "unchanged"
    SHOWN = "shown"
    WAITING = "waiting"
    LEFT = "left"


def write_guide(
    *,
    actor: Actor,
    slug: str,
    draft: GuideDraft,
    seen: int | None,
    vocabulary: Vocabulary,
    now: datetime,
) -> Written:
    """Keep what a guide says as its newest version; what readers see stays as it is.

    `seen` is the newest version when the form was opened, None for a guide that is new. The same
    words again make no version; what it is about changes at once. Raises `RefusedGuideError`,
    `ConflictError` for a version written meanwhile, `NotFoundError`.
    """
    require_administrator(actor)
    _refuse(draft, slug, vocabulary, delhi_day(now))
    try:
        with writing() as session:
            written = _written(session, slug, draft, seen, actor=actor, now=now)
    except IntegrityError as problem:  # the same new address at the same moment
        raise RefusedGuideError([TAKEN]) from problem
    return written


def load_guide(
    *, actor: Actor, slug: str, draft: GuideDraft, vocabulary: Vocabulary, now: datetime
) -> Loaded:
    """Keep and show a guide as it ships, unless people have made it theirs (decision 0027).

    What a clinician has read stays shown until a clinician has read the new words as well. Raises
    `RefusedGuideError`, and `ConflictError` when another process loads the same.
    """
    require_administrator(actor)
    _refuse(draft, slug, vocabulary, date.max)  # a clock that is slow is no fault of the file
    try:
        with writing() as session:
            loaded = _loaded(session, slug, draft, actor=actor, now=now)
    except IntegrityError as problem:
        raise ConflictError("Another process is loading the guides.") from problem
    return loaded


def review_version(*, actor: Actor, slug: str, version: int, review: Review, now: datetime) -> None:
    """Note that a clinician read a version: the newest, or the one readers see.

    Reading it again gives it new days. Raises `RefusedGuideError`, `ConflictError` for any other
    version, `NotFoundError`.
    """
    require_administrator(actor)
    with writing() as session:
        guide = _guide(session, slug)
        if version not in {guide.newest_version, guide.shown_version}:
            raise ConflictError(OVERTAKEN)
        row = session.get_one(GuideVersion, (guide.id, version))
        _raise(
            *review_faults(
                review,
                author=row.author,
                written_on=delhi_day(row.written_at),
                today=delhi_day(now),
            )
        )

        row.reviewer = review.reviewer
        row.reviewed_on = review.reviewed_on
        row.next_review_on = review.next_review_on
        guide.updated_at = now
        record(
            session,
            actions.GUIDE_REVIEWED,
            subject_id=guide.id,
            actor=actor,
            now=now,
            version=version,
            next_review_on=review.next_review_on.isoformat(),
        )


def publish_guide(*, actor: Actor, slug: str, version: int, now: datetime) -> None:
    """Show the newest version of a guide to readers, in place of any before.

    Raises `RefusedGuideError` unless it was reviewed, names a source and is not due,
    `ConflictError` when another is the newest or this one is shown already, `NotFoundError`.
    """
    require_administrator(actor)
    with writing() as session:
        guide = _guide(session, slug)
        if version != guide.newest_version:
            raise ConflictError(OVERTAKEN)
        if version == guide.shown_version:
            raise ConflictError("This version is shown already.")
        row = session.get_one(GuideVersion, (guide.id, version))
        reasons = why_not_shown(
            is_reviewed=row.reviewer is not None,
            origin=row.origin,
            next_review_on=row.next_review_on,
            sources=len(row.sources),
            today=delhi_day(now),
        )
        _raise(*(Fault("publish", REASONS[reason]) for reason in reasons))

        guide.state, guide.shown_version = GuideState.PUBLISHED, version
        guide.published_at = guide.updated_at = now
        _record(session, actions.GUIDE_PUBLISHED, guide, actor, now, version=version)


def withdraw_guide(*, actor: Actor, slug: str, now: datetime) -> None:
    """Take a guide back from readers; it may be published again.

    Raises `ConflictError` when readers do not see it, `NotFoundError`.
    """
    require_administrator(actor)
    with writing() as session:
        guide = _guide(session, slug)
        if guide.shown_version is None:
            raise ConflictError("Readers do not see this guide.")
        version = guide.shown_version

        guide.state, guide.shown_version = GuideState.WITHDRAWN, None
        guide.updated_at = now
        _record(session, actions.GUIDE_WITHDRAWN, guide, actor, now, version=version)


def _refuse(draft: GuideDraft, slug: str, vocabulary: Vocabulary, today: date) -> None:
    """Raise `RefusedGuideError` for all that is wrong with a draft at once."""
    faults = [found] if (found := slug_fault(slug)) else []
    faults += faults_of(draft, today=today)
    for term_id in draft.term_ids:
        term = vocabulary.term_by_id.get(term_id)
        if term is None or term.kind not in ABOUT:
            faults.append(Fault("about", "Choose words that have pages of their own."))
            break
    _raise(*faults)


def _raise(*faults: Fault) -> None:
    if faults:
        raise RefusedGuideError(faults)


def _written(
    session: Session,
    slug: str,
    draft: GuideDraft,
    seen: int | None,
    *,
    actor: Actor,
    now: datetime,
) -> Written:
    if seen is None and session.scalar(select(Guide.id).where(Guide.slug == slug)) is not None:
        raise RefusedGuideError([TAKEN])
    guide = _new_guide(session, slug, now) if seen is None else _guide(session, slug)
    if seen is not None and seen != guide.newest_version:
        raise ConflictError(OVERTAKEN)
    about_changed = _set_terms(session, guide.id, draft.term_ids)
    is_new = seen is None or _says_otherwise(session, guide, draft)
    if is_new:
        guide.newest_version = 1 if seen is None else seen + 1
        session.add(_version(guide, draft, GuideOrigin.WRITTEN, actor, now))
    if is_new or about_changed:
        guide.updated_at = now
        version = guide.newest_version
        _record(session, actions.GUIDE_WRITTEN, guide, actor, now, version=version)
    return Written(guide.id, guide.newest_version, is_new)


def _loaded(
    session: Session, slug: str, draft: GuideDraft, *, actor: Actor, now: datetime
) -> Loaded:
    guide = session.scalars(select(Guide).where(Guide.slug == slug).with_for_update()).one_or_none()
    is_new = guide is None
    guide = guide or _new_guide(session, slug, now)
    if not is_new and _is_of_people(session, guide):
        return Loaded.LEFT
    about_changed = _set_terms(session, guide.id, draft.term_ids)
    if not is_new and not _says_otherwise(session, guide, draft):
        if about_changed:
            guide.updated_at = now
            _record(session, actions.GUIDE_WRITTEN, guide, actor, now, version=guide.newest_version)
        return Loaded.UNCHANGED

    keeps_reviewed = not is_new and _shows_reviewed(session, guide)
    guide.newest_version = version = 1 if is_new else guide.newest_version + 1
    guide.updated_at = now
    session.add(_version(guide, draft, GuideOrigin.SHIPPED, actor, now))
    _record(session, actions.GUIDE_WRITTEN, guide, actor, now, version=version)
    if keeps_reviewed:
        return Loaded.WAITING
    guide.state, guide.shown_version, guide.published_at = GuideState.PUBLISHED, version, now
    _record(session, actions.GUIDE_PUBLISHED, guide, actor, now, version=version)
    return Loaded.SHOWN


def _is_of_people(session: Session, guide: Guide) -> bool:
    """Tell whether people took a guide back, or wrote its newest version."""
    newest = session.get_one(GuideVersion, (guide.id, guide.newest_version))
    return guide.state is GuideState.WITHDRAWN or newest.origin is not GuideOrigin.SHIPPED


def _shows_reviewed(session: Session, guide: Guide) -> bool:
    if guide.shown_version is None:
        return False
    return session.get_one(GuideVersion, (guide.id, guide.shown_version)).reviewer is not None


def _new_guide(session: Session, slug: str, now: datetime) -> Guide:
    guide = Guide(
        slug=slug,
        state=GuideState.DRAFT,
        newest_version=1,
        shown_version=None,
        created_at=now,
        updated_at=now,
    )
    session.add(guide)
    session.flush()
    return guide


def _guide(session: Session, slug: str) -> Guide:
    found = select(Guide).where(Guide.slug == slug).with_for_update()
    guide = session.scalars(found).one_or_none()
    if guide is None:
        raise NotFoundError(NO_GUIDE)
    return guide


def _set_terms(session: Session, guide_id: int, term_ids: tuple[int, ...]) -> bool:
    """Put what a guide is about in place and tell whether that changed."""
    held = set(session.scalars(select(GuideTerm.term_id).where(GuideTerm.guide_id == guide_id)))
    wanted = set(term_ids)
    gone = GuideTerm.term_id.in_(held - wanted)
    session.execute(delete(GuideTerm).where(GuideTerm.guide_id == guide_id, gone))
    session.add_all(GuideTerm(guide_id=guide_id, term_id=one) for one in sorted(wanted - held))
    return held != wanted


def _says_otherwise(session: Session, guide: Guide, draft: GuideDraft) -> bool:
    newest = session.get_one(GuideVersion, (guide.id, guide.newest_version))
    return draft_of(newest, draft.term_ids) != draft


def _version(
    guide: Guide, draft: GuideDraft, origin: GuideOrigin, actor: Actor, now: datetime
) -> GuideVersion:
    return GuideVersion(
        guide_id=guide.id,
        number=guide.newest_version,
        title=draft.title,
        title_hi=draft.title_hi,
        summary=draft.summary,
        body=draft.body,
        sources=[_stored(source) for source in draft.sources],
        author=draft.author,
        origin=origin,
        written_by_id=actor.id,
        written_at=now,
    )


def _stored(source: Source) -> dict[str, str]:
    seen_on = None if source.seen_on is None else source.seen_on.isoformat()
    told = {"title": source.title, "url": source.url, "seen_on": seen_on}
    return {key: value for key, value in told.items() if value is not None}


def _record(
    session: Session, act: Act, guide: Guide, actor: Actor, now: datetime, *, version: int
) -> None:
    record(session, act, subject_id=guide.id, actor=actor, now=now, version=version)
