"""Addresses of public listings, for the sitemap. Called by the HTML door."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from directory.listings.models import Listing
from directory.listings.queries.visible import is_public

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import ListingKind


class ListingAddress(NamedTuple):
    """What the sitemap says of a listing."""

    kind: ListingKind
    slug: str
    updated_at: datetime


def count_public(session: Session) -> int:
    """Give how many listings are public, in one query."""
    return session.scalar(select(func.count()).select_from(Listing).where(is_public())) or 0


def public_addresses(session: Session, *, offset: int, limit: int) -> list[ListingAddress]:
    """Give the addresses of some public listings, oldest first, in one query."""
    rows = session.execute(
        select(Listing.kind, Listing.slug, Listing.updated_at)
        .where(is_public())
        .order_by(Listing.id)
        .offset(offset)
        .limit(limit)
    )
    return [ListingAddress(*row) for row in rows]
