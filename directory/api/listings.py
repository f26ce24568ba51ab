"""`/api/v1/listings`: search; one listing as the import format's document; its reviews."""

from __future__ import annotations

from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, redirect, request, url_for

from directory.api.answers import (
    ASK_EACH_TIME,
    KEEP_FOR_ONE,
    answer,
    answer_timed,
    checks_parameters,
    given,
    noun,
    now,
    takes,
    unknown_parameters,
    vocabulary,
)
from directory.api.problems import gone, wrong_parameters
from directory.api.results import (
    listing_path,
    rating_document,
    result_documents,
    search_document,
)
from directory.api.reviews import reviews_document
from directory.core.clock import delhi_day
from directory.core.db import db
from directory.listings.queries.cards import cards
from directory.listings.queries.document import ListingDocument, listing_document
from directory.listings.queries.finding import find_listing
from directory.listings.queries.results import result_facts
from directory.reviews.queries.listing import Period, ReviewFilter, reviews_of
from directory.reviews.queries.ratings import rating_of, ratings_of
from directory.search.errors import SearchUnavailableError
from directory.search.fallback import find_in_database
from directory.search.guides import guides_of
from directory.search.parameters import (
    PARAMETERS,
    PER_PAGE,
    ParameterFault,
    ParametersError,
    read_request,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from flask.typing import ResponseReturnValue

    from directory.api.schemas import Checked, Doubted
    from directory.listings.queries.checks import Check
    from directory.listings.queries.doubts import DoubtView
    from directory.listings.queries.finding import FoundListing
    from directory.search.local import LocalSearch
    from directory.search.query import Found
    from directory.search.request import SearchRequest
    from directory.search.understanding import Reader
    from directory.vocabulary.queries import Vocabulary

MILLISECONDS = 1000
EVERY_REVIEW = ReviewFilter(period=Period.ALL, lines=False)

blueprint = noun("api_listings", __name__, "/api/v1/listings")


@blueprint.get("")
@checks_parameters
def search() -> ResponseReturnValue:
    """Answer with one page of the listings that fit the parameters."""
    started = perf_counter()
    known, instant = vocabulary(), now()
    asked = _asked(known, instant)
    if isinstance(asked, Response):
        return asked
    session, found = db.session(), _found(asked, known, instant)
    _search().note(asked, found)
    ids = [hit.id for hit in found.hits]
    listed = cards(session, ids, known, instant, asked.query.filters)
    items = result_documents(
        asked, found, listed, result_facts(session, ids), ratings_of(session, ids)
    )
    guides = guides_of(asked, known, _search().engine(), session)
    document = search_document(asked, found, items, guides, known)
    document["took_ms"] = round((perf_counter() - started) * MILLISECONDS, 1)
    return answer_timed(document, KEEP_FOR_ONE)


@blueprint.get("/<slug>")
@takes()
def listing(slug: str) -> ResponseReturnValue:
    """Answer with one listing."""
    found = listing_document(db.session(), slug, vocabulary=vocabulary(), now=now())
    if not isinstance(found, ListingDocument):
        return _elsewhere(found, slug, ".listing")
    checked = {fact: _checked(check) for fact, check in found.checked.items()}
    url = listing_path(found.found.kind, found.found.slug)
    rating = rating_document(rating_of(db.session(), found.found.id))
    document = {
        **found.document,
        "url": url,
        "rating": rating,
        "checked": checked,
        "doubts": [_doubted(doubt) for doubt in found.doubts],
        "registered": found.registered.value if found.registered else None,
    }
    return answer(document, ASK_EACH_TIME)


@blueprint.get("/<slug>/reviews")
@takes("page", "per_page")
def reviews(slug: str) -> ResponseReturnValue:
    """Answer with one page of a listing's published reviews."""
    found = find_listing(db.session(), slug)
    if found.slug != slug or found.closed_on is not None:
        return _elsewhere(found, slug, ".reviews")
    asked = given()
    page, per_page = asked.whole("page") or 1, asked.whole("per_page") or PER_PAGE
    read = reviews_of(
        db.session(),
        found.id,
        EVERY_REVIEW,
        page=page,
        per_page=per_page,
        today=delhi_day(now()),
    )
    return answer(reviews_document(read, page=page, per_page=per_page), ASK_EACH_TIME)


def _asked(known: Vocabulary, instant: datetime) -> SearchRequest | Response:
    """Give the search that was asked for, or the problem that names every wrong parameter."""
    unknown = unknown_parameters(PARAMETERS)
    reader = _search().reader(known)
    try:
        asked = read_request(request.args.to_dict(flat=False), known, reader, now=instant)
    except ParametersError as error:
        return wrong_parameters(unknown, PARAMETERS, error.faults)
    faults = _unknown_place(asked, reader)
    return wrong_parameters(unknown, PARAMETERS, faults) if unknown or faults else asked


def _unknown_place(asked: SearchRequest, reader: Reader) -> tuple[ParameterFault, ...]:
    """Give the fault of a place nobody here knows: a page asks again, a program must be told."""
    if asked.unknown_place is None:
        return ()
    alike = ", ".join(place.slug for place in reader.places_like(asked.unknown_place))
    reason = "names no locality, station or PIN code we know"
    reason += f"; perhaps one of: {alike}" if alike else ""
    return (ParameterFault("near", asked.unknown_place, reason),)


def _found(asked: SearchRequest, known: Vocabulary, instant: datetime) -> Found:
    try:
        return _search().find(asked.query, known, instant)
    except SearchUnavailableError:
        return find_in_database(db.session(), asked.query, known, instant)


def _search() -> LocalSearch:
    return cast("LocalSearch", current_app.extensions["search"])


def _elsewhere(found: FoundListing, slug: str, endpoint: str) -> ResponseReturnValue:
    """Say that a listing has closed, or send the reader to where it lives now."""
    if found.closed_on is not None and found.slug == slug:
        return gone(found.closed_on)
    return redirect(url_for(endpoint, slug=found.slug), HTTPStatus.MOVED_PERMANENTLY)


def _checked(check: Check) -> Checked:
    return {
        "state": check.state.value,
        "method": check.method.value if check.method else None,
        "by": check.checked_by,
        "checked_on": _day(check.checked_on),
        "expires_on": _day(check.expires_on),
    }


def _doubted(doubt: DoubtView) -> Doubted:
    return {
        "fact": doubt.fact,
        "outcome": doubt.outcome.value,
        "reports": doubt.reports,
        "since": delhi_day(doubt.raised_at).isoformat(),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
