"""`flask audit`: the record is read aloud, and a wound ends with 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.audit import actions
from directory.audit.policy import READER
from directory.audit.queries import head_of
from tests.audit.recording import do, do_some, drop_triggers, sql

if TYPE_CHECKING:
    from datetime import datetime

    from click.testing import Result
    from flask import Flask
    from sqlalchemy.orm import Session


def audit(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def test_a_whole_record_is_said_to_be_whole(app: Flask, session: Session, now: datetime) -> None:
    do_some(now, 3)
    head = head_of(session)
    assert head is not None
    session.rollback()

    answer = audit(app, "verify")

    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        "The record of acts is whole: 3 acts.",
        f"It ends with {head.hash}",
    ]


def test_a_wound_is_named_and_ends_with_one(app: Flask, session: Session, now: datetime) -> None:
    do_some(now, 3)
    drop_triggers()
    sql("UPDATE audit_event SET subject_id = 9 WHERE seq = 2")

    answer = audit(app, "verify")

    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "Row 2 was edited: it does not fit its own hash.",
        "The record of acts is not whole. Faults found: 1.",
    ]


def test_acts_are_listed_newest_first(app: Flask, session: Session, now: datetime) -> None:
    do(now, subject_id=4)
    do(now, actions.FLAG_MADE, subject_id=5, actor=READER, review_id=2, rule_code="R-07")

    assert audit(app, "list").output.splitlines() == [
        "2  2026-11-23T09:00:00Z  flag.made  flag 5  by reader  review_id=2 rule_code=R-07",
        "1  2026-11-23T09:00:00Z  case.leased  case 4  by moderator 7",
    ]


def test_a_list_can_be_narrowed(app: Flask, session: Session, now: datetime) -> None:
    do_some(now, 3)

    assert audit(app, "list", "--act", "case.closed").output == ""
    assert audit(app, "list", "--since", "2026-11-24").output == ""
    assert len(audit(app, "list", "--since", "2026-11-23").output.splitlines()) == 3
    assert audit(app, "list", "--limit", "2").output.splitlines()[2].startswith("… and more")


def test_an_act_nobody_knows_is_refused(app: Flask) -> None:
    answer = audit(app, "list", "--act", "case.eaten")

    assert answer.exit_code == 2
    assert "case.leased" in answer.output


@pytest.mark.parametrize("command", ["verify", "list"])
def test_a_database_without_tables_is_named(command: str, app: Flask, session: Session) -> None:
    drop_triggers()
    sql("DROP TABLE audit_head")
    sql("DROP TABLE audit_event")

    answer = audit(app, command)

    assert answer.exit_code == 1
    assert answer.output == "Error: The database is not up to date. Run: flask db upgrade\n"
