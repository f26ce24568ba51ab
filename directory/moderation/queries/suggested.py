"""Listings a suggested one may be already, for the desk. Called by the page of its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.clock import delhi_day
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.likeness.sketches import sketch_of
from directory.listings.models import Listing, ListingKind
from directory.listings.queries.lookalikes import lookalikes_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.likeness.sketches import Reason
    from directory.listings.models import ListingState
    from directory.moderation.queries.report_views import Document
    from directory.vocabulary.queries import Vocabulary

ONLY = 0


@dataclass(frozen=True, slots=True)
class AlikeListing:
    """A stored listing a suggestion may be; `score` is at most 100."""

    id: int
    name: str
    kind: ListingKind
    slug: str
    state: ListingState
    score: int
    reasons: tuple[Reason, ...]


def already_there(
    session: Session, suggested: Document, *, vocabulary: Vocabulary, now: datetime
) -> tuple[AlikeListing, ...]:
    """Give the listings a suggestion may be, the likeliest first; none when it cannot be read."""
    draft, _faults = read_draft(
        document_of_suggestion(suggested), Rules(vocabulary, delhi_day(now))
    )
    if draft is None:
        return ()
    found = lookalikes_of(session, [sketch_of(draft, ONLY)], vocabulary=vocabulary).get(ONLY, ())
    ids = [alike.listing_id for alike in found]
    rows = {row.id: row for row in session.scalars(select(Listing).where(Listing.id.in_(ids)))}
    return tuple(
        AlikeListing(row.id, row.name, row.kind, row.slug, row.state, alike.score, alike.reasons)
        for alike in found
        if (row := rows.get(alike.listing_id)) is not None
    )


def document_of_suggestion(suggested: Document) -> dict[str, Any]:
    """Give what a reader suggested as a listing's document."""
    is_centre = suggested.get("kind") == ListingKind.CENTRE.value
    role, phone = suggested.get("role"), suggested.get("phone")
    use = "admissions" if is_centre else "appointments"
    place = {
        "locality": suggested.get("locality"),
        "address": suggested.get("where"),
        "phones": [{"use": use, "number": phone}] if phone else [],
    }
    return {
        "ref": "suggested",
        "kind": suggested.get("kind"),
        "name": suggested.get("name"),
        "profession": None if is_centre else role,
        "centre_type": role if is_centre else None,
        "locations": [place],
        "website": suggested.get("website"),
    }
