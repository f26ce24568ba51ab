"""One public listing as its document, with its newest checks, for the JSON door.

Not for whole files: `exchange/` exports those. The document itself is built in
`exchange/document.py`, so that what the API shows and what an export holds never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.core.clock import delhi_day
from directory.core.errors import NotFoundError
from directory.listings.exchange.document import document_of, load_listings
from directory.listings.models import ListingState
from directory.listings.queries.checks import Check, newest_checks
from directory.listings.queries.finding import NOT_FOUND, FoundListing, find_listing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """A listing's document in canonical key order, and the newest check of each fact."""

    found: FoundListing
    document: Mapping[str, Any]
    checked: Mapping[str, Check]


def listing_document(
    session: Session, slug: str, *, vocabulary: Vocabulary, now: datetime
) -> ListingDocument | FoundListing:
    """Give the document at a slug, or only where the listing lives when it moved or closed.

    Raises `NotFoundError` for a slug nobody has, and for drafts and suspended listings.
    """
    found = find_listing(session, slug)
    if found.slug != slug or found.closed_on is not None:
        return found
    listing = next(iter(load_listings(session, [found.id])), None)
    if listing is None or listing.state is not ListingState.PUBLISHED:
        raise NotFoundError(NOT_FOUND)
    return ListingDocument(
        found=found,
        document=document_of(listing, vocabulary),
        checked=newest_checks(listing.verifications, delhi_day(now)),
    )
