"""The engine and the database search choose, count and order the same listings by filters."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sqlalchemy import select

from directory.core.clock import delhi_day
from directory.demo.documents import demo_documents
from directory.listings.models import Gender, Listing, ListingKind, Location
from directory.listings.operations import import_documents
from directory.listings.queries.cards import Point, cards
from directory.listings.queries.facets import count_facets
from directory.listings.queries.place_facets import count_places_and_fees
from directory.listings.queries.search import ListingSearch, OpenFilter, Sort, find_listings
from directory.search.engine import Engine
from directory.search.facets import FEE_STEPS
from directory.search.fallback import place_in_database
from directory.search.gathering import listing_documents
from directory.search.placed import standing_at
from directory.search.query import SearchQuery
from directory.vocabulary.models import TermKind
from tests.search.indexes import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

LISTINGS = 90
SEARCHES = 60
CHOSEN_KINDS = (
    TermKind.PROFESSION,
    TermKind.CENTRE_TYPE,
    TermKind.CONDITION,
    TermKind.TREATMENT,
    TermKind.LANGUAGE,
    TermKind.MODE,
    TermKind.AGE_GROUP,
    TermKind.PAYMENT,
    TermKind.FACILITY,
    TermKind.ACCESSIBILITY,
)
# The index keeps hundred-thousandths of a degree, which may round to the next unit of the map.
ONE_UNIT = 1
# Cards measure on the round earth, filters on a flat one.
ROUNDED_M = 30
HAUZ_KHAS = Point(28.5432, 77.2065)


@pytest.fixture
def engine(session: Session, vocabulary: Vocabulary, now: datetime, tmp_path: Path) -> Engine:
    """Give an engine over an index of the demo listings in the database."""
    documents = demo_documents(
        listings=LISTINGS, seed=11, today=delhi_day(now), vocabulary=vocabulary
    )
    result = import_documents(documents, now=now, vocabulary=vocabulary)
    assert result.errors == ()
    ids = list(session.scalars(select(Listing.id)))
    gathered = listing_documents(session, ids, vocabulary)
    return Engine(snapshot_of(tmp_path / "index", gathered))


def random_search(seed: int, vocabulary: Vocabulary) -> ListingSearch:
    """Give a search with a few filters at random."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    terms = {
        kind: tuple(
            term.id
            for term in dice.sample(list(vocabulary.terms[kind].values()), dice.randint(1, 4))
        )
        for kind in dice.sample(CHOSEN_KINDS, dice.randint(0, 2))
    }
    maybe = dice.random
    return ListingSearch(
        kind=dice.choice([None, None, None, *ListingKind]),
        terms=MappingProxyType(terms),
        genders=(Gender.WOMAN,) if maybe() < 0.2 else (),
        district_ids=tuple(d.id for d in dice.sample(list(vocabulary.districts.values()), 4))
        if maybe() < 0.2
        else (),
        locality_ids=tuple(p.id for p in dice.sample(list(vocabulary.localities.values()), 150))
        if maybe() < 0.2
        else (),
        near=HAUZ_KHAS if maybe() < 0.3 else None,
        within_m=9000 if maybe() < 0.5 else None,
        fee_max=dice.choice([None, None, 1000, 2000]),
        fee_unstated=maybe() < 0.5,
        open_when=frozenset(dice.sample(list(OpenFilter), 2)) if maybe() < 0.3 else frozenset(),
        accepting=maybe() < 0.2,
        registered=maybe() < 0.2,
    )


def nonzero(counts: object) -> dict[str, dict[str, int]]:
    """Give counts without zeros and without parameters that have none."""
    assert hasattr(counts, "items")
    kept = {name: {k: n for k, n in values.items() if n} for name, values in counts.items()}
    return {name: values for name, values in kept.items() if values}


def test_filters_choose_the_same_listings(
    engine: Engine, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    found_any = 0
    for seed in range(SEARCHES):
        search = random_search(seed, vocabulary)
        expected = find_listings(session, search, now, offset=0, limit=500)

        found = engine.search(SearchQuery(search, limit=500), vocabulary, now)

        assert {hit.id for hit in found.hits} == set(expected.ids), search
        assert found.total == expected.total, search
        found_any += bool(found.total)
    assert found_any > SEARCHES // 3


def test_facets_count_the_same_without_their_own_filter(
    engine: Engine, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    for seed in range(SEARCHES // 2):
        search = random_search(seed, vocabulary)
        expected = count_facets(session, search, vocabulary, now, FEE_STEPS)

        found = engine.search(SearchQuery(search), vocabulary, now).facets

        own = nonzero(found.counts)
        for parameter, values in nonzero(expected.counts).items():
            if parameter in {"accepting", "registered", "admission_type"}:
                continue  # the database counts these under their own filter
            assert own.get(parameter, {}) == values, (parameter, search)
        assert found.any_fee == expected.any_fee


@pytest.fixture
def asked_of_places(session: Session, vocabulary: Vocabulary) -> list[ListingSearch]:
    """Give searches that ask one to four things of a place: all ways to put them together."""
    numbers = session.scalars(
        select(Location.locality_id).where(Location.locality_id.is_not(None)).distinct()
    )
    localities = sorted(number for number in numbers if number)[::2]
    districts = {vocabulary.locality_by_id[number].district.id for number in localities[::7]}
    kinds: list[dict[str, Any]] = [
        {"open_when": frozenset({OpenFilter.EVENINGS})},
        {"near": HAUZ_KHAS, "within_m": 9000},
        {"locality_ids": tuple(localities)},
        {"district_ids": tuple(districts)},
    ]
    return [
        ListingSearch(**{name: value for kind in chosen for name, value in kind.items()})
        for many in range(1, len(kinds) + 1)
        for chosen in combinations(kinds, many)
    ]


@pytest.mark.db
def test_all_that_is_asked_of_a_place_holds_for_one_and_the_same(
    engine: Engine,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    asked_of_places: list[ListingSearch],
) -> None:
    by_two_places = 0
    for search in asked_of_places:
        expected = find_listings(session, search, now, offset=0, limit=500)

        found = engine.search(SearchQuery(search, limit=500), vocabulary, now)

        assert {hit.id for hit in found.hits} == set(expected.ids), search
        one_by_one = [
            set(find_listings(session, alone, now, offset=0, limit=500).ids)
            for alone in asked_of_places[:4]
            if all(getattr(search, name) == value for name, value in asked_by(alone).items())
        ]
        by_two_places += len(set.intersection(*one_by_one) - set(expected.ids))
        shown = cards(session, expected.ids, vocabulary, now, search)
        for card in shown:
            assert card.place is not None
            assert card.place.has_evenings or not search.open_when
            assert (card.place.distance_m or 0) <= (search.within_m or 0) + ROUNDED_M
            locality = card.place.locality
            assert locality is not None
            assert not search.locality_ids or locality.id in search.locality_ids
            assert not search.district_ids or locality.district.id in search.district_ids
    assert by_two_places > len(asked_of_places)


@pytest.mark.db
def test_a_value_of_a_place_counts_what_choosing_it_finds(
    engine: Engine,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    asked_of_places: list[ListingSearch],
) -> None:
    for search in asked_of_places:
        found = engine.search(SearchQuery(search), vocabulary, now).facets
        own = {name: found.counts[name] for name in ("locality", "district", "open")}

        counted = count_places_and_fees(session, search, vocabulary, now)
        assert {name: counted[name] for name in ("locality", "district")} == {
            name: own[name] for name in ("locality", "district")
        }
        for choice, number in choices(search, own, vocabulary):
            chosen = engine.search(SearchQuery(choice, limit=1), vocabulary, now)
            assert chosen.total == number, choice


def asked_by(search: ListingSearch) -> dict[str, Any]:
    """Give what a search asks of places, by the names of its fields."""
    names = ("open_when", "within_m", "locality_ids", "district_ids")
    return {name: value for name in names if (value := getattr(search, name))}


def choices(
    search: ListingSearch, counts: Mapping[str, Mapping[str, int]], vocabulary: Vocabulary
) -> Iterator[tuple[ListingSearch, int]]:
    """Yield a search with each value of a place alone chosen, and what is counted for it."""
    for when in OpenFilter:
        yield replace(search, open_when=frozenset({when})), counts["open"].get(when.value, 0)
    for slug, district in vocabulary.districts.items():
        yield replace(search, district_ids=(district.id,)), counts["district"].get(slug, 0)
    for slug, locality in vocabulary.localities.items():
        yield replace(search, locality_ids=(locality.id,)), counts["locality"].get(slug, 0)


@pytest.mark.parametrize("times", [(), (OpenFilter.EVENINGS,), (OpenFilter.NOW, OpenFilter.SUNDAY)])
@pytest.mark.parametrize("sort", [Sort.FEE, Sort.DISTANCE])
def test_orders_are_the_same(
    engine: Engine,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    sort: Sort,
    times: tuple[OpenFilter, ...],
) -> None:
    search = ListingSearch(near=HAUZ_KHAS, sort=sort, open_when=frozenset(times))

    found = engine.search(SearchQuery(search, limit=500), vocabulary, now)

    expected = find_listings(session, search, now, offset=0, limit=500).ids
    assert [hit.id for hit in found.hits] == list(expected)


@pytest.mark.parametrize("times", [(), *((when,) for when in OpenFilter), tuple(OpenFilter)])
def test_a_result_is_as_far_and_stands_where_its_card_says(
    engine: Engine,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    times: tuple[OpenFilter, ...],
) -> None:
    for near in (HAUZ_KHAS, None):
        search = ListingSearch(near=near, open_when=frozenset(times))
        query = SearchQuery(search, limit=500)
        metres = {hit.id: hit.distance_m for hit in engine.search(query, vocabulary, now).hits}
        shown = cards(session, [*metres], vocabulary, now, search)
        ways = engine.places(query, vocabulary, now), place_in_database(session, query, now)
        by_index, by_database = (standing_at(rows, near) for rows in ways)

        away = {card.id: card.place.distance_m for card in shown if card.place}
        assert len(away) >= 5
        for listing_id, shown_m in away.items():
            assert shown_m == pytest.approx(metres[listing_id], abs=30)
        assert by_index.numbers.tolist() == by_database.numbers.tolist()
        assert np.abs(by_index.x - by_database.x).max() <= ONE_UNIT
        assert np.abs(by_index.y - by_database.y).max() <= ONE_UNIT


def test_pages_follow_one_another_without_a_gap(
    engine: Engine, vocabulary: Vocabulary, now: datetime
) -> None:
    for sort in Sort:
        search = ListingSearch(near=HAUZ_KHAS, sort=sort)
        whole = engine.search(SearchQuery(search, limit=500), vocabulary, now).hits
        pages = [
            hit
            for offset in range(0, len(whole) + 7, 7)
            for hit in engine.search(
                SearchQuery(search, offset=offset, limit=7), vocabulary, now
            ).hits
        ]

        assert pages == list(whole)
