"""Pages of localities: one each, and the index of all, A to Z and by district."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask_babel import gettext

from directory.core.db import db
from directory.listings.queries.cards import Point
from directory.listings.queries.counts import count_group
from directory.listings.queries.nearby import (
    ROUND_A_PLACE_M,
    nearest_localities,
    nearest_stations,
    search_round,
)
from directory.listings.queries.search import find_listings, matches
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.access import access
from directory.web.cards import rated_cards
from directory.web.entries import Entry, chosen_terms, district_entries, locality_entries
from directory.web.errors import error_page
from directory.web.home import CONCERNS
from directory.web.links import search_path

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.listings.queries.counts import GroupCounts
    from directory.vocabulary.queries import LocalityView, Vocabulary

blueprint = Blueprint("places", __name__)

SHOWN_CARDS = 8
NEIGHBOURS = 9
STATIONS = 3
MOST_CONCERNS = 9


@blueprint.get("/localities")
@access("anyone")
def localities() -> str:
    """Show every locality from A to Z, and the districts."""
    vocabulary, counts = current.vocabulary(), current.counts()
    by_name = sorted(vocabulary.localities.values(), key=lambda place: place.name_en)
    letters = [
        (letter, locality_entries(places, counts.by_locality))
        for letter, places in groupby(by_name, key=lambda place: place.name_en[0].upper())
    ]
    return render_template(
        "places/localities.html",
        districts=district_entries(vocabulary, counts),
        letters=letters,
        total=len(by_name),
    )


@blueprint.get("/localities/<slug>")
@access("anyone")
def locality(slug: str) -> ResponseReturnValue:
    """Show what is near a locality: stations, listings by distance, neighbours."""
    vocabulary, session, now = current.vocabulary(), db.session(), current.now()
    place = vocabulary.localities.get(slug)
    if place is None:
        return _not_found(slug, vocabulary)
    middle = Point(place.lat, place.lon)
    search = search_round(middle)
    group = count_group(session, matches(search, now))
    found = find_listings(session, search, now, offset=0, limit=SHOWN_CARDS)
    counts = current.counts()
    neighbours = [other for other, _metres in nearest_localities(place, vocabulary, NEIGHBOURS)]
    return render_template(
        "places/locality.html",
        place=place,
        within=ROUND_A_PLACE_M,
        in_place=counts.by_locality.get(place.id, 0),
        stations=nearest_stations(place, vocabulary, STATIONS),
        group=group,
        roles=_roles(place, group, vocabulary),
        concerns=_concerns(place, vocabulary),
        cards=rated_cards(session, found.ids, vocabulary, now, search),
        neighbours=locality_entries(neighbours, counts.by_locality),
        all_url=search_path({"near": place.slug}),
    )


def _roles(place: LocalityView, group: GroupCounts, vocabulary: Vocabulary) -> list[Entry]:
    """Give who is near, by profession and kind of centre, most first."""
    entries = [
        Entry(
            role.name_en,
            role.name_hi,
            search_path({"near": place.slug, "within": 3, role.kind.value: role.slug}),
            number,
        )
        for role, number in (
            (vocabulary.term_by_id[role_id], number) for role_id, number in group.by_role.items()
        )
    ]
    return sorted(entries, key=lambda entry: (-(entry.count or 0), entry.name))


def _concerns(place: LocalityView, vocabulary: Vocabulary) -> list[Entry]:
    terms = chosen_terms(vocabulary, TermKind.CONDITION, CONCERNS)[:MOST_CONCERNS]
    return [
        Entry(term.name_en, term.name_hi, search_path({"condition": term.slug, "near": place.slug}))
        for term in terms
    ]


def _not_found(slug: str, vocabulary: Vocabulary) -> ResponseReturnValue:
    places = vocabulary.localities
    close = get_close_matches(slug.lower(), places, n=4, cutoff=0.6)
    return error_page(
        404,
        says=gettext("We know no locality called “%(word)s”.", word=slug[:60]),
        suggestions=[(places[name].name_en, f"/localities/{name}") for name in close],
    )
