"""Urgent help: who to call, and the centres that say they are open day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from directory.core.db import db
from directory.listings.models import ListingKind
from directory.listings.queries.cards import cards
from directory.listings.queries.search import ListingSearch, OpenFilter, Sort, find_listings
from directory.vocabulary.models import HelplineShown
from directory.web import current
from directory.web.access import access

if TYPE_CHECKING:
    from directory.vocabulary.queries import HelplineView, Vocabulary

blueprint = Blueprint("urgent", __name__)

SHOWN_CENTRES = 6
LONGEST_PLACE = 80
ON_CARDS = {"112", "tele-manas"}
SHOWN = {HelplineShown.FIRST, HelplineShown.YES, HelplineShown.WITH_HOURS}


@blueprint.get("/urgent")
@access("anyone")
def urgent() -> str:
    """Show the numbers to call and the centres open at night, nearest first for a place."""
    vocabulary, session, now = current.vocabulary(), db.session(), current.now()
    named = request.args.get("near", "")[:LONGEST_PLACE].strip()
    place = current.search().reader(vocabulary).place_named(named) if named else None
    search = ListingSearch(
        kind=ListingKind.CENTRE,
        open_when=frozenset({OpenFilter.ROUND_THE_CLOCK}),
        near=place.point if place else None,
        sort=Sort.DISTANCE if place else Sort.BEST,
    )
    found = find_listings(session, search, now, offset=0, limit=SHOWN_CENTRES)
    return render_template(
        "urgent/urgent.html",
        named=named,
        place=place,
        total=found.total,
        centres=cards(session, found.ids, vocabulary, now, near=search.near),
        helplines=shown_helplines(vocabulary),
    )


def shown_helplines(vocabulary: Vocabulary) -> list[HelplineView]:
    """Give the helplines a reader may be shown, without those on the cards above them."""
    return [
        line
        for line in vocabulary.helplines.values()
        if line.shown in SHOWN and line.slug not in ON_CARDS
    ]
