"""Listings a reader chose, by the slugs or ids they had then: where each lives now.

One query however many. Nothing is said of drafts and suspended listings. Called by the HTML door
for saved and compared listings, which asks for their facts by the ids given here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from directory.listings.models import Listing, ListingSlug
from directory.listings.queries.finding import NEVER_SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from directory.listings.models import ListingKind

NAMED = aliased(Listing)
NOW = (Listing.id, Listing.kind, Listing.slug, Listing.name, Listing.closed_on)


@dataclass(frozen=True, slots=True)
class ChosenListing:
    """A listing as it stands now; one merged into another is that other one.

    `closed_on` only when it has closed.
    """

    id: int
    kind: ListingKind
    slug: str
    name: str
    closed_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it is still shown with its facts."""
        return self.closed_on is None


def chosen_by_id(session: Session, ids: Collection[int]) -> Mapping[int, ChosenListing]:
    """Give the published and closed listings with these ids, by the id asked for; one query."""
    if not ids:
        return {}
    rows = session.execute(
        select(NAMED.id.label("asked"), *NOW)
        .join(NAMED, Listing.id == func.coalesce(NAMED.merged_into_id, NAMED.id))
        .where(NAMED.id.in_(ids), Listing.state.not_in(NEVER_SHOWN))
    )
    return {row.asked: _chosen(row) for row in rows}


def chosen_by_slug(session: Session, slugs: Collection[str]) -> Mapping[str, ChosenListing]:
    """Give the published and closed listings that have or had these slugs; one query."""
    if not slugs:
        return {}
    former = and_(ListingSlug.listing_id == NAMED.id, ListingSlug.slug.in_(slugs))
    rows = session.execute(
        select(NAMED.slug.label("asked"), ListingSlug.slug.label("former"), *NOW)
        .join(NAMED, Listing.id == func.coalesce(NAMED.merged_into_id, NAMED.id))
        .outerjoin(ListingSlug, former)
        .where(
            or_(NAMED.slug.in_(slugs), ListingSlug.slug.is_not(None)),
            Listing.state.not_in(NEVER_SHOWN),
        )
    )
    return {
        asked: _chosen(row) for row in rows for asked in (row.asked, row.former) if asked in slugs
    }


def _chosen(row: Row[*tuple[Any, ...]]) -> ChosenListing:
    return ChosenListing(row.id, row.kind, row.slug, row.name, row.closed_on)
