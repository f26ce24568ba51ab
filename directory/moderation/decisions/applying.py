"""What accepting a report does to its listing. Called by `correcting.py`, in its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.errors import ConflictError, InvalidError
from directory.listings.exchange.history import Cause
from directory.listings.facts import FACTS
from directory.listings.models import (
    ChangeCause,
    CorrectionKind,
    CorrectionState,
    ListingChange,
    ListingState,
)
from directory.listings.operations.checks import clear_doubt
from directory.listings.operations.editing import (
    NOT_BY_EDIT,
    change_within,
    create_within,
    move_within,
    newest_change,
    refuse_overtaken,
)
from directory.moderation.decisions.report_ends import with_followers
from directory.moderation.doubts import raise_doubt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.models import Correction
    from directory.vocabulary.queries import Vocabulary

CLOSED = "closed"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Request:
    """What the page should say, in keys of its document, and who says so."""

    changes: Mapping[str, Any]
    seen: int | None
    actor: Actor
    vocabulary: Vocabulary
    now: datetime

    def cause(self, report: Correction) -> Cause:
        """Give why the listing changes: a new one is made, any other corrected."""
        is_new = report.kind is CorrectionKind.MISSING_LISTING
        kind = ChangeCause.CREATED if is_new else ChangeCause.CORRECTION
        return Cause(kind, self.actor, correction_id=report.id)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a report, and the change of the listing that did it, if one did."""

    state: CorrectionState
    change_id: int | None = None


def apply_report(session: Session, report: Correction, request: Request) -> Applied:
    """Let a listing say what a report asks for; raises as `correcting.accept`."""
    if report.kind is CorrectionKind.MISSING_LISTING:
        return _make(session, report, request)
    change_id = _change(session, report, request)
    if change_id is not None:
        listing_id = report.listing_id or 0
        clear_doubt(session, listing_id, report.fact, request.actor, now=request.now)
        return Applied(CorrectionState.ACCEPTED, change_id)
    if report.kind is CorrectionKind.OUTCOME and not request.changes:
        _keep_in_doubt(session, report, request)
        return Applied(CorrectionState.ACCEPTED)
    if _says_otherwise_by_now(session, report):
        return Applied(CorrectionState.OVERTAKEN)
    raise InvalidError(
        "changes", "Nothing would change. Write what the page should say, or decline."
    )


def _make(session: Session, report: Correction, request: Request) -> Applied:
    document, cause = request.changes, request.cause(report)
    listing_id = create_within(
        session, document, cause, vocabulary=request.vocabulary, now=request.now
    )
    report.listing_id = listing_id
    session.flush()
    return Applied(CorrectionState.ACCEPTED, newest_change(session, listing_id))


def _change(session: Session, report: Correction, request: Request) -> int | None:
    listing_id, changes = report.listing_id or 0, request.changes
    allowed = FACTS[report.fact].keys if report.fact in FACTS else ()
    if report.fact != OTHER and changes.keys() - set(allowed):
        raise InvalidError("changes", "This would change another part of the page.")
    if report.fact == CLOSED:
        return _close(session, report, request)
    if not changes:
        return None
    if changes.keys() & NOT_BY_EDIT:
        raise InvalidError("changes", "These parts of a listing have a way of their own.")
    if request.seen is not None:
        refuse_overtaken(session, listing_id, changes, request.seen)
    return change_within(
        session,
        listing_id,
        changes,
        request.cause(report),
        vocabulary=request.vocabulary,
        now=request.now,
    )


def _close(session: Session, report: Correction, request: Request) -> int | None:
    if request.changes.get("state", ListingState.CLOSED.value) != ListingState.CLOSED.value:
        raise InvalidError("changes", "Say that it has closed, or decline.")
    return move_within(
        session,
        report.listing_id or 0,
        ListingState.CLOSED,
        request.cause(report),
        closed_on=_day(request.changes.get("closed_on")),
        vocabulary=request.vocabulary,
        now=request.now,
    )


def _day(told: object) -> date | None:
    if not told:
        return None
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        raise InvalidError("closed_on", "Write the day like 2026-11-20.") from None


def _keep_in_doubt(session: Session, report: Correction, request: Request) -> None:
    if report.listing_id is None or report.outcome is None:
        raise ConflictError("This report names no listing.")
    raise_doubt(
        session,
        report.listing_id,
        report.fact,
        report.outcome,
        reports=len(with_followers(session, report)),
        actor=request.actor,
        now=request.now,
    )


def _says_otherwise_by_now(session: Session, report: Correction) -> bool:
    """Tell whether somebody changed this part of the page after it was reported."""
    later = session.scalars(
        select(ListingChange.after).where(
            ListingChange.listing_id == report.listing_id, ListingChange.at >= report.made_at
        )
    )
    keys = set(FACTS[report.fact].keys) if report.fact in FACTS else set()
    return any(report.fact == OTHER or keys & after.keys() for after in later if after)
