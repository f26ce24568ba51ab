"""Finds a listing by any slug it ever had and reads its page in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from directory.core.errors import NotFoundError
from directory.listings.models import Centre, Listing, ListingState, Location
from directory.listings.queries.doubts import doubts_of
from directory.listings.queries.finding import NOT_FOUND, FoundListing, find_listing
from directory.listings.queries.page.build import build_page, point_of, role_of
from directory.listings.queries.page.openings import with_openings
from directory.listings.queries.page.related import Origin, Related, alternatives, related_to
from directory.listings.queries.page.shapes import ClosedListing, ListingPage, MovedListing
from directory.listings.queries.visible import is_public

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

WHOLE_PAGE = (
    joinedload(Listing.practitioner),
    joinedload(Listing.centre).selectinload(Centre.staffing),
    selectinload(Listing.terms),
    selectinload(Listing.qualifications),
    selectinload(Listing.registrations),
    selectinload(Listing.fees),
    selectinload(Listing.verifications),
    selectinload(Listing.locations).options(
        selectinload(Location.phones),
        selectinload(Location.hours),
        selectinload(Location.exceptions),
    ),
    raiseload("*"),
)
CLOSED_PAGE = (
    joinedload(Listing.practitioner),
    joinedload(Listing.centre),
    selectinload(Listing.locations),
    raiseload("*"),
)


def listing_page(
    session: Session, slug: str, *, vocabulary: Vocabulary, now: datetime
) -> ListingPage | MovedListing | ClosedListing:
    """Give the page at a slug, where it moved to, or that it closed; at most seventeen queries.

    Raises `NotFoundError` for a slug nobody has, and for drafts and suspended listings.
    """
    found = find_listing(session, slug)
    if found.slug != slug:
        return MovedListing(found.kind, found.slug)
    if found.closed_on is not None:
        return _closed(session, found, vocabulary, now)
    return _open(session, found, vocabulary, now)


def _open(
    session: Session, found: FoundListing, vocabulary: Vocabulary, now: datetime
) -> ListingPage:
    listing = session.scalars(
        select(Listing)
        .where(is_public(), Listing.id == found.id)
        .options(*WHOLE_PAGE)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if listing is None:
        raise NotFoundError(NOT_FOUND)
    found_near = related_to(session, _origin(listing, vocabulary), vocabulary)
    others = with_openings(session, [*found_near.colleagues, *found_near.similar], now)
    split = len(found_near.colleagues)
    related = Related(others[:split], others[split:])
    doubts = doubts_of(session, [listing.id]).get(listing.id, ())
    return build_page(listing, related, doubts, vocabulary=vocabulary, now=now)


def _closed(
    session: Session, found: FoundListing, vocabulary: Vocabulary, now: datetime
) -> ClosedListing:
    listing = session.scalars(
        select(Listing)
        .where(Listing.state == ListingState.CLOSED, Listing.id == found.id)
        .options(*CLOSED_PAGE)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if listing is None or listing.closed_on is None:
        raise NotFoundError(NOT_FOUND)
    return ClosedListing(
        kind=listing.kind,
        slug=listing.slug,
        name=listing.name,
        name_hi=listing.name_hi,
        role=role_of(listing, vocabulary),
        locality=vocabulary.locality_by_id.get(listing.locations[0].locality_id or 0),
        closed_on=listing.closed_on,
        is_demo=listing.is_demo,
        alternatives=with_openings(
            session, alternatives(session, _origin(listing, vocabulary), vocabulary), now
        ),
    )


def _origin(listing: Listing, vocabulary: Vocabulary) -> Origin:
    role = role_of(listing, vocabulary)
    return Origin(listing.id, listing.kind, role.id, point_of(listing, vocabulary))
