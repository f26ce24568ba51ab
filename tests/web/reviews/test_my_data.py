"""Taking one's data along, and erasing it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.reviews.models import Review, ReviewState, ReviewVersion
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import MadeReview, make_review
from tests.support.signing import make_person, sign_in_as
from tests.web.reviews.writing import answered, summary, values_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

WORDS = "He asked how my father slept, wrote everything down and rang us the next day to hear more."


@pytest.fixture
def review(app: Flask, client: PageClient, vocabulary: Vocabulary, now: datetime) -> MadeReview:
    """Give a published review whose author is signed in."""
    asha = make_practitioner(vocabulary, Facts(name="Asha Verma"))
    user_id = make_person("author", keys=app.extensions["keys"], now=now)
    sign_in_as(client, user_id, now=now)
    return make_review(asha, author_id=user_id, text=WORDS)


def test_the_export_is_one_file_with_every_word(client: PageClient, review: MadeReview) -> None:
    path = "/account/data/export"

    response = client.post(path, values_of(client.page("/account/data"), path))

    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert response.headers["Cache-Control"] == "no-store"
    assert WORDS in json.dumps(json.loads(response.get_data(as_text=True)), ensure_ascii=False)


def test_nothing_is_erased_without_the_box(
    client: PageClient, review: MadeReview, session: Session
) -> None:
    path = "/account/data/erase"

    page = answered(client, path, values_of(client.page("/account/data"), path))

    assert page.status == 422
    assert summary(page) == [("Tick the box if you are sure; otherwise nothing happens", "#sure")]
    session.expire_all()
    assert session.get_one(Review, review.id).state is ReviewState.PUBLISHED


def test_erasing_destroys_the_words_and_signs_out(
    client: PageClient, review: MadeReview, session: Session
) -> None:
    path = "/account/data/erase"

    page = answered(client, path, values_of(client.page("/account/data"), path) | {"sure": "y"})

    session.expire_all()
    assert page.h1 == "Everything is erased"
    assert ("14416" in page.main_text, session.scalars(select(ReviewVersion.text)).all()) == (
        True,
        [None],
    )
    assert session.get_one(Review, review.id).author_id is None
    assert client.get("/account/data").headers["Location"].startswith("/account/sign-in")
