"""Deciding on a page: by one, by two, taken back, and by two at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.moderation.models import Outcome
from directory.reviews.models import RuleCode
from directory.reviews.rules import rule
from tests.moderation.desk import OTHER_WORDS
from tests.support.markup import text_of
from tests.web.moderation.staff import send, token_of

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.page import PageClient
    from tests.web.moderation.staff import Staff

SECOND_LIST = "/moderation?list=second"


def version_on(client: PageClient, path: str) -> str:
    """Give the version of the case a page's form carries."""
    found = client.page(path).markup.by_id("version")
    assert found is not None
    return found.get("value") or ""


def decide(client: PageClient, path: str, **values: str) -> TestResponse:
    """Fill in the form of a case as it is now, and send it."""
    given = {"version": version_on(client, path)} | values
    return send(client, path, f"{path}/decide", given)


def path_of(staff: Staff, public_id: str) -> str:
    return f"/moderation/cases/{staff.case_id(public_id)}"


def letters(staff: Staff) -> list[str]:
    return staff.tell(lambda desk: desk.letters())


def test_publishing_leads_on_to_the_next_case(staff: Staff) -> None:
    first = staff.tell(lambda desk: desk.submit("asha"))
    staff.wait(hours=1)
    second = staff.tell(lambda desk: desk.submit("bela", text=OTHER_WORDS))
    rani = staff.client("rani")

    answer = decide(rani, path_of(staff, first), outcome="publish")

    assert answer.status_code == 303
    assert answer.headers["Location"] == path_of(staff, second)
    assert staff.state(first) == "published"


def test_after_the_last_case_one_is_back_at_the_queue(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani = staff.client("rani")

    answer = decide(rani, path_of(staff, review), outcome="publish")

    assert answer.headers["Location"] == "/moderation"
    notice = rani.page("/moderation").classed("undo")[0]
    assert "published" in text_of(notice)
    assert "until 14:31:00; then the letter leaves" in text_of(notice)


def test_sending_back_without_words_sends_the_rules_own_text(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())

    decide(staff.client("rani"), path_of(staff, review), outcome="return", rule="R-08")

    assert staff.state(review) == "returned"
    decisions = staff.tell(lambda desk: [made.words for made in desk.decisions()])
    assert decisions == [rule("R-08").canned_en]


def test_a_review_in_hindi_is_answered_in_hindi(staff: Staff) -> None:
    words = "डॉक्टर ने ध्यान से सुना और समझाया कि आगे क्या होगा, किसी ने जल्दी नहीं की। " * 2
    review = staff.tell(lambda desk: desk.submit(text=words))

    decide(staff.client("rani"), path_of(staff, review), outcome="return", rule="R-08")

    decisions = staff.tell(lambda desk: [made.words for made in desk.decisions()])
    assert decisions == [rule("R-08").canned_hi]


def test_ones_own_words_stay_as_they_are(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())

    decide(
        staff.client("rani"),
        path_of(staff, review),
        outcome="return",
        rule="R-08",
        words="Say “the person at the counter”.",
    )

    decisions = staff.tell(lambda desk: [made.words for made in desk.decisions()])
    assert decisions == ["Say “the person at the counter”."]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "Choose what you decide"),
        ({"outcome": "remove"}, "Choose what you decide"),
        ({"outcome": "return"}, "Choose the rule this is decided under"),
        ({"outcome": "return", "rule": "R-02"}, "Choose a rule that fits what you decide"),
        ({"outcome": "publish", "words": "x" * 2001}, "Use fewer characters"),
    ],
    ids=["nothing chosen", "not allowed here", "no rule", "a rule that does not fit", "too long"],
)
def test_a_form_with_a_fault_comes_back_whole(
    staff: Staff, values: dict[str, str], fault: str
) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, path = staff.client("rani"), path_of(staff, review)

    answer = decide(rani, path, **({"words": "What I had written."} | values))

    assert answer.status_code == 422
    page = rani.checked(answer, {})
    assert fault in text_of(page.classed("errors")[0])
    assert (values.get("words") or "What I had written.") in page.main_text
    assert staff.state(review) == "pending"


def test_a_form_of_another_page_decides_nothing(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, path = staff.client("rani"), path_of(staff, review)
    version = version_on(rani, path)

    forged = {"csrf_token": "forged", "version": version, "outcome": "publish", "words": "Kept."}
    answer = rani.post(f"{path}/decide", forged)

    assert answer.status_code == 422
    assert "Nothing is lost: send it once more." in rani.checked(answer, {}).main_text
    assert staff.state(review) == "pending"


def test_the_second_of_two_moderators_is_told_what_happened(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    path = path_of(staff, review)
    rani, kabir = staff.client("rani"), staff.client("kabir")
    version, token = version_on(kabir, path), token_of(kabir, path)
    decide(rani, path, outcome="publish")

    late = {"version": version, "outcome": "return", "rule": "R-08", "words": "My long hint."}
    answer = kabir.post(f"{path}/decide", {"csrf_token": token} | late)

    assert answer.status_code == 409
    page = kabir.checked(answer, {})
    assert "Rani Moderator published it at 14:30 on 23 Nov." in page.main_text
    assert "My long hint." in page.main_text
    assert page.link(f"Look at case {staff.case_id(review)} as it is now") == path
    assert staff.state(review) == "published"


def test_an_older_view_of_a_case_decides_nothing(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    path = path_of(staff, review)
    kabir = staff.client("kabir")
    version, token = version_on(kabir, path), token_of(kabir, path)
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN))

    values = {"csrf_token": token, "version": version, "outcome": "publish"}
    answer = kabir.post(f"{path}/decide", values)

    assert answer.status_code == 409
    said = kabir.checked(answer, {}).main_text
    assert "made a decision that waits for a second person" in said
    assert staff.state(review) == "pending"


def test_taking_back_within_the_minute_opens_the_case_again(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, path = staff.client("rani"), path_of(staff, review)
    decide(rani, path, outcome="publish")
    button = next(
        form
        for form in rani.page("/moderation").by_role("form")
        if "undo" in form.get("action", "")
    )

    answer = send(rani, "/moderation", button.get("action", ""), {})

    assert answer.headers["Location"] == path
    assert staff.state(review) == "pending"
    assert "review-published" not in letters(staff)


def test_after_the_minute_there_is_nothing_to_take_back(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani = staff.client("rani")
    decide(rani, path_of(staff, review), outcome="publish")
    token = token_of(rani, "/moderation")
    staff.wait(minutes=1)

    assert rani.page("/moderation").classed("undo") == []
    answer = rani.post("/moderation/decisions/1/undo", {"csrf_token": token})
    assert answer.status_code == 409
    assert staff.state(review) == "published"


@pytest.mark.parametrize(
    ("agrees", "state"), [("yes", "rejected"), ("no", "pending")], ids=["agreed", "not agreed"]
)
def test_a_second_person_answers(staff: Staff, agrees: str, state: str) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    rani, kabir = staff.client("rani"), staff.client("kabir")
    path = path_of(staff, review)
    decide(rani, path, outcome="reject", rule="R-01")
    assert staff.state(review) == "pending"
    staff.wait(minutes=1)

    version = version_on(kabir, path)
    answer = send(kabir, path, f"{path}/answer", {"version": version, "agrees": agrees})

    assert answer.status_code == 303
    assert staff.state(review) == state


def test_the_proposer_cannot_answer(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    rani, path = staff.client("rani"), path_of(staff, review)
    decide(rani, path, outcome="reject", rule="R-01")
    staff.wait(minutes=1)
    version = str(staff.tell(lambda desk: desk.case(review).version))

    answer = send(rani, path, f"{path}/answer", {"version": version, "agrees": "yes"})

    assert answer.status_code == 403
    assert staff.state(review) == "pending"


def test_an_answer_must_be_given(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN))
    staff.wait(minutes=1)
    kabir, path = staff.client("kabir"), path_of(staff, review)

    answer = send(kabir, path, f"{path}/answer", {"version": version_on(kabir, path)})

    assert answer.status_code == 422
    assert "Say whether you agree" in kabir.checked(answer, {}).main_text


def test_an_appeal_is_decided_by_somebody_else(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=4))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RuleCode.ADVERTISING))
    staff.wait(days=1)
    staff.tell(lambda desk: desk.appeal(review))
    path = path_of(staff, review)
    rani, sana = staff.client("rani"), staff.client("sana")
    assert "You took part in judging this review" in rani.page(path).main_text
    assert "I was there, and I can say when and how." in sana.page(path).main_text

    answer = decide(sana, path, outcome="uphold-appeal", words="You were right.")

    assert answer.status_code == 303
    assert staff.state(review) == "pending"


def test_a_note_is_kept_for_the_next_person(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, path = staff.client("rani"), path_of(staff, review)

    answer = send(rani, path, f"{path}/note", {"note": "Wait for the second version."})

    assert answer.status_code == 303
    seen = staff.client("kabir").page(path).main_text
    assert "23 Nov, 14:30 · Rani Moderator Wait for the second version." in seen
    empty = send(rani, path, f"{path}/note", {"note": "  "})
    assert empty.status_code == 422
    assert "Write the note" in rani.checked(empty, {}).main_text


def test_a_case_can_be_moved_to_crisis_and_put_back(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, path = staff.client("rani"), path_of(staff, review)
    send(rani, path, f"{path}/take", {})

    moved = send(rani, path, f"{path}/class", {"lane": "crisis"})
    assert moved.status_code == 303
    assert "P0 crisis" in rani.page(path).main_text
    assert not rani.page(path).by_role("button", "Move to crisis")
    unknown = send(rani, path, f"{path}/class", {"lane": "lunch"})
    assert unknown.status_code == 400

    back = send(rani, path, f"{path}/release", {})
    assert back.headers["Location"] == "/moderation"
    assert "yours until" not in rani.page(path).main_text


def test_taking_what_somebody_has_tells_who(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit())
    rani, kabir, path = staff.client("rani"), staff.client("kabir"), path_of(staff, review)
    token = token_of(kabir, path)
    send(rani, path, f"{path}/take", {})

    answer = kabir.post(f"{path}/take", {"csrf_token": token})

    assert answer.status_code == 409
    assert "Rani Moderator has this case until 14:50" in kabir.checked(answer, {}).main_text


def test_the_list_one_works_through_stays(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.submit(overall=1))
    staff.tell(lambda desk: desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN))
    staff.wait(minutes=1)
    kabir = staff.client("kabir")

    page = kabir.page(f"{path_of(staff, review)}?list=second")

    assert page.link("Queue") == SECOND_LIST
    actions = {form.get("action") for form in page.by_role("form")}
    assert f"{path_of(staff, review)}/answer?list=second" in actions
