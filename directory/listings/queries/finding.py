"""Finds a listing by any slug it ever had. Called by the reads of one listing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from directory.core.errors import NotFoundError
from directory.listings.models import Listing, ListingKind, ListingSlug, ListingState

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

NOT_FOUND = "There is no listing at this address."
NEVER_SHOWN = {ListingState.DRAFT, ListingState.SUSPENDED}


@dataclass(frozen=True, slots=True)
class FoundListing:
    """Where a listing lives now; `closed_on` only when it has closed."""

    id: int
    kind: ListingKind
    slug: str
    closed_on: date | None


def find_listing(session: Session, slug: str) -> FoundListing:
    """Give the published or closed listing that has or had this slug; one query.

    One that was merged into another is that other one. Raises `NotFoundError` for a slug nobody
    has, and for drafts and suspended listings.
    """
    former = select(ListingSlug.listing_id).where(ListingSlug.slug == slug)
    named = aliased(Listing)
    row = session.execute(
        select(Listing.id, Listing.kind, Listing.slug, Listing.closed_on)
        .join(named, Listing.id == func.coalesce(named.merged_into_id, named.id))
        .where(
            or_(named.slug == slug, named.id.in_(former)),
            Listing.state.not_in(NEVER_SHOWN),
        )
    ).first()
    if row is None:
        raise NotFoundError(NOT_FOUND)
    return FoundListing(row.id, row.kind, row.slug, row.closed_on)
