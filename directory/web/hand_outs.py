"""The sheet of paper about one listing: what one needs to get there, and nothing that sells.

Black on white, one side of A4. A plain one does not say what it is about, for those who live with
others. Old slugs redirect as the listing's page does; a closed listing answers 410.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request

from directory.core.db import db
from directory.listings.models import ListingKind
from directory.listings.queries.page import ClosedListing, ListingPage, MovedListing, listing_page
from directory.web import current, hand_out_words
from directory.web.access import access
from directory.web.links import hand_out_url

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("hand_outs", __name__)

for name, words in hand_out_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)

PERSON: dict[str, Any] = {"kind": ListingKind.PRACTITIONER}
CENTRE: dict[str, Any] = {"kind": ListingKind.CENTRE}


@blueprint.get("/therapists/<slug>/hand-out", defaults=PERSON)
@blueprint.get("/centres/<slug>/hand-out", defaults=CENTRE)
@access("anyone")
def hand_out(slug: str, kind: ListingKind) -> ResponseReturnValue:
    """Show the sheet of a listing; with `plain=1` the one that does not say what it is about."""
    plain = request.args.get("plain") == "1"
    found = listing_page(db.session(), slug, vocabulary=current.vocabulary(), now=current.now())
    place = found.listing if isinstance(found, ListingPage) else found
    if isinstance(found, MovedListing) or place.kind is not kind:
        return redirect(
            hand_out_url(place.kind, place.slug, plain=plain), HTTPStatus.MOVED_PERMANENTLY
        )
    if isinstance(found, ClosedListing):
        return render_template("listings/closed.html", closed=found), HTTPStatus.GONE
    return render_template("listings/hand_out.html", page=found, plain=plain)
