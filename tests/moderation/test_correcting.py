"""Deciding what readers reported: listing, letters, followers, doubts, the record of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.audit.models import AuditEvent
from directory.audit.policy import COMMAND
from directory.core.db import db, writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from directory.listings.models import CallOutcome, ListingState
from directory.listings.operations import RefusedListingError, edit_listing, move_listing
from directory.moderation.decisions import Judgement, decide, lease, link_person
from directory.moderation.models import CaseState, LinkNature, Outcome
from directory.outbox.models import Change, Letter, LetterState
from tests.moderation.desk import KEYS
from tests.moderation.reported import (
    ADDRESS,
    DEARER,
    FEE,
    accepted,
    called,
    case_of,
    declined,
    doubts,
    report,
    row_of,
    says,
)

if TYPE_CHECKING:
    from tests.moderation.desk import Desk


def acts() -> list[str]:
    """Give the acts of the record, oldest first, without those of the intake."""
    db.session().rollback()
    rows = db.session().scalars(select(AuditEvent.act).order_by(AuditEvent.seq))
    return [act for act in rows if act.startswith(("listing.", "correction.d", "doubt", "decis"))]


def changed_listings() -> list[int]:
    db.session().rollback()
    return list(db.session().scalars(select(Change.subject_id).where(Change.noun == "listing")))


@pytest.mark.db
def test_an_accepted_report_changes_the_listing_and_is_told(desk: Desk) -> None:
    receipt = report(desk, address=ADDRESS)
    before = len(changed_listings())

    made = accepted(desk, receipt, {"fees": FEE}, words="We rang them too.")

    assert says(desk)["fees"] == FEE
    row = row_of(receipt)
    assert (row.state, row.answer, row.address_sealed) == ("accepted", "We rang them too.", None)
    assert case_of(receipt).state is CaseState.CLOSED
    assert len(changed_listings()) > before
    assert acts() == ["decision.made", "listing.changed", "correction.decided"]
    assert made.change_id is not None
    assert desk.letters() == ["correction-accepted"]
    assert desk.newest_letter() == {
        "listing_name": "Dr Meenakshi Rawat",
        "hint": "We rang them too.",
        "path": f"/receipts/{receipt}",
    }


def test_an_accepted_value_is_not_a_checked_one(desk: Desk) -> None:
    accepted(desk, report(desk), {"fees": FEE})

    assert says(desk)["checks"] == []


def test_a_declined_report_changes_nothing_and_says_why(desk: Desk) -> None:
    receipt = report(desk, address=ADDRESS, language="hi")
    before = says(desk)

    declined(desk, receipt, "They say it is as stated.")

    assert says(desk) == before
    assert (row_of(receipt).state, row_of(receipt).answer) == (
        "declined",
        "They say it is as stated.",
    )
    assert desk.letters() == ["correction-declined"]
    (letter,) = db.session().scalars(select(Letter))
    assert letter.language == "hi"
    with pytest.raises(ConflictError, match="Rani Moderator declined it"):
        accepted(desk, receipt, {"fees": FEE})


def test_reports_of_the_same_thing_end_together(desk: Desk) -> None:
    first = report(desk)
    others = [report(desk, changes={"fees": DEARER}, address=ADDRESS) for _ in range(2)]

    accepted(desk, others[0], {"fees": FEE})

    assert {row_of(receipt).state.value for receipt in (first, *others)} == {"accepted"}
    assert desk.letters() == ["correction-accepted"] * 2


@pytest.mark.db
def test_a_decision_is_taken_back_with_all_it_did(desk: Desk) -> None:
    receipt, follower = report(desk, address=ADDRESS), report(desk, address=ADDRESS)
    sealed = row_of(receipt).address_sealed
    made = accepted(desk, receipt, {"fees": FEE}, words="Right.")

    desk.wait(seconds=30)
    desk.undo("rani", made.decision_id)

    assert says(desk)["fees"] == []
    row = row_of(receipt)
    assert (row.state, row.answer, row.address_sealed) == ("open", None, sealed)
    assert row_of(follower).address_sealed is not None
    assert case_of(receipt).state is CaseState.OPEN
    assert desk.letters() == []
    assert acts()[-2:] == ["listing.undone", "decision.undone"]
    declined(desk, receipt)
    assert desk.letters() == ["correction-declined"] * 2


def test_a_change_others_built_upon_is_not_taken_back(desk: Desk) -> None:
    receipt = report(desk, address=ADDRESS)
    made = accepted(desk, receipt, {"fees": FEE})
    edit_listing(
        actor=COMMAND,
        listing_id=desk.listing.id,
        changes={"fees": DEARER},
        seen=None,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )

    with pytest.raises(ConflictError, match="changed again"):
        desk.undo("rani", made.decision_id)

    assert row_of(receipt).state == "accepted"
    assert desk.letters() == ["correction-accepted"]


def test_after_a_minute_or_once_its_letter_has_left_it_stands(desk: Desk) -> None:
    made = accepted(desk, report(desk, address=ADDRESS), {"fees": FEE})
    with writing() as session:
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.sent_at = LetterState.SENT, desk.now
        letter.address_sealed, letter.facts_sealed = None, None
    with pytest.raises(ConflictError, match="letter has already left"):
        desk.undo("rani", made.decision_id)

    desk.wait(minutes=1)
    with pytest.raises(ConflictError, match="The minute is over"):
        desk.undo("rani", made.decision_id)


@pytest.mark.db
def test_calls_that_were_accepted_leave_the_number_in_doubt_until_declined(desk: Desk) -> None:
    receipt = called(desk, CallOutcome.NO_ANSWER, "a")
    called(desk, CallOutcome.NO_ANSWER, "b")

    made = accepted(desk, receipt)
    assert doubts() == [("phone", 2, False)]
    desk.undo("rani", made.decision_id)
    assert doubts() == [("phone", 2, True)]
    accepted(desk, receipt)

    again = called(desk, CallOutcome.NO_ANSWER, "c")
    made = declined(desk, again, "We rang and somebody answered.")
    assert doubts()[-1] == ("phone", 2, True)
    desk.undo("rani", made.decision_id)
    assert doubts()[-1] == ("phone", 2, False)


def test_another_number_ends_the_doubt_about_it(desk: Desk) -> None:
    receipt = called(desk, CallOutcome.WRONG_NUMBER)
    made = accepted(desk, receipt)
    desk.undo("rani", made.decision_id)
    places = says(desk)["locations"]
    places[0]["phones"] = [{"use": "appointments", "number": "+911155509876"}]
    accepted(desk, called(desk, CallOutcome.NO_ANSWER))

    accepted(desk, receipt, {"locations": places})

    assert says(desk)["locations"][0]["phones"][0]["number"] == "+911155509876"
    assert doubts()[-1] == ("phone", 1, True)


def test_nobody_taking_patients_is_said_by_the_page(desk: Desk) -> None:
    receipt = called(desk, CallOutcome.NOT_TAKING)

    accepted(desk, receipt, row_of(receipt).proposed_value)

    assert says(desk)["accepting"] == "no"
    assert doubts() == []


def test_a_report_that_it_has_closed_closes_the_listing_and_reopens_it_within_the_minute(
    desk: Desk,
) -> None:
    receipt = report(desk, "closed", words="The board is gone.")
    made = accepted(desk, receipt, {"closed_on": "2026-11-01"})
    assert (says(desk)["state"], says(desk)["closed_on"]) == ("closed", "2026-11-01")

    desk.undo("rani", made.decision_id)

    assert (says(desk)["state"], says(desk)["closed_on"]) == ("published", None)
    with pytest.raises(InvalidError):
        accepted(desk, receipt, {"closed_on": "yesterday"})


def test_what_the_page_says_by_now_is_overtaken(desk: Desk) -> None:
    receipt = report(desk, address=ADDRESS)
    with pytest.raises(InvalidError, match="Nothing would change"):
        accepted(desk, receipt)
    desk.wait(hours=1)
    edit_listing(
        actor=COMMAND,
        listing_id=desk.listing.id,
        changes={"fees": FEE},
        seen=None,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )

    made = accepted(desk, receipt, {"fees": FEE})

    assert (made.state, made.change_id) == ("overtaken", None)
    assert desk.letters() == ["correction-accepted"]


@pytest.mark.parametrize(
    ("fact", "letter"), [("fee", "correction-declined"), ("closed", "correction-accepted")]
)
def test_reports_about_a_listing_that_has_closed_end_by_themselves(
    desk: Desk, fact: str, letter: str
) -> None:
    receipt = report(desk, fact, words="Look again.", address=ADDRESS)
    move_listing(
        actor=COMMAND,
        listing_id=desk.listing.id,
        to=ListingState.CLOSED,
        closed_on=date(2026, 11, 20),
        vocabulary=desk.vocabulary,
        now=desk.now,
    )
    with pytest.raises(ConflictError, match="has closed since"):
        accepted(desk, receipt)

    desk.tick()
    desk.tick()

    assert row_of(receipt).state == "overtaken"
    assert case_of(receipt).state is CaseState.CLOSED
    assert desk.letters() == [letter]


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"website": "https://example.org"}, None, "changes"),
        ({"fees": FEE}, "x" * 1001, "words"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_whole(
    desk: Desk, changes: dict[str, object], words: str | None, field: str
) -> None:
    receipt = report(desk)

    with pytest.raises(InvalidError) as refused:
        accepted(desk, receipt, changes, words=words)

    assert refused.value.field == field
    assert desk.decisions() == []


def test_a_fault_of_the_listing_names_its_place_in_the_document(desk: Desk) -> None:
    receipt = report(desk)

    with pytest.raises(RefusedListingError) as refused:
        accepted(desk, receipt, {"fees": [{"for": "first-session", "amount": -5}]})

    assert refused.value.faults[0].field == "fees[0].amount"
    assert row_of(receipt).state == "open"


def test_an_unspoken_detail_is_accepted_once_the_page_was_changed(desk: Desk) -> None:
    receipt = report(desk, "other", words="The photograph is of somebody else.")
    with pytest.raises(InvalidError, match="way of their own"):
        accepted(desk, receipt, {"state": "draft"})

    accepted(desk, receipt, {"headline": "Sees adults"})

    assert says(desk)["headline"] == "Sees adults"


def test_an_older_form_does_not_overwrite_a_newer_value(desk: Desk) -> None:
    receipt = report(desk)
    edit_listing(
        actor=COMMAND,
        listing_id=desk.listing.id,
        changes={"fees": DEARER},
        seen=None,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )

    with pytest.raises(ConflictError, match="Somebody changed fees"):
        accepted(desk, receipt, {"fees": FEE}, seen=0)


def test_declining_needs_an_answer(desk: Desk) -> None:
    receipt = report(desk)

    with pytest.raises(InvalidError) as refused:
        declined(desk, receipt, "  ")

    assert refused.value.field == "words"


def test_who_is_linked_to_the_listing_decides_no_report_of_it(desk: Desk) -> None:
    receipt = report(desk)
    link_person(
        viewer=desk.as_("admin"),
        user_id=desk.people["rani"],
        listing_id=desk.listing.id,
        nature=LinkNature.WORKS_THERE,
        now=desk.now,
    )

    for attempt in (
        lambda: accepted(desk, receipt, {"fees": FEE}),
        lambda: declined(desk, receipt),
        lambda: lease(viewer=desk.as_("rani"), case_id=case_of(receipt).id, now=desk.now),
    ):
        with pytest.raises(NotAllowedError, match="linked to this listing"):
            attempt()


def test_a_report_is_not_judged_as_a_review_nor_a_review_as_a_report(desk: Desk) -> None:
    receipt, review = report(desk), desk.submit()
    case = case_of(receipt)

    with pytest.raises(NotFoundError):
        decide(
            viewer=desk.as_("rani"),
            case_id=case.id,
            version=case.version,
            judgement=Judgement(Outcome.PUBLISH),
            keys=KEYS,
            now=desk.now,
        )
    assert desk.state(review) == "pending"


def test_a_command_decides_in_the_name_of_somebody_and_is_recorded_as_a_command(
    desk: Desk,
) -> None:
    accepted(desk, report(desk), {"fees": FEE}, actor=COMMAND)

    (decision,) = desk.decisions()
    assert decision.actor_id == desk.people["rani"]
    made = select(AuditEvent.actor_kind).where(AuditEvent.act == "decision.made")
    assert db.session().scalars(made).all() == ["command"]
