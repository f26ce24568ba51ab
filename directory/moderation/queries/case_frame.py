"""What stands round every case, whatever it is about: its clocks, its lease, may one decide.

Called by the reads of a review's case and of a report's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.errors import NotFoundError
from directory.moderation.models import CaseState, ModerationCase, SubjectNoun
from directory.moderation.queries.case_views import Lease
from directory.moderation.queries.standing import Standing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.moderation.models import Decision


def noun_of_case(session: Session, case_id: int) -> SubjectNoun:
    """Give what a case is about; raises `NotFoundError` for an unknown one."""
    noun = session.scalar(select(ModerationCase.subject_noun).where(ModerationCase.id == case_id))
    if noun is None:
        raise NotFoundError("There is no such case.")
    return noun


def frame_of(case: ModerationCase, now: datetime) -> dict[str, Any]:
    """Give the clocks and names of a case, as its page has them."""
    is_open = case.state is CaseState.OPEN
    return {
        "id": case.id,
        "kind": case.kind,
        "lane": case.lane,
        "is_open": is_open,
        "waiting": case.waiting,
        "version": case.version,
        "opened_at": case.opened_at,
        "target_at": case.target_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
        "is_late": is_open and case.target_at <= now,
        "is_over": is_open and case.due_at <= now,
        "language": case.language,
    }


def lease_of(
    case: ModerationCase, holder: str | None, viewer: Viewer, now: datetime
) -> Lease | None:
    """Give who has a case, or None; a lease that ran out holds nothing."""
    if case.leased_until is None or case.leased_until <= now:
        return None
    return Lease(
        who=holder or "?",
        until=case.leased_until,
        is_mine=case.lease_holder_id == viewer.user_id,
    )


def standing_in(
    case: ModerationCase,
    viewer: Viewer,
    *,
    is_linked: bool,
    took_part: bool,
    proposal: Decision | None,
) -> Standing:
    """Give what was read of whether a viewer may decide a case."""
    return Standing(
        is_linked=is_linked,
        took_part=took_part,
        is_open=case.state is CaseState.OPEN,
        kind=case.kind,
        waiting=case.waiting,
        is_proposer=proposal is not None and proposal.actor_id == viewer.user_id,
        proposed_at=proposal.made_at if proposal else None,
        holder_id=case.lease_holder_id,
        leased_until=case.leased_until,
    )
