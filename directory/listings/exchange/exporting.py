"""Reads every listing of the directory as documents, in the order of an export.

Called by `flask listings export`. Not for pages, which show only what readers may see: an
export holds drafts and closed listings as well.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import Listing, Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

LISTINGS_AT_ONCE = 250


def all_documents(session: Session, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """Give every listing's document in order of ref; memory holds 250 listings at a time.

    The order is that of the characters' numbers, not of a database's collation, so that it is
    the same everywhere.
    """
    refs = sorted((ref, key) for ref, key in session.execute(select(Listing.ref, Listing.id)))
    rest = (listing_id for _ref, listing_id in refs)
    while ids := list(islice(rest, LISTINGS_AT_ONCE)):
        for draft in read_drafts(session, ids, vocabulary).values():
            yield document_of_draft(draft)


def count_listings(session: Session) -> int:
    """Count the listings an export holds."""
    return session.scalar(select(func.count()).select_from(Listing)) or 0


def most_locations(session: Session) -> int:
    """Give the number of locations of the listing that has most; at least 1."""
    return (session.scalar(select(func.max(Location.position))) or 0) + 1
