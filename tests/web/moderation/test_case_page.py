"""The page of a case: what it shows to whom, and what it never shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import writing
from directory.moderation.decisions import add_note, lease, link_person
from directory.moderation.models import CaseSignal, LinkNature, Outcome
from directory.reviews.models import Aspect, RuleCode
from tests.moderation.desk import WORDS
from tests.support.markup import text_of

if TYPE_CHECKING:
    from tests.moderation.desk import Desk
    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

RULE = RuleCode.NOT_OWN


def outcomes(page: Page) -> list[str]:
    """Give the labels of the outcomes, without their hints."""
    radios = [el for el in page.markup.all("input") if el.get("name") == "outcome"]
    return [page.markup.name_of(el) for el in radios]


def add_signal(desk: Desk, public_id: str, name: str, word: str) -> None:
    case_id, start = desk.case(public_id).id, WORDS.index(word)
    with writing() as session:
        session.add(
            CaseSignal(
                case_id=case_id,
                review_version=1,
                name=name,
                span_start=start,
                span_end=start + len(word),
                why=f"“{word}” stands out.",
            )
        )


def test_a_case_shows_the_words_and_asks_for_an_outcome(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=4))

    page = staff.open("rani", review)

    case = f"Case {staff.case_id(review)}: a review of Dr Meenakshi Rawat"
    assert page.headings()[:2] == [(1, "Review desk"), (2, case)]
    assert WORDS in page.main_text
    assert "Patient · ongoing care · Oct–Dec 2026 · English" in page.main_text
    assert outcomes(page) == [
        "Publish as it is",
        "Send back to the author They change it themselves; we never edit a word",
        "Reject",
    ]
    assert "A second person is needed" not in page.main_text


def test_what_a_signal_points_at_is_marked_and_numbered(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    staff.tell(lambda desk: add_signal(desk, review, "dose", "whole hour"))
    staff.tell(lambda desk: add_signal(desk, review, "staff_name", "listened"))

    page = staff.open("rani", review)

    assert [text_of(el) for el in page.markup.all("mark")][:2] == ["listened", "whole hour"]
    assert [text_of(el) for el in page.markup.all("sup")][:2] == ["1", "2"]
    signals = page.items(page.section("Signals"))
    assert signals[0] == "1 staff_name “listened” stands out."
    assert signals[1] == "2 dose “whole hour” stands out."


def test_words_are_never_markup(staff: Staff) -> None:
    words = "<script>alert(1)</script> <b>She</b> listened & explained what would happen. " * 2
    review = staff.tell(lambda desk: desk.submit(text=words))

    page = staff.open("rani", review)

    assert "<script>alert(1)</script> <b>She</b> listened & explained" in page.main_text


def test_stars_stay_hidden_until_one_has_decided(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=4, aspects={Aspect.LISTENED: 5}))
    before = staff.open("rani", review)
    assert "stars" not in [name for _, name in before.headings()]
    assert "of 5" not in before.main_text

    staff.tell(lambda desk: desk.publish(review, "rani"))
    assert "of 5" not in staff.open("rani", review).main_text
    staff.wait(minutes=1)

    assert "4 of 5 overall · Listened to me 5" in staff.open("rani", review).main_text
    assert "of 5" not in staff.open("kabir", review).main_text


def test_a_low_rating_is_told_only_as_the_need_for_a_second_person(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))

    page = staff.open("rani", review)

    assert "A second person is needed to reject this" in page.main_text
    assert "Reject Needs a second person, but not under R-03, R-04, R-12, R-19" in outcomes(page)
    assert "1 of 5" not in page.main_text


def test_the_second_person_is_blind_to_the_first(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    case_id = staff.case_id(review)
    staff.tell(
        lambda desk: add_note(
            viewer=desk.as_("rani"), case_id=case_id, text="I know that tone.", now=desk.now
        )
    )
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RULE, "Never there."))
    staff.wait(minutes=1)

    page = staff.open("kabir", review)

    assert "Somebody proposed rejection under R-01." in page.main_text
    for secret in ("I know that tone.", "Never there.", "Rani"):
        assert secret not in page.response.get_data(as_text=True)
    assert [text_of(el) for el in page.classed("choice__text")][:2] == [
        "Yes: reject it",
        "No: somebody decides it anew",
    ]
    assert outcomes(page) == []


def test_who_proposed_sees_that_it_waits_and_may_not_answer(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RULE))

    page = staff.open("rani", review)

    assert "Your proposal waits for a second person" in page.main_text
    assert not page.by_role("button", "Answer")
    assert not page.by_role("button", "Decide")


def test_who_is_linked_to_the_listing_sees_not_a_word(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    staff.tell(
        lambda desk: link_person(
            viewer=desk.as_("admin"),
            user_id=desk.people["sana"],
            listing_id=desk.listing.id,
            nature=LinkNature.MANAGES,
            now=desk.now,
        )
    )

    page = staff.open("sana", review)

    assert "You are linked to this listing" in page.main_text
    assert WORDS not in page.response.get_data(as_text=True)
    assert not page.by_role("button", "Decide")
    assert not page.by_role("button", "Take this case")


def test_a_case_somebody_has_cannot_be_decided_by_others(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    case_id = staff.case_id(review)
    staff.tell(lambda desk: lease(viewer=desk.as_("rani"), case_id=case_id, now=desk.now))

    page = staff.open("kabir", review)

    assert "Rani Moderator has this case until 14:50." in page.main_text
    assert not page.by_role("button", "Decide")


@pytest.mark.parametrize("name", ["crisis", "self_harm_method"])
def test_hard_words_are_folded_with_a_note(staff: Staff, name: str) -> None:
    review = staff.tell(lambda desk: desk.submit())
    staff.tell(lambda desk: add_signal(desk, review, name, "listened"))

    page = staff.open("rani", review)

    text = next(el for el in page.classed("case-text"))
    fold = next(el for el in page.markup.parents(text) if el.tag == "details")
    assert fold.get("open") is None
    assert "Open the words" in text_of(fold)
    assert "112 and Tele-MANAS" in text_of(fold)


def test_a_new_version_shows_what_changed(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(text=f"{WORDS} I live in Malka Ganj."))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR))
    staff.wait(hours=1)
    staff.tell(lambda desk: desk.resubmit(review, text=f"{WORDS} I live nearby."))

    page = staff.open("kabir", review)

    assert page.heading("The words, version 2 of 2") is not None
    assert [text_of(el) for el in page.markup.all("del")] == ["taken out: in Malka Ganj."]
    assert [text_of(el) for el in page.markup.all("ins")] == ["put in: nearby."]
    history = page.items(page.section("History"))
    assert history[0] == "23 Nov, 15:30 Sent again by the author"
    assert history[1] == (
        "23 Nov, 14:30 Sent back by Rani Moderator, R-09: “Leave the street out.”"
    )


def test_a_flag_and_an_appeal_bring_their_words(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.published())
    receipt = staff.tell(lambda desk: desk.flag(review, RuleCode.THREAT))

    page = staff.open("kabir", review)

    assert receipt in text_of(page.section("1 flag"))
    assert "R-10" in text_of(page.section("1 flag"))


def test_an_administrator_alone_is_offered_a_legal_restriction(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.published())
    staff.tell(lambda desk: desk.flag(review))

    offered = {who: outcomes(staff.open(who, review))[-1] for who in ("kabir", "admin")}

    assert offered["kabir"].startswith("Propose to remove it")
    assert offered["admin"].startswith("Restrict it under a legal order")


def test_rules_that_do_not_fit_are_not_offered(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    page = staff.open("rani", review)

    options = page.markup.all("option", within=page.field("Rule"))
    fitting = {(el.get("value") or "")[:4]: el.get("data-for") for el in options}

    assert "R-17" not in fitting
    assert fitting["R-09"] == "return"
    assert all(value in {None, "return", "reject", "return reject"} for value in fitting.values())


def test_nothing_of_the_author_is_on_the_page(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit("bela"))

    html = staff.open("rani", review).response.get_data(as_text=True)

    assert "bela" not in html
    assert "example.org" not in html


def test_an_unknown_case_is_not_found(staff: Staff) -> None:
    assert staff.client("rani").get("/moderation/cases/404").status_code == 404
