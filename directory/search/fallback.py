"""The answer of the database when this machine has no index yet: same shape, plainer order.

Words are looked for in names and headlines only, nothing is scored, and the facets are those
the database can count. Called by the doors when `local.py` raises `SearchUnavailableError`.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.queries.facets import count_facets
from directory.listings.queries.pins import places_found
from directory.listings.queries.place_facets import count_places_and_fees
from directory.listings.queries.search import (
    FoundListings,
    Sort,
    count_listings,
    find_listings,
)
from directory.reviews.queries.ratings import NO_REVIEWS, all_ratings
from directory.search.facets import FEE_STEPS
from directory.search.placed import PlaceRows
from directory.search.query import Found, Hit, Relaxed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.queries.facets import Facets
    from directory.listings.queries.search import ListingSearch
    from directory.search.query import SearchQuery
    from directory.vocabulary.queries import Vocabulary

# No state of any index.
NO_GENERATION = ""
BY_REVIEWS = frozenset({Sort.RATING, Sort.REVIEWS})


def find_in_database(
    session: Session, query: SearchQuery, vocabulary: Vocabulary, now: datetime
) -> Found:
    """Give the answer to a query from the database alone; its generation is empty.

    Some fifteen queries, and one for each filter in force when nothing is found.
    """
    search = _with_rated(session, query.filters)
    found = _find(session, search, query, now)
    without_words = bool(search.words) and not found.total and query.meaning_is_enough
    if without_words:
        search = search.without("q")
        found = _find(session, search, query, now)
    relaxed = () if found.total else tuple(_relaxed(session, search, now))
    return Found(
        hits=tuple(Hit(listing_id, 0.0, None) for listing_id in found.ids),
        total=found.total,
        facets=_facets(session, search, vocabulary, now),
        any_word=False,
        relaxed=tuple(sorted(relaxed, key=lambda way: -way.total)),
        generation=NO_GENERATION,
        without_words=without_words,
    )


def place_in_database(session: Session, query: SearchQuery, now: datetime) -> PlaceRows:
    """Give the places of all results from the database alone; one query, or two."""
    search = _with_rated(session, query.filters)
    rows = places_found(session, search, now)
    if not rows and search.words and query.meaning_is_enough:
        rows = places_found(session, search.without("q"), now)
    return PlaceRows.of_rows(rows)


def _with_rated(session: Session, search: ListingSearch) -> ListingSearch:
    """Name the listings whose score reaches the least one asked for."""
    least = search.rating_min
    if least is None:
        return search
    rated = tuple(
        listing_id
        for listing_id, rating in all_ratings(session).items()
        if rating.score is not None and rating.score >= least
    )
    return replace(search, rated_ids=rated)


def _find(
    session: Session, search: ListingSearch, query: SearchQuery, now: datetime
) -> FoundListings:
    """Give one page of ids; the orders by reviews are made here, from all that are found."""
    if search.sort not in BY_REVIEWS:
        return find_listings(session, search, now, offset=query.offset, limit=query.limit)
    whole = find_listings(
        session, search, now, offset=0, limit=count_listings(session, search, now)
    )
    ratings = all_ratings(session)

    def place(listing_id: int) -> tuple[float, float, int]:
        rating = ratings.get(listing_id, NO_REVIEWS)
        keys = (rating.score or 0.0, float(rating.counted))
        first, second = keys if search.sort is Sort.RATING else keys[::-1]
        return -first, -second, listing_id

    ids = sorted(whole.ids, key=place)[query.offset : query.offset + query.limit]
    return FoundListings(tuple(ids), whole.total)


def _facets(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> Facets:
    facets = count_facets(session, search, vocabulary, now, FEE_STEPS)
    more = count_places_and_fees(session, search, vocabulary, now)
    return replace(facets, counts=MappingProxyType({**facets.counts, **more}))


def _relaxed(session: Session, search: ListingSearch, now: datetime) -> Iterator[Relaxed]:
    for parameter in _in_force(search):
        total = count_listings(session, search.without(parameter), now)
        if total:
            yield Relaxed(parameter, total)


def _in_force(search: ListingSearch) -> list[str]:
    """Give the parameters of the public contract that narrow a search."""
    single = {
        "kind": search.kind is not None,
        "gender": bool(search.genders),
        "district": bool(search.district_ids),
        "locality": bool(search.locality_ids),
        "q": bool(search.words),
        "near": search.within_m is not None,
        "fee_max": search.fee_max is not None,
        "open": bool(search.open_when),
        "accepting": search.accepting,
        "registered": search.registered,
        "rating_min": search.rating_min is not None,
    }
    terms = [kind.value for kind, ids in search.terms.items() if ids]
    return terms + [parameter for parameter, is_in_force in single.items() if is_in_force]
