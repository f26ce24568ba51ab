"""What the database itself refuses about readers' reports, whoever writes to it: on both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from directory.core.db import db
from directory.listings.models import CallOutcome
from tests.moderation.reported import (
    ADDRESS,
    FEE,
    accepted,
    called,
    case_of,
    report,
    row_of,
    suggested,
)
from tests.moderation.test_database_refuses import INTO_DECISION, NOW, allowed, decision, refused

if TYPE_CHECKING:
    from tests.moderation.desk import Desk

pytestmark = pytest.mark.db

INTO_REPORTS = (
    "INSERT INTO correction (receipt, kind, state, listing_id, fact, outcome, suggested, language,"
    " made_at, decided_at) VALUES (:receipt, :kind, :state, :listing, 'fee', :outcome, :suggested,"
    " 'en', :now, :decided)"
)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"kind": "rumour"}, "correctionkind"),
        ({"state": "lost", "decided": NOW}, "correctionstate"),
        ({"listing": None}, "about_listing"),
        ({"kind": "outcome"}, "outcome_given"),
        ({"outcome": "no-answer"}, "outcome_given"),
        ({"kind": "missing-listing"}, "suggestion_says_what"),
        ({"suggested": '{"name": "A"}'}, "suggestion_says_what"),
        ({"state": "noted"}, "decided_has_time"),
        ({"decided": NOW}, "decided_has_time"),
        ({"receipt": "short"}, "receipt_given"),
    ],
)
def test_a_report_is_whole(desk: Desk, changed: dict[str, Any], rule: str) -> None:
    whole = {
        "receipt": "abcd-efgh-jk",
        "kind": "wrong-detail",
        "state": "open",
        "listing": desk.listing.id,
        "outcome": None,
        "suggested": None,
        "now": NOW,
        "decided": None,
    }
    allowed(INTO_REPORTS, **whole | {"receipt": "mnop-qrst-uv"})

    assert rule in refused(INTO_REPORTS, **whole | changed)


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_a_report_never_ends_without_its_decision(desk: Desk, state: str) -> None:
    first, follower = report(desk), report(desk)
    for receipt in (first, follower):
        said = refused(
            f"UPDATE correction SET state = '{state}', decided_at = :now WHERE receipt = :receipt",  # noqa: S608 - the state is the test's own
            now=NOW,
            receipt=receipt,
        )

        assert "correction_has_decision" in said


def test_a_decision_of_another_kind_ends_no_report(desk: Desk) -> None:
    receipt = report(desk)
    accepted(desk, receipt, {"fees": FEE})

    said = refused(
        "UPDATE correction SET state = 'declined' WHERE receipt = :receipt", receipt=receipt
    )

    assert "correction_has_decision" in said


def test_an_address_does_not_outlive_the_decision(desk: Desk) -> None:
    receipt = report(desk, address=ADDRESS)
    sealed = row_of(receipt).address_sealed
    accepted(desk, receipt, {"fees": FEE})

    said = refused("UPDATE correction SET address_sealed = :sealed", sealed=sealed)

    assert "address_while_open" in said


def test_a_report_does_not_lead_itself(desk: Desk) -> None:
    row = row_of(called(desk, CallOutcome.NO_ANSWER))

    assert "leads_others" in refused("UPDATE correction SET leader_id = :id", id=row.id)


def test_a_report_is_judged_as_one_and_a_review_as_one(desk: Desk) -> None:
    of_report, rani = case_of(report(desk)), desk.people["rani"]
    of_review = desk.case(desk.submit())

    for case, outcome in ((of_report, "publish"), (of_review, "accept")):
        said = refused(INTO_DECISION, **decision(case.id, case.version, outcome, rani))
        assert "decision_fits_subject" in said


def test_who_is_linked_to_the_listing_decides_no_report_of_it(desk: Desk) -> None:
    case, rani = case_of(report(desk)), desk.people["rani"]
    allowed(
        "INSERT INTO affiliation (user_id, listing_id, nature, declared_at) "
        "VALUES (:user, :listing, 'family', :now)",
        user=rani,
        listing=desk.listing.id,
        now=NOW,
    )

    said = refused(INTO_DECISION, **decision(case.id, case.version, "accept", rani))

    assert "correction_decision_of_unlinked" in said


@pytest.mark.parametrize("change", ["before = '{}'", "after = '{}'", "cause = 'import'"])
def test_the_history_of_a_listing_is_never_rewritten(desk: Desk, change: str) -> None:
    accepted(desk, report(desk), {"fees": FEE})

    said = refused(f"UPDATE listing_change SET {change}")  # noqa: S608 - the test's own

    assert "listing_change_unchanged" in said


def test_a_fact_has_one_open_doubt(desk: Desk) -> None:
    accepted(desk, called(desk, CallOutcome.NO_ANSWER))

    said = refused(
        "INSERT INTO doubt (listing_id, fact, outcome, reports, raised_at) "
        "SELECT listing_id, fact, outcome, 1, raised_at FROM doubt"
    )

    assert "uq_doubt_one_open" in said or "doubt.fact" in said


def test_a_suggestion_needs_no_listing(desk: Desk) -> None:
    assert row_of(suggested(desk)).listing_id is None
    assert db.session().execute(text("SELECT count(*) FROM correction")).scalar_one() == 1
