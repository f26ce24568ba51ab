"""How many listings carry a term, in any way and any state: what an edit of it would touch.

Called by the desk of the vocabulary and by its commands. Pages for readers count public listings
only (`counts.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, union

from directory.listings.models import (
    Centre,
    Listing,
    ListingState,
    ListingTerm,
    Practitioner,
    Registration,
)

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Carried:
    """Listings that carry a term: those readers see, and all others."""

    public: int
    others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.public + self.others


def carried(session: Session, term_id: int) -> Carried:
    """Count the listings that carry a term."""
    ways = carrying(term_id).subquery()
    rows = session.execute(
        select(Listing.state, func.count())
        .join(ways, ways.c.listing_id == Listing.id)
        .group_by(Listing.state)
    )
    counted = {row[0]: row[1] for row in rows}
    public = counted.pop(ListingState.PUBLISHED, 0)
    return Carried(public, sum(counted.values()))


def count_with_both(session: Session, one_id: int, other_id: int) -> int:
    """Count the listings that carry both of two terms."""
    one, other = carrying(one_id).subquery(), carrying(other_id).subquery()
    both = select(func.count()).select_from(one).join(other, one.c.listing_id == other.c.listing_id)
    return session.scalar(both) or 0


def carrying(term_id: int) -> CompoundSelect[int]:
    """Give the statement of the listings that carry a term in any way, each once."""
    return union(
        select(ListingTerm.listing_id).where(ListingTerm.term_id == term_id),
        select(Practitioner.listing_id).where(Practitioner.profession_id == term_id),
        select(Centre.listing_id).where(Centre.centre_type_id == term_id),
        select(Registration.listing_id).where(Registration.register_id == term_id),
    )
