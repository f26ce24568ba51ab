"""The stale queue: facts nobody vouches for any more, by what it costs when they are wrong.

A listing stands where its worst due fact does (see `harm.py`); in one part, what is in doubt
comes first, then what ran out longest ago, then what was never checked. Called by the desk of
checks, the dashboard and `flask listings stale`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from directory.listings.harm import FACT_OF_HARM, FACTS_OF_BEDS, Due, Harm
from directory.listings.models import Doubt, Listing, Verification
from directory.listings.policy import REGISTRATION
from directory.listings.queries.beds import centres_with_beds
from directory.listings.queries.claims import claims
from directory.listings.standing import REGISTER_OF_BEDS, has_lapsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select, Subquery
    from sqlalchemy.orm import Session

    from directory.listings.models import CallOutcome, ListingKind

RANKS = tuple(Harm)
CERTIFICATE = f"{REGISTRATION}:{REGISTER_OF_BEDS}"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is asked for; a listing is in when one of its due facts is."""

    harm: Harm | None = None
    due: Due | None = None
    kind: ListingKind | None = None


@dataclass(frozen=True, slots=True)
class DueFact:
    """One fact to check: since when nobody vouches for it, and what readers found.

    `lapsed_on` is the last valid day of a registration that has run out.
    """

    fact: str
    harm: Harm
    checked_on: date | None
    until: date | None
    lapsed_on: date | None
    outcome: CallOutcome | None
    reports: int

    @property
    def due(self) -> Due:
        """Why it is due."""
        if self.outcome is not None:
            return Due.DOUBTED
        return Due.NEVER if self.checked_on is None else Due.EXPIRED


@dataclass(frozen=True, slots=True)
class DueListing:
    """A listing with every fact of it that is due, the worst first."""

    id: int
    slug: str
    kind: ListingKind
    name: str
    is_demo: bool
    facts: tuple[DueFact, ...]

    @property
    def harm(self) -> Harm:
        """Where its worst fact stands."""
        return self.facts[0].harm


@dataclass(frozen=True, slots=True)
class StaleQueue:
    """One page of the queue, and how many listings it has in all."""

    listings: tuple[DueListing, ...]
    total: int


def stale_counts(session: Session, today: date) -> Mapping[Harm, int]:
    """Give how many facts are due in each part of the queue, every part named; one query."""
    due = _due(today).subquery()
    rows = session.execute(select(due.c.rank, func.count().label("number")).group_by(due.c.rank))
    found: dict[int, int] = {row.rank: row.number for row in rows}
    return MappingProxyType({harm: found.get(rank, 0) for rank, harm in enumerate(RANKS)})


def stale_queue(
    session: Session, asked: QueueFilter, *, today: date, offset: int, limit: int
) -> StaleQueue:
    """Give a page of the listings with something due; three queries."""
    due = _due(today).subquery()
    chosen = _chosen(due, asked)
    total = session.scalar(select(func.count(due.c.listing_id.distinct())).where(*chosen)) or 0
    if offset >= total:
        return StaleQueue((), total)
    worst = (
        select(due.c.listing_id)
        .where(*chosen)
        .group_by(due.c.listing_id)
        .order_by(
            func.min(due.c.rank),
            func.min(case((due.c.outcome.is_not(None), 0), else_=1)),
            func.min(due.c.until).is_(None),
            func.min(due.c.until),
            due.c.listing_id,
        )
    )
    ids = list(session.scalars(worst.offset(offset).limit(limit)))
    return StaleQueue(_listings(session, ids, today), total)


def _listings(session: Session, ids: Sequence[int], today: date) -> tuple[DueListing, ...]:
    facts: dict[int, list[DueFact]] = defaultdict(list)
    about: dict[int, dict[str, Any]] = {}
    for row in session.execute(_due(today).where(Listing.id.in_(ids))):
        lapsed_on = row.valid_until if has_lapsed(row.valid_until, today) else None
        facts[row.listing_id].append(
            DueFact(
                fact=row.fact,
                harm=RANKS[row.rank],
                checked_on=row.checked_on,
                until=row.until,
                lapsed_on=lapsed_on,
                outcome=row.outcome,
                reports=row.reports or 0,
            )
        )
        about[row.listing_id] = {
            "slug": row.slug,
            "kind": row.kind,
            "name": row.name,
            "is_demo": row.is_demo,
        }
    return tuple(
        DueListing(
            id=listing_id, **about[listing_id], facts=tuple(sorted(facts[listing_id], key=_place))
        )
        for listing_id in ids
    )


def _place(found: DueFact) -> tuple[int, str]:
    return RANKS.index(found.harm), found.fact


def _due(today: date) -> Select[Any]:
    """Select every due fact with its listing, its newest check, its doubt and its rank."""
    claim, newest = claims().subquery(), _newest()
    of_fact = and_(Doubt.listing_id == claim.c.listing_id, Doubt.fact == claim.c.fact)
    about = (Listing.slug, Listing.kind, Listing.name, Listing.is_demo)
    said = (claim.c.listing_id, claim.c.fact, claim.c.valid_until)
    known = (newest.c.checked_on, newest.c.until, Doubt.outcome, Doubt.reports)
    return (
        select(*said, *known, _rank(claim.c.fact).label("rank"), *about)
        .join(Listing, Listing.id == claim.c.listing_id)
        .outerjoin(
            newest,
            and_(newest.c.listing_id == claim.c.listing_id, newest.c.fact == claim.c.fact),
        )
        .outerjoin(Doubt, and_(of_fact, Doubt.cleared_at.is_(None)))
        .where(
            or_(
                Doubt.id.is_not(None),
                newest.c.checked_on.is_(None),
                newest.c.until < today,
                claim.c.valid_until < today,
            )
        )
    )


def _newest() -> Subquery:
    """Select the newest check of each fact; of two on one day, the one that counts longer."""
    longest = func.coalesce(Verification.expires_on, Verification.checked_on)
    place = func.row_number().over(
        partition_by=(Verification.listing_id, Verification.fact),
        order_by=(Verification.checked_on.desc(), longest.desc(), Verification.id.desc()),
    )
    ranked = select(
        Verification.listing_id,
        Verification.fact,
        Verification.checked_on,
        Verification.expires_on.label("until"),
        place.label("place"),
    ).subquery()
    return select(ranked).where(ranked.c.place == 1).subquery()


def _rank(fact: ColumnElement[str]) -> ColumnElement[int]:
    with_beds = Listing.id.in_(centres_with_beds())
    return case(
        (fact == "night", RANKS.index(Harm.NIGHT)),
        (and_(with_beds, fact.in_(FACTS_OF_BEDS)), RANKS.index(Harm.BEDS)),
        (and_(with_beds, fact == CERTIFICATE), RANKS.index(Harm.CERTIFICATE)),
        (Doubt.id.is_not(None), RANKS.index(Harm.DOUBT)),
        *((fact == of, RANKS.index(harm)) for harm, of in FACT_OF_HARM.items()),
        else_=RANKS.index(Harm.REST),
    )


def _chosen(due: Subquery, asked: QueueFilter) -> list[ColumnElement[bool]]:
    doubted, checked = due.c.outcome.is_not(None), due.c.checked_on.is_not(None)
    of_due = {
        Due.DOUBTED: doubted,
        Due.EXPIRED: and_(~doubted, checked),
        Due.NEVER: and_(~doubted, ~checked),
    }
    chosen: list[ColumnElement[bool]] = []
    if asked.harm is not None:
        chosen.append(due.c.rank == RANKS.index(asked.harm))
    if asked.due is not None:
        chosen.append(of_due[asked.due])
    if asked.kind is not None:
        chosen.append(due.c.kind == asked.kind)
    return chosen
