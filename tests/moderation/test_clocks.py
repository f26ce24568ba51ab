"""What happens by itself: moments, not sleeping."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.accounts.models import User, UserState
from directory.core.db import db
from directory.moderation.clocks import run_due
from directory.moderation.decisions import lease
from directory.moderation.intake import flag_review, submit_review
from directory.moderation.models import Flag, Outcome, Waiting
from directory.outbox.models import Change
from directory.reviews.models import RatingSummary, ReviewVersion, RuleCode
from directory.reviews.policy import score_of
from tests.moderation.desk import KEYS, make_person

if TYPE_CHECKING:
    from tests.moderation.desk import Desk

pytestmark = pytest.mark.db


def test_an_unconfirmed_review_lapses_after_seven_days_with_contact_and_words(desk: Desk) -> None:
    name = desk.submit(author=None)
    desk.wait(days=7, minutes=-1)
    desk.tick()
    assert desk.state(name) == "unconfirmed"

    desk.wait(minutes=1)
    desk.tick()

    person = db.session().scalars(select(User).order_by(User.id.desc())).first()
    assert person is not None
    assert desk.state(name) == "expired"
    assert desk.review(name).author_id is None
    assert (person.state, person.email_sealed) == (UserState.ERASED, None)
    assert db.session().scalars(select(ReviewVersion.text)).all() == [None]


def test_a_known_person_keeps_the_account_when_a_review_lapses(desk: Desk) -> None:
    submit_review(
        viewer=None,
        email="asha@example.org",
        draft=desk.draft(),
        browser=None,
        network_hash=None,
        keys=KEYS,
        now=desk.now,
    )
    desk.wait(days=7)
    desk.tick()

    assert desk.as_("asha").state is UserState.ACTIVE


def test_a_returned_review_lapses_after_thirty_days_and_its_author_is_told(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR)
    desk.wait(days=30)
    desk.tick()

    assert desk.state(name) == "expired"
    assert desk.letters()[-1] == "review-expired"


def test_a_hidden_review_comes_back_by_itself_and_its_case_waits_for_anybody(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name)
    desk.decide("rani", name, Outcome.HIDE, RuleCode.THREAT)
    desk.wait(hours=23)
    desk.tick()
    assert desk.state(name) == "hidden"

    desk.wait(hours=1)
    desk.tick()

    assert desk.state(name) == "published"
    assert desk.case(name).waiting is Waiting.FIRST
    assert desk.letters()[-1] == "review-restored"


def test_a_lease_ends_by_itself(desk: Desk) -> None:
    name = desk.submit()
    lease(viewer=desk.as_("rani"), case_id=desk.case(name).id, now=desk.now)
    desk.wait(minutes=20)
    desk.tick()

    assert desk.case(name).lease_holder_id is None


def test_networks_are_forgotten_after_thirty_days(desk: Desk) -> None:
    name = desk.published()
    flag_review(
        public_id=name,
        rule_code=RuleCode.THREAT,
        words=None,
        network_hash="f" * 64,
        now=desk.now,
    )
    desk.wait(days=31)
    desk.tick()

    assert db.session().scalars(select(Flag.network_hash)).all() == [None]


def test_visits_leave_the_score_as_time_passes(desk: Desk) -> None:
    for number in range(5):
        person = f"person{number}"
        desk.people[person] = make_person(person, now=desk.now)
        desk.published(person, overall=5, visit_quarter="2024-Q4")
    assert score_of(db.session().get_one(RatingSummary, desk.listing.id).stars) is not None
    changes = len(db.session().scalars(select(Change)).all())

    desk.wait(days=39)
    done = run_due(keys=KEYS, now=desk.now)

    db.session().rollback()
    summary = db.session().get_one(RatingSummary, desk.listing.id)
    assert (summary.stars, summary.published) == ((0, 0, 0, 0, 0), 5)
    assert done["summaries"] == 1
    assert len(db.session().scalars(select(Change)).all()) == changes + 1


def test_a_second_round_finds_nothing_to_do(desk: Desk) -> None:
    desk.submit(author=None)
    desk.wait(days=8)
    desk.tick()

    assert set(run_due(keys=KEYS, now=desk.now + timedelta(seconds=1)).values()) == {0}
