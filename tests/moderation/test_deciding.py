"""Deciding: who may, what it leads to, what the second of two people is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.errors import ConflictError, InvalidError, NotAllowedError
from directory.moderation.decisions import (
    Judgement,
    decide,
)
from directory.moderation.models import CaseState, Outcome, Step
from directory.reviews.models import RuleCode
from tests.moderation.desk import KEYS, viewer

if TYPE_CHECKING:
    from tests.moderation.desk import Desk


def test_a_published_review_is_shown_and_its_case_is_closed(desk: Desk) -> None:
    name = desk.submit()
    decided = desk.decide("rani", name, Outcome.PUBLISH)

    assert decided.step is Step.ALONE
    assert desk.state(name) == "published"
    assert desk.case(name).state is CaseState.CLOSED
    assert desk.letters() == ["review-published"]


def test_a_returned_review_tells_its_author_what_to_change(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_STAFF, "Say “the receptionist”.")

    assert desk.state(name) == "returned"
    assert desk.newest_letter()["hint"] == "Say “the receptionist”."
    assert desk.newest_letter()["rule_code"] == "R-08"


def test_a_low_review_is_rejected_by_two_people(desk: Desk) -> None:
    name = desk.submit(overall=2)
    proposed = desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)

    assert (proposed.step, desk.state(name)) == (Step.PROPOSAL, "pending")
    assert desk.letters() == []

    agreed = desk.answer("kabir", name, agrees=True)

    assert (agreed.step, desk.state(name)) == (Step.CONFIRMATION, "rejected")
    assert desk.letters() == ["review-rejected"]


def test_a_second_person_who_does_not_agree_frees_the_case(desk: Desk) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.answer("kabir", name, agrees=False)

    assert desk.state(name) == "pending"
    desk.decide("sana", name, Outcome.PUBLISH)
    assert desk.state(name) == "published"


@pytest.mark.parametrize(
    "rule",
    [RuleCode.ADVERTISING, RuleCode.DUPLICATE, RuleCode.UNCONFIRMED, RuleCode.NOT_CARE],
)
def test_spam_is_rejected_by_one_person(desk: Desk, rule: RuleCode) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, rule)

    assert desk.state(name) == "rejected"


def test_nobody_answers_their_own_proposal(desk: Desk) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)

    with pytest.raises(NotAllowedError, match="somebody else"):
        desk.answer("rani", name, agrees=True)


def test_a_proposal_is_answered_only_after_its_minute(desk: Desk) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.now = desk.now.replace(second=0)
    desk.wait(minutes=-2)

    with pytest.raises(ConflictError, match="look again in a minute"):
        desk.answer("kabir", name, agrees=True)


def test_a_waiting_case_takes_no_first_decision(desk: Desk) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)

    with pytest.raises(ConflictError, match="second person"):
        desk.decide("kabir", name, Outcome.PUBLISH)


def test_nothing_to_answer_is_said(desk: Desk) -> None:
    name = desk.submit()

    with pytest.raises(ConflictError, match="Nothing waits"):
        desk.answer("kabir", name, agrees=True)


def test_the_second_of_two_moderators_is_told_what_happened(desk: Desk) -> None:
    name = desk.submit()
    seen = desk.case(name).version
    desk.decide("rani", name, Outcome.PUBLISH)

    with pytest.raises(ConflictError) as refused:
        desk.decide("kabir", name, Outcome.REJECT, RuleCode.NOT_OWN, version=seen)

    assert refused.value.message == (
        "Rani Moderator published it at 14:30 on 23 Nov. Your decision was not saved."
    )
    assert desk.state(name) == "published"


def test_who_decided_on_a_proposal_is_told_to_the_next(desk: Desk) -> None:
    name = desk.submit(overall=1)
    seen = desk.case(name).version
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)

    with pytest.raises(ConflictError, match="Rani Moderator made a decision that waits"):
        desk.decide("kabir", name, Outcome.PUBLISH, version=seen)


@pytest.mark.parametrize(
    ("outcome", "rule", "field"),
    [
        ("keep", None, "outcome"),
        ("hide", RuleCode.THREAT, "outcome"),
        ("uphold-appeal", None, "outcome"),
        ("reject", None, "rule"),
    ],
)
def test_an_outcome_must_fit_the_case(
    desk: Desk, outcome: str, rule: RuleCode | None, field: str
) -> None:
    name = desk.submit()

    with pytest.raises(InvalidError) as refused:
        desk.decide("rani", name, outcome, rule)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("judgement", "field"),
    [
        (Judgement(Outcome.RETURN, RuleCode.NOT_OWN, "  "), "words"),
        (Judgement(Outcome.RETURN, RuleCode.NOT_OWN, "x" * 2001), "words"),
    ],
)
def test_a_returned_review_needs_words_of_a_fit_length(
    desk: Desk, judgement: Judgement, field: str
) -> None:
    case = desk.case(desk.submit())

    with pytest.raises(InvalidError) as refused:
        decide(
            viewer=desk.as_("rani"),
            case_id=case.id,
            version=case.version,
            judgement=judgement,
            keys=KEYS,
            now=desk.now,
        )

    assert refused.value.field == field


def test_hiding_is_for_rules_where_waiting_would_harm(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)

    with pytest.raises(InvalidError, match="waiting would harm"):
        desk.decide("rani", name, Outcome.HIDE, RuleCode.ADVERTISING)


def test_a_hidden_review_is_removed_by_a_different_person(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    desk.decide("rani", name, Outcome.HIDE, RuleCode.IDENTIFIES_RELATIVE)
    assert desk.state(name) == "hidden"

    desk.answer("kabir", name, agrees=True)

    assert desk.state(name) == "removed"
    assert desk.letters()[-2:] == ["review-hidden", "review-removed"]


def test_a_hidden_review_comes_back_when_the_second_person_disagrees(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    desk.decide("rani", name, Outcome.HIDE, RuleCode.IDENTIFIES_RELATIVE)

    desk.answer("kabir", name, agrees=False)

    assert desk.state(name) == "published"
    assert desk.letters()[-1] == "review-restored"


def test_a_removal_takes_two_people_whatever_the_rating(desk: Desk) -> None:
    name = desk.published(overall=5)
    desk.flag(name)
    desk.decide("rani", name, Outcome.REMOVE, RuleCode.REWARD)
    assert desk.state(name) == "published"

    desk.answer("kabir", name, agrees=True)

    assert desk.state(name) == "removed"


def test_only_an_administrator_begins_a_legal_restriction(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name, RuleCode.LEGAL_ORDER)

    with pytest.raises(InvalidError):
        desk.decide("rani", name, Outcome.RESTRICT, RuleCode.LEGAL_ORDER, ground="Order 12/2026")
    with pytest.raises(InvalidError, match="Name the court"):
        desk.decide("admin", name, Outcome.RESTRICT, RuleCode.LEGAL_ORDER)
    with pytest.raises(InvalidError, match="at most 120"):
        desk.decide("admin", name, Outcome.RESTRICT, RuleCode.LEGAL_ORDER, ground="x" * 121)
    desk.decide("admin", name, Outcome.RESTRICT, RuleCode.LEGAL_ORDER, ground="Order 12/2026")
    assert desk.state(name) == "published"

    desk.answer("kabir", name, agrees=True)

    assert (desk.state(name), desk.review(name).ground) == ("restricted", "Order 12/2026")


def test_keeping_a_flagged_review_answers_its_flags(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    desk.decide("rani", name, Outcome.KEEP)

    assert desk.state(name) == "published"
    assert desk.case(name).state is CaseState.CLOSED


def test_an_appeal_is_judged_by_somebody_who_took_no_part(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(days=2)
    desk.appeal(name)

    with pytest.raises(NotAllowedError, match="took part"):
        desk.decide("rani", name, Outcome.KEEP_DECISION)
    desk.decide("kabir", name, Outcome.UPHOLD_APPEAL)

    assert desk.state(name) == "pending"
    assert desk.case(name).state is CaseState.OPEN
    assert desk.letters()[-1] == "appeal-upheld"


def test_an_appeal_that_is_not_upheld_leaves_the_decision(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.appeal(name)
    desk.decide("kabir", name, Outcome.KEEP_DECISION)

    assert desk.state(name) == "rejected"
    assert desk.letters()[-1] == "appeal-kept"


@pytest.mark.parametrize("who", ["asha", "bela"])
def test_a_user_never_decides(desk: Desk, who: str) -> None:
    name = desk.submit("bela")

    with pytest.raises(NotAllowedError, match="Only moderators"):
        desk.decide(who, name, Outcome.PUBLISH)


def test_a_moderator_with_one_step_only_never_decides(desk: Desk) -> None:
    case = desk.case(desk.submit())

    with pytest.raises(NotAllowedError, match="both steps"):
        decide(
            viewer=viewer(desk.people["rani"], is_strong=False),
            case_id=case.id,
            version=case.version,
            judgement=Judgement(Outcome.PUBLISH),
            keys=KEYS,
            now=desk.now,
        )
