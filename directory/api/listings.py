"""`/api/v1/listings/<slug>`: one listing as the import format's document, with its checks."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, url_for

from directory.api.answers import ASK_EACH_TIME, answer, noun, now, takes, vocabulary
from directory.api.problems import gone
from directory.core.db import db
from directory.listings.models import ListingKind
from directory.listings.queries.document import ListingDocument, listing_document

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from directory.api.schemas import Checked, Rating
    from directory.listings.queries.checks import Check

FOLDERS = {ListingKind.PRACTITIONER: "therapists", ListingKind.CENTRE: "centres"}
NO_RATING: Rating = {"score": None, "count": 0}

blueprint = noun("api_listings", __name__, "/api/v1/listings")


@blueprint.get("/<slug>")
@takes()
def listing(slug: str) -> ResponseReturnValue:
    """Answer with one listing."""
    found = listing_document(db.session(), slug, vocabulary=vocabulary(), now=now())
    if not isinstance(found, ListingDocument):
        if found.closed_on is not None and found.slug == slug:
            return gone(found.closed_on)
        return redirect(url_for(".listing", slug=found.slug), HTTPStatus.MOVED_PERMANENTLY)
    checked = {fact: _checked(check) for fact, check in found.checked.items()}
    url = f"/{FOLDERS[found.found.kind]}/{found.found.slug}"
    document = {**found.document, "url": url, "rating": NO_RATING, "checked": checked}
    return answer(document, ASK_EACH_TIME)


def _checked(check: Check) -> Checked:
    return {
        "state": check.state.value,
        "method": check.method.value if check.method else None,
        "by": check.checked_by,
        "checked_on": _day(check.checked_on),
        "expires_on": _day(check.expires_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
