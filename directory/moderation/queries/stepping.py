"""From one case to the next: where a case stands in a list, and the first one that is free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, not_, or_, select, tuple_
from sqlalchemy.orm import aliased

from directory.listings.models import Correction
from directory.moderation.models import CaseKind, CaseState, Decision, ModerationCase
from directory.moderation.queries.desk import PER_PAGE
from directory.moderation.queries.lists import ORDER, QueueList, in_list
from directory.moderation.queries.standing import took_part
from directory.moderation.queries.subjects import IS_REPORT, IS_REVIEW, is_involved
from directory.reviews.models import Review

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a case stands in a list: the page it is on, the cases before and after it."""

    page: int
    before: int | None
    after: int | None


def neighbours(
    session: Session,
    viewer: Viewer,
    case_id: int,
    *,
    which: QueueList = QueueList.ALL,
    now: datetime,
) -> Neighbours:
    """Give where a case stands in a list; a closed one stands where it would. Three statements."""
    here = aliased(ModerationCase)
    own, place = tuple_(*ORDER), tuple_(here.lane_order, here.opened_at, here.id)
    listed = (
        select(ModerationCase.id)
        .outerjoin(Decision, Decision.id == ModerationCase.proposal_id)
        .join(here, here.id == case_id)
        .where(in_list(which, viewer, now=now))
    )
    earlier = listed.where(own < place)
    backwards = [column.desc() for column in ORDER]
    return Neighbours(
        page=(session.scalar(select(func.count()).select_from(earlier.subquery())) or 0) // PER_PAGE
        + 1,
        before=session.scalar(earlier.order_by(*backwards).limit(1)),
        after=session.scalar(listed.where(own > place).order_by(*ORDER).limit(1)),
    )


def first_free(session: Session, viewer: Viewer, *, now: datetime) -> int | None:
    """Give the first case this viewer may decide and nobody else has, or None; one statement."""
    case = ModerationCase
    return session.scalar(
        select(case.id)
        .outerjoin(Review, IS_REVIEW)
        .outerjoin(Correction, IS_REPORT)
        .outerjoin(Decision, Decision.id == case.proposal_id)
        .where(
            case.state == CaseState.OPEN,
            or_(
                case.leased_until.is_(None),
                case.leased_until <= now,
                case.lease_holder_id == viewer.user_id,
            ),
            or_(Decision.id.is_(None), Decision.actor_id != viewer.user_id),
            or_(case.kind != CaseKind.APPEAL, not_(took_part(viewer))),
            not_(is_involved(viewer)),
        )
        .order_by(*ORDER)
        .limit(1)
    )
