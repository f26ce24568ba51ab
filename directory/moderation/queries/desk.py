"""The one queue of the desk: what waits, in the order it should be done, never by stars.

A list costs two statements whatever its length, and the counts of all lists one. Called by the
pages of the desk.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from directory.moderation.models import CaseSignal, CaseState, Decision, ModerationCase
from directory.moderation.queries.lists import QueueList, in_list
from directory.moderation.queries.queue_rows import queue_rows, standing_of
from directory.moderation.queries.subjects import IS_REVIEW
from directory.reviews.models import Review

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.listings.models import CallOutcome
    from directory.moderation.models import CaseKind, Outcome, Waiting
    from directory.moderation.queries.queue_rows import QueueRow
    from directory.moderation.queries.standing import WhyNot
    from directory.moderation.screening.lanes import Lane
    from directory.reviews.models import ReviewState, RuleCode

PER_PAGE = 25
# Text that tells of wanting to die, or how somebody harms himself, is folded until it is opened.
FOLDED_FOR = frozenset({"crisis", "self_harm_method"})


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One waiting case, without anything of who wrote it or how many stars were given.

    A review's has its state; a report's has its fact, what a call came to, and how many say so.
    `is_late` once its target has passed, `is_over` once its limit has. `signals` names the
    advice about the words as they are now. `hidden_until` is when a hidden review comes back by
    itself. `proposed` is what a waiting proposal would do.
    """

    case_id: int
    kind: CaseKind
    lane: Lane
    waiting: Waiting
    target_at: datetime
    due_at: datetime
    opened_at: datetime
    is_late: bool
    is_over: bool
    language: str
    locality: str | None
    signals: tuple[str, ...]
    flag_rule: RuleCode | None
    proposed: Outcome | None
    review_state: ReviewState | None
    fact: str | None
    call: CallOutcome | None
    reports: int
    hidden_until: datetime | None
    leased_by: str | None
    is_mine: bool
    why_not: WhyNot | None
    is_demo: bool

    @property
    def is_folded(self) -> bool:
        """Tell whether the text is kept folded for whoever reads it."""
        return bool(FOLDED_FOR & set(self.signals))

    @property
    def may_decide(self) -> bool:
        """Tell whether this viewer may decide it now."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How much waits in each list, and how much of all is past its target."""

    all: int
    second: int
    appeals: int
    reports: int
    mine: int
    late: int

    def of(self, which: QueueList) -> int:
        """Give the count of one list."""
        return {
            QueueList.ALL: self.all,
            QueueList.SECOND: self.second,
            QueueList.APPEALS: self.appeals,
            QueueList.REPORTS: self.reports,
            QueueList.MINE: self.mine,
        }[which]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a list, and the counts of all lists."""

    which: QueueList
    page: int
    items: tuple[QueueItem, ...]
    counts: QueueCounts


def queue(
    session: Session,
    viewer: Viewer,
    *,
    which: QueueList = QueueList.ALL,
    page: int = 1,
    now: datetime,
) -> QueuePage:
    """Give one page of a list: class first, then the oldest; three statements."""
    rows = queue_rows(
        session, viewer, which=which, limit=PER_PAGE, offset=PER_PAGE * (page - 1), now=now
    )
    signals = _signals(session, [row.case_id for row in rows])
    return QueuePage(
        which=which,
        page=page,
        items=tuple(_item(row, viewer, signals[row.case_id], now=now) for row in rows),
        counts=queue_counts(session, viewer, now=now),
    )


def queue_counts(session: Session, viewer: Viewer, *, now: datetime) -> QueueCounts:
    """Give how much waits in each list of a viewer; one statement."""
    row = session.execute(
        select(
            *(_number(in_list(which, viewer, now=now)).label(which.value) for which in QueueList),
            _number(ModerationCase.target_at <= now).label("late"),
        )
        .select_from(ModerationCase)
        .outerjoin(Decision, Decision.id == ModerationCase.proposal_id)
        .where(ModerationCase.state == CaseState.OPEN)
    ).one()
    return QueueCounts(
        all=row.all,
        second=row.second,
        appeals=row.appeals,
        reports=row.reports,
        mine=row.mine,
        late=row.late,
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _signals(session: Session, case_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the names of the signals about each case's present words, each once, in order."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    if case_ids:
        rows = session.execute(
            select(CaseSignal.case_id, CaseSignal.name)
            .join(ModerationCase, ModerationCase.id == CaseSignal.case_id)
            .outerjoin(Review, IS_REVIEW)
            .where(
                CaseSignal.case_id.in_(case_ids),
                CaseSignal.review_version == func.coalesce(Review.current_version, 1),
            )
            .order_by(CaseSignal.id)
        )
        for case_id, name in rows:
            found[case_id][name] = None
    return {case_id: tuple(found[case_id]) for case_id in case_ids}


def _item(row: QueueRow, viewer: Viewer, signals: tuple[str, ...], *, now: datetime) -> QueueItem:
    standing = standing_of(row)
    held = standing.is_held(now)
    return QueueItem(
        case_id=row.case_id,
        kind=row.kind,
        lane=row.lane,
        waiting=row.waiting,
        target_at=row.target_at,
        due_at=row.due_at,
        opened_at=row.opened_at,
        is_late=row.target_at <= now,
        is_over=row.due_at <= now,
        language=row.language,
        locality=row.locality,
        signals=() if row.is_linked else signals,
        flag_rule=None if row.is_linked else row.flag_rule,
        proposed=row.proposed,
        review_state=row.review_state,
        fact=row.fact,
        call=row.call,
        reports=row.reports,
        hidden_until=row.hidden_until,
        leased_by=row.holder if held else None,
        is_mine=held and row.lease_holder_id == viewer.user_id,
        why_not=standing.why_not(viewer.user_id, now=now),
        is_demo=row.is_demo,
    )
