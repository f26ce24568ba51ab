"""The default demo reviews, made once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from directory.demo.reviews.drafts import DemoListing
from directory.demo.reviews.generation import demo_reviews
from tests.demo.conftest import SEED, TODAY

if TYPE_CHECKING:
    from directory.demo.reviews.drafts import DemoReview

REVIEWS = 3000


@pytest.fixture(scope="session")
def reviewed(documents: list[dict[str, Any]]) -> list[DemoListing]:
    """Give the published demo listings as reviews see them."""
    return [
        DemoListing(
            ref=document["ref"],
            is_centre=document["kind"] == "centre",
            slug=document["centre_type"] or document["profession"],
        )
        for document in documents
        if document["state"] == "published"
    ]


@pytest.fixture(scope="session")
def reviews(reviewed: list[DemoListing]) -> list[DemoReview]:
    """Give the default reviews of the default seed, on a fixed day."""
    return list(demo_reviews(reviews=REVIEWS, seed=SEED, today=TODAY, listings=reviewed))
