"""The pages of one therapist and one centre, and the page of a listing that has closed.

Not for lists of listings. An old slug, or a slug under the wrong kind, redirects for ever
(301); a closed listing answers 410 with a way on.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template

from directory.core.db import db
from directory.listings.models import ListingKind
from directory.listings.queries.page import (
    ClosedListing,
    ListingPage,
    MovedListing,
    listing_page,
)
from directory.web import (
    check_words,
    current,
    linked_data,
    listing_law,
    listing_words,
    schedule_words,
)
from directory.web.access import access
from directory.web.guide_links import guides_of_listing
from directory.web.links import listing_url
from directory.web.review_section import section_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("listings", __name__)

for name, words in {
    **listing_words.FILTERS,
    **listing_law.FILTERS,
    **schedule_words.FILTERS,
    **check_words.FILTERS,
}.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/therapists/<slug>")
@access("anyone")
def therapist(slug: str) -> ResponseReturnValue:
    """Show a practitioner's page."""
    return _answer(slug, ListingKind.PRACTITIONER)


@blueprint.get("/centres/<slug>")
@access("anyone")
def centre(slug: str) -> ResponseReturnValue:
    """Show a centre's page."""
    return _answer(slug, ListingKind.CENTRE)


def _answer(slug: str, kind: ListingKind) -> ResponseReturnValue:
    found = listing_page(db.session(), slug, vocabulary=current.vocabulary(), now=current.now())
    place = found.listing if isinstance(found, ListingPage) else found
    if isinstance(found, MovedListing) or place.kind is not kind:
        return redirect(listing_url(place.kind, place.slug), HTTPStatus.MOVED_PERMANENTLY)
    if isinstance(found, ClosedListing):
        return render_template("listings/closed.html", closed=found), HTTPStatus.GONE
    return _page(found)


def _page(found: ListingPage) -> str:
    template = "listings/centre.html" if found.is_centre else "listings/therapist.html"
    crumbs = linked_data.crumbs_of(found)
    data = [linked_data.of_listing(found, current.settings().site_url)]
    data.append(linked_data.of_crumbs(crumbs, found.listing.name, current.settings().site_url))
    return render_template(
        template,
        page=found,
        crumbs=crumbs,
        linked_data=data,
        guides=guides_of_listing(found),
        reviews=section_of(found.listing.id, found.listing.kind, found.listing.slug),
    )
