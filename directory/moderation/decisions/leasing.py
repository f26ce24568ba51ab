"""Taking a case for twenty minutes, giving it back, its class, notes for the next person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError
from directory.moderation.cases import case_for_update, refuse_linked_to
from directory.moderation.decisions.checking import refuse_leased, require_desk, what_happened
from directory.moderation.models import CaseNote, CaseState
from directory.moderation.policy import LANE_ORDER, LEASE, clock_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.moderation.models import ModerationCase
    from directory.moderation.screening.lanes import Lane

MOST_NOTE = 2000


def lease(*, viewer: Viewer, case_id: int, now: datetime) -> None:
    """Take an open case for twenty minutes, or longer again if one has it already.

    Raises `ConflictError` while somebody else has it, `NotAllowedError` for who is linked to
    the listing.
    """
    with writing() as session:
        case = _free_case(session, viewer, case_id, now=now)
        refuse_linked_to(session, viewer.user_id, case)

        case.lease_holder_id, case.leased_until = viewer.user_id, now + LEASE
        session.flush()
        _note_lease(session, case, viewer, now=now)


def release(*, viewer: Viewer, case_id: int, now: datetime) -> None:
    """Put a case back into the queue; nothing happens when one does not have it."""
    with writing() as session:
        require_desk(viewer)
        case = case_for_update(session, case_id)
        if case.lease_holder_id != viewer.user_id:
            return
        case.lease_holder_id, case.leased_until = None, None
        session.flush()
        record(session, actions.CASE_RELEASED, subject_id=case.id, actor=viewer.as_actor(), now=now)


def reclass(*, viewer: Viewer, case_id: int, lane: Lane, now: datetime) -> None:
    """Give an open case another class; its clocks follow, counted from its opening."""
    with writing() as session:
        case = _free_case(session, viewer, case_id, now=now)
        before = case.lane
        target, limit = clock_of(case.kind, lane)
        case.lane, case.lane_order = lane, LANE_ORDER[lane]
        case.target_at, case.due_at = case.opened_at + target, case.opened_at + limit
        session.flush()
        record(
            session,
            actions.CASE_RECLASSED,
            subject_id=case.id,
            actor=viewer.as_actor(),
            now=now,
            before=before.value,
            after=lane.value,
        )


def add_note(*, viewer: Viewer, case_id: int, text: str, now: datetime) -> None:
    """Leave a note for the next moderator; raises `InvalidError` for an empty or too long one."""
    words = text.strip()
    if not 1 <= len(words) <= MOST_NOTE:
        raise InvalidError("note", f"Write a note of at most {MOST_NOTE} characters.")
    with writing() as session:
        require_desk(viewer)
        case = case_for_update(session, case_id)
        refuse_linked_to(session, viewer.user_id, case)
        session.add(CaseNote(case_id=case.id, author_id=viewer.user_id, text=words, written_at=now))
        session.flush()
        record(session, actions.CASE_NOTED, subject_id=case.id, actor=viewer.as_actor(), now=now)


def _free_case(session: Session, viewer: Viewer, case_id: int, *, now: datetime) -> ModerationCase:
    require_desk(viewer)
    case = case_for_update(session, case_id)
    if case.state is CaseState.CLOSED:
        raise ConflictError(what_happened(session, case))
    refuse_leased(session, viewer, case, now=now)
    return case


def _note_lease(session: Session, case: ModerationCase, viewer: Viewer, *, now: datetime) -> None:
    record(session, actions.CASE_LEASED, subject_id=case.id, actor=viewer.as_actor(), now=now)
