"""The reviews of one listing as readers see them, page by page, with lines for those gone.

Holds no author: nothing here could tell one. Whether the listing itself is public is asked by
the caller. Called by the pages and the API.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, false, func, or_, select

from directory.core.clock import delhi_day
from directory.reviews.models import (
    Aspect,
    Pseudonym,
    Rating,
    Review,
    ReviewState,
    ReviewVersion,
)
from directory.reviews.policy import counts, quarter_of
from directory.reviews.queries.visible import is_current, is_in_window, is_shown, leaves_a_line
from directory.vocabulary.models import District

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, SQLColumnExpression
    from sqlalchemy.orm import Session

    from directory.reviews.models import CareKind, Relation, RuleCode

AS_ASKED = tuple(Aspect)


class Order(StrEnum):
    """In which order reviews stand; newest first unless another is asked for."""

    NEWEST = "newest"
    OLDEST = "oldest"
    HIGHEST = "highest"
    LOWEST = "lowest"


class Period(StrEnum):
    """Of which visits: of the last year, of those too old to count, or of all."""

    YEAR = "year"
    OLDER = "older"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What a reader wants to see; None narrows nothing, but `period` None means what counts.

    An author who shows no role is in no list of one. Without `lines` nothing stands in for
    reviews that are gone.
    """

    relation: Relation | None = None
    care_kind: CareKind | None = None
    period: Period | None = None
    order: Order = Order.NEWEST
    lines: bool = True

    @property
    def shows_lines(self) -> bool:
        """Whether lines stand in for reviews that are gone: a filter would tell of them."""
        by_time = self.order in {Order.NEWEST, Order.OLDEST}
        return self.lines and by_time and self.relation is None and self.care_kind is None


@dataclass(frozen=True, slots=True)
class Shown:
    """Who is named beside a review: the facts of its pseudonym.

    `relation` is None where the author chose to show no role; `district_name` is None where none
    is shown or known.
    """

    relation: Relation | None
    pseudonym: Pseudonym
    district_name: str | None


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A published review; `is_older` when its visit is too long ago to count."""

    public_id: str
    who: Shown
    quarter: str
    care_kind: CareKind
    relation: Relation | None
    overall: int
    aspects: tuple[tuple[Aspect, int], ...]
    text: str
    language: str
    published_on: date
    is_older: bool
    is_demo: bool

    def __repr__(self) -> str:
        return f"<ReviewCard {self.public_id}>"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A line in the place of a review that was public: what became of it, and when.

    `kind` is withdrawn, removed or restricted; `month` is the first day of that month.
    """

    kind: ReviewState
    month: date
    rule_code: RuleCode | None
    ground: str | None


class LineRow(NamedTuple):
    """A row of the list as read; `words` are not read of a review that is gone."""

    id: int
    public_id: str
    state: ReviewState
    moved_at: datetime
    published_at: datetime
    rule_code: RuleCode | None
    ground: str | None
    is_demo: bool
    relation: Relation
    pseudonym: Pseudonym
    quarter: str
    care_kind: CareKind
    overall: int
    language: str
    words: str | None
    district_name: str | None


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """One page of what a filter shows. `total` counts reviews, `lines` those gone beside them.

    `counted` of them lie in the window. `removed` counts all reviews of the listing that were
    removed or restricted, whatever the filter.
    """

    total: int
    counted: int
    lines: int
    removed: int
    items: tuple[ReviewCard | Tombstone, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows all pages have together."""
        return self.total + self.lines


def reviews_of(
    session: Session,
    listing_id: int,
    wanted: ReviewFilter,
    *,
    page: int,
    per_page: int,
    today: date,
) -> ReviewsPage:
    """Give one page of a listing's reviews; three queries, one when nothing fits."""
    shown = and_(is_shown(), _chosen(wanted, today))
    line = and_(leaves_a_line(), _chosen(wanted, today)) if wanted.shows_lines else false()
    totals = _totals(session, listing_id, shown, line, today)
    if not totals.rows:
        return totals
    rows = _rows(
        session,
        and_(Review.listing_id == listing_id, or_(shown, line)),
        wanted.order,
        offset=(page - 1) * per_page,
        limit=per_page,
    )
    aspects = _aspects(session, [row.id for row in rows if row.state is ReviewState.PUBLISHED])
    return replace(totals, items=tuple(_item(row, aspects, today) for row in rows))


def _chosen(wanted: ReviewFilter, today: date) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.relation is not None:
        conditions.append(ReviewVersion.relation == wanted.relation)
        conditions.append(ReviewVersion.pseudonym != Pseudonym.NEUTRAL)
    if wanted.care_kind is not None:
        conditions.append(ReviewVersion.care_kind == wanted.care_kind)
    if wanted.period is None:
        conditions.append(is_in_window(today))
    elif wanted.period is Period.OLDER:
        conditions.append(~is_in_window(today))
    elif wanted.period is Period.YEAR:
        year_ago = today.replace(year=today.year - 1, day=1)
        conditions.append(ReviewVersion.visit_quarter >= quarter_of(year_ago))
    return and_(*conditions) if conditions else Review.id.is_not(None)


def _totals(
    session: Session,
    listing_id: int,
    shown: ColumnElement[bool],
    line: ColumnElement[bool],
    today: date,
) -> ReviewsPage:
    ended = Review.state.in_((ReviewState.REMOVED, ReviewState.RESTRICTED))
    row = session.execute(
        select(
            *(
                func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
                for condition in (
                    shown,
                    and_(shown, is_in_window(today)),
                    line,
                    and_(ended, leaves_a_line()),
                )
            )
        )
        .select_from(Review)
        .join(ReviewVersion, is_current())
        .where(Review.listing_id == listing_id)
    ).one()
    total, counted, lines, removed = (int(number) for number in row)
    return ReviewsPage(total, counted, lines, removed)


def _rows(
    session: Session, condition: ColumnElement[bool], order: Order, *, offset: int, limit: int
) -> list[LineRow]:
    words = case((is_shown(), ReviewVersion.text), else_=None)
    rows = session.execute(
        select(
            Review.id,
            Review.public_id,
            Review.state,
            Review.moved_at,
            Review.published_at,
            Review.rule_code,
            Review.ground,
            Review.is_demo,
            ReviewVersion.relation,
            ReviewVersion.pseudonym,
            ReviewVersion.visit_quarter,
            ReviewVersion.care_kind,
            ReviewVersion.overall,
            ReviewVersion.language,
            words,
            District.name_en,
        )
        .join(ReviewVersion, is_current())
        .outerjoin(District, District.slug == ReviewVersion.district)
        .where(condition)
        .order_by(*_ordered(order))
        .offset(offset)
        .limit(limit)
    )
    return [LineRow._make(row) for row in rows]


def _ordered(order: Order) -> list[SQLColumnExpression[Any]]:
    newest: list[SQLColumnExpression[Any]] = [Review.published_at.desc(), Review.id.desc()]
    orders: Mapping[Order, list[SQLColumnExpression[Any]]] = {
        Order.NEWEST: newest,
        Order.OLDEST: [Review.published_at, Review.id],
        Order.HIGHEST: [ReviewVersion.overall.desc(), *newest],
        Order.LOWEST: [ReviewVersion.overall, *newest],
    }
    return orders[order]


def _aspects(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[tuple[Aspect, int]]]:
    if not ids:
        return {}
    found: dict[int, list[tuple[Aspect, int]]] = defaultdict(list)
    rows = session.execute(
        select(Rating.review_id, Rating.aspect, Rating.value)
        .join(Review, Review.id == Rating.review_id)
        .where(Review.id.in_(ids), Rating.version_number == Review.current_version, is_shown())
    )
    for review_id, aspect, value in rows:
        found[review_id].append((aspect, value))
    return {
        number: sorted(pairs, key=lambda pair: AS_ASKED.index(pair[0]))
        for number, pairs in found.items()
    }


def _item(
    row: LineRow,
    aspects: Mapping[int, Sequence[tuple[Aspect, int]]],
    today: date,
) -> ReviewCard | Tombstone:
    if row.state is not ReviewState.PUBLISHED:
        return Tombstone(
            kind=row.state,
            month=delhi_day(row.moved_at).replace(day=1),
            rule_code=row.rule_code,
            ground=row.ground,
        )
    relation = None if row.pseudonym is Pseudonym.NEUTRAL else row.relation
    shows_district = row.pseudonym is Pseudonym.WITH_DISTRICT
    return ReviewCard(
        public_id=row.public_id,
        who=Shown(relation, row.pseudonym, row.district_name if shows_district else None),
        quarter=row.quarter,
        care_kind=row.care_kind,
        relation=relation,
        overall=row.overall,
        aspects=tuple(aspects.get(row.id, ())),
        text=row.words or "",
        language=row.language,
        published_on=delhi_day(row.published_at),
        is_older=not counts(row.quarter, today),
        is_demo=row.is_demo,
    )
