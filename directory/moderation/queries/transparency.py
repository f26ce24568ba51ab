"""What became of reviews, in numbers for everyone: by quarter and in all, by rule, by stars.

Counts only; a decision that was taken back within a minute does not count. Called by the public
transparency page. Not for the desk's own clocks (`clocks_and_counts.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, exists, func, literal, or_, select

from directory.core.clock import DELHI, delhi_day
from directory.moderation.models import (
    Appeal,
    AppealState,
    CaseKind,
    Decision,
    Flag,
    FlagState,
    ModerationCase,
)
from directory.reviews.models import (
    Review,
    ReviewEvent,
    ReviewHistory,
    ReviewVersion,
    RuleCode,
)
from directory.reviews.policy import quarter_bounds, quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

QUARTERS = 8
# The waits of so many newest reviews are looked at for the medians.
MOST_WAITS = 5000
MOST_STARS = 5
COUNTED = {
    "received": ReviewEvent.CONFIRM,
    "published": ReviewEvent.PUBLISH,
    "returned": ReviewEvent.RETURN,
    "rejected": ReviewEvent.REJECT,
    "removed": ReviewEvent.REMOVE,
    "restricted": ReviewEvent.RESTRICT,
    "withdrawn": ReviewEvent.WITHDRAW,
}
Counts = dict[str, dict[str, int]]
ALL = "all"


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """How many reviews something happened to in a quarter such as `2026-Q3`, or in all.

    A review that was rejected, appealed and published is in all of these. Appeals and flags
    stand where they were made. `median_hours` runs from confirmation to the first decision,
    None when nothing was decided.
    """

    name: str
    received: int
    published: int
    returned: int
    rejected: int
    removed: int
    restricted: int
    withdrawn: int
    appeals: int
    appeals_upheld: int
    flags: int
    flags_upheld: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """How often a rule was applied."""

    rule_code: RuleCode
    returned: int
    rejected: int
    removed: int
    restricted: int

    @property
    def together(self) -> int:
        """How often in all."""
        return self.returned + self.rejected + self.removed + self.restricted


@dataclass(frozen=True, slots=True)
class StarsCounts:
    """What became of reviews by their overall rating."""

    stars: int
    published: int
    rejected: int
    removed: int


@dataclass(frozen=True, slots=True)
class Transparency:
    """The whole page: newest quarter first; rules most often applied first; five stars first.

    `has_demo` says that made-up reviews are among those counted.
    """

    quarters: tuple[PeriodCounts, ...]
    total: PeriodCounts
    by_rule: tuple[RuleCounts, ...]
    by_stars: tuple[StarsCounts, ...]
    has_demo: bool


def transparency(session: Session, *, now: datetime) -> Transparency:
    """Give all counts in eight queries."""
    names = _quarters(delhi_day(now))
    events, flags, appeals = (
        _events(session, names),
        _flags(session, names),
        _appeals(session, names),
    )
    waits = _waits(session)
    periods = {name: _period(name, events, flags, appeals, waits) for name in (*names, ALL)}
    total = periods.pop(ALL)
    return Transparency(
        quarters=tuple(period for period in periods.values() if _has_any(period)),
        total=total,
        by_rule=_by_rule(session),
        by_stars=_by_stars(session),
        has_demo=bool(session.scalar(select(exists().where(Review.is_demo)))),
    )


def _has_any(period: PeriodCounts) -> bool:
    return any(getattr(period, name) for name in PeriodCounts.__slots__ if name != "name")


def _quarters(today: date) -> list[str]:
    """Give the last quarters, newest first."""
    found = [quarter_of(today)]
    while len(found) < QUARTERS:
        first = quarter_bounds(found[-1])[0]
        found.append(quarter_of(first - timedelta(days=1)))
    return found


def _quarter_case(
    column: InstrumentedAttribute[datetime], names: Sequence[str]
) -> ColumnElement[Any]:
    """Give the quarter of Delhi an instant lies in; what is older has none."""
    begins = [
        (datetime.combine(quarter_bounds(name)[0], time.min, tzinfo=DELHI), name) for name in names
    ]
    return case(*((column >= begin, literal(name)) for begin, name in begins), else_=None)


def _stands() -> ColumnElement[bool]:
    """Give the condition that no decision behind a move was taken back."""
    undone = select(Decision.id).where(Decision.undone_at.is_not(None))
    return or_(ReviewHistory.decision_id.is_(None), ReviewHistory.decision_id.not_in(undone))


def _events(session: Session, names: Sequence[str]) -> Counts:
    """Count reviews by event; in all, a review counts once for each kind of event."""
    found: Counts = defaultdict(dict)
    for quarter in (_quarter_case(ReviewHistory.at, names), literal(ALL)):
        period = quarter.label("period")
        rows = session.execute(
            select(period, ReviewHistory.event, func.count(ReviewHistory.review_id.distinct()))
            .where(ReviewHistory.event.in_(COUNTED.values()), _stands())
            .group_by(period, ReviewHistory.event)
        )
        for name, event, number in rows:
            if name is not None:
                found[name][event.value] = number
    return found


def _flags(session: Session, names: Sequence[str]) -> Counts:
    period = _quarter_case(Flag.made_at, names).label("period")
    rows = session.execute(select(period, Flag.state, func.count()).group_by(period, Flag.state))
    return _made_and_upheld(rows, FlagState.UPHELD)


def _appeals(session: Session, names: Sequence[str]) -> Counts:
    period = _quarter_case(Appeal.made_at, names).label("period")
    rows = session.execute(
        select(period, Appeal.state, func.count()).group_by(period, Appeal.state)
    )
    return _made_and_upheld(rows, AppealState.UPHELD)


def _made_and_upheld(rows: Iterable[Any], upheld: FlagState | AppealState) -> Counts:
    found: Counts = defaultdict(lambda: {"made": 0, "upheld": 0})
    for name, state, number in rows:
        for period in (name, ALL):
            found[period]["made"] += number
            found[period]["upheld"] += number if state is upheld else 0
    return found


def _waits(session: Session) -> Mapping[str, Sequence[float]]:
    """Give the hours from each review's confirmation to its first decision, by quarter."""
    first = (
        select(ModerationCase.subject_id, func.min(Decision.made_at).label("decided_at"))
        .join(Decision, Decision.case_id == ModerationCase.id)
        .where(ModerationCase.kind == CaseKind.REVIEW, Decision.undone_at.is_(None))
        .group_by(ModerationCase.subject_id)
        .subquery()
    )
    rows = session.execute(
        select(ReviewHistory.at, first.c.decided_at)
        .join(first, first.c.subject_id == ReviewHistory.review_id)
        .where(ReviewHistory.event == ReviewEvent.CONFIRM)
        .order_by(ReviewHistory.at.desc())
        .limit(MOST_WAITS)
    )
    found: dict[str, list[float]] = defaultdict(list)
    for confirmed_at, decided_at in rows:
        hours = (decided_at - confirmed_at) / timedelta(hours=1)
        for name in (quarter_of(delhi_day(confirmed_at)), ALL):
            found[name].append(hours)
    return found


def _period(
    name: str,
    events: Counts,
    flags: Counts,
    appeals: Counts,
    waits: Mapping[str, Sequence[float]],
) -> PeriodCounts:
    counted = events.get(name, {})
    flagged, appealed = flags.get(name, {}), appeals.get(name, {})
    hours = waits.get(name)
    return PeriodCounts(
        name=name,
        **{field: counted.get(event.value, 0) for field, event in COUNTED.items()},
        appeals=appealed.get("made", 0),
        appeals_upheld=appealed.get("upheld", 0),
        flags=flagged.get("made", 0),
        flags_upheld=flagged.get("upheld", 0),
        median_hours=round(median(hours), 1) if hours else None,
    )


def _by_rule(session: Session) -> tuple[RuleCounts, ...]:
    events = ("returned", "rejected", "removed", "restricted")
    found: dict[RuleCode, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(
            ReviewHistory.rule_code,
            ReviewHistory.event,
            func.count(ReviewHistory.review_id.distinct()),
        )
        .where(ReviewHistory.event.in_([COUNTED[name] for name in events]), _stands())
        .group_by(ReviewHistory.rule_code, ReviewHistory.event)
    )
    for code, event, number in rows:
        if code is not None:
            found[code][event.value] = number
    counts = [
        RuleCounts(code, **{name: numbers.get(COUNTED[name].value, 0) for name in events})
        for code, numbers in found.items()
    ]
    return tuple(sorted(counts, key=lambda row: (-row.together, row.rule_code)))


def _by_stars(session: Session) -> tuple[StarsCounts, ...]:
    events = ("published", "rejected", "removed")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(
            ReviewVersion.overall,
            ReviewHistory.event,
            func.count(ReviewHistory.review_id.distinct()),
        )
        .join(
            ReviewVersion,
            (ReviewVersion.review_id == ReviewHistory.review_id)
            & (ReviewVersion.number == ReviewHistory.version_number),
        )
        .where(ReviewHistory.event.in_([COUNTED[name] for name in events]), _stands())
        .group_by(ReviewVersion.overall, ReviewHistory.event)
    )
    for stars, event, number in rows:
        found[stars][event.value] = number
    return tuple(
        StarsCounts(stars, **{name: found[stars].get(COUNTED[name].value, 0) for name in events})
        for stars in range(MOST_STARS, 0, -1)
    )
