"""Who is tied to which listing, for the administrator's page of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.listings.models import Listing
from directory.moderation.models import Affiliation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import ListingKind
    from directory.moderation.models import LinkNature

MOST_TIES = 100


@dataclass(frozen=True, slots=True)
class TieView:
    """Somebody's tie to one listing."""

    listing_id: int
    name: str
    kind: ListingKind
    slug: str
    nature: LinkNature
    declared_at: datetime


def ties_of(session: Session, user_id: int) -> tuple[TieView, ...]:
    """Give the listings somebody is tied to, by name; one statement."""
    rows = session.execute(
        select(
            Listing.id,
            Listing.name,
            Listing.kind,
            Listing.slug,
            Affiliation.nature,
            Affiliation.declared_at,
        )
        .join(Affiliation, Affiliation.listing_id == Listing.id)
        .where(Affiliation.user_id == user_id)
        .order_by(Listing.name)
        .limit(MOST_TIES)
    )
    return tuple(TieView(*row) for row in rows)
