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
from directory.listings.models import ListingKind, ListingState
from directory.listings.queries.checks import Check, CheckState, newest_checks
from directory.listings.queries.doubts import DoubtView, doubts_of
from directory.listings.queries.finding import NOT_FOUND, FoundListing, find_listing
from directory.listings.standing import Entry, Standing, has_beds, standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import Listing
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """A listing's document in canonical key order, and what holds of it today.

    `checked` has the newest check of each fact that was ever checked, `doubts` what readers found
    to be otherwise, `registered` how it stands with the registers that count.
    """

    found: FoundListing
    document: Mapping[str, Any]
    checked: Mapping[str, Check]
    doubts: tuple[DoubtView, ...]
    registered: Standing | None


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
    today = delhi_day(now)
    doubts = doubts_of(session, [found.id]).get(found.id, ())
    checks = newest_checks(listing.verifications, today, doubts)
    return ListingDocument(
        found=found,
        document=document_of(listing, vocabulary),
        checked={
            fact: check for fact, check in checks.items() if check.state is not CheckState.NEVER
        },
        doubts=doubts,
        registered=_registered(listing, vocabulary, today),
    )


def _registered(listing: Listing, vocabulary: Vocabulary, today: date) -> Standing | None:
    with_beds = False
    if listing.kind is ListingKind.CENTRE and listing.centre is not None:
        details = vocabulary.term_by_id[listing.centre.centre_type_id].details
        with_beds = has_beds(listing.centre.beds, by_type=bool(details.get("overnight_beds")))
    entries = [
        Entry(vocabulary.term_by_id[row.register_id].slug, row.state, row.valid_until)
        for row in listing.registrations
    ]
    return standing(entries, with_beds=with_beds, today=today)
