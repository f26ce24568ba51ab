"""The lists on the page of a case, each in one statement. Called by `case.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.models import User
from directory.moderation.models import (
    Appeal,
    CaseNote,
    CaseSignal,
    Flag,
    ModerationCase,
    SubjectNoun,
)
from directory.moderation.queries.case_views import (
    AppealView,
    FlagView,
    NoteView,
    SignalView,
    Stars,
    VersionView,
)
from directory.reviews.models import Aspect, Rating, ReviewVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.reviews.models import Review

MOST_LISTED = 100


def versions_of(session: Session, review_id: int) -> tuple[VersionView, ...]:
    """Give what the author sent, the oldest first, without any star."""
    rows = session.execute(
        select(
            ReviewVersion.number,
            ReviewVersion.text,
            ReviewVersion.language,
            ReviewVersion.visit_quarter,
            ReviewVersion.relation,
            ReviewVersion.care_kind,
            ReviewVersion.unsafe,
            ReviewVersion.created_at,
        )
        .where(ReviewVersion.review_id == review_id)
        .order_by(ReviewVersion.number)
    )
    return tuple(VersionView(*row) for row in rows)


def signals_of(session: Session, review: Review) -> tuple[SignalView, ...]:
    """Give the advice about the words read now, those with a mark first, in the order of the text.

    Signals are kept with the case that was open when they were found, so those of every case
    about this review count, each once.
    """
    rows = session.execute(
        select(CaseSignal.name, CaseSignal.why, CaseSignal.span_start, CaseSignal.span_end)
        .join(ModerationCase, ModerationCase.id == CaseSignal.case_id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review.id,
            CaseSignal.review_version == review.current_version,
        )
        .order_by(CaseSignal.id)
        .limit(MOST_LISTED)
    )
    return _numbered(SignalView(None, *row) for row in rows)


def stars_of(session: Session, review: Review) -> Stars:
    """Give the ratings of the version read now."""
    overall = session.scalars(
        select(ReviewVersion.overall).where(
            ReviewVersion.review_id == review.id,
            ReviewVersion.number == review.current_version,
        )
    ).one()
    rows = session.execute(
        select(Rating.aspect, Rating.value).where(
            Rating.review_id == review.id, Rating.version_number == review.current_version
        )
    )
    given: dict[Aspect, int] = {row.aspect: row.value for row in rows}
    return Stars(overall, tuple((aspect, given[aspect]) for aspect in Aspect if aspect in given))


def notes_of(
    session: Session, viewer: Viewer, case_id: int, *, hidden_author: int | None
) -> tuple[NoteView, ...]:
    """Give the notes on a case, the newest first, without those of `hidden_author`."""
    rows = session.execute(
        select(CaseNote.author_id, User.display_name, CaseNote.text, CaseNote.written_at)
        .join(User, User.id == CaseNote.author_id)
        .where(CaseNote.case_id == case_id)
        .order_by(CaseNote.id.desc())
        .limit(MOST_LISTED)
    )
    return tuple(
        NoteView(row.display_name or "?", row.text, row.written_at, row[0] == viewer.user_id)
        for row in rows
        if row.author_id != hidden_author
    )


def flags_of(session: Session, case_id: int) -> tuple[FlagView, ...]:
    """Give the flags a case is about, the oldest first; never who made them."""
    rows = session.execute(
        select(Flag.receipt, Flag.rule_code, Flag.words, Flag.state, Flag.made_at)
        .where(Flag.case_id == case_id)
        .order_by(Flag.id)
        .limit(MOST_LISTED)
    )
    return tuple(FlagView(*row) for row in rows)


def appeal_of(session: Session, case_id: int) -> AppealView | None:
    """Give the newest appeal a case is about, or None."""
    row = session.execute(
        select(Appeal.words, Appeal.state, Appeal.made_at, Appeal.due_at)
        .where(Appeal.case_id == case_id)
        .order_by(Appeal.id.desc())
        .limit(1)
    ).first()
    return None if row is None else AppealView(*row)


def _numbered(signals: Iterable[SignalView]) -> tuple[SignalView, ...]:
    once = dict.fromkeys(signals)
    marked = sorted(
        (one for one in once if one.start is not None and one.end is not None),
        key=lambda one: (one.start or 0, one.end or 0),
    )
    rest = [one for one in once if one.start is None or one.end is None]
    numbered = [
        SignalView(number, one.name, one.why, one.start, one.end)
        for number, one in enumerate(marked, start=1)
    ]
    return (*numbered, *rest)
