"""Reviews in the search: words and scores of published ones, and nothing of those that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.audit.policy import AUTHOR
from directory.core.db import writing
from directory.listings.queries.search import ListingSearch, Sort
from directory.reviews.models import Review, ReviewEvent, ReviewState
from directory.reviews.transitions import Cause, move
from directory.search.documents import digest_of
from directory.search.fallback import find_in_database
from directory.search.gathering import listing_documents
from directory.search.query import SearchQuery, Word
from directory.search.verifying import verify
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import WORDS, make_review, make_reviews

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.search.local import LocalSearch
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made

pytestmark = pytest.mark.db
BANYAN = SearchQuery(ListingSearch(), words=(Word(("banyan",)),))
UNDER_A_BANYAN = f"{WORDS} We sat under a banyan."


@pytest.fixture
def rated(session: Session, vocabulary: Vocabulary) -> list[Made]:
    """Give four listings: well rated, poorly rated, with too few reviews, with none."""
    made = [make_practitioner(vocabulary, Facts(name=name)) for name in ("A", "B", "C", "D")]
    make_reviews(made[0], 5, 5, 5, 5, 4)
    make_reviews(made[1], 2, 2, 2, 3, 2, 2)
    make_reviews(made[2], 5, 5, 5)
    return made


def withdraw(review_id: int, now: datetime) -> None:
    """Let the author take a review back."""
    with writing() as session:
        review = session.get_one(Review, review_id)
        move(session, review, ReviewEvent.WITHDRAW, Cause(AUTHOR), now=now)


def test_a_document_holds_published_words_the_score_and_the_count(
    session: Session, vocabulary: Vocabulary, rated: list[Made]
) -> None:
    make_review(rated[0], state=ReviewState.HIDDEN, text=UNDER_A_BANYAN)
    good, _poor, few, none = listing_documents(session, [made.id for made in rated], vocabulary)

    assert good.reviews == (WORDS,) * 5
    assert (good.rating, good.review_count) == (4.2, 5)
    assert (few.rating, few.review_count) == (None, 3)
    assert (none.rating, none.review_count, none.reviews) == (None, 0, ())
    assert WORDS not in repr(good)


def test_a_document_changes_when_a_review_does(session: Session, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary)
    one, other = (
        digest_of(document)
        for _number in range(2)
        for document in (listing_documents(session, [made.id], vocabulary))
        if make_review(made, quarter="2023-Q1").id  # too old to count: only the words are new
    )

    assert one != other


def test_words_of_a_review_are_found_until_it_is_withdrawn(
    local: LocalSearch, indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    made = make_practitioner(vocabulary)
    review = make_review(made, text=UNDER_A_BANYAN)
    published = [hit.id for hit in local.find(BANYAN, vocabulary, now).hits]
    assert verify(indexer).is_clean

    withdraw(review.id, now)

    assert published == [made.id]
    assert local.find(BANYAN, vocabulary, now).total == 0
    assert verify(indexer).is_clean


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (ListingSearch(sort=Sort.RATING), "ABCD"),
        (ListingSearch(sort=Sort.REVIEWS), "BACD"),
        (ListingSearch(rating_min=4.2), "A"),
        (ListingSearch(rating_min=2.0, sort=Sort.RATING), "AB"),
        (ListingSearch(rating_min=4.5), ""),
    ],
)
def test_scores_order_and_filter_with_and_without_an_index(
    local: LocalSearch,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    rated: list[Made],
    search: ListingSearch,
    expected: str,
) -> None:
    names = {made.id: made.name for made in rated}
    query = SearchQuery(search)

    indexed = local.find(query, vocabulary, now)
    plain = find_in_database(session, query, vocabulary, now)

    assert "".join(names[hit.id] for hit in indexed.hits) == expected
    assert "".join(names[hit.id] for hit in plain.hits) == expected
    assert (indexed.total, plain.total) == (len(expected), len(expected))


def test_without_an_index_a_rating_is_given_up_when_nobody_reaches_it(
    session: Session, vocabulary: Vocabulary, now: datetime, rated: list[Made]
) -> None:
    found = find_in_database(session, SearchQuery(ListingSearch(rating_min=4.9)), vocabulary, now)

    assert [(way.parameter, way.total) for way in found.relaxed] == [("rating_min", len(rated))]


def test_without_an_index_orders_by_reviews_have_pages(
    session: Session, vocabulary: Vocabulary, now: datetime, rated: list[Made]
) -> None:
    query = SearchQuery(ListingSearch(sort=Sort.RATING), offset=1, limit=2)

    found = find_in_database(session, query, vocabulary, now)

    assert [hit.id for hit in found.hits] == [rated[1].id, rated[2].id]
    assert found.total == len(rated)
