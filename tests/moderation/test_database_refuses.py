"""What the database itself refuses, whoever writes to it: each rule once, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from directory.core.db import db, writing
from directory.moderation.models import Outcome
from directory.reviews.models import RuleCode

if TYPE_CHECKING:
    from tests.moderation.desk import Desk

pytestmark = pytest.mark.db


def refused(statement: str, **values: object) -> str:
    """Try a statement straight on the database and give the name of what refused it."""
    with pytest.raises(IntegrityError) as raised, writing() as session:
        session.execute(text(statement), values)
    return str(raised.value.orig)


def allowed(statement: str, **values: object) -> None:
    """Do a statement straight on the database."""
    with writing() as session:
        session.execute(text(statement), values)


NOW = "2026-11-23 09:00:00+00:00"
INTO_HISTORY = (
    "INSERT INTO review_history (review_id, version_number, before_state, event, after_state, "
    "actor_kind, actor_id, rule_code, decision_id, at) VALUES (:review, 1, :before, :event, "
    ":after, :kind, :actor, :rule, :decision, '2026-11-23 09:00:00+00:00')"
)
INTO_DECISION = (
    "INSERT INTO decision (case_id, case_version, review_version, outcome, step, rule_code, "
    "actor_id, answers_id, answers_actor_id, made_at) VALUES (:case, :version, 1, :outcome, :step, "
    ":rule, :actor, :answers, :answered, '2026-11-23 09:00:00+00:00')"
)


def history(review: int, before: str, event: str, after: str, **given: object) -> dict[str, object]:
    """Give the values of a history row."""
    values: dict[str, object] = {
        "review": review,
        "before": before,
        "event": event,
        "after": after,
        "kind": "author",
        "actor": None,
        "rule": None,
        "decision": None,
    }
    return values | given


def decision(
    case: int, version: int, outcome: str, actor: int, **given: object
) -> dict[str, object]:
    """Give the values of a decision."""
    values: dict[str, object] = {
        "case": case,
        "version": version,
        "outcome": outcome,
        "step": "alone",
        "rule": None,
        "actor": actor,
        "answers": None,
        "answered": None,
    }
    return values | given


def test_a_review_begins_unconfirmed(desk: Desk) -> None:
    said = refused(
        "INSERT INTO review (public_id, listing_id, state, current_version, is_demo, submitted_at,"
        " moved_at, published_at) VALUES ('abcdefghijkl', :listing, 'published', 1, false, :now,"
        " :now, :now)",
        listing=desk.listing.id,
        now=NOW,
    )

    assert "review_begins_unconfirmed" in said


def test_a_state_never_changes_without_its_history(desk: Desk) -> None:
    review = desk.review(desk.submit())

    said = refused(
        "UPDATE review SET state = 'published', published_at = :now WHERE id = :id",
        id=review.id,
        now=NOW,
    )

    assert "review_state_has_history" in said


def test_nothing_is_published_without_a_decision(desk: Desk) -> None:
    review = desk.review(desk.submit())
    row = history(review.id, "pending", "publish", "published")

    assert "decision" in refused(
        INTO_HISTORY, **row | {"kind": "moderator", "actor": desk.people["rani"]}
    )
    assert "history_has_decision" in refused(
        INTO_HISTORY, **row | {"kind": "moderator", "actor": desk.people["rani"], "decision": 999}
    )


def test_a_decision_on_another_review_publishes_nothing(desk: Desk) -> None:
    desk.published("bela")
    (other,) = desk.decisions()
    review = desk.review(desk.submit("asha"))

    said = refused(
        INTO_HISTORY,
        **history(
            review.id,
            "pending",
            "publish",
            "published",
            kind="moderator",
            actor=desk.people["rani"],
            decision=other.id,
        ),
    )

    assert "history_has_decision" in said


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        ("pending", "withdraw", "published"),
        ("pending", "restore", "published"),
        ("pending", "lapse", "expired"),
    ],
)
def test_a_move_that_is_not_in_the_table_is_refused(
    desk: Desk, before: str, event: str, after: str
) -> None:
    review = desk.review(desk.submit())

    said = refused(
        INTO_HISTORY, **history(review.id, before, event, after, rule="R-07", decision=1)
    )

    assert "move_allowed" in said


def test_history_follows_the_present_state(desk: Desk) -> None:
    review = desk.review(desk.submit())

    said = refused(INTO_HISTORY, **history(review.id, "published", "withdraw", "withdrawn"))

    assert "history_in_line" in said


@pytest.mark.parametrize("outcome", ["remove", "reject"])
def test_one_person_never_makes_a_low_review_invisible_for_good(desk: Desk, outcome: str) -> None:
    name = desk.submit(overall=2)
    if outcome == "remove":
        desk.publish(name)
        desk.flag(name)
    review, case = desk.review(name), desk.case(name)
    rani = desk.people["rani"]
    allowed(INTO_DECISION, **decision(case.id, case.version, outcome, rani, rule="R-08"))
    before = "published" if outcome == "remove" else "pending"
    after = "removed" if outcome == "remove" else "rejected"

    said = refused(
        INTO_HISTORY,
        **history(
            review.id,
            before,
            outcome,
            after,
            kind="moderator",
            actor=rani,
            rule="R-08",
            decision=desk.decisions()[-1].id,
        ),
    )

    assert "history_by_two_people" in said


def test_nobody_confirms_their_own_proposal(desk: Desk) -> None:
    name = desk.submit(overall=1)
    proposed = desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    case, rani = desk.case(name), desk.people["rani"]
    row = decision(case.id, case.version, "reject", rani, rule="R-01", step="confirmation")

    assert "two_people" in refused(
        INTO_DECISION, **row | {"answers": proposed.decision_id, "answered": rani}
    )
    # Naming somebody else as the proposer does not help: the pair is a foreign key.
    assert (
        "foreign key"
        in refused(
            INTO_DECISION,
            **row | {"answers": proposed.decision_id, "answered": desk.people["kabir"]},
        ).lower()
    )


def test_a_confirmation_answers_the_proposal_that_waits(desk: Desk) -> None:
    one, other = desk.submit("asha", overall=1), desk.submit("bela", overall=1)
    proposed = desk.decide("rani", one, Outcome.REJECT, RuleCode.NOT_OWN)
    case = desk.case(other)

    said = refused(
        INTO_DECISION,
        **decision(
            case.id,
            case.version,
            "reject",
            desk.people["kabir"],
            rule="R-01",
            step="confirmation",
            answers=proposed.decision_id,
            answered=desk.people["rani"],
        ),
    )

    assert "answer_to_waiting_proposal" in said


def test_a_subject_has_one_open_case(desk: Desk) -> None:
    case = desk.case(desk.submit())

    said = refused(
        "INSERT INTO moderation_case (kind, subject_noun, subject_id, state, lane, lane_order, "
        "language, waiting, version, opened_at, target_at, due_at) SELECT kind, subject_noun, "
        "subject_id, state, lane, lane_order, language, waiting, 1, opened_at, target_at, due_at "
        "FROM moderation_case WHERE id = :id",
        id=case.id,
    )

    assert "uq_moderation_case_one_open" in said or "subject_noun" in said


def test_a_stale_decision_is_refused(desk: Desk) -> None:
    name = desk.submit()
    version = desk.case(name).version
    desk.publish(name)

    said = refused(
        INTO_DECISION, **decision(desk.case(name).id, version, "publish", desk.people["kabir"])
    )

    assert "decision_is_fresh" in said


@pytest.mark.parametrize("who", ["asha", "bela"])
def test_only_the_desk_decides(desk: Desk, who: str) -> None:
    case = desk.case(desk.submit("bela"))

    said = refused(INTO_DECISION, **decision(case.id, case.version, "publish", desk.people[who]))

    assert "decision_of" in said


def test_who_is_linked_to_the_listing_decides_nothing(desk: Desk) -> None:
    case = desk.case(desk.submit())
    allowed(
        "INSERT INTO affiliation (user_id, listing_id, nature, declared_at) "
        "VALUES (:user, :listing, 'family', :now)",
        user=desk.people["rani"],
        listing=desk.listing.id,
        now=NOW,
    )

    said = refused(INTO_DECISION, **decision(case.id, case.version, "publish", desk.people["rani"]))

    assert "decision_of_unlinked" in said


def test_an_appeal_is_never_judged_by_who_took_part(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.REJECT, RuleCode.NOT_OWN)
    desk.wait(days=1)
    desk.appeal(name)
    case = desk.case(name)

    said = refused(
        INTO_DECISION, **decision(case.id, case.version, "keep-decision", desk.people["rani"])
    )

    assert "appeal_by_uninvolved" in said


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("decision", "outcome = 'keep'"),
        ("decision", "words = 'other words'"),
        ("review_version", "overall = 5"),
        ("review_version", "text = 'x'"),
        ("review_history", "rule_code = 'R-01'"),
        ("rating", "value = 1"),
        ("consent", "given = false"),
        ("audit_event", "facts = '{}'"),
    ],
)
def test_what_was_written_is_never_rewritten(desk: Desk, table: str, change: str) -> None:
    desk.published("asha", overall=2, aspects={"listened": 3})

    assert refused(f"UPDATE {table} SET {change}")  # noqa: S608 - the table is the test's own


@pytest.mark.parametrize(
    "table",
    ["decision", "review_history", "rating", "review_version", "consent", "audit_event"],
)
def test_what_was_written_is_never_taken_away(desk: Desk, table: str) -> None:
    desk.published("asha", aspects={"listened": 3})

    assert refused(f"DELETE FROM {table}")  # noqa: S608 - the table is the test's own


def test_a_review_never_disappears(desk: Desk) -> None:
    name = desk.submit()

    assert refused("DELETE FROM review WHERE public_id = :name", name=name)


def test_a_version_comes_in_its_turn(desk: Desk) -> None:
    review = desk.review(desk.submit())

    said = refused(
        "INSERT INTO review_version (review_id, number, text, language, overall, unsafe, "
        "visit_quarter, relation, care_kind, pseudonym, district, terms_version, created_at) "
        "SELECT review_id, 2, text, language, 5, unsafe, visit_quarter, relation, care_kind, "
        "pseudonym, district, terms_version, created_at FROM review_version WHERE review_id = :id",
        id=review.id,
    )

    assert "version_in_turn" in said


def test_words_may_only_be_destroyed_once_the_review_is_erased(desk: Desk) -> None:
    review = desk.review(desk.published())

    said = refused("UPDATE review_version SET text = NULL WHERE review_id = :id", id=review.id)

    assert "version_unchanged" in said


def test_the_database_is_what_the_tables_say(desk: Desk) -> None:
    assert desk.published()
    assert db.session().execute(text("SELECT count(*) FROM review")).scalar_one() == 1
