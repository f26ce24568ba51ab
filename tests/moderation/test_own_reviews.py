"""What authors can do with their reviews and data, and what a receipt tells."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.accounts.models import Role, User, UserState
from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from directory.moderation.intake import (
    appeal,
    erase_account,
    erase_user,
    export_data,
)
from directory.moderation.models import (
    Appeal,
    CaseKind,
    CaseState,
    Flag,
    FlagState,
    Outcome,
)
from directory.moderation.queries.author import NextStep, my_review, my_reviews, receipt
from directory.reviews.models import Aspect, ReviewVersion, RuleCode
from tests.moderation.desk import KEYS, WORDS, make_person

if TYPE_CHECKING:
    from tests.moderation.desk import Desk


@pytest.mark.parametrize("who", ["bela", "rani", "admin"])
def test_somebody_elses_review_does_not_exist_for_them(desk: Desk, who: str) -> None:
    name = desk.published("asha")

    with pytest.raises(NotFoundError):
        desk.withdraw(name, who)
    with pytest.raises(NotFoundError):
        my_review(db.session(), desk.as_(who), name, now=desk.now)
    assert my_reviews(db.session(), desk.as_(who), now=desk.now) == ()


def test_an_appeal_is_made_once_and_within_thirty_days(desk: Desk) -> None:
    name = desk.submit()
    with pytest.raises(ConflictError, match="no decision to appeal"):
        desk.appeal(name)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(days=29)
    desk.appeal(name)

    assert desk.case(name).kind is CaseKind.APPEAL
    assert desk.letters()[-1] == "appeal-received"
    with pytest.raises(ConflictError, match="already"):
        desk.appeal(name)


def test_after_thirty_days_there_is_no_appeal(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(days=30)

    with pytest.raises(ConflictError, match="thirty days"):
        desk.appeal(name)


@pytest.mark.parametrize(
    ("outcome", "state"), [("keep", FlagState.NOT_UPHELD), ("remove", FlagState.UPHELD)]
)
def test_a_receipt_tells_what_became_of_a_flag(desk: Desk, outcome: str, state: FlagState) -> None:
    name = desk.published()
    number = desk.flag(name)
    desk.decide("rani", name, outcome, RuleCode.IDENTIFIES_STAFF)
    if outcome == "remove":
        desk.answer("kabir", name, agrees=True)

    assert receipt(db.session(), number).state is state


def test_a_flag_on_a_review_that_is_gone_says_so(desk: Desk) -> None:
    name = desk.published()
    number = desk.flag(name)
    desk.withdraw(name)

    assert receipt(db.session(), number).state is FlagState.OVERTAKEN
    with pytest.raises(NotFoundError):
        desk.flag(name)


def test_an_unknown_receipt_is_not_found(desk: Desk) -> None:
    desk.tick()
    with pytest.raises(NotFoundError):
        receipt(db.session(), "no-such-one")


@pytest.mark.parametrize("words", ["Too short", "x" * 2001, "I was there in May."])
def test_an_appeal_says_why(desk: Desk, words: str) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    with pytest.raises(InvalidError):
        appeal(viewer=desk.as_("asha"), public_id=name, words=words, keys=KEYS, now=desk.now)


def test_my_reviews_say_what_comes_next(desk: Desk) -> None:
    steps = {}
    name = desk.submit("asha")
    steps["pending"] = my_reviews(db.session(), desk.as_("asha"), now=desk.now)[0].next_step
    desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR, "Leave the street out.")
    returned = my_review(db.session(), desk.as_("asha"), name, now=desk.now).review
    steps["returned"] = returned.next_step
    desk.resubmit(name)
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    steps["rejected"] = my_reviews(db.session(), desk.as_("asha"), now=desk.now)[0].next_step
    desk.appeal(name)
    steps["appealed"] = my_reviews(db.session(), desk.as_("asha"), now=desk.now)[0].next_step
    desk.decide("kabir", name, Outcome.KEEP_DECISION)
    steps["kept"] = my_reviews(db.session(), desk.as_("asha"), now=desk.now)[0].next_step

    assert steps == {
        "pending": NextStep.WAIT,
        "returned": NextStep.CHANGE,
        "rejected": NextStep.APPEAL,
        "appealed": NextStep.WAIT,
        "kept": NextStep.NONE,
    }
    assert returned.hint == "Leave the street out."
    assert returned.until == returned.moved_at + timedelta(days=30)


def test_my_review_gives_the_newest_version_back_to_the_form(desk: Desk) -> None:
    name = desk.submit("asha", overall=3, aspects={Aspect.FEES: 2})
    page = my_review(db.session(), desk.as_("asha"), name, now=desk.now)

    assert (page.draft.overall, page.draft.aspects) == (3, {Aspect.FEES: 2})
    assert page.draft.text == WORDS
    assert not page.draft.own_experience
    assert [line.event.value for line in page.history] == ["submit", "confirm"]


def test_an_unconfirmed_review_of_mine_waits_for_its_link(desk: Desk) -> None:
    desk.submit(author=None)
    person = db.session().scalars(select(User).order_by(User.id.desc())).first()
    assert person is not None
    desk.people["somebody"] = person.id

    (mine,) = my_reviews(db.session(), desk.as_("somebody"), now=desk.now)

    assert (mine.next_step, mine.can_withdraw) == (NextStep.CONFIRM, False)


def test_an_export_holds_everything_and_can_be_written_down(desk: Desk) -> None:
    name = desk.submit("asha", aspects={Aspect.FEES: 2})
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN, "Not your own visit.")
    desk.appeal(name)

    copy = json.loads(json.dumps(export_data(viewer=desk.as_("asha"), keys=KEYS, now=desk.now)))

    (review,) = copy["reviews"]
    assert copy["account"]["email"] == "asha@example.org"
    assert review["versions"][0]["text"] == WORDS
    assert review["versions"][0]["aspects"] == {"fees": 2}
    assert review["decisions"][0]["words"] == "Not your own visit."
    assert review["appeals"][0]["state"] == "open"
    assert [line["event"] for line in review["history"]] == ["submit", "confirm", "reject"]


def test_erasing_an_account_destroys_words_and_contact_and_keeps_decisions(desk: Desk) -> None:
    name = desk.published("asha")
    desk.flag(name)
    erase_account(viewer=desk.as_("asha"), keys=KEYS, now=desk.now)

    person = db.session().get_one(User, desk.people["asha"])
    review = desk.review(name)
    assert (person.state, person.email_sealed, person.email_hash) == (UserState.ERASED, None, None)
    assert (review.state.value, review.author_id) == ("erased", None)
    assert db.session().scalars(select(ReviewVersion.text)).all() == [None]
    assert len(desk.decisions()) == 1
    assert desk.letters()[-1] == "erased"
    assert desk.case(name).state is CaseState.CLOSED


def test_erasing_takes_an_open_appeal_with_it(desk: Desk) -> None:
    name = desk.submit("asha")
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.appeal(name)
    erase_account(viewer=desk.as_("asha"), keys=KEYS, now=desk.now)

    (made,) = db.session().scalars(select(Appeal))
    assert (made.state.value, made.words) == ("withdrawn", None)


def test_the_last_administrator_stays_until_there_is_another(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="last administrator"):
        erase_account(viewer=desk.as_("admin"), keys=KEYS, now=desk.now)
    make_person("second", role=Role.ADMINISTRATOR, now=desk.now)

    erase_account(viewer=desk.as_("admin"), keys=KEYS, now=desk.now)

    assert desk.as_("admin").state is UserState.ERASED


def test_an_administrator_grants_an_erasure(desk: Desk) -> None:
    name = desk.published("asha")
    with pytest.raises(NotAllowedError):
        erase_user(viewer=desk.as_("rani"), user_id=desk.people["asha"], keys=KEYS, now=desk.now)
    erase_user(viewer=desk.as_("admin"), user_id=desk.people["asha"], keys=KEYS, now=desk.now)

    assert desk.state(name) == "erased"
    with pytest.raises(NotFoundError):
        erase_user(viewer=desk.as_("admin"), user_id=desk.people["asha"], keys=KEYS, now=desk.now)


def test_flags_keep_no_more_than_they_need(desk: Desk) -> None:
    desk.flag(desk.published())

    (flag,) = db.session().scalars(select(Flag))
    assert (flag.words, flag.network_hash) == (None, None)
