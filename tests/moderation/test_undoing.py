"""Taking a decision back, leases, and who is tied to a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from directory.moderation.decisions import (
    add_note,
    lease,
    link_person,
    reclass,
    release,
    unlink_person,
)
from directory.moderation.intake import erase_account
from directory.moderation.models import CaseState, LinkNature, Outcome
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import Letter, LetterState
from directory.reviews.models import RuleCode
from tests.moderation.desk import KEYS

if TYPE_CHECKING:
    from tests.moderation.desk import Desk


def test_a_leased_case_is_decided_by_its_holder(desk: Desk) -> None:
    name = desk.submit()
    lease(viewer=desk.as_("rani"), case_id=desk.case(name).id, now=desk.now)

    with pytest.raises(ConflictError, match="Rani Moderator has this case until 14:50"):
        desk.decide("kabir", name, Outcome.PUBLISH)
    desk.decide("rani", name, Outcome.PUBLISH)

    assert desk.state(name) == "published"


def test_a_lease_ends_after_twenty_minutes(desk: Desk) -> None:
    name = desk.submit()
    lease(viewer=desk.as_("rani"), case_id=desk.case(name).id, now=desk.now)
    desk.wait(minutes=20)

    lease(viewer=desk.as_("kabir"), case_id=desk.case(name).id, now=desk.now)

    assert desk.case(name).lease_holder_id == desk.people["kabir"]


def test_a_released_case_is_free(desk: Desk) -> None:
    name = desk.submit()
    case = desk.case(name).id
    lease(viewer=desk.as_("rani"), case_id=case, now=desk.now)
    release(viewer=desk.as_("kabir"), case_id=case, now=desk.now)
    assert desk.case(name).lease_holder_id == desk.people["rani"]

    release(viewer=desk.as_("rani"), case_id=case, now=desk.now)

    assert desk.case(name).lease_holder_id is None


def test_a_closed_case_cannot_be_taken(desk: Desk) -> None:
    name = desk.published()

    with pytest.raises(ConflictError, match="Rani Moderator published it"):
        lease(viewer=desk.as_("kabir"), case_id=desk.case(name).id, now=desk.now)


def test_a_case_moved_to_crisis_comes_first_and_is_due_sooner(desk: Desk) -> None:
    name = desk.submit()
    before = desk.case(name).due_at

    reclass(viewer=desk.as_("rani"), case_id=desk.case(name).id, lane=Lane.CRISIS, now=desk.now)

    assert desk.case(name).lane_order == 0
    assert desk.case(name).due_at < before


def test_a_note_is_for_the_desk_and_is_not_empty(desk: Desk) -> None:
    case = desk.case(desk.submit()).id
    add_note(viewer=desk.as_("rani"), case_id=case, text=" Ask again. ", now=desk.now)

    with pytest.raises(InvalidError) as refused:
        add_note(viewer=desk.as_("rani"), case_id=case, text="  ", now=desk.now)

    assert refused.value.field == "note"


@pytest.mark.parametrize(
    ("outcome", "rule"),
    [
        (Outcome.PUBLISH, None),
        (Outcome.RETURN, RuleCode.NOT_OWN),
        (Outcome.REJECT, RuleCode.NOT_OWN),
    ],
)
def test_a_decision_is_taken_back_within_a_minute(
    desk: Desk, outcome: Outcome, rule: RuleCode | None
) -> None:
    name = desk.submit()
    decided = desk.decide("rani", name, outcome, rule)

    desk.undo("rani", decided.decision_id)

    assert desk.state(name) == "pending"
    assert desk.case(name).state is CaseState.OPEN
    assert desk.letters() == []
    assert len(desk.letters(LetterState.CANCELLED)) == 1


def test_a_hiding_and_a_proposal_are_taken_back_too(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    hidden = desk.decide("rani", name, Outcome.HIDE, RuleCode.THREAT)
    desk.undo("rani", hidden.decision_id)
    assert desk.state(name) == "published"

    proposed = desk.decide("rani", name, Outcome.REMOVE, RuleCode.REWARD)
    desk.undo("rani", proposed.decision_id)

    assert desk.case(name).waiting == "first"


def test_keeping_is_taken_back_with_its_flags(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    kept = desk.decide("rani", name, Outcome.KEEP)

    desk.undo("rani", kept.decision_id)

    assert desk.case(name).state is CaseState.OPEN


def test_after_a_minute_a_decision_stands(desk: Desk) -> None:
    decided = desk.decide("rani", desk.submit(), Outcome.PUBLISH)
    desk.wait(minutes=1)

    with pytest.raises(ConflictError, match="The minute is over"):
        desk.undo("rani", decided.decision_id)


def test_a_decision_is_taken_back_once_and_by_its_maker(desk: Desk) -> None:
    decided = desk.decide("rani", desk.submit(), Outcome.PUBLISH)

    with pytest.raises(NotAllowedError, match="Only who decided"):
        desk.undo("kabir", decided.decision_id)
    desk.undo("rani", decided.decision_id)
    with pytest.raises(ConflictError, match="already"):
        desk.undo("rani", decided.decision_id)


def test_an_unknown_decision_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.undo("rani", 999)


def test_a_decision_whose_letter_has_left_stands(desk: Desk) -> None:
    decided = desk.decide("rani", desk.submit(), Outcome.PUBLISH)
    with writing() as session:
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.sent_at = LetterState.SENT, desk.now
        letter.address_sealed, letter.facts_sealed = None, None

    with pytest.raises(ConflictError, match="letter has already left"):
        desk.undo("rani", decided.decision_id)


def test_a_second_persons_answer_is_not_taken_back(desk: Desk) -> None:
    name = desk.submit(overall=1)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    answered = desk.answer("kabir", name, agrees=True)

    with pytest.raises(ConflictError, match="cannot be taken back"):
        desk.undo("kabir", answered.decision_id)


def test_a_decision_others_built_upon_stands(desk: Desk) -> None:
    name = desk.submit()
    published = desk.decide("rani", name, Outcome.PUBLISH)
    desk.flag(name)

    with pytest.raises(ConflictError, match="Another case"):
        desk.undo("rani", published.decision_id)


def test_who_is_linked_to_a_listing_decides_nothing_about_it(desk: Desk) -> None:
    name = desk.submit()
    tie = {"user_id": desk.people["rani"], "listing_id": desk.listing.id}
    admin = desk.as_("admin")
    link_person(viewer=admin, **tie, nature=LinkNature.FAMILY, now=desk.now)

    for attempt in (
        lambda: desk.decide("rani", name, Outcome.PUBLISH),
        lambda: lease(viewer=desk.as_("rani"), case_id=desk.case(name).id, now=desk.now),
    ):
        with pytest.raises(NotAllowedError, match="linked to this listing"):
            attempt()

    unlink_person(viewer=admin, **tie, now=desk.now)
    desk.decide("rani", name, Outcome.PUBLISH)
    assert desk.state(name) == "published"


def test_ties_are_kept_by_administrators_about_what_exists(desk: Desk) -> None:
    rani, listing = desk.people["rani"], desk.listing.id
    nature, now = LinkNature.MANAGES, desk.now

    with pytest.raises(NotAllowedError):
        link_person(
            viewer=desk.as_("rani"), user_id=rani, listing_id=listing, nature=nature, now=now
        )
    for user_id, listing_id in ((999, listing), (rani, 999)):
        with pytest.raises(NotFoundError):
            link_person(
                viewer=desk.as_("admin"),
                user_id=user_id,
                listing_id=listing_id,
                nature=nature,
                now=now,
            )
    with pytest.raises(NotFoundError):
        unlink_person(viewer=desk.as_("admin"), user_id=rani, listing_id=listing, now=now)


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        lease(viewer=desk.as_("rani"), case_id=999, now=desk.now)


@pytest.mark.parametrize("leaving", ["withdraw", "erase"])
def test_nothing_is_taken_back_about_a_review_that_is_gone(desk: Desk, leaving: str) -> None:
    name = desk.submit(overall=1)
    desk.decide("sana", name, Outcome.REJECT, RuleCode.NOT_OWN)
    if leaving == "withdraw":
        desk.withdraw(name)
    else:
        erase_account(viewer=desk.as_("asha"), keys=KEYS, now=desk.now)
    decision = desk.decisions()[-1].id

    with pytest.raises(ConflictError, match="taken away since"):
        desk.undo("sana", decision)

    assert desk.case(name).state is CaseState.CLOSED
