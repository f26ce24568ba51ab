"""Flagging a review without an account, and the receipt for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from directory.core.db import writing
from directory.moderation.models import Flag, FlagState
from directory.reviews.models import Review, ReviewState, RuleCode
from directory.reviews.rules import RULES
from tests.factories.listings import Facts, Made, make_practitioner
from tests.factories.reviews import MadeReview, make_review
from tests.support.markup import attribute
from tests.web.reviews.writing import send, summary, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

SECRET = "It names my cousin Ritu, and I am the one who wrote it down"


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner."""
    return make_practitioner(vocabulary, Facts(name="Asha Verma"))


@pytest.fixture
def review(asha: Made) -> MadeReview:
    """Give a published review of her."""
    return make_review(asha)


@pytest.fixture
def form(review: MadeReview) -> str:
    """Give the address of its flag."""
    return f"/reviews/{review.public_id}/flag"


def test_every_rule_a_reader_may_name_is_offered(client: PageClient, form: str) -> None:
    page = client.page(form)

    offered = [
        attribute(el, "value") for el in page.markup.all("input") if el.get("name") == "rule_code"
    ]
    assert offered == [rule.code for rule in RULES if rule.flaggable]
    assert "we never tell anybody who reported" in page.main_text


def test_a_flag_needs_a_rule(client: PageClient, form: str) -> None:
    page = send(client, form, words="I do not like it")

    assert page.status == 422
    assert summary(page) == [("Choose the rule you mean", "#rule_code")]
    assert page.field("Where, and why? if you like").text == "I do not like it"


def test_a_flag_leads_to_a_receipt_that_tells_nothing_about_who_made_it(
    client: PageClient, form: str, session: Session
) -> None:
    page = send(client, form, rule_code="R-07", words=SECRET)

    flag = session.scalars(select(Flag)).one()
    assert page.h1 == f"Receipt {flag.receipt}"
    assert page.response.request.path == f"/receipts/{flag.receipt}"
    assert words_of(page, "state") == "Waiting to be read"
    assert "rule R-07" in page.main_text
    assert "Ritu" not in page.text
    assert (flag.rule_code, flag.words) == (RuleCode.IDENTIFIES_RELATIVE, SECRET)


def test_a_flag_changes_nothing_that_readers_see(
    client: PageClient, form: str, review: MadeReview, session: Session
) -> None:
    send(client, form, rule_code="R-07")

    session.expire_all()
    assert session.get_one(Review, review.id).state is ReviewState.PUBLISHED


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FlagState.UPHELD, "You were right: the review is no longer shown"),
        (FlagState.NOT_UPHELD, "Read again; the review stays"),
    ],
)
def test_a_receipt_tells_what_became_of_it(
    client: PageClient, form: str, now: datetime, *, state: FlagState, words: str
) -> None:
    path = send(client, form, rule_code="R-07").response.request.path
    with writing() as session:
        session.execute(update(Flag).values(state=state, decided_at=now))

    page = client.page(path)

    assert words_of(page, "state") == words
    assert page.items(page.by_role("main")[0]) == [
        "You reported it, 23 Nov 2026, under rule R-07",
        "It was decided, 23 Nov 2026",
    ]


@pytest.mark.parametrize(
    "state", [ReviewState.PENDING, ReviewState.WITHDRAWN, ReviewState.REMOVED, ReviewState.HIDDEN]
)
def test_only_what_readers_see_can_be_flagged(
    client: PageClient, asha: Made, state: ReviewState
) -> None:
    rule_code = RuleCode.IDENTIFIES_RELATIVE
    gone = make_review(asha, state=state, rule_code=rule_code)

    client.page(f"/reviews/{gone.public_id}/flag", status=404)


def test_an_unknown_receipt_is_not_found(client: PageClient) -> None:
    client.page("/receipts/nothing-here", status=404)
