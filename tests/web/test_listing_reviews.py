"""Reviews on a listing's page, on its list of reviews and on cards, as a reader meets them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState
from directory.reviews.models import (
    Aspect,
    CareKind,
    Pseudonym,
    Relation,
    ReviewState,
    RuleCode,
)
from tests.factories.listings import Facts, make_centre, make_practitioner
from tests.factories.reviews import WORDS, make_review, make_reviews

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

HINDI = "डॉक्टर ने पूरे एक घंटे बात सुनी, आगे क्या होगा समझाया और कहीं भी जल्दी नहीं की। फ़ीस भी पहले बता दी।"


@pytest.fixture
def asha(session: object, vocabulary: Vocabulary) -> Made:
    """Give a therapist's listing."""
    return make_practitioner(vocabulary)


def said(page: Page) -> str:
    """Give the words of the part with reviews."""
    return " ".join("".join(page.section("What patients say लोगों का अनुभव").itertext()).split())


def gone(page: Page) -> list[str]:
    """Give the lines in the place of reviews that are gone."""
    lines = page.classed("review--gone")
    return [" ".join("".join(line.itertext()).split()) for line in lines]


def shown(page: Page) -> list[str]:
    """Give the stars of the reviews of a page, in order."""
    return [
        "".join(element.itertext()).split(" of 5")[0].split()[-1]
        for element in page.classed("review__who")
    ]


def test_a_listing_without_reviews_says_so_and_offers_the_form(
    client: PageClient, asha: Made
) -> None:
    page = client.page(asha.path)

    assert "No reviews yet." in said(page)
    assert page.link("Write a review") == f"{asha.path}/review"
    assert page.link("Reviews") == "#reviews"


def test_under_five_reviews_no_number_is_shown(client: PageClient, asha: Made) -> None:
    make_reviews(asha, 5, 5, 5, 5)

    page = client.page(asha.path)

    assert "No score yet: 4 of 5 reviews of visits in the last 24 months." in said(page)
    assert page.classed("score") == []
    assert shown(page) == ["5"] * 4


def test_the_fifth_review_brings_the_number_with_all_behind_it(
    client: PageClient, asha: Made
) -> None:
    make_reviews(asha, 5, 5, 4, 2, 5, aspects={Aspect.LISTENED: 4})

    page = client.page(asha.path)

    words = said(page)
    assert "3.9 of 5 from 5 reviews of visits in the last 24 months" in words
    assert "as if 5 people had said 3.5" in words
    assert page.link("How this number is made") == "/policies/reviews#number"
    bars = [" ".join("".join(row.itertext()).split()) for row in page.classed("bars__row")]
    assert bars == [
        "5 of 5: 3 reviews",
        "4 of 5: 1 review",
        "3 of 5: 0 reviews",
        "2 of 5: 1 review",
        "1 of 5: 0 reviews",
    ]
    [aspect] = page.classed("aspects__row")
    assert " ".join("".join(aspect.itertext()).split()) == "Listened to me 4.0 of 5 (5)"


def test_a_review_says_who_when_and_what_but_never_who_exactly(
    client: PageClient, asha: Made
) -> None:
    made = make_review(
        asha,
        overall=4,
        relation=Relation.CARER,
        care_kind=CareKind.FIRST_VISIT,
        aspects={Aspect.FEES: 3},
        is_demo=True,
    )

    page = client.page(asha.path)

    words = said(page)
    assert "A carer in South Delhi Demo Jul–Sep 2026, first visit 4 of 5" in words
    assert WORDS in words
    assert "Fees as told 3 of 5" in words
    assert "Read by a moderator, published 5 October 2026" in words
    assert page.link("Object to this review") == f"/reviews/{made.public_id}/flag"
    assert f"author_id={made.author_id}" not in page.text


@pytest.mark.parametrize(
    ("pseudonym", "relation", "name"),
    [
        (Pseudonym.WITH_DISTRICT, Relation.TREATED, "A patient in South Delhi"),
        (Pseudonym.WITH_DISTRICT, Relation.FAMILY, "A family member in South Delhi"),
        (Pseudonym.ROLE_ONLY, Relation.CARER, "A carer"),
        (Pseudonym.NEUTRAL, Relation.TREATED, "Someone who knows this practice"),
    ],
)
def test_the_name_is_the_one_the_author_chose(
    client: PageClient, asha: Made, *, pseudonym: Pseudonym, relation: Relation, name: str
) -> None:
    make_review(asha, pseudonym=pseudonym, relation=relation)

    [element] = client.page(asha.path).classed("review__name")

    assert "".join(element.itertext()) == name


def test_hindi_words_are_marked_as_hindi(client: PageClient, asha: Made) -> None:
    make_review(asha, language="hi", text=HINDI)
    make_review(asha, language="hinglish")

    page = client.page(asha.path)

    assert [text.get("lang") for text in page.classed("review__text")] == ["hi-Latn", "hi"]
    assert "· in Hindi" in said(page)


def test_what_is_gone_leaves_a_line_with_its_month_and_rule(client: PageClient, asha: Made) -> None:
    secret = f"{WORDS} Nobody may read this."
    for state in ReviewState:
        if state is not ReviewState.PUBLISHED:
            make_review(
                asha,
                state=state,
                text=secret,
                ground="Order of the civil court, Saket",
                rule_code=RuleCode.LEGAL_ORDER if state is ReviewState.RESTRICTED else None,
            )

    page = client.page(asha.path)

    assert sorted(gone(page)) == [
        (
            "Not shown since Oct 2026, by order. Rule R-17: order of a court or an authority. "
            "Ground: Order of the civil court, Saket. It does not count in the number. The rule"
        ),
        (
            "Removed, Oct 2026. Rule R-08: identifies staff beyond the listed professional. "
            "Two people decided. It does not count in the number. The rule"
        ),
        "Withdrawn by its author, Oct 2026.",
    ]
    assert "Nobody may read this" not in page.text
    assert shown(page) == []


def test_ten_reviews_stand_on_the_page_and_the_rest_in_the_list(
    client: PageClient, asha: Made
) -> None:
    make_reviews(asha, *[3] * 6, *[4] * 6)
    make_review(asha, overall=1, quarter="2024-Q1")

    page = client.page(asha.path)
    rest = client.page(page.link("All 12 reviews") + "?page=2")
    older = client.page(page.link("1 older than 24 months"))

    assert shown(page) == [*["4"] * 6, *["3"] * 4]
    assert shown(rest) == ["3", "3"]
    assert shown(older) == ["1"]
    assert "too old to count in the number" in older.main_text


def test_the_list_is_filtered_and_ordered_in_its_address(client: PageClient, asha: Made) -> None:
    make_review(asha, overall=2, relation=Relation.CARER)
    make_review(asha, overall=5, relation=Relation.CARER, care_kind=CareKind.ADMISSION)
    make_review(asha, overall=4, quarter="2025-Q1")

    page = client.page(f"{asha.path}/reviews")
    carers = client.page(page.link("Carers"))
    lowest = client.page(carers.link("Lowest"))
    inside = client.page(lowest.link("Admission"))

    assert page.h1 == "Reviews of Asha Verma"
    assert sorted(shown(page)) == ["2", "4", "5"]
    assert shown(lowest) == ["2", "5"]
    assert shown(inside) == ["5"]
    assert inside.link("Any care").endswith("reviews?order=lowest&relation=carer")
    assert sorted(shown(client.page(page.link("Last 12 months")))) == ["2", "5"]
    assert "No review fits" in client.page(f"{asha.path}/reviews?relation=family").main_text


@pytest.mark.parametrize(
    "query",
    [
        "relation=neighbour",
        "care_kind=x",
        "period=all",
        "order=best",
        "page=0",
        "page=x",
        "page=99999",
    ],
)
def test_a_choice_that_is_not_offered_is_refused(
    client: PageClient, asha: Made, query: str
) -> None:
    client.page(f"{asha.path}/reviews?{query}", status=400)


def test_a_page_beyond_the_last_is_not_there(client: PageClient, asha: Made) -> None:
    client.page(f"{asha.path}/reviews?page=2", status=404)
    assert "No reviews yet" in client.page(f"{asha.path}/reviews").main_text


def test_old_wrong_and_closed_addresses_lead_on(
    client: PageClient, session: object, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))
    closed = make_practitioner(
        vocabulary, Facts(state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    )

    for path in ("/therapists/old-name/reviews", f"/centres/{made.slug}/reviews"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (301, f"{made.path}/reviews")
    client.page(f"{closed.path}/reviews", status=410)
    client.page("/therapists/nobody/reviews", status=404)


def test_a_centres_reviews_are_shown_too(
    client: PageClient, session: object, vocabulary: Vocabulary
) -> None:
    centre = make_centre(vocabulary)
    make_review(centre, overall=3, aspects={Aspect.NIGHT: 2})

    page = client.page(centre.path)

    assert "Staff at night 2 of 5" in said(page)
    assert shown(client.page(f"{centre.path}/reviews")) == ["3"]


def test_cards_have_a_line_of_reviews_where_there_are_any(
    client: PageClient, session: object, vocabulary: Vocabulary
) -> None:
    rated, few, _none = (
        make_practitioner(vocabulary, Facts(name=name, conditions=["depression"]))
        for name in ("Rated", "Few", "None")
    )
    make_reviews(rated, 5, 5, 5, 5, 4)
    make_reviews(few, 5, 1)

    for path in ("/search", "/conditions/depression", "/localities/saket"):
        lines = client.page(path).classed("card__rating")
        assert sorted(" ".join("".join(line.itertext()).split()) for line in lines) == [
            "2 reviews, no score yet",
            "4.2 of 5 · 5 reviews",
        ]


@pytest.mark.parametrize("number", [1, 12])
def test_reviews_cost_as_many_queries_however_many_there_are(
    client: PageClient, asha: Made, count_sql: CountSql, number: int
) -> None:
    client.page(asha.path)
    with count_sql() as without:
        client.page(asha.path)
    make_reviews(asha, *[4] * number, aspects={Aspect.LISTENED: 4})

    with count_sql() as statements:
        client.page(asha.path)

    assert len(statements) - len(without) in {2, 3}  # reviews and their aspects; means from five on


def test_no_page_with_reviews_may_be_kept_by_anyone(client: PageClient, asha: Made) -> None:
    make_reviews(asha, 5)

    for path in (asha.path, f"{asha.path}/reviews", "/search"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-cache"
    for path in (f"/api/v1/listings/{asha.slug}/reviews", f"/api/v1/listings/{asha.slug}"):
        assert client.get(path).headers["Cache-Control"] == "no-cache"
    assert "no-cache" in client.get("/api/v1/suggest?q=ash").headers["Cache-Control"]


def test_linked_data_never_claims_a_rating(client: PageClient, asha: Made, now: datetime) -> None:
    make_reviews(asha, *[5] * 6)

    assert "aggregateRating" not in str(client.page(asha.path).linked_data)
