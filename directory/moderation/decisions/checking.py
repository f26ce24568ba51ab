"""What must hold before anybody decides: rights, a free and fresh case, no tie, no part taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from directory.accounts.models import Role, User
from directory.core.clock import DELHI
from directory.core.errors import ConflictError, NotAllowedError
from directory.moderation.cases import case_for_update
from directory.moderation.models import CaseState, Decision, ModerationCase

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer

DESK = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
# What happened, in words for who comes second.
DONE = {
    "publish": "published it",
    "return": "sent it back to the author",
    "reject": "rejected it",
    "hide": "hid it",
    "restore": "brought it back",
    "remove": "removed it",
    "restrict": "restricted it under an order",
    "keep": "kept it as it is",
    "uphold-appeal": "upheld the appeal",
    "keep-decision": "kept the decision",
    "accept": "accepted it",
    "decline": "declined it",
}


def require_desk(viewer: Viewer) -> None:
    """Raise `NotAllowedError` unless somebody of the desk is signed in with both steps."""
    if viewer.role not in DESK or not viewer.is_strong:
        raise NotAllowedError("Only moderators who signed in with both steps may do this.")


def require_administrator(viewer: Viewer) -> None:
    """Raise `NotAllowedError` unless an administrator is signed in with both steps."""
    require_desk(viewer)
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotAllowedError("Only administrators may do this.")


def fresh_case(
    session: Session, viewer: Viewer, case_id: int, version: int, *, now: datetime
) -> ModerationCase:
    """Give an open case nobody else holds and nothing has changed on, held for this transaction.

    Raises `ConflictError` with what happened meanwhile.
    """
    require_desk(viewer)
    case = case_for_update(session, case_id)
    if case.state is CaseState.CLOSED or case.version != version:
        raise ConflictError(what_happened(session, case))
    refuse_leased(session, viewer, case, now=now)
    return case


def refuse_leased(session: Session, viewer: Viewer, case: ModerationCase, *, now: datetime) -> None:
    """Raise `ConflictError` while somebody else holds the case."""
    if case.leased_until is None or case.leased_until <= now:
        return
    if case.lease_holder_id != viewer.user_id:
        holder = _name_of(session, case.lease_holder_id)
        raise ConflictError(f"{holder} has this case until {_time(case.leased_until)}.")


def refuse_involved(session: Session, viewer: Viewer, case: ModerationCase) -> None:
    """Raise `NotAllowedError` when somebody decided anything about this review before."""
    took_part = session.scalar(
        select(
            exists().where(
                Decision.case_id == ModerationCase.id,
                ModerationCase.subject_noun == case.subject_noun,
                ModerationCase.subject_id == case.subject_id,
                Decision.actor_id == viewer.user_id,
                Decision.undone_at.is_(None),
            )
        )
    )
    if took_part:
        raise NotAllowedError(
            "You took part in judging this review, so somebody else decides the appeal."
        )


def what_happened(session: Session, case: ModerationCase) -> str:
    """Give a sentence on the newest decision about a case, for who came second."""
    newest = session.execute(
        select(Decision, User.display_name)
        .join(User, User.id == Decision.actor_id)
        .where(Decision.case_id == case.id)
        .order_by(Decision.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return "This case has changed since you opened it. Your decision was not saved."
    decision, name = newest
    when = _time(decision.undone_at or decision.made_at)
    if decision.undone_at is not None:
        return f"{name} took a decision back at {when}. Your decision was not saved."
    did = DONE[decision.outcome.value]
    if decision.step == "proposal" and decision.outcome != "hide":
        did = "made a decision that waits for a second person"
    return f"{name} {did} at {when}. Your decision was not saved."


def _name_of(session: Session, user_id: int | None) -> str:
    name = session.scalar(select(User.display_name).where(User.id == user_id))
    return name or "Somebody"


def _time(instant: datetime) -> str:
    return instant.astimezone(DELHI).strftime("%H:%M on %d %b").replace(" 0", " ")
