"""How the desk keeps up: what is open by class and kind, what is late, how long a case took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from directory.moderation.models import CaseKind, CaseState, ModerationCase, Waiting
from directory.moderation.screening.lanes import Lane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

COUNTED_OVER = timedelta(days=30)
MOST_COUNTED = 5000


@dataclass(frozen=True, slots=True)
class OpenCount:
    """What is open of one class or kind; `oldest_at` is None when nothing is.

    `late` is past its target, `over` past its limit; what is over is late too.
    """

    name: str
    open: int
    second: int
    late: int
    over: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedCount:
    """What was closed lately of one kind, and the median of hours from opening to closing."""

    name: str
    closed: int
    median_hours: float | None
    in_time: int


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """The clocks and counts of the desk; `days` is how far back closed cases are counted."""

    by_lane: tuple[OpenCount, ...]
    by_kind: tuple[OpenCount, ...]
    closed: tuple[ClosedCount, ...]
    median_hours: float | None
    days: int

    @property
    def open(self) -> int:
        """Give how many cases are open."""
        return sum(row.open for row in self.by_lane)

    @property
    def late(self) -> int:
        """Give how many open cases are past their target."""
        return sum(row.late for row in self.by_lane)


def desk_counts(session: Session, *, now: datetime) -> DeskCounts:
    """Give the clocks and counts of the whole desk; three statements."""
    closed = _closed(session, now=now)
    return DeskCounts(
        by_lane=_open(session, ModerationCase.lane, Lane, now=now),
        by_kind=_open(session, ModerationCase.kind, CaseKind, now=now),
        closed=tuple(_closed_of(kind, closed) for kind in CaseKind),
        median_hours=_median(hours for _kind, hours, _in_time in closed),
        days=COUNTED_OVER.days,
    )


def _open(
    session: Session,
    column: InstrumentedAttribute[Lane] | InstrumentedAttribute[CaseKind],
    names: Iterable[str],
    *,
    now: datetime,
) -> tuple[OpenCount, ...]:
    rows = session.execute(
        select(
            column,
            func.count(),
            _number(ModerationCase.waiting == Waiting.SECOND),
            _number(ModerationCase.target_at <= now),
            _number(ModerationCase.due_at <= now),
            func.min(ModerationCase.opened_at),
        )
        .where(ModerationCase.state == CaseState.OPEN)
        .group_by(column)
    )
    found = {str(row[0]): OpenCount(str(row[0]), *row[1:]) for row in rows}
    return tuple(found.get(str(name), OpenCount(str(name), 0, 0, 0, 0, None)) for name in names)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _closed(session: Session, *, now: datetime) -> list[tuple[CaseKind, float, bool]]:
    """Give kind, hours taken, and whether within the target, of what was closed lately."""
    rows = session.execute(
        select(
            ModerationCase.kind,
            ModerationCase.opened_at,
            ModerationCase.closed_at,
            ModerationCase.target_at,
        )
        .where(
            ModerationCase.state == CaseState.CLOSED,
            ModerationCase.closed_at > now - COUNTED_OVER,
        )
        .order_by(ModerationCase.closed_at.desc())
        .limit(MOST_COUNTED)
    )
    return [
        (row.kind, (row.closed_at - row.opened_at) / timedelta(hours=1), row.closed_at <= row[3])
        for row in rows
    ]


def _closed_of(kind: CaseKind, closed: Sequence[tuple[CaseKind, float, bool]]) -> ClosedCount:
    own = [row for row in closed if row[0] is kind]
    return ClosedCount(
        name=kind.value,
        closed=len(own),
        median_hours=_median(hours for _kind, hours, _in_time in own),
        in_time=sum(in_time for _kind, _hours, in_time in own),
    )


def _median(hours: Iterable[float]) -> float | None:
    known = list(hours)
    return median(known) if known else None
