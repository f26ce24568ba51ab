"""A listing's reviews as JSON: an empty page of the final shape while nobody can write one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary


def address(slug: str, query: str = "") -> str:
    """Give the address of a listing's reviews."""
    return f"/api/v1/listings/{slug}/reviews{query}"


def test_a_listing_has_no_reviews_yet(api: FlaskClient, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary)

    answer = api.get(address(made.slug))

    assert answer.get_json() == {"total": 0, "page": 1, "per_page": 20, "items": []}
    assert (answer.headers["Cache-Control"], bool(answer.headers["ETag"])) == ("no-cache", True)


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
