"""A reader's report on the desk: what its page shows to whom, and what its two forms do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import CallOutcome
from directory.moderation.decisions import link_person
from directory.moderation.models import LinkNature
from tests.moderation.reported import (
    ADDRESS,
    FEE,
    accepted,
    called,
    case_of,
    declined,
    doubts,
    listing_named,
    report,
    row_of,
    says,
    suggested,
)
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

FEE_FIELDS = {
    "listing-fees-rows": "1",
    "listing-fees-0-was": "",
    "listing-fees-0-for": "first-session",
    "listing-fees-0-amount": "2000",
    "listing-fees-0-minutes": "50",
    "listing-fees-0-note": "",
}


def number(staff: Staff, receipt: str) -> int:
    return staff.tell(lambda _desk: case_of(receipt).id)


def opened(staff: Staff, who: str, receipt: str) -> Page:
    return staff.client(who).page(f"/moderation/cases/{number(staff, receipt)}")


def sent(staff: Staff, who: str, receipt: str, step: str, **values: str) -> TestResponse:
    """Send a form of a case, with a token of this browser."""
    path = f"/moderation/cases/{number(staff, receipt)}/{step}"
    return send(staff.client(who), "/account/sign-out", path, {"version": "1"} | values)


def test_a_report_shows_what_is_said_and_what_should_be(staff: Staff) -> None:
    receipt = staff.tell(lambda desk: report(desk, address=ADDRESS))
    staff.tell(lambda desk: report(desk, words="Two thousand since May."))

    page = opened(staff, "rani", receipt)

    case = f"Case {number(staff, receipt)}: fee, Dr Meenakshi Rawat"
    assert page.headings()[:2] == [(1, "Review desk"), (2, case)]
    for words in (
        "P4 routine · Wrong detail: fee, not decided yet",
        "Now Nothing stated",
        "Checked Never",
        "2 reports",
        "First visit: ₹2,000, 50 minutes",
        "They told me on the telephone.",
        "called on 23 Nov",
        "asked to be told by e-mail",
    ):
        assert words in page.main_text
    assert ADDRESS not in page.main_text


def test_accepting_changes_the_page_and_leads_on(staff: Staff) -> None:
    receipt = staff.tell(report)

    answer = sent(staff, "rani", receipt, "accept", **FEE_FIELDS, words="Thank you.")

    assert answer.status_code == 303
    assert staff.tell(says)["fees"] == FEE
    queue = staff.client("rani").page("/moderation")
    assert f"Case {number(staff, receipt)}: accepted. Look at it" in queue.main_text
    page = opened(staff, "rani", receipt)
    assert "Accepted by Rani Moderator: “Thank you.”" in page.main_text
    assert "Changed 1 time before" in page.main_text


def test_what_is_accepted_is_taken_back_by_its_button(staff: Staff) -> None:
    receipt = staff.tell(report)
    made = staff.tell(lambda desk: accepted(desk, receipt, {"fees": FEE}))

    undone = send(
        staff.client("rani"), "/moderation", f"/moderation/decisions/{made.decision_id}/undo", {}
    )

    assert undone.status_code == 303
    assert staff.tell(says)["fees"] == []


def test_a_fault_stands_at_its_field_with_everything_kept(staff: Staff) -> None:
    receipt = staff.tell(report)
    wrong = FEE_FIELDS | {"listing-fees-0-amount": "a lot"}

    answer = sent(staff, "rani", receipt, "accept", **wrong, words="As told.")

    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert 'value="a lot"' in html
    assert "As told." in html
    assert "listing-fees-0-amount-error" in html
    assert staff.tell(says)["fees"] == []


def test_a_row_is_added_without_deciding(staff: Staff) -> None:
    receipt = staff.tell(report)

    answer = sent(
        staff, "rani", receipt, "accept", **FEE_FIELDS, **{"listing-press": "add listing-fees"}
    )

    assert answer.status_code == 200
    assert "listing-fees-1-amount" in answer.get_data(as_text=True)
    assert staff.tell(lambda _desk: row_of(receipt).state) == "open"


@pytest.mark.parametrize(("stays", "status"), [("yes", 303), ("", 422)])
def test_a_call_without_a_change_leaves_the_number_in_doubt(
    staff: Staff, stays: str, status: int
) -> None:
    receipt = staff.tell(lambda desk: called(desk, CallOutcome.NO_ANSWER))

    answer = sent(staff, "rani", receipt, "accept", stays=stays)

    assert answer.status_code == status
    assert staff.tell(lambda _desk: doubts()) == ([("phone", 1, False)] if stays else [])


@pytest.mark.parametrize(("reason", "status"), [("They say it is as stated.", 303), ("", 422)])
def test_declining_needs_an_answer(staff: Staff, reason: str, status: int) -> None:
    receipt = staff.tell(report)

    answer = sent(staff, "rani", receipt, "decline", reason=reason)

    assert answer.status_code == status
    if status == 422:
        assert "Write why the page stays as it is" in answer.get_data(as_text=True)


def test_who_comes_second_is_told_what_happened_and_keeps_the_words(staff: Staff) -> None:
    receipt = staff.tell(report)
    page = opened(staff, "kabir", receipt)
    assert "Accept: change the page" in page.main_text
    staff.tell(lambda desk: declined(desk, receipt))

    answer = sent(staff, "kabir", receipt, "decline", reason="My own words.")

    assert answer.status_code == 409
    html = answer.get_data(as_text=True)
    assert "Rani Moderator declined it at 14:30 on 23 Nov" in html
    assert "My own words." in html


def test_a_linked_moderator_sees_no_word_of_it(staff: Staff) -> None:
    receipt = staff.tell(report)
    staff.tell(
        lambda desk: link_person(
            viewer=desk.as_("admin"),
            user_id=desk.people["kabir"],
            listing_id=desk.listing.id,
            nature=LinkNature.WORKS_THERE,
            now=desk.now,
        )
    )

    page = opened(staff, "kabir", receipt)

    assert "You are linked to this listing" in page.main_text
    assert "They told me" not in page.main_text
    for step, values in (("accept", FEE_FIELDS), ("decline", {"reason": "No."})):
        assert sent(staff, "kabir", receipt, step, **values).status_code == 403
    assert staff.tell(lambda _desk: row_of(receipt).state) == "open"


def test_words_of_danger_are_folded(staff: Staff) -> None:
    receipt = staff.tell(
        lambda desk: report(desk, words="Nobody answers and I want to kill myself.")
    )

    page = opened(staff, "rani", receipt)

    assert "P0 crisis" in page.main_text
    assert "Open the words folded" in page.main_text


def test_a_suggestion_becomes_a_draft_in_the_editor(staff: Staff) -> None:
    receipt = staff.tell(suggested)
    page = opened(staff, "admin", receipt)
    assert "a missing listing: Dr Farah Iqbal" in page.main_text

    answer = sent(
        staff,
        "admin",
        receipt,
        "accept",
        name="Dr Farah Iqbal",
        role="profession:psychiatrist",
        locality="Saket",
        phone="011 5550 4321",
    )

    made = staff.tell(lambda _desk: listing_named("Dr Farah Iqbal"))
    assert made is not None
    assert answer.headers["Location"] == f"/admin/listings/{made.id}"
    document = staff.tell(lambda desk: says(desk, made.id))
    assert document["state"] == "draft"
    assert document["locations"][0]["phones"][0]["number"] == "+911155504321"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("locality", "Nowhere", "Choose a locality of the list"),
        ("role", "profession:wizard", "Choose what it is"),
        ("phone", "12", "phone-error"),
    ],
)
def test_a_suggestion_with_a_fault_is_shown_again(
    staff: Staff, field: str, value: str, words: str
) -> None:
    receipt = staff.tell(suggested)
    given = {"name": "Farah", "role": "profession:psychiatrist", "locality": "Saket"}

    answer = sent(staff, "rani", receipt, "accept", **(given | {field: value}))

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_a_suggestion_that_is_there_already_is_offered_and_declined_with_it(staff: Staff) -> None:
    receipt = staff.tell(lambda desk: suggested(desk, "Meenakshi Rawat"))
    listing = staff.desk.listing.id
    page = opened(staff, "rani", receipt)
    assert "Is it one of these already?" in page.main_text

    answer = sent(staff, "rani", receipt, "decline", reason="She is here.", found=str(listing))

    assert answer.status_code == 303
    assert staff.tell(lambda _desk: row_of(receipt).listing_id) == listing


def test_a_detail_without_a_form_leads_to_the_editor(staff: Staff) -> None:
    receipt = staff.tell(lambda desk: report(desk, "other", words="The photograph is wrong."))

    assert "Leave a note for an administrator" in opened(staff, "rani", receipt).main_text
    page = opened(staff, "admin", receipt)
    assert "Change it in the editor first" in page.main_text
    answer = sent(staff, "admin", receipt, "accept")
    assert answer.status_code == 422
    assert "Nothing would change" in answer.get_data(as_text=True)


def test_a_closed_listing_is_reported_with_its_day(staff: Staff) -> None:
    receipt = staff.tell(
        lambda desk: report(desk, "closed", changes={"closed_on": "2026-11-01"}, words="Gone.")
    )
    page = opened(staff, "rani", receipt)
    assert "Accept: close the listing" in page.main_text

    answer = sent(staff, "rani", receipt, "accept", closed_on="2026-11-01")

    assert answer.status_code == 303
    assert staff.tell(says)["closed_on"] == "2026-11-01"


def test_the_queue_tells_reports_apart_and_has_a_list_of_them(staff: Staff) -> None:
    staff.tell(lambda desk: desk.submit())
    staff.tell(report)
    staff.tell(lambda desk: [called(desk, CallOutcome.NO_ANSWER, network) for network in "ab"])
    staff.tell(suggested)

    page = staff.client("rani").page("/moderation?list=reports")

    for words in (
        "Wrong: fee",
        "No answer, told 2 times",
        "Missing listing",
        "Reports of readers 3",
    ):
        assert words in page.main_text
    assert len(page.classed("queue__link")) == 3


def test_a_note_on_a_report_is_kept_and_an_empty_one_is_shown_again(staff: Staff) -> None:
    receipt = staff.tell(report)

    assert sent(staff, "rani", receipt, "note", note="Ring again on Monday.").status_code == 303
    assert "Ring again on Monday." in opened(staff, "rani", receipt).main_text
    assert sent(staff, "rani", receipt, "note", note="").status_code == 422


def test_a_review_is_not_accepted_nor_a_report_published(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    receipt = staff.tell(report)
    path = f"/moderation/cases/{staff.case_id(review)}"

    assert send(staff.client("rani"), path, f"{path}/accept", {"version": "1"}).status_code == 404
    assert sent(staff, "rani", receipt, "decide", outcome="publish").status_code == 404
