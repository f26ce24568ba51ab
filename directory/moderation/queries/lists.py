"""The lists of the queue and their one order, as conditions. Called by the reads of the desk."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, not_

from directory.moderation.models import (
    CaseKind,
    CaseState,
    Decision,
    ModerationCase,
    SubjectNoun,
    Waiting,
)
from directory.moderation.queries.standing import took_part

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from directory.accounts.policy import Viewer

# Class first, then the oldest; never by stars.
ORDER: tuple[InstrumentedAttribute[Any], ...] = (
    ModerationCase.lane_order,
    ModerationCase.opened_at,
    ModerationCase.id,
)


class QueueList(StrEnum):
    """Which part of the queue: all, second person, appeals, reports of readers, what one has."""

    ALL = "all"
    SECOND = "second"
    APPEALS = "appeals"
    REPORTS = "reports"
    MINE = "mine"


def in_list(which: QueueList, viewer: Viewer, *, now: datetime) -> ColumnElement[bool]:
    """Give the condition that a case belongs to a list of this viewer.

    Second person: not one's own proposals. Appeals: not where one took part. Mine: what one has.
    `Decision` must be joined as the proposal a case waits with.
    """
    parts: dict[QueueList, ColumnElement[bool]] = {
        QueueList.ALL: ModerationCase.state == CaseState.OPEN,
        QueueList.SECOND: and_(
            ModerationCase.waiting == Waiting.SECOND, Decision.actor_id != viewer.user_id
        ),
        QueueList.APPEALS: and_(ModerationCase.kind == CaseKind.APPEAL, not_(took_part(viewer))),
        QueueList.REPORTS: ModerationCase.subject_noun == SubjectNoun.CORRECTION,
        QueueList.MINE: and_(
            ModerationCase.lease_holder_id == viewer.user_id, ModerationCase.leased_until > now
        ),
    }
    return and_(parts[QueueList.ALL], parts[which])
