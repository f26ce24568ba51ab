"""Facts many readers found to be otherwise, until somebody checks them.

Called by cards, pages, the API and the search index; raised and cleared by operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.listings.models import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import CallOutcome


@dataclass(frozen=True, slots=True)
class DoubtView:
    """One fact in doubt: what came of the calls, how many readers told so, since when."""

    fact: str
    outcome: CallOutcome
    reports: int
    raised_at: datetime


def doubts_of(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[DoubtView, ...]]:
    """Give the facts in doubt of some listings, by listing id; one query."""
    found: dict[int, tuple[DoubtView, ...]] = {}
    rows = session.execute(
        select(Doubt.listing_id, Doubt.fact, Doubt.outcome, Doubt.reports, Doubt.raised_at)
        .where(Doubt.listing_id.in_(ids), Doubt.cleared_at.is_(None))
        .order_by(Doubt.listing_id, Doubt.fact)
    )
    for row in rows:
        view = DoubtView(row.fact, row.outcome, row.reports, row.raised_at)
        found[row.listing_id] = (*found.get(row.listing_id, ()), view)
    return found


def facts_in(doubts: Iterable[DoubtView]) -> frozenset[str]:
    """Give the facts that are in doubt."""
    return frozenset(doubt.fact for doubt in doubts)
