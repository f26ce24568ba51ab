"""An author's own reviews: what they see of them, and what they may do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.moderation.models import Appeal, AppealState
from directory.reviews.models import Review, ReviewState, ReviewVersion, RuleCode
from tests.factories.listings import Facts, Made, make_practitioner
from tests.factories.reviews import MadeReview, make_review
from tests.support.markup import text_of
from tests.support.signing import make_person, sign_in_as
from tests.web.reviews.writing import ANSWERS, answered, send, summary, values_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

    Making = Callable[..., MadeReview]

AGAIN = {name: value for name, value in ANSWERS.items() if "email" not in name}


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner."""
    return make_practitioner(vocabulary, Facts(name="Asha Verma"))


@pytest.fixture
def author(app: Flask, session: Session, client: PageClient, now: datetime) -> int:
    """Give an author, who is signed in."""
    user_id = make_person("author", keys=app.extensions["keys"], now=now)
    sign_in_as(client, user_id, now=now)
    return user_id


@pytest.fixture
def mine(asha: Made, author: int, now: datetime) -> Making:
    """Give a maker of reviews of the author's own, whose last step was yesterday."""

    def make(state: ReviewState, **changes: object) -> MadeReview:
        ended_at = now - timedelta(days=1)
        written_at = now - timedelta(days=9)
        given = {"state": state, "author_id": author, "written_at": written_at}
        return make_review(asha, None, **given | {"ended_at": ended_at} | changes)

    return make


def path_of(review: MadeReview) -> str:
    return f"/account/reviews/{review.public_id}"


def state_of(session: Session, review: MadeReview) -> ReviewState:
    session.expire_all()
    return session.get_one(Review, review.id).state


STATES = [
    (ReviewState.UNCONFIRMED, "Waiting for your confirmation", "Open the link in the letter"),
    (ReviewState.PENDING, "Waiting to be read", "A person reads it, usually within three days"),
    (ReviewState.PUBLISHED, "Published", "Everybody can read it."),
    (ReviewState.RETURNED, "Came back to you", "send it again, by 22 Dec 2026"),
    (ReviewState.REJECTED, "Not published", "You can appeal until 22 Dec 2026."),
    (ReviewState.WITHDRAWN, "Withdrawn by you", "Its words are shown nowhere."),
    (ReviewState.HIDDEN, "Out of sight for a day", "within 24 hours"),
    (ReviewState.REMOVED, "Taken down", "You can appeal until 22 Dec 2026."),
    (ReviewState.RESTRICTED, "Not shown, by order", "A court or an authority ordered this."),
    (ReviewState.EXPIRED, "Let go, because its time ran out", "Nobody has read it."),
]


@pytest.mark.parametrize(("state", "words", "comes_next"), STATES, ids=[row[0] for row in STATES])
def test_each_state_is_said_in_plain_words_with_what_comes_next(
    client: PageClient, mine: Making, *, state: ReviewState, words: str, comes_next: str
) -> None:
    review = mine(state)

    for page in (client.page("/account/reviews"), client.page(path_of(review))):
        assert words_of(page, "state") == words
        assert comes_next in page.main_text


def test_the_pages_are_kept_by_nobody(client: PageClient, mine: Making) -> None:
    review = mine(ReviewState.PENDING)

    for path in ("/account/reviews", path_of(review)):
        page = client.page(path)
        assert "no-store" in page.headers["Cache-Control"]
        assert any(el.get("content") == "noindex" for el in page.markup.all("meta"))


def test_without_a_review_the_page_says_how_to_write_one(client: PageClient, author: int) -> None:
    assert "You have written no review yet" in client.page("/account/reviews").main_text


def test_a_review_of_somebody_else_does_not_exist(
    client: PageClient, asha: Made, author: int
) -> None:
    other = make_review(asha, state=ReviewState.REJECTED)

    for end in ("", "/change", "/appeal"):
        client.page(path_of(other) + end, status=404)
    token = values_of(client.page("/account/data"), "/account/data/export")
    for end in ("/withdraw", "/change", "/appeal"):
        assert client.post(path_of(other) + end, token).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(client: PageClient, asha: Made) -> None:
    review = make_review(asha)

    response = client.get(path_of(review))

    assert response.status_code in {302, 303}
    assert response.headers["Location"].startswith("/account/sign-in?next=")


def test_a_returned_review_says_which_rule_and_what_would_be_fine(
    client: PageClient, mine: Making
) -> None:
    page = client.page(path_of(mine(ReviewState.RETURNED, rule_code=RuleCode.IDENTIFIES_STAFF)))

    assert "Why it came back" in [text for _, text in page.headings()]
    assert "Rule R-08: " in page.main_text
    assert "Fine to say, for example:" in page.main_text


def test_a_returned_review_is_changed_in_the_same_form_and_sent_again(
    client: PageClient, mine: Making, session: Session
) -> None:
    review = mine(ReviewState.RETURNED)
    path = path_of(review) + "/change"
    before = values_of(client.page(path), path)

    page = send(client, path, **AGAIN | {"text": before["text"] + " It was quiet there."})

    assert before["text"].startswith("She listened for the whole hour")
    assert "terms" not in before
    assert page.response.request.path == path_of(review)
    assert words_of(page, "state") == "Waiting to be read"
    texts = session.scalars(select(ReviewVersion.text).where(ReviewVersion.review_id == review.id))
    assert [text.endswith(" It was quiet there.") for text in texts if text] == [False, True]
    headings = [text_of(el) for el in page.classed("review__name")]
    assert headings == ["Version 2", "Version 1"]


def test_a_change_with_something_missing_keeps_the_rest(client: PageClient, mine: Making) -> None:
    path = path_of(mine(ReviewState.RETURNED)) + "/change"

    page = send(client, path, **AGAIN | {"terms": None})

    assert (page.status, summary(page)) == (
        422,
        [("Confirm that you have read the rules", "#terms")],
    )
    assert values_of(page, path)["text"] == AGAIN["text"]


@pytest.mark.parametrize("state", [ReviewState.PENDING, ReviewState.PUBLISHED])
def test_only_a_review_that_came_back_can_be_changed(
    client: PageClient, mine: Making, state: ReviewState
) -> None:
    client.page(path_of(mine(state)) + "/change", status=409)


@pytest.mark.parametrize(
    "state",
    [ReviewState.PENDING, ReviewState.RETURNED, ReviewState.PUBLISHED, ReviewState.HIDDEN],
)
def test_withdrawing_is_one_step(
    client: PageClient, mine: Making, session: Session, state: ReviewState
) -> None:
    review = mine(state)
    path = f"{path_of(review)}/withdraw"

    page = answered(client, path, values_of(client.page(path_of(review)), path))

    assert state_of(session, review) is ReviewState.WITHDRAWN
    assert words_of(page, "state") == "Withdrawn by you"


@pytest.mark.parametrize("state", [ReviewState.REJECTED, ReviewState.WITHDRAWN])
def test_what_is_not_there_cannot_be_withdrawn(
    client: PageClient, mine: Making, state: ReviewState
) -> None:
    page = client.page(path_of(mine(state)))

    assert "Withdraw this review" not in page.main_text


def test_a_button_pressed_from_elsewhere_withdraws_nothing(
    client: PageClient, mine: Making, session: Session
) -> None:
    review = mine(ReviewState.PUBLISHED)

    response = client.post(f"{path_of(review)}/withdraw", {})

    assert response.status_code >= 400
    assert state_of(session, review) is ReviewState.PUBLISHED


def test_a_rejection_can_be_appealed_against_once(
    client: PageClient, mine: Making, session: Session
) -> None:
    path = path_of(mine(ReviewState.REJECTED)) + "/appeal"

    page = send(client, path, words="The nurse I named is my own sister, and she agreed to it.")

    assert "Your appeal is with somebody who took no part." in page.main_text
    assert session.scalars(select(Appeal.state)).all() == [AppealState.OPEN]
    client.page(path, status=409)


def test_an_appeal_needs_words(client: PageClient, mine: Making) -> None:
    page = send(client, path_of(mine(ReviewState.REMOVED)) + "/appeal", words="Unfair.")

    assert (page.status, summary(page)) == (
        422,
        [("Say why, in 20 to 2,000 characters", "#words")],
    )


def test_after_thirty_days_there_is_no_appeal(
    client: PageClient, mine: Making, now: datetime
) -> None:
    late = mine(
        ReviewState.REJECTED,
        written_at=now - timedelta(days=60),
        ended_at=now - timedelta(days=31),
    )

    client.page(f"{path_of(late)}/appeal", status=409)
    assert "The time for an appeal is over." in client.page(path_of(late)).main_text
