"""Confirming a review by the link of its letter: in the same browser, in another, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.core.db import db
from directory.reviews.models import Review, ReviewState
from tests.factories.listings import Facts, Made, make_practitioner
from tests.web.account.steps import is_signed_in, newest_path, post, press
from tests.web.reviews.writing import ANSWERS, send

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.accounts.house import House
    from tests.support.page import PageClient


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner."""
    return make_practitioner(vocabulary, Facts(name="Asha Verma"))


@pytest.fixture
def path(client: PageClient, house: House, asha: Made) -> str:
    """Write a review of her and give the link of its letter."""
    send(client, f"/therapists/{asha.slug}/review", **ANSWERS)
    return newest_path(house)


def states() -> list[ReviewState]:
    """Give the states of all reviews."""
    session = db.session()
    session.rollback()
    return list(session.scalars(select(Review.state)))


def test_opening_the_link_confirms_nothing(client: PageClient, path: str) -> None:
    page = client.page(path)

    assert page.h1 == "Is this yours?"
    assert "Asha" not in page.main_text
    assert states() == [ReviewState.UNCONFIRMED]


def test_where_it_was_written_the_author_is_signed_in_and_sees_it(
    client: PageClient, path: str
) -> None:
    assert post(client, path).startswith("/account/reviews/")
    assert is_signed_in(client)
    assert states() == [ReviewState.PENDING]


def test_elsewhere_it_is_confirmed_and_nobody_is_signed_in(other: PageClient, path: str) -> None:
    page = press(other, path)

    assert page.h1 == "Thank you, it is confirmed"
    assert not is_signed_in(other)
    assert states() == [ReviewState.PENDING]


def test_a_link_confirms_once(client: PageClient, other: PageClient, path: str) -> None:
    press(other, path)

    assert client.page(path, status=410).h1 == "This link works no more"


def test_a_forged_press_confirms_nothing(other: PageClient, path: str) -> None:
    response = other.post(path, {})

    assert response.status_code == 422
    assert other.checked(response, {}).h1 == "Is this yours?"
    assert states() == [ReviewState.UNCONFIRMED]


def test_a_second_review_of_the_same_year_is_not_confirmed_and_told_why(
    client: PageClient, house: House, asha: Made, path: str
) -> None:
    second = send(client, f"/therapists/{asha.slug}/review", **ANSWERS)
    assert second.status == 200
    later = newest_path(house)
    press(client, path)

    response = client.post(later, {"csrf_token": _token(client)})

    assert response.status_code == 409
    assert client.checked(response, {}).h1 == "This could not be confirmed"


def _token(client: PageClient) -> str:
    page = client.page("/account/sign-out")
    return next(
        el.get("value") or "" for el in page.markup.all("input") if el.get("name") == "csrf_token"
    )
