"""What readers get of a listing's reviews: published words, lines for what is gone, no author."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from directory.reviews.models import (
    Aspect,
    CareKind,
    Pseudonym,
    Relation,
    ReviewState,
    RuleCode,
)
from directory.reviews.policy import LEAVES_A_LINE
from directory.reviews.queries.listing import (
    Order,
    Period,
    ReviewCard,
    ReviewFilter,
    ReviewsPage,
    Shown,
    Tombstone,
    reviews_of,
)
from directory.reviews.queries.ratings import (
    NO_REVIEWS,
    AspectMean,
    aspect_means,
    rating_of,
    ratings_of,
)
from directory.reviews.queries.texts import MOST_TEXTS, newest_texts
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import WORDS, make_review, make_reviews

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made

pytestmark = pytest.mark.db
TODAY = date(2026, 11, 23)


@pytest.fixture
def asha(session: Session, vocabulary: Vocabulary) -> Made:
    """Give a listing."""
    return make_practitioner(vocabulary)


def read(session: Session, listing: Made, page: int = 1, **wanted: object) -> ReviewsPage:
    """Read a page of ten."""
    chosen = ReviewFilter(**wanted)  # type: ignore[arg-type]
    return reviews_of(session, listing.id, chosen, page=page, per_page=10, today=TODAY)


def stars(page: ReviewsPage) -> list[int | str]:
    """Give what stands in a page, by its stars or its kind of line."""
    return [
        item.overall if isinstance(item, ReviewCard) else item.kind.value for item in page.items
    ]


def test_a_published_review_is_shown_whole_and_without_its_author(
    session: Session, asha: Made
) -> None:
    made = make_review(
        asha,
        overall=4,
        language="hi",
        relation=Relation.CARER,
        care_kind=CareKind.ADMISSION,
        aspects={Aspect.REACH: 2, Aspect.LISTENED: 5},
        is_demo=True,
    )

    page = read(session, asha)

    assert page.items == (
        ReviewCard(
            public_id=made.public_id,
            who=Shown(Relation.CARER, Pseudonym.WITH_DISTRICT, "South"),
            quarter="2026-Q3",
            care_kind=CareKind.ADMISSION,
            relation=Relation.CARER,
            overall=4,
            aspects=((Aspect.LISTENED, 5), (Aspect.REACH, 2)),
            text=WORDS,
            language="hi",
            published_on=date(2026, 10, 5),
            is_older=False,
            is_demo=True,
        ),
    )
    assert WORDS not in repr(page)


@pytest.mark.parametrize("state", ReviewState)
def test_only_published_words_are_read_in_any_state(
    session: Session, asha: Made, state: ReviewState
) -> None:
    make_review(asha, state=state, ground="Order of a court")

    items = read(session, asha, period=Period.ALL).items
    kinds = [type(item) for item in items]

    if state is ReviewState.PUBLISHED:
        assert kinds == [ReviewCard]
    else:
        assert kinds == ([Tombstone] if state in LEAVES_A_LINE else [])
        assert newest_texts(session, [asha.id]) == {}
        assert rating_of(session, asha.id).published == 0


def test_a_line_says_what_became_of_a_review_when_and_why(session: Session, asha: Made) -> None:
    ended_at = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)  # the first of November in Delhi
    make_review(
        asha,
        state=ReviewState.REMOVED,
        rule_code=RuleCode.IDENTIFIES_RELATIVE,
        ended_at=ended_at,
    )
    make_review(asha, state=ReviewState.RESTRICTED, ground="Order of a court")

    restricted, removed = read(session, asha).items

    november, october = date(2026, 11, 1), date(2026, 10, 1)
    rule = RuleCode.IDENTIFIES_RELATIVE
    assert removed == Tombstone(ReviewState.REMOVED, november, rule, None)
    assert restricted == Tombstone(
        ReviewState.RESTRICTED, october, RuleCode.LEGAL_ORDER, "Order of a court"
    )


def test_what_never_was_public_leaves_no_line(session: Session, asha: Made) -> None:
    make_review(asha, state=ReviewState.WITHDRAWN, was_public=False)

    assert read(session, asha).rows == 0


def test_reviews_stand_newest_first_and_in_other_orders_on_request(
    session: Session, asha: Made
) -> None:
    make_reviews(asha, 3, 5, 1, 4)

    assert stars(read(session, asha)) == [4, 1, 5, 3]
    assert stars(read(session, asha, order=Order.OLDEST)) == [3, 5, 1, 4]
    assert stars(read(session, asha, order=Order.HIGHEST)) == [5, 4, 3, 1]
    assert stars(read(session, asha, order=Order.LOWEST)) == [1, 3, 4, 5]


def test_filters_choose_and_hide_lines_that_would_tell_of_the_gone(
    session: Session, asha: Made
) -> None:
    make_review(asha, overall=5, relation=Relation.FAMILY)
    make_review(asha, overall=3, care_kind=CareKind.ADMISSION)
    make_review(asha, state=ReviewState.WITHDRAWN, relation=Relation.FAMILY)

    assert sorted(map(str, stars(read(session, asha)))) == ["3", "5", "withdrawn"]
    assert stars(read(session, asha, relation=Relation.FAMILY)) == [5]
    assert stars(read(session, asha, care_kind=CareKind.ADMISSION)) == [3]
    assert sorted(stars(read(session, asha, order=Order.HIGHEST)), reverse=True) == [5, 3]


def test_an_author_who_shows_no_role_is_in_no_list_of_one(session: Session, asha: Made) -> None:
    for pseudonym in Pseudonym:
        make_review(asha, pseudonym=pseudonym)

    shown = {item.who for item in read(session, asha).items if isinstance(item, ReviewCard)}

    assert shown == {
        Shown(Relation.TREATED, Pseudonym.WITH_DISTRICT, "South"),
        Shown(Relation.TREATED, Pseudonym.ROLE_ONLY, None),
        Shown(None, Pseudonym.NEUTRAL, None),
    }
    assert read(session, asha, relation=Relation.TREATED).total == 2


def test_visits_too_long_ago_are_a_list_of_their_own(session: Session, asha: Made) -> None:
    for overall, quarter in ((5, "2026-Q1"), (4, "2025-Q3"), (3, "2024-Q4"), (2, "2024-Q3")):
        make_review(asha, overall=overall, quarter=quarter)

    assert sorted(stars(read(session, asha))) == [3, 4, 5]
    assert stars(read(session, asha, period=Period.YEAR)) == [5]
    older = read(session, asha, period=Period.OLDER)
    assert [item.is_older for item in older.items if isinstance(item, ReviewCard)] == [True]
    every = read(session, asha, period=Period.ALL)
    assert (every.total, every.counted) == (4, 3)


def test_pages_go_on_where_the_last_one_ended(session: Session, asha: Made) -> None:
    make_reviews(asha, *[5] * 12)
    first, second = read(session, asha), read(session, asha, page=2)

    assert (first.total, len(first.items), len(second.items)) == (12, 10, 2)
    assert not set(first.items) & set(second.items)


@pytest.mark.parametrize("number", [1, 9])
def test_a_page_costs_three_queries_however_many_reviews(
    session: Session, asha: Made, count_sql: CountSql, number: int
) -> None:
    make_reviews(asha, *[4] * number, aspects={Aspect.LISTENED: 5})

    with count_sql() as statements:
        read(session, asha)

    assert len(statements) == 3


def test_a_score_needs_five_counted_reviews(session: Session, asha: Made) -> None:
    make_reviews(asha, 5, 5, 4, 2)
    make_review(asha, overall=1, quarter="2024-Q1")
    before = rating_of(session, asha.id)
    make_review(asha, overall=5)
    after = rating_of(session, asha.id)

    assert (before.score, before.counted, before.older) == (None, 4, 1)
    assert after.stars == (0, 1, 0, 1, 3)
    assert after.score == 3.9  # (17.5 + 21) / 10, to one decimal


def test_ratings_of_many_listings_cost_one_query(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    made = [make_practitioner(vocabulary, Facts(name=f"Person {n}")) for n in range(3)]
    make_reviews(made[0], 4, 4)

    with count_sql() as statements:
        found = ratings_of(session, [listing.id for listing in made])

    assert len(statements) == 1
    assert [number for number, facts in found.items() if facts.counted] == [made[0].id]
    assert rating_of(session, made[1].id) == NO_REVIEWS
    assert ratings_of(session, []) == {}


def test_an_aspect_has_a_mean_once_five_counted_reviews_rate_it(
    session: Session, asha: Made
) -> None:
    make_reviews(asha, 4, 4, 4, 4, aspects={Aspect.PRIVACY: 5, Aspect.FEES: 2})
    make_review(asha, aspects={Aspect.PRIVACY: 3})
    make_review(asha, aspects={Aspect.FEES: 1}, quarter="2024-Q1")

    assert aspect_means(session, asha.id, today=TODAY) == (AspectMean(Aspect.PRIVACY, 4.6, 5),)


def test_the_index_gets_the_newest_texts_of_each_listing(
    session: Session, asha: Made, vocabulary: Vocabulary
) -> None:
    bela = make_practitioner(vocabulary, Facts(name="Bela Sen"))
    for number in range(MOST_TEXTS + 2):
        make_review(asha, text=f"{WORDS} This is number {number}.")
    make_review(bela)

    found = newest_texts(session, [asha.id, bela.id])

    assert len(found[asha.id]) == MOST_TEXTS
    assert found[asha.id][0].endswith(f"number {MOST_TEXTS + 1}.")
    assert list(found[bela.id]) == [WORDS]
