"""The page of the queue: what waits, how it is told, and the button that takes the next case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.moderation.models import Outcome
from directory.reviews.models import ReviewState, RuleCode
from tests.factories.reviews import make_review
from tests.support.markup import text_of
from tests.web.moderation.staff import send, token_of

if TYPE_CHECKING:
    from tests.conftest import CountSql
    from tests.moderation.desk import Desk
    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

QUEUE = "/moderation"
MOST_STATEMENTS = 8


def lists(page: Page) -> list[str]:
    return [text_of(el) for el in page.classed("sort__link")]


def lines(page: Page) -> list[str]:
    return [text_of(el) for el in page.classed("queue__link")]


def test_an_empty_queue_says_so_and_offers_to_look_again(staff: Staff) -> None:
    page = staff.client("rani").page(QUEUE)

    assert page.h1 == "Review desk"
    assert "Nothing waits here." in page.main_text
    assert lists(page) == [
        "All 0",
        "Second person 0",
        "Appeals 0",
        "Reports of readers 0",
        "Mine 0",
    ]
    assert page.heading("Nothing waits for you") is not None


def test_a_line_tells_class_clock_kind_place_and_language(staff: Staff) -> None:
    staff.tell(lambda desk: desk.submit())
    staff.wait(hours=2)

    assert lines(staff.client("rani").page(QUEUE)) == [
        "P4 routine due in 70 h Review Saket · English"
    ]


def test_the_name_over_the_page_is_ones_own(staff: Staff) -> None:
    assert "Rani Moderator · 0 open" in staff.client("rani").page(QUEUE).main_text


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("kabir", "P4 routine due in 72 h Rejection, second person Saket · English"),
        ("rani", "P4 routine due in 72 h Rejection, second person Saket · English · not for you"),
    ],
)
def test_a_proposal_waits_for_somebody_else(staff: Staff, who: str, line: str) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN))
    staff.wait(minutes=1)

    assert lines(staff.client(who).page(QUEUE)) == [line.replace("72 h", "71 h")]


def test_a_hidden_review_tells_when_it_comes_back(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.published())
    staff.tell(lambda desk: desk.flag(review))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.HIDE, RuleCode.THREAT))
    staff.wait(hours=4)

    page = staff.client("kabir").page(QUEUE, list="second")
    assert "Hidden review, second person Saket · English · comes back in 20 h" in page.main_text


def test_an_unknown_list_or_page_is_the_whole_queue(staff: Staff) -> None:
    staff.tell(lambda desk: desk.submit())

    page = staff.client("rani").page(f"{QUEUE}?list=nonsense&page=x")

    assert len(lines(page)) == 1


def test_taking_the_next_case_gives_it_to_one_alone(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani = staff.client("rani")

    answer = send(rani, QUEUE, "/moderation/take", {})

    assert answer.status_code == 303
    path = f"/moderation/cases/{staff.case_id(review)}"
    assert answer.headers["Location"] == path
    assert "yours until 14:50" in rani.page(path).main_text
    assert "Rani Moderator has it" in staff.client("kabir").page(QUEUE).main_text


def test_taking_the_next_case_when_another_was_faster_leads_back(staff: Staff) -> None:
    staff.tell(lambda desk: desk.submit())
    rani, kabir = staff.client("rani"), staff.client("kabir")
    token = token_of(rani, QUEUE)
    send(kabir, QUEUE, "/moderation/take", {})

    answer = rani.post("/moderation/take", {"csrf_token": token})

    assert answer.headers["Location"] == QUEUE


def test_a_button_of_another_page_takes_nothing(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani = staff.client("rani")

    for step in ("take", "release", "class"):
        path = f"/moderation/cases/{staff.case_id(review)}/{step}"
        assert rani.post(path, {"csrf_token": "forged", "lane": "crisis"}).status_code == 400
    assert rani.post("/moderation/take", {}).status_code == 400
    assert "P4 routine" in rani.page(QUEUE).main_text
    assert "Mine 0" in rani.page(QUEUE).main_text


def test_clocks_and_counts_are_plain_tables(staff: Staff) -> None:
    staff.tell(lambda desk: desk.submit())
    staff.tell(lambda desk: desk.published("bela"))
    staff.wait(days=4)

    page = staff.client("rani").page("/moderation/counts")

    rows = page.rows("Open cases by class")
    assert rows[0] == ["Class", "Open", "Second person", "Late", "Over", "Oldest"]
    assert rows[-1] == ["P4 routine", "1", "0", "1", "0", "4 days"]
    assert page.rows("Open cases by kind")[1] == ["Review", "1", "0", "1", "0", "4 days"]
    assert page.rows("Closed cases by kind")[1] == ["Review", "1", "1", "0 h"]


@pytest.mark.timeout(60)
def test_the_queue_costs_the_same_however_much_waits(staff: Staff, count_sql: CountSql) -> None:
    rani, counted = staff.client("rani"), []
    for more in (1, 50):
        with staff.app.app_context():
            make_waiting(staff.desk, more)
        with count_sql() as statements:
            rani.page(QUEUE)
        counted.append(len(statements))

    assert counted[0] == counted[1]
    assert counted[0] <= MOST_STATEMENTS


def make_waiting(desk: Desk, number: int) -> None:
    """Make as many reviews that wait to be read."""
    for _ in range(number):
        make_review(desk.listing, state=ReviewState.PENDING)
