"""The record of acts: newest first, filtered by the address, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from directory.audit.actions import ACTS
from directory.moderation.models import Outcome
from directory.reviews.models import RuleCode
from directory.web import audit_words
from directory.web.audit_log import PER_PAGE

if TYPE_CHECKING:
    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

LOG = "/admin/audit"
CAPTION = "Acts, the newest first"


def told(page: Page) -> list[list[str]]:
    """Give act, subject, actor and facts of each row."""
    return [row[1:] for row in page.rows(CAPTION)[1:]]


def test_acts_are_told_in_words(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR))

    rows = told(staff.client("admin").page(LOG, noun="review"))

    number = staff.tell(lambda desk: desk.review(review).id)
    rani = staff.desk.people["rani"]
    assert rows[0] == [
        "Review sent back",
        f"review {number}",
        f"Rani Moderator (account {rani})",
        "version 1, rule R-09, decision 1",
    ]
    assert rows[-1] == ["Review written", f"review {number}", "an author", "version 1"]


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({"act": "review.published"}, ["Review published"]),
        ({"act": "nonsense", "noun": "decision"}, ["Decision made"]),
        ({"noun": "case", "act": "case.opened"}, ["Case opened"]),
        ({"since": "2026-11-24"}, []),
        ({"until": "2026-11-22"}, []),
        ({"since": "2026-11-23", "until": "2026-11-23", "act": "case.closed"}, ["Case closed"]),
        ({"since": "tomorrow", "until": "9999-12-31", "act": "case.closed"}, ["Case closed"]),
        ({"subject": "9" * 40, "act": "case.closed"}, ["Case closed"]),
        ({"subject": "77", "noun": "case"}, []),
    ],
)
def test_the_address_filters(staff: Staff, asked: dict[str, str], acts: list[str]) -> None:
    staff.tell(lambda desk: desk.published())

    page = staff.client("admin").page(f"{LOG}?{urlencode(asked)}")

    found = [row[0] for row in told(page)] if acts else []
    assert found == acts
    assert acts or "No act fits." in page.main_text


def test_one_persons_acts_can_be_seen(staff: Staff) -> None:
    staff.tell(lambda desk: desk.published())

    page = staff.client("admin").page(LOG, actor=str(staff.desk.people["rani"]))

    assert {row[2] for row in told(page)} == {
        f"Rani Moderator (account {staff.desk.people['rani']})"
    }


def test_older_acts_are_one_link_away(staff: Staff) -> None:
    for _ in range(12):
        staff.tell(lambda desk: desk.withdraw(desk.published()))

    admin = staff.client("admin")
    first = admin.page(LOG)
    assert len(told(first)) == PER_PAGE
    older = admin.page(LOG + first.link("Older acts"))

    assert told(older)[-1][0] == "Review written"


def test_a_case_and_an_account_lead_to_their_pages(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.published())
    case_id = staff.case_id(review)

    page = staff.client("admin").page(LOG, act="case.closed")

    assert page.link(f"case {case_id}") == f"/moderation/cases/{case_id}"


def test_an_author_is_never_named(staff: Staff) -> None:
    staff.tell(lambda desk: desk.published("bela"))

    page = staff.client("admin").page(LOG)

    assert "bela" not in page.response.get_data(as_text=True).lower()
    number = staff.desk.people["bela"]
    assert f"(account {number})" not in page.main_text


def test_every_act_and_every_fact_has_words() -> None:
    facts = {fact for act in ACTS.values() for fact in act.facts}

    assert set(ACTS) - set(audit_words.ACTS) == set()
    assert facts - set(audit_words.FACTS) == set()
    assert {act.subject_noun for act in ACTS.values()} - set(audit_words.NOUNS) == set()
