"""Writing a review: what is asked, what is kept when something is missing, what comes after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts.limits import LIMITS
from directory.accounts.models import LimitKind
from directory.core.db import writing
from directory.listings.models import ListingState
from directory.moderation.models import Affiliation, LinkNature
from directory.reviews.models import Review, ReviewState, ReviewVersion
from tests.factories.listings import Facts, Made, make_centre, make_practitioner
from tests.factories.reviews import make_review
from tests.support.markup import attribute, text_of
from tests.support.signing import make_person, sign_in_as
from tests.web.reviews.writing import ANSWERS, WORDS, send, summary, values_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import Page, PageClient


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner in Saket."""
    return make_practitioner(vocabulary, Facts(name="Asha Verma"))


@pytest.fixture
def form(asha: Made) -> str:
    """Give the address of her form."""
    return f"{asha.path}/review"


def ticked(page: Page) -> list[str]:
    """Give the names of the boxes that are ticked."""
    boxes = [el for el in page.markup.all("input") if el.get("type") == "checkbox"]
    return [attribute(box, "name") for box in boxes if box.get("checked") is not None]


def questions(page: Page) -> list[str]:
    """Give the questions of the form, in order."""
    return [text_of(el) for el in page.markup.all("legend")]


def reviews(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Review)) or 0


def test_the_form_asks_in_four_parts(client: PageClient, form: str) -> None:
    page = client.page(form)

    assert page.h1 == "Write a review of Asha Verma"
    assert [text for level, text in page.headings() if level == 2] == [
        "1 Your visit",
        "2 How it was",
        "3 Safety",
        "4 You",
        "What happens to it",
    ]
    assert questions(page)[:2] == ["You were there as", "Overall"]


def test_nothing_is_ticked_or_chosen_beforehand(client: PageClient, form: str) -> None:
    page = client.page(form)

    assert ticked(page) == []
    chosen = values_of(page, form)
    assert {name for name, value in chosen.items() if value} <= {
        "csrf_token",
        "submission_key",
        "started",
    }


def test_a_quarter_is_asked_for_never_a_date(client: PageClient, form: str) -> None:
    page = client.page(form)

    offered = [text_of(el) for el in page.markup.all("option")]
    assert offered[:3] == ["Choose", "October to December 2026", "July to September 2026"]
    assert "October to December 2024" in offered
    assert "July to September 2024" not in offered


def test_a_centre_is_rated_on_its_nights_and_cleanliness_too(
    client: PageClient, form: str, vocabulary: Vocabulary
) -> None:
    house = make_centre(vocabulary, Facts(name="Quiet House"))

    of_centre = questions(client.page(f"{house.path}/review"))
    assert {"Staff at night, 1 to 5", "Cleanliness, 1 to 5"} <= set(of_centre)
    assert "Staff at night, 1 to 5" not in questions(client.page(form))


def test_what_is_shown_beside_it_names_the_real_district(client: PageClient, form: str) -> None:
    page = client.page(form)

    assert page.field("A patient in South Delhi").get("name") == "pseudonym"
    assert page.field("Someone who knows this practice").get("name") == "pseudonym"


def test_the_form_is_kept_by_nobody_and_found_by_no_search_engine(
    client: PageClient, form: str
) -> None:
    page = client.page(form)

    assert "no-store" in page.headers["Cache-Control"]
    assert [el.get("content") for el in page.markup.all("meta") if el.get("name") == "robots"] == [
        "noindex"
    ]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        pytest.param(ListingState.CLOSED, 410, id="closed"),
        pytest.param(ListingState.DRAFT, 404, id="draft"),
        pytest.param(ListingState.SUSPENDED, 404, id="suspended"),
    ],
)
def test_only_a_published_listing_can_be_reviewed(
    client: PageClient, vocabulary: Vocabulary, now: datetime, state: ListingState, status: int
) -> None:
    closed_on = now.date() if state is ListingState.CLOSED else None
    gone = make_practitioner(vocabulary, Facts(state=state, closed_on=closed_on))

    page = client.page(f"{gone.path}/review", status=status)
    assert page.by_role("form") == [] or "review" not in attribute(
        page.by_role("form")[0], "action"
    )


def test_the_form_under_the_wrong_kind_leads_to_the_right_one(
    client: PageClient, asha: Made
) -> None:
    response = client.get(f"/centres/{asha.slug}/review")

    assert (response.status_code, response.headers["Location"]) == (301, f"{asha.path}/review")


def test_an_empty_form_says_what_is_missing_and_leads_there(client: PageClient, form: str) -> None:
    page = send(client, form)

    assert page.status == 422
    assert page.title.startswith("Not sent yet: ")
    assert summary(page) == [
        ("Choose when you were there", "#visit_quarter"),
        ("Choose what kind of care it was", "#care_kind"),
        ("Say as whom you were there", "#relation"),
        ("Choose one of the five for the whole", "#overall"),
        ("Write at least 80 characters: 0 so far", "#text"),
        ("Choose what is shown beside your review", "#pseudonym"),
        ("Give an e-mail address we can send one link to", "#email"),
        ("Confirm that this is your own experience", "#own_experience"),
        ("Confirm that you are 18 or over", "#of_age"),
        ("Confirm that nobody rewards you for it", "#no_reward"),
        ("Confirm that you have no connection with them or a rival", "#no_connection"),
        ("Confirm that you have read the rules", "#terms"),
        ("Allow us to publish it; without that we cannot use it", "#may_publish"),
        ("Allow us to keep your e-mail address; it is kept sealed", "#may_keep_email"),
    ]


def test_what_was_written_is_there_again_when_something_is_missing(
    client: PageClient, form: str
) -> None:
    page = send(client, form, **ANSWERS | {"terms": None, "text": "Too short.\r\nReally."})

    kept = values_of(page, form)
    assert summary(page) == [
        ("Write at least 80 characters: 18 so far", "#text"),
        ("Confirm that you have read the rules", "#terms"),
    ]
    assert "Nothing you wrote is lost." in page.main_text
    expected = {name: value for name, value in ANSWERS.items() if name not in {"text", "terms"}}
    assert {name: kept.get(name) for name in expected} == expected
    assert kept["text"] == "Too short.\nReally."
    assert page.field("A carer in South Delhi").get("checked") is not None


def test_a_review_waits_for_the_letter(client: PageClient, form: str, session: Session) -> None:
    page = send(client, form, **ANSWERS)

    assert (page.status, page.h1) == (200, "Look into your mail")
    review = session.scalars(select(Review)).one()
    version = session.scalars(select(ReviewVersion)).one()
    assert (review.state, version.text, version.overall) == (ReviewState.UNCONFIRMED, WORDS, 4)
    assert "someone@example.org" not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_after_sending_forgets_the_draft(client: PageClient, form: str) -> None:
    page = send(client, form, **ANSWERS)

    (sent,) = [el for el in page.markup.all("div") if el.get("data-module") == "draft"]
    assert sent.get("data-draft") == form


def test_one_form_is_one_review_however_often_it_is_sent(
    client: PageClient, form: str, session: Session
) -> None:
    values = values_of(client.page(form), form) | ANSWERS

    answers = [client.post(form, values).status_code for _ in range(2)]

    assert (answers, reviews(session)) == ([303, 303], 1)


def test_the_page_after_sending_says_nothing_of_it_to_somebody_else(client: PageClient) -> None:
    page = client.page("/account/reviews/sent")

    assert page.h1 == "Look into your mail"


DANGER = WORDS + " I cannot go on, I want to kill myself tonight."


def test_words_of_danger_are_answered_with_help_before_anything_else(
    client: PageClient, form: str
) -> None:
    page = send(client, form, **ANSWERS | {"text": DANGER})

    assert page.h1 == "You matter more than any review"
    assert [address for _, address in page.links(page.by_role("main")[0])][:2] == [
        "tel:112",
        "tel:14416",
    ]
    assert "What you wrote is safe with us" in page.main_text


def test_help_does_not_wait_for_a_form_without_a_fault(client: PageClient, form: str) -> None:
    page = send(client, form, **ANSWERS | {"text": DANGER, "terms": None})

    assert page.status == 422
    assert [text for _, text in page.headings()][:2] == [
        "Write a review of Asha Verma",
        "You matter more than this review",
    ]


def test_who_felt_unsafe_is_told_where_to_report_it(client: PageClient, form: str) -> None:
    page = send(client, form, **ANSWERS | {"unsafe": "yes"})

    assert "You said that something made you feel unsafe" in page.main_text
    assert "Mental Health Review Board" in page.main_text


def test_the_address_after_sending_tells_nothing(client: PageClient, form: str) -> None:
    values = values_of(client.page(form), form) | ANSWERS | {"text": DANGER}

    assert client.post(form, values).headers["Location"] == "/account/reviews/sent"


OF_MEMBER = {name: value for name, value in ANSWERS.items() if "email" not in name}


@pytest.fixture
def author(app: Flask, client: PageClient, session: Session, now: datetime) -> int:
    """Give an author who is signed in."""
    user_id = make_person("author", keys=app.extensions["keys"], now=now)
    sign_in_as(client, user_id, now=now)
    return user_id


def test_who_is_signed_in_is_asked_for_no_address_and_needs_no_letter(
    client: PageClient, form: str, author: int, session: Session
) -> None:
    asked = values_of(client.page(form), form)

    page = send(client, form, **OF_MEMBER)

    assert {"email", "may_keep_email"} & set(asked) == set()
    assert page.h1 == "It is with us"
    review = session.scalars(select(Review)).one()
    assert (review.state, review.author_id) == (ReviewState.PENDING, author)


def test_who_manages_the_listing_cannot_review_it(
    client: PageClient, form: str, asha: Made, author: int, *, now: datetime, session: Session
) -> None:
    with writing() as changing:
        changing.add(
            Affiliation(
                user_id=author, listing_id=asha.id, nature=LinkNature.MANAGES, declared_at=now
            )
        )

    page = send(client, form, **OF_MEMBER)

    assert (page.status, reviews(session)) == (403, 0)
    assert "You are linked to this listing, so you cannot review it (R-05)." in page.main_text
    assert values_of(page, form)["text"] == WORDS


def test_a_second_review_within_a_year_leads_to_the_first(
    client: PageClient, form: str, asha: Made, author: int, session: Session
) -> None:
    make_review(asha, author_id=author)

    page = send(client, form, **OF_MEMBER)

    assert (page.status, reviews(session)) == (409, 1)
    assert [address for _, address in summary(page)] == ["/account/reviews"]


def test_too_many_in_one_day_are_refused(client: PageClient, form: str) -> None:
    values = values_of(client.page(form), form) | ANSWERS
    limit = LIMITS[LimitKind.REVIEW].network_times

    answers = [
        client.post(form, values | {"submission_key": f"{number:032}", "email": f"a{number}@b.org"})
        for number in range(limit + 1)
    ]

    assert [answer.status_code for answer in answers] == [303] * limit + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert WORDS in answers[-1].get_data(as_text=True)


def test_nobody_fills_a_strangers_mail_box(client: PageClient, form: str) -> None:
    values = values_of(client.page(form), form) | ANSWERS
    limit = LIMITS[LimitKind.REVIEW].times
    answers = [
        client.post(form, values | {"submission_key": f"{number:032}"})
        for number in range(limit + 1)
    ]

    assert [answer.status_code for answer in answers] == [303] * limit + [429]


@pytest.mark.parametrize("tail", [" <script>alert(1)</script>", " सब ठीक रहा, समय भी दिया।"])
def test_any_text_comes_back_as_it_was_written(client: PageClient, form: str, tail: str) -> None:
    page = send(client, form, **ANSWERS | {"text": WORDS + tail, "terms": None})

    assert values_of(page, form)["text"] == WORDS + tail


def test_what_a_browser_filled_in_unseen_loses_nothing(
    client: PageClient, form: str, session: Session
) -> None:
    page = send(client, form, **ANSWERS | {"website": "https://example.org"})

    assert (page.status, reviews(session)) == (422, 0)
    again = values_of(page, form)
    assert (again["text"], again["website"]) == (WORDS, "")


def test_a_form_sent_sooner_than_anybody_reads_one_loses_nothing(
    app: Flask, client: PageClient, form: str, session: Session
) -> None:
    app.extensions["least_form_time"] = timedelta(seconds=3)

    page = send(client, form, **ANSWERS)

    assert (page.status, reviews(session)) == (422, 0)
    assert "Please send it once more." in page.main_text
    assert values_of(page, form)["text"] == WORDS


def test_a_form_from_elsewhere_keeps_nothing_and_loses_nothing(
    client: PageClient, form: str, session: Session
) -> None:
    page = send(client, form, **ANSWERS | {"csrf_token": "from elsewhere"})

    assert (page.status, reviews(session)) == (422, 0)
    assert "This page was open for too long." in page.main_text
    assert values_of(page, form)["text"] == WORDS
