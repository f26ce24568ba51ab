"""The pages of rules and of numbers on reviews agree with the code they are written from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from directory.reviews.models import ReviewState
from directory.reviews.policy import MOVES, score_of
from directory.reviews.rules import RULES
from directory.web.review_policies import EVENTS, EXAMPLE, PEOPLE, STATES, example, move_rows
from directory.web.text import upper_first
from tests.factories.listings import make_practitioner
from tests.factories.reviews import make_review, make_reviews

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient


def test_every_rule_stands_there_in_both_languages_under_its_code(client: PageClient) -> None:
    page = client.page("/policies/reviews")

    rules = page.classed("rule")
    assert [rule.get("id") for rule in rules] == [found.code.value for found in RULES]
    for found, element in zip(RULES, rules, strict=True):
        words = " ".join("".join(element.itertext()).split())
        for text in (found.title_en, found.text_en, found.why_en, found.allowed_en):
            assert text in words
        for text in (found.title_hi, found.text_hi, found.why_hi, found.allowed_hi):
            assert text in words


def test_every_step_of_a_reviews_life_is_told(client: PageClient) -> None:
    page = client.page("/policies/reviews")
    told = " ".join("".join(page.section("How it goes").itertext()).split())

    assert len(move_rows()) == len([pair for pair in MOVES if pair[1] in EVENTS])
    assert set(STATES) == set(ReviewState)
    assert {move.who for move in MOVES.values()} <= set(PEOPLE)
    for row in move_rows():
        assert f"{row.before or '–'} {row.event} {upper_first(row.who)} {row.after}" in told


def test_the_example_is_computed_as_the_number_is(client: PageClient) -> None:
    found = example()
    told = client.page("/policies/reviews").main_text

    assert found.score == score_of([EXAMPLE.count(value) for value in range(1, 6)])
    assert "their plain mean is 4.0. The number shown is 3.8 of 5." in told
    assert "(5 × 3.5 + the sum of their overall ratings) ÷ (5 + how many they are)" in told


def test_the_page_claims_no_mark_and_is_linked_from_everywhere(client: PageClient) -> None:
    page = client.page("/policies/reviews")

    assert "designed to follow IS 19000:2022 and ISO 20488:2018" in page.main_text
    assert "compliant" not in page.text.lower()
    assert "certified" not in page.text.lower()
    assert client.page("/").link("Rules for reviews") == "/policies/reviews"
    sitemap = client.get("/sitemaps/pages.xml").get_data(as_text=True)
    assert "/policies/reviews" in sitemap
    assert "/policies/transparency" in sitemap


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("within 30 days of a rejection", "If you think we are wrong"),
        ("decides within 10 days", "If you think we are wrong"),
        ("at 72 hours, and it takes at most 10 days", "How long it takes"),
        ("within 24 hours and decided within 7 days", "How long it takes"),
        ("within 36 hours", "How long it takes"),
        ("under R-03, R-04, R-12 and R-19", "Who decides, and when it takes two"),
        ("rating of 2 or less takes two", "Who decides, and when it takes two"),
    ],
)
def test_the_page_names_the_times_and_people_of_the_code(
    client: PageClient, words: str, heading: str
) -> None:
    section = client.page("/policies/reviews").section(heading)

    assert words in " ".join("".join(section.itertext()).split())


def test_with_nothing_to_count_the_numbers_say_so(client: PageClient) -> None:
    page = client.page("/policies/transparency")

    assert "No review has been received so far." in page.main_text
    assert page.by_role("table") == []
    assert (
        client.page("/policies/reviews").link("What became of all reviews, in numbers")
        == "/policies/transparency"
    )


def test_the_numbers_show_what_became_of_reviews(
    client: PageClient, session: object, vocabulary: Vocabulary
) -> None:
    listing = make_practitioner(vocabulary)
    make_reviews(listing, 5, 4)
    make_review(listing, state=ReviewState.REJECTED, overall=1)
    make_review(listing, state=ReviewState.WITHDRAWN)
    make_review(
        listing,
        state=ReviewState.REMOVED,
        overall=2,
        is_demo=True,
        written_at=datetime(2026, 8, 1, tzinfo=UTC),
    )

    page = client.page("/policies/transparency")

    words = page.main_text
    assert "Made-up demo reviews are among those counted here." in words
    assert "Oct–Dec 2026 4 3 0 1 0 0 1 6.0 h" in words
    assert "Jul–Sep 2026 1 1 0 0 1 0 0 6.0 h" in words
    assert "In all 5 4 0 1 1 0 1 6.0 h" in words
    assert "1 of 5 0 1 0" in words
    assert "2 of 5 1 0 1" in words
    assert "R-08 Identifies staff beyond the listed professional 0 1 1" in words
