"""What waits for an administrator in the listings room, counted. For the dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.listings.models import BatchState, Doubt, ImportBatch, Listing, ListingState

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Listings not shown, facts readers doubt, files read and neither applied nor dropped."""

    published: int
    drafts: int
    suspended: int
    doubts: int
    files: int


def due_counts(session: Session) -> DueCounts:
    """Give the counts; one statement."""
    row = session.execute(
        select(
            _listings(ListingState.PUBLISHED).scalar_subquery().label("published"),
            _listings(ListingState.DRAFT).scalar_subquery().label("drafts"),
            _listings(ListingState.SUSPENDED).scalar_subquery().label("suspended"),
            select(func.count(Doubt.id))
            .where(Doubt.cleared_at.is_(None))
            .scalar_subquery()
            .label("doubts"),
            select(func.count(ImportBatch.id))
            .where(ImportBatch.state == BatchState.READ)
            .scalar_subquery()
            .label("files"),
        )
    ).one()
    return DueCounts(row.published, row.drafts, row.suspended, row.doubts, row.files)


def _listings(state: ListingState) -> Select[Any]:
    return select(func.count(Listing.id)).where(Listing.state == state)
