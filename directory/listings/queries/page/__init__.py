"""One listing's own page: everything it says, with how and when each fact was checked.

Not for lists of listings (`cards.py`) nor for files (`exchange/`). Called by the HTML door.
"""

from directory.listings.queries.checks import Check, CheckState
from directory.listings.queries.page.read import listing_page
from directory.listings.queries.page.several import listing_pages
from directory.listings.queries.page.shapes import (
    ClosedListing,
    ListingPage,
    ListingView,
    LocationView,
    MovedListing,
    PhoneView,
    RegistrationView,
    RelatedListing,
    SourceView,
    StationAway,
)

__all__ = [
    "Check",
    "CheckState",
    "ClosedListing",
    "ListingPage",
    "ListingView",
    "LocationView",
    "MovedListing",
    "PhoneView",
    "RegistrationView",
    "RelatedListing",
    "SourceView",
    "StationAway",
    "listing_page",
    "listing_pages",
]
