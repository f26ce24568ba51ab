"""A listing's reviews as JSON: published words alone, never anything of who wrote them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState
from directory.reviews.models import Aspect, Pseudonym, Relation, ReviewState
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import WORDS, make_review, make_reviews

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary


def address(slug: str, query: str = "") -> str:
    """Give the address of a listing's reviews."""
    return f"/api/v1/listings/{slug}/reviews{query}"


def test_a_listing_without_reviews_has_an_empty_page(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary)

    answer = api.get(address(made.slug))

    assert answer.get_json() == {"total": 0, "page": 1, "per_page": 20, "removed": 0, "items": []}
    assert (answer.headers["Cache-Control"], bool(answer.headers["ETag"])) == ("no-cache", True)


def test_a_published_review_is_told_without_its_author(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary)
    review = make_review(
        made,
        overall=2,
        language="hi",
        relation=Relation.CARER,
        aspects={Aspect.FEES: 4, Aspect.LISTENED: 1},
        quarter="2023-Q4",
        is_demo=True,
    )

    [item] = api.get(address(made.slug)).get_json()["items"]

    assert item == {
        "id": review.public_id,
        "overall": 2,
        "aspects": {"listened": 1, "fees": 4},
        "text": WORDS,
        "language": "hi",
        "quarter": "2023-Q4",
        "relation": "carer",
        "care_kind": "ongoing",
        "published_on": "2026-10-05",
        "older": True,
        "demo": True,
    }


def test_who_shows_no_role_has_none(api: FlaskClient, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary)
    make_review(made, pseudonym=Pseudonym.NEUTRAL)

    [item] = api.get(address(made.slug)).get_json()["items"]

    assert item["relation"] is None


def test_only_published_reviews_are_items_newest_first(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary)
    for state in ReviewState:
        make_review(made, state=state, overall=1)
    older, newer = make_reviews(made, 5, 4)

    document = api.get(address(made.slug)).get_json()

    assert [item["overall"] for item in document["items"]] == [4, 5, 1]
    assert [item["id"] for item in document["items"][:2]] == [newer.public_id, older.public_id]
    assert (document["total"], document["removed"]) == (3, 2)


def test_the_score_is_told_from_the_fifth_counted_review(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary)
    listing = f"/api/v1/listings/{made.slug}"
    make_reviews(made, 5, 5, 4, 2)
    before = api.get(listing).get_json()["rating"]

    make_review(made, overall=5)

    assert before == {"score": None, "count": 4}
    assert api.get(listing).get_json()["rating"] == {"score": 3.9, "count": 5}
    [found] = api.get("/api/v1/listings").get_json()["items"]
    assert found["rating"] == {"score": 3.9, "count": 5}


def test_a_page_is_the_one_asked_for(api: FlaskClient, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary)

    document = api.get(address(made.slug, "?page=3&per_page=50")).get_json()

    assert (document["page"], document["per_page"]) == (3, 50)


@pytest.mark.parametrize("query", ["?page=0", "?per_page=101", "?q=x", "?page=1&page=2"])
def test_a_page_that_cannot_be_is_refused(
    api: FlaskClient, vocabulary: Vocabulary, query: str
) -> None:
    made = make_practitioner(vocabulary)

    answer = api.get(address(made.slug, query))

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_unknown_and_faulty_parameters_are_named_together(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary)

    document = api.get(address(made.slug, "?colour=red&page=0")).get_json()

    assert document["parameters"] == ["colour", "page"]
    assert document["detail"] == (
        "Unknown: colour. This address takes page, per_page. "
        "page must be a whole number from 1 to 10000."
    )


def test_old_closed_and_unknown_slugs_answer_as_the_listing_does(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))
    closed = make_practitioner(
        vocabulary, Facts(state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    )
    draft = make_practitioner(vocabulary, Facts(state=ListingState.DRAFT))

    moved = api.get(address("old-name"))

    assert (moved.status_code, moved.location) == (301, address(made.slug))
    assert api.get(address(closed.slug)).get_json()["closed_on"] == "2026-10-01"
    assert [api.get(address(slug)).status_code for slug in (draft.slug, "nobody")] == [404, 404]
