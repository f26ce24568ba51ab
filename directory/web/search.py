"""The search page: the parameters are read, the index answers, `search_page` words it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.search.errors import SearchUnavailableError
from directory.search.fallback import find_in_database
from directory.search.guides import guides_of
from directory.search.parameters import ParametersError, read_request
from directory.search.ways import without
from directory.web import current, search_page, search_quotes, search_ways
from directory.web.access import access
from directory.web.cards import rated_cards
from directory.web.errors import error_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from directory.listings.queries.cards import ListingCard
    from directory.search.query import Found, SearchQuery
    from directory.search.request import SearchRequest
    from directory.web.search_page import SearchPage
    from directory.web.search_ways import Way

blueprint = Blueprint("search", __name__)

MOST_SHOWN = 80
SHOWN_INSTEAD = 3


@blueprint.get("/search")
@access("anyone")
def results() -> ResponseReturnValue:
    """Show the listings that fit the address's parameters, or what to let go of."""
    vocabulary, now = current.vocabulary(), current.now()
    reader = current.search().reader(vocabulary)
    try:
        asked = _read(request.args.to_dict(flat=False))
    except ParametersError as error:
        return _refuse(error)
    found, session = _found(asked.query), db.session()
    current.search().note(asked, found)
    page = search_page.compose(
        asked,
        found,
        vocabulary,
        guides=guides_of(asked, vocabulary, current.search().engine(), session),
        places_like=reader.places_like(asked.unknown_place or ""),
        read_again=_read,
    )
    if not found.hits:
        return _nothing(asked, found, page)
    ids = [hit.id for hit in found.hits]
    listed = rated_cards(session, ids, vocabulary, now, near=asked.query.filters.near)
    quotes = search_quotes.quotes_of(session, asked, ids)
    return render_template("search/results.html", page=page, cards=listed, quotes=quotes)


def _read(given: Mapping[str, Sequence[str]]) -> SearchRequest:
    """Give the search that parameters ask for; raises `ParametersError`."""
    vocabulary = current.vocabulary()
    reader = current.search().reader(vocabulary)
    return read_request(given, vocabulary, reader, now=current.now())


def _found(query: SearchQuery) -> Found:
    """Give the answer of the index, or the database's plainer one while there is no index."""
    vocabulary, now = current.vocabulary(), current.now()
    try:
        return current.search().find(query, vocabulary, now)
    except SearchUnavailableError:
        return find_in_database(db.session(), query, vocabulary, now)


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
    vocabulary, now = current.vocabulary(), current.now()
    less = without(asked, search_ways.in_order(found)[0].parameter)
    query = replace(_read(less).query, offset=0, limit=SHOWN_INSTEAD, wanted=())
    ids = [hit.id for hit in _found(query).hits]
    return rated_cards(db.session(), ids, vocabulary, now, near=query.filters.near)


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
    return search_ways.nearest_places(asked, middle, found, vocabulary, _read)


def _refuse(error: ParametersError) -> ResponseReturnValue:
    """Give the 400 page: it names each wrong parameter, with a link that leaves it out."""
    faults: list[tuple[str, str | None]] = [
        (f"{fault.parameter} = {fault.value}"[:MOST_SHOWN], None) for fault in error.faults
    ]
    wrong = [fault.parameter for fault in error.faults]
    kept = search_page.address_without(request.args, wrong)
    return error_page(
        400,
        says=gettext("This search has a value we do not know, or one out of range."),
        faults=faults,
        suggestions=[(gettext("The same search without it"), kept)],
    )
