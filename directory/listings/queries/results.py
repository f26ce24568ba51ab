"""What a search result says beside its card: lowest fee and texts to quote.

Called by the doors for the listings of one page of results.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.listings.models import (
    Fee,
    Listing,
    ListingKind,
    Qualification,
)
from directory.listings.queries.counts import pairs
from directory.listings.queries.search import VISIT_FEES
from directory.listings.queries.visible import is_public

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """`fee_from` is the lowest fee of a first visit in rupees; None is not stated.

    `texts` are what it says of itself: headline, about, qualifications; blank ones are left out.
    """

    fee_from: int | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedListing:
    """A listing's name and where its page is."""

    id: int
    kind: ListingKind
    slug: str
    name: str
    name_hi: str | None


def result_facts(session: Session, ids: Sequence[int]) -> Mapping[int, ResultFacts]:
    """Give the facts of the public listings among `ids`, by id; three queries."""
    if not ids:
        return {}
    own = {
        row.id: (row.headline, row.about)
        for row in session.execute(
            select(Listing.id, Listing.headline, Listing.about).where(
                is_public(), Listing.id.in_(ids)
            )
        )
    }
    fees = _fees(session, ids)
    qualifications = _qualifications(session, ids)
    return {
        listing_id: ResultFacts(
            fee_from=fees.get(listing_id),
            texts=tuple(text for text in (*texts, *qualifications[listing_id]) if text),
        )
        for listing_id, texts in own.items()
    }


def named_listings(session: Session, ids: Sequence[int]) -> list[NamedListing]:
    """Give the public listings among `ids`, in the order of `ids`; one query."""
    if not ids:
        return []
    rows = session.execute(
        select(Listing.id, Listing.kind, Listing.slug, Listing.name, Listing.name_hi).where(
            is_public(), Listing.id.in_(ids)
        )
    )
    found = {row.id: NamedListing(*row) for row in rows}
    return [found[listing_id] for listing_id in ids if listing_id in found]


def _fees(session: Session, ids: Sequence[int]) -> dict[int, int]:
    return pairs(
        session,
        select(Fee.listing_id, func.min(Fee.amount_inr))
        .where(Fee.listing_id.in_(ids), Fee.purpose.in_(VISIT_FEES))
        .group_by(Fee.listing_id),
    )


def _qualifications(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for listing_id, text in session.execute(
        select(Qualification.listing_id, Qualification.text)
        .where(Qualification.listing_id.in_(ids))
        .order_by(Qualification.listing_id, Qualification.position)
    ):
        found[listing_id].append(text)
    return found
