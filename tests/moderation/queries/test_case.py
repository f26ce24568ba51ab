"""The page of a case shows all that is needed, and nothing its reader may not know yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.db import db, writing
from directory.core.errors import NotFoundError
from directory.moderation.decisions import add_note, lease, link_person
from directory.moderation.models import CaseSignal, LinkNature, Outcome
from directory.moderation.queries.case import case_page
from directory.moderation.queries.case_views import Happening
from directory.moderation.queries.standing import WhyNot
from directory.reviews.models import Aspect, RuleCode
from tests.moderation.desk import WORDS
from tests.moderation.queries.reading import item_of, page_of

if TYPE_CHECKING:
    from tests.conftest import CountSql
    from tests.moderation.desk import Desk

OTHER_WORDS = (
    "She listened for the whole hour, explained what would happen next and what it would cost, "
    "and then I was hurried."
)


def events(desk: Desk, who: str, public_id: str) -> list[str]:
    return [line.event for line in page_of(desk, who, public_id).history]


def add_signal(desk: Desk, public_id: str, name: str, span: tuple[int, int] | None = None) -> None:
    case = desk.case(public_id)
    start, end = span or (None, None)
    with writing() as session:
        session.add(
            CaseSignal(
                case_id=case.id,
                review_version=1,
                name=name,
                span_start=start,
                span_end=end,
                why="Because.",
            )
        )


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        case_page(db.session(), desk.as_("rani"), 404, now=desk.now)


def test_a_new_case_offers_three_outcomes_and_no_stars(desk: Desk) -> None:
    page = page_of(desk, "rani", desk.submit(overall=5, aspects={Aspect.LISTENED: 5}))

    assert page.outcomes == (Outcome.PUBLISH, Outcome.RETURN, Outcome.REJECT)
    assert page.may_decide
    assert page.stars is None
    assert page.current.text == WORDS
    assert page.listing.name == "Dr Meenakshi Rawat"
    assert not page.rejecting_needs_second


@pytest.mark.parametrize("overall", [1, 2])
def test_the_page_says_when_rejecting_needs_a_second_person(desk: Desk, overall: int) -> None:
    page = page_of(desk, "rani", desk.submit(overall=overall))

    assert page.rejecting_needs_second
    assert page.stars is None


@pytest.mark.parametrize("overall", [3, 5])
def test_one_person_may_reject_what_is_not_low(desk: Desk, overall: int) -> None:
    assert not page_of(desk, "rani", desk.submit(overall=overall)).rejecting_needs_second


def test_stars_are_shown_only_to_who_decided_and_only_once_it_stands(desk: Desk) -> None:
    review = desk.submit(overall=4, aspects={Aspect.LISTENED: 5})
    desk.publish(review, "rani")

    assert page_of(desk, "rani", review).stars is None
    desk.wait(minutes=1)
    stars = page_of(desk, "rani", review).stars
    assert stars is not None
    assert stars.overall == 4
    assert stars.aspects == ((Aspect.LISTENED, 5),)
    assert page_of(desk, "kabir", review).stars is None


def test_a_decision_taken_back_opens_no_stars(desk: Desk) -> None:
    review = desk.submit(overall=4)
    made = desk.decide("rani", review, Outcome.PUBLISH)
    desk.undo("rani", made.decision_id)
    desk.wait(minutes=5)

    assert page_of(desk, "rani", review).stars is None


def test_a_new_version_hides_its_stars_again(desk: Desk) -> None:
    review = desk.submit(overall=4)
    desk.decide("rani", review, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR)
    desk.wait(minutes=5)
    assert page_of(desk, "rani", review).stars is not None

    desk.resubmit(review, overall=1, text=OTHER_WORDS)

    page = page_of(desk, "rani", review)
    assert page.stars is None
    assert [version.text for version in page.versions] == [WORDS, OTHER_WORDS]
    assert page.current.number == 2


def test_a_second_person_sees_what_is_proposed_but_not_by_whom_nor_in_which_words(
    desk: Desk,
) -> None:
    review = desk.submit(overall=1)
    case_id = desk.case(review).id
    add_note(viewer=desk.as_("rani"), case_id=case_id, text="I know the tone.", now=desk.now)
    add_note(viewer=desk.as_("sana"), case_id=case_id, text="Looks odd to me.", now=desk.now)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN, words="Not yours, we think.")
    desk.wait(minutes=2)

    seen = page_of(desk, "kabir", review)
    assert seen.proposal is not None
    assert (seen.proposal.outcome, seen.proposal.rule_code) == (Outcome.REJECT, RuleCode.NOT_OWN)
    assert seen.proposal.words is None
    assert [note.text for note in seen.notes] == ["Looks odd to me."]
    assert seen.history[0].event == Happening.PROPOSED
    assert (seen.history[0].who, seen.history[0].words) == (None, None)
    assert seen.may_decide
    assert seen.outcomes == ()
    assert seen.stars is None
    assert "Rani" not in repr(seen)

    own = page_of(desk, "rani", review)
    assert own.why_not is WhyNot.PROPOSER
    assert own.proposal is not None
    assert own.proposal.words == "Not yours, we think."
    assert own.history[0].who == "Rani Moderator"


def test_what_the_first_person_took_back_stays_unseen_too(desk: Desk) -> None:
    review = desk.submit(overall=1)
    for words in ("First thoughts.", "Second thoughts."):
        made = desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN, words=words)
        desk.undo("rani", made.decision_id)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN, words="Third thoughts.")
    desk.wait(minutes=2)

    shown = repr(page_of(desk, "kabir", review))

    assert "thoughts" not in shown
    assert "Rani" not in shown


def test_after_the_answer_both_are_named(desk: Desk) -> None:
    review = desk.submit(overall=1)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN, words="Not yours, we think.")
    desk.answer("kabir", review, agrees=True)

    page = page_of(desk, "kabir", review)

    assert {line.who for line in page.history if line.who} == {"Rani Moderator", "Kabir Moderator"}
    assert page.stars is not None


def test_a_proposal_that_can_still_be_taken_back_is_not_answered_yet(desk: Desk) -> None:
    review = desk.submit(overall=1)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN)

    assert page_of(desk, "kabir", review).why_not is WhyNot.TOO_FRESH
    desk.wait(minutes=1)
    assert page_of(desk, "kabir", review).why_not is None


def test_a_hidden_review_tells_a_second_person_neither_name_nor_words(desk: Desk) -> None:
    review = desk.published(overall=1)
    desk.flag(review)
    desk.decide("rani", review, Outcome.HIDE, RuleCode.IDENTIFIES_STAFF, words="A name.")
    desk.wait(minutes=2)

    page = page_of(desk, "kabir", review)

    assert page.history[0].event == "hide"
    assert (page.history[0].who, page.history[0].words) == (None, None)
    assert page.hidden_until is not None
    assert item_of(desk, "kabir", review).hidden_until == page.hidden_until


def test_who_is_linked_to_the_listing_reads_not_a_word(desk: Desk) -> None:
    review = desk.submit(overall=1)
    add_signal(desk, review, "phone")
    link_person(
        viewer=desk.as_("admin"),
        user_id=desk.people["sana"],
        listing_id=desk.listing.id,
        nature=LinkNature.FAMILY,
        now=desk.now,
    )

    page = page_of(desk, "sana", review)

    assert page.why_not is WhyNot.LINKED
    assert [version.text for version in page.versions] == [None]
    assert (page.signals, page.history, page.notes, page.flags, page.outcomes) == ((),) * 5
    line = item_of(desk, "sana", review)
    assert not line.may_decide
    assert line.signals == ()


def test_an_appeal_is_not_for_who_took_part(desk: Desk) -> None:
    review = desk.submit(overall=1)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.answer("kabir", review, agrees=True)
    desk.wait(days=1)
    desk.appeal(review)

    reasons = {who: page_of(desk, who, review).why_not for who in ("rani", "kabir", "sana")}

    assert reasons == {"rani": WhyNot.TOOK_PART, "kabir": WhyNot.TOOK_PART, "sana": None}
    page = page_of(desk, "sana", review)
    assert page.outcomes == (Outcome.UPHOLD_APPEAL, Outcome.KEEP_DECISION)
    assert page.appeal is not None
    assert page.appeal.words == "I was there, and I can say when and how."


def test_a_case_somebody_has_is_not_for_others_until_the_lease_runs_out(desk: Desk) -> None:
    review = desk.submit()
    lease(viewer=desk.as_("rani"), case_id=desk.case(review).id, now=desk.now)

    taken = page_of(desk, "kabir", review)
    assert taken.why_not is WhyNot.LEASED
    assert taken.lease is not None
    assert taken.lease.who == "Rani Moderator"
    assert page_of(desk, "rani", review).may_decide

    desk.wait(minutes=20)
    free = page_of(desk, "kabir", review)
    assert free.lease is None
    assert free.may_decide


def test_only_an_administrator_is_offered_a_legal_restriction(desk: Desk) -> None:
    review = desk.published()
    desk.flag(review)

    assert Outcome.RESTRICT not in page_of(desk, "kabir", review).outcomes
    assert Outcome.RESTRICT in page_of(desk, "admin", review).outcomes


def test_a_flag_shows_its_rule_and_receipt(desk: Desk) -> None:
    review = desk.published()
    receipt = desk.flag(review, RuleCode.THREAT)

    page = page_of(desk, "kabir", review)

    assert [(flag.receipt, flag.rule_code) for flag in page.flags] == [(receipt, RuleCode.THREAT)]
    assert page.outcomes == (Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE)


def test_a_decision_can_be_taken_back_for_a_minute_by_who_made_it(desk: Desk) -> None:
    review = desk.submit()
    made = desk.decide("rani", review, Outcome.PUBLISH)

    undo = page_of(desk, "rani", review).undo
    assert undo is not None
    assert undo.decision_id == made.decision_id
    assert undo.until == desk.now + timedelta(minutes=1)
    assert page_of(desk, "kabir", review).undo is None
    desk.wait(minutes=1)
    assert page_of(desk, "rani", review).undo is None


def test_the_history_tells_all_newest_first(desk: Desk) -> None:
    review = desk.submit(overall=1)
    made = desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(seconds=10)
    desk.undo("rani", made.decision_id)
    desk.wait(minutes=1)
    desk.decide("rani", review, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.answer("kabir", review, agrees=False)
    desk.wait(minutes=1)
    desk.publish(review, "sana")
    desk.wait(minutes=1)
    desk.flag(review)
    desk.decide("kabir", review, Outcome.KEEP)

    assert events(desk, "sana", review) == [
        Happening.KEPT,
        "publish",
        Happening.REFUSED,
        Happening.PROPOSED,
        Happening.TAKEN_BACK,
        Happening.PROPOSED,
        "confirm",
        "submit",
    ]


def test_signals_are_numbered_in_the_order_of_the_text(desk: Desk) -> None:
    review = desk.submit()
    add_signal(desk, review, "new_account")
    add_signal(desk, review, "exact_date", (40, 50))
    add_signal(desk, review, "staff_name", (4, 12))

    signals = [one for one in page_of(desk, "rani", review).signals if one.why == "Because."]

    assert [(one.name, one.number is None) for one in signals] == [
        ("staff_name", False),
        ("exact_date", False),
        ("new_account", True),
    ]
    assert [one.number for one in signals][:2] == sorted(one.number or 0 for one in signals[:2])


@pytest.mark.parametrize("name", ["crisis", "self_harm_method"])
def test_hard_words_are_folded(desk: Desk, name: str) -> None:
    review = desk.submit()
    assert not page_of(desk, "rani", review).is_folded

    add_signal(desk, review, name)

    assert page_of(desk, "rani", review).is_folded
    assert item_of(desk, "rani", review).is_folded


def test_nothing_of_the_author_is_on_the_page(desk: Desk) -> None:
    review = desk.submit("bela")

    shown = repr(page_of(desk, "rani", review))

    assert "bela" not in shown
    assert "author_id" not in shown
    assert "email" not in shown
    assert "network" not in shown


@pytest.mark.db
def test_a_case_costs_the_same_however_long_its_story(desk: Desk, count_sql: CountSql) -> None:
    review = desk.submit()
    short = statements_of(desk, review, count_sql)
    for number in range(10):
        add_note(
            viewer=desk.as_("sana"),
            case_id=desk.case(review).id,
            text=f"Note {number}.",
            now=desk.now,
        )
        add_signal(desk, review, "phone", (number, number + 3))

    assert statements_of(desk, review, count_sql) == short
    assert short <= 11


def statements_of(desk: Desk, public_id: str, count_sql: CountSql) -> int:
    case_id, viewer = desk.case(public_id).id, desk.as_("rani")
    db.session().rollback()
    with count_sql() as statements:
        case_page(db.session(), viewer, case_id, now=desk.now)
    return len(statements)
