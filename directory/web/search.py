"""The search page: the parameters are read, the index answers, `search_page` words it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.search.errors import SearchUnavailableError
from directory.search.guides import guides_of
from directory.search.parameters import ParametersError
from directory.search.ways import without
from directory.web import (
    current,
    map_ground,
    search_map,
    search_page,
    search_quotes,
    search_ways,
)
from directory.web.access import access
from directory.web.cards import rated_cards
from directory.web.errors import error_page
from directory.web.finding import answer_of, read_search
from directory.web.search_look import read_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from directory.listings.queries.cards import ListingCard
    from directory.search.query import Found, SearchQuery
    from directory.search.request import SearchRequest
    from directory.web.search_look import Look
    from directory.web.search_page import SearchPage
    from directory.web.search_ways import Way

blueprint = Blueprint("search", __name__)

MOST_SHOWN = 80
SHOWN_INSTEAD = 3


@blueprint.get("/search")
@access("anyone")
def results() -> ResponseReturnValue:
    """Show the listings that fit the address's parameters, or what to let go of."""
    vocabulary = current.vocabulary()
    reader = current.search().reader(vocabulary)
    try:
        asked, look = read_asked(request.args.to_dict(flat=False))
    except ParametersError as error:
        return _refuse(error)
    found, session = answer_of(asked.query), db.session()
    current.search().note(asked, found)
    asked = search_map.keeping_look(asked, look)
    page = search_page.compose(
        asked,
        found,
        vocabulary,
        guides=guides_of(asked, vocabulary, current.search().engine(), session),
        places_like=reader.places_like(asked.unknown_place or ""),
        read_again=read_search,
    )
    if not found.hits:
        return _nothing(asked, found, page)
    ids = [hit.id for hit in found.hits]
    listed = _cards(ids, asked.query)
    quotes = search_quotes.quotes_of(session, asked, ids)
    if search_map.is_asked_for(asked):
        return _on_map(asked, look, page=page, cards=listed, quotes=quotes)
    return render_template("search/results.html", page=page, cards=listed, quotes=quotes)


def _on_map(asked: SearchRequest, look: Look, **shown: object) -> Response:
    """Give the page of results with the map of all of them above the same list."""
    source = map_ground.tile_source()
    drawn = search_map.compose(asked, look, map_ground.ground(), source)
    ids = drawn.chosen.ids if drawn.chosen else ()
    cards = _cards(ids, asked.query)
    page = render_template("search/map.html", map=drawn, chosen=cards, look=look, **shown)
    return map_ground.let_pictures_in(make_response(page), source)


def _nothing(asked: SearchRequest, found: Found, page: SearchPage) -> str:
    """Give the page of a search without results, or beyond its last page."""
    if found.total:
        return render_template("search/nothing.html", page=page, ways=[], places=[], cards=[])
    return render_template(
        "search/nothing.html",
        page=page,
        ways=search_ways.ways_out(asked, found, current.vocabulary(), current.counts()),
        places=_places(asked),
        cards=_without_one_thing(asked, found),
    )


def _without_one_thing(asked: SearchRequest, found: Found) -> list[ListingCard]:
    """Give the first listings of the first way out."""
    if not found.relaxed:
        return []
    less = without(asked, search_ways.in_order(found)[0].parameter)
    query = replace(read_search(less).query, offset=0, limit=SHOWN_INSTEAD, wanted=())
    ids = [hit.id for hit in answer_of(query).hits]
    return _cards(ids, query)


def _cards(ids: Sequence[int], query: SearchQuery) -> list[ListingCard]:
    """Give the cards of results, each naming the place that the search found."""
    return rated_cards(db.session(), ids, current.vocabulary(), current.now(), query.filters)


def _places(asked: SearchRequest) -> list[Way]:
    """Give the nearest places that have results; one more question to the index, if it is open."""
    vocabulary = current.vocabulary()
    elsewhere = search_ways.widened(asked, vocabulary)
    if elsewhere is None:
        return []
    middle, query = elsewhere
    try:
        found = current.search().find(query, vocabulary, current.now())
    except SearchUnavailableError:
        return []
    return search_ways.nearest_places(asked, middle, found, vocabulary, read_search)


def _refuse(error: ParametersError) -> ResponseReturnValue:
    """Give the 400 page: it names each wrong parameter, with a link that leaves it out."""
    faults: list[tuple[str, str | None]] = [
        (f"{fault.parameter} = {fault.value}"[:MOST_SHOWN], None) for fault in error.faults
    ]
    wrong = [fault.parameter for fault in error.faults]
    kept = search_page.address_without(request.args.to_dict(flat=False), wrong)
    return error_page(
        400,
        says=gettext("This search has a value we do not know, or one out of range."),
        faults=faults,
        suggestions=[(gettext("The same search without it"), kept)],
    )
