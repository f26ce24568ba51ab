"""Makes the queue of the demo desk look like one at work: patterns seen, a note, a lease, a tie.

Called by `loading.py` once all reviews are stored.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from directory.audit import actions
from directory.audit.models import ActorKind
from directory.audit.policy import COMMAND, Actor
from directory.demo.reviews import rows
from directory.demo.reviews.drafts import Person
from directory.moderation.cases import attach_signals
from directory.moderation.models import (
    Affiliation,
    CaseKind,
    CaseNote,
    LinkNature,
    ModerationCase,
)
from directory.moderation.patterns import pattern_signals
from directory.moderation.policy import more_urgent
from directory.moderation.screening import priority_of
from directory.reviews.models import Review, ReviewVersion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import FactValue
    from directory.demo.reviews.courses import Course
    from directory.demo.reviews.recording import Recording

A_NOTE_EVERY = 9


def dress_queue(
    session: Session,
    courses: Sequence[Course],
    *,
    staff: Mapping[Person, int],
    desk: Mapping[str, Any],
    recording: Recording,
    now: datetime,
) -> None:
    """Add what only shows once everything is there, to the cases that are still open."""
    waiting = [c for c in courses if c.case is not None and c.case.kind is CaseKind.REVIEW]
    for course in waiting:
        _see_patterns(session, course, now)
    _leave_notes(session, waiting, staff, desk, recording)
    _tie_somebody(session, courses, waiting, staff, recording)
    session.flush()


def _see_patterns(session: Session, course: Course, now: datetime) -> None:
    """Attach what several reviews together show, and raise the class where it is urgent."""
    opened = course.open_one()
    review = session.get_one(Review, course.id)
    version = session.get_one(ReviewVersion, (course.id, course.version))
    signals = pattern_signals(session, review, version, now=min(opened.opened_at, now))
    case = session.get_one(ModerationCase, opened.id)
    attach_signals(session, case, course.version, signals)
    lane = more_urgent(opened.lane, priority_of(signals, unsafe=False))
    for name, value in rows.clocks(case.kind, lane, opened.opened_at).items():
        setattr(case, name, value)


def _leave_notes(
    session: Session,
    waiting: Sequence[Course],
    staff: Mapping[Person, int],
    desk: Mapping[str, Any],
    recording: Recording,
) -> None:
    for index, course in enumerate(waiting[::A_NOTE_EVERY]):
        case = course.open_one()
        notes, at = desk["note"], case.opened_at + timedelta(minutes=20 + index)
        author_id = staff[Person.R]
        session.add(
            CaseNote(
                case_id=case.id,
                author_id=author_id,
                text=notes[index % len(notes)],
                written_at=at,
            )
        )
        actor = Actor(ActorKind.MODERATOR, author_id)
        recording.add(actions.CASE_NOTED, subject_id=case.id, actor=actor, at=at)


def _tie_somebody(
    session: Session,
    courses: Sequence[Course],
    waiting: Sequence[Course],
    staff: Mapping[Person, int],
    recording: Recording,
) -> None:
    """Let one moderator work at a listing whose review waits, and of which they judged nothing."""
    judged = {
        course.place.id
        for course in courses
        for event in course.review.life
        if event.by is Person.S
    }
    free = [course for course in waiting if course.place.id not in judged]
    if not free:
        return
    place, at = free[0].place, free[0].review.life[0].at
    session.add(
        Affiliation(
            user_id=staff[Person.S],
            listing_id=place.id,
            nature=LinkNature.WORKS_THERE,
            declared_at=at,
        )
    )
    known: dict[str, FactValue] = {"listing_id": place.id, "nature": LinkNature.WORKS_THERE.value}
    recording.add(
        actions.AFFILIATION_ADDED,
        subject_id=staff[Person.S],
        actor=COMMAND,
        at=at,
        known=known,
    )
