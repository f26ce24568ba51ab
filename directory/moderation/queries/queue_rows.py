"""The statement behind every list of the queue, and its rows by name. Called by `desk.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import false, func, select
from sqlalchemy.orm import aliased

from directory.accounts.models import User
from directory.listings.models import Correction, Listing, Location
from directory.moderation.models import CaseState, Decision, Flag, FlagState, ModerationCase
from directory.moderation.queries.lists import ORDER, in_list
from directory.moderation.queries.standing import Standing, took_part
from directory.moderation.queries.subjects import (
    IS_REPORT,
    IS_REVIEW,
    is_involved,
    locality_of_report,
    reports_together,
)
from directory.reviews.models import Review
from directory.vocabulary.models import Locality

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.listings.models import CallOutcome
    from directory.moderation.models import CaseKind, Outcome, Waiting
    from directory.moderation.queries.lists import QueueList
    from directory.moderation.screening.lanes import Lane
    from directory.reviews.models import ReviewState, RuleCode


class QueueRow(NamedTuple):
    """One row, in the order of `_columns`."""

    case_id: int
    kind: CaseKind
    state: CaseState
    lane: Lane
    waiting: Waiting
    target_at: datetime
    due_at: datetime
    opened_at: datetime
    language: str
    lease_holder_id: int | None
    leased_until: datetime | None
    review_state: ReviewState | None
    hidden_until: datetime | None
    is_demo: bool
    fact: str | None
    call: CallOutcome | None
    proposed: Outcome | None
    proposed_at: datetime | None
    is_proposer: bool
    holder: str | None
    is_linked: bool
    took_part: bool
    locality: str | None
    flag_rule: RuleCode | None
    reports: int


def queue_rows(
    session: Session, viewer: Viewer, *, which: QueueList, limit: int, offset: int, now: datetime
) -> list[QueueRow]:
    """Give some rows of a list, class first, then the oldest; one statement."""
    holder = aliased(User)
    rows = session.execute(
        select(*_columns(viewer), holder.display_name, *_asked_apart(viewer))
        .select_from(ModerationCase)
        .outerjoin(Review, IS_REVIEW)
        .outerjoin(Correction, IS_REPORT)
        .outerjoin(Listing, Listing.id == Correction.listing_id)
        .outerjoin(Decision, Decision.id == ModerationCase.proposal_id)
        .outerjoin(holder, holder.id == ModerationCase.lease_holder_id)
        .where(in_list(which, viewer, now=now))
        .order_by(*ORDER)
        .limit(limit)
        .offset(offset)
    )
    return [QueueRow._make(row) for row in rows]


def standing_of(row: QueueRow) -> Standing:
    """Give what a row says of whether its viewer may decide."""
    return Standing(
        is_linked=row.is_linked,
        took_part=row.took_part,
        is_open=row.state is CaseState.OPEN,
        kind=row.kind,
        waiting=row.waiting,
        is_proposer=row.is_proposer,
        proposed_at=row.proposed_at,
        holder_id=row.lease_holder_id,
        leased_until=row.leased_until,
    )


def _columns(viewer: Viewer) -> tuple[Any, ...]:
    case = ModerationCase
    return (
        case.id,
        case.kind,
        case.state,
        case.lane,
        case.waiting,
        case.target_at,
        case.due_at,
        case.opened_at,
        case.language,
        case.lease_holder_id,
        case.leased_until,
        Review.state,
        Review.hidden_until,
        func.coalesce(Review.is_demo, Listing.is_demo, false()),
        Correction.fact,
        Correction.outcome,
        Decision.outcome,
        Decision.made_at,
        func.coalesce(Decision.actor_id == viewer.user_id, false()),
    )


def _asked_apart(viewer: Viewer) -> tuple[ColumnElement[Any] | ScalarSelect[Any], ...]:
    return (
        is_involved(viewer),
        took_part(viewer),
        func.coalesce(locality_of(), locality_of_report()),
        _flag_rule(),
        reports_together(),
    )


def locality_of() -> ScalarSelect[str]:
    """Give the name of the locality of a review's listing, None where only a point is known."""
    return (
        select(Locality.name_en)
        .join(Location, Location.locality_id == Locality.id)
        .where(Location.listing_id == Review.listing_id)
        .order_by(Location.position)
        .limit(1)
        .correlate(Review)
        .scalar_subquery()
    )


def _flag_rule() -> ScalarSelect[RuleCode]:
    return (
        select(Flag.rule_code)
        .where(Flag.case_id == ModerationCase.id, Flag.state == FlagState.OPEN)
        .order_by(Flag.id)
        .limit(1)
        .correlate(ModerationCase)
        .scalar_subquery()
    )
