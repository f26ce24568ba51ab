"""The record: what is written with a change, in which order, and that nothing changes it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from directory.audit import actions
from directory.audit.models import AuditEvent
from directory.audit.operations import noted, record, record_many
from directory.audit.policy import AUTHOR, WrongFactsError
from directory.audit.queries import AuditFilter, events, head_of
from directory.core.db import WriteOutsideTransactionError, db, writing
from tests.audit.recording import MODERATOR, do, do_some, faults, sql

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.audit.queries import EventView
    from tests.conftest import CountSql

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]


def found(session: Session, **wanted: object) -> tuple[EventView, ...]:
    session.rollback()
    return events(session, AuditFilter(**wanted)).items  # type: ignore[arg-type]


def test_an_act_is_kept_with_who_when_and_its_facts(session: Session, now: datetime) -> None:
    do(now, actions.FLAG_MADE, subject_id=3, actor=AUTHOR, review_id=9, rule_code="R-07")

    (event,) = found(session)
    assert (event.seq, event.act, event.subject_noun, event.subject_id) == (
        1,
        "flag.made",
        "flag",
        3,
    )
    assert (event.actor_kind, event.actor_id, event.at) == ("author", None, now)
    assert event.facts == {"review_id": 9, "rule_code": "R-07"}
    assert faults() == []


def test_an_act_of_a_transaction_that_fails_is_not_kept(session: Session, now: datetime) -> None:
    with pytest.raises(ValueError, match="half way"), writing() as transaction:  # noqa: PT012 - the failure comes after the act
        record(transaction, actions.CASE_LEASED, subject_id=1, actor=MODERATOR, now=now)
        raise ValueError("half way")
    do(now, subject_id=2)

    assert [(event.seq, event.subject_id) for event in found(session)] == [(1, 2)]
    assert faults() == []


def test_wrong_facts_are_refused_where_they_are_given(session: Session, now: datetime) -> None:
    with pytest.raises(WrongFactsError), writing() as transaction:
        record(transaction, actions.CASE_LEASED, subject_id=1, actor=AUTHOR, now=now, mood="fine")

    assert found(session) == ()


def test_an_act_belongs_into_a_writing_transaction(session: Session, now: datetime) -> None:
    with pytest.raises(WriteOutsideTransactionError):
        record(session, actions.CASE_LEASED, subject_id=1, actor=MODERATOR, now=now)


def test_any_number_of_acts_costs_three_statements(
    session: Session, now: datetime, count_sql: CountSql
) -> None:
    session.rollback()
    many = [
        noted(actions.CASE_LEASED, subject_id=subject_id, actor=MODERATOR, now=now)
        for subject_id in range(2500)
    ]
    with count_sql() as statements, writing() as transaction:
        record(transaction, actions.CASE_RELEASED, subject_id=0, actor=MODERATOR, now=now)
        record_many(transaction, many)

    assert (
        len(statements) - statements.count("BEGIN IMMEDIATE") <= 3 + 3
    )  # large inserts go in parts
    head = head_of(session)
    assert head is not None
    assert head.seq == 2501
    assert faults() == []


def test_the_order_of_numbers_is_the_order_of_commits(app: Flask, now: datetime) -> None:
    def work() -> None:
        with app.app_context():
            do_some(now, 12)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert db.session().scalar(select(func.count()).select_from(AuditEvent)) == 48
        assert faults() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET subject_id = 5 WHERE seq = 1",
        "UPDATE audit_event SET facts = facts",
        "DELETE FROM audit_event WHERE seq = 2",
        "DELETE FROM audit_event",
        "UPDATE audit_head SET seq = seq - 1",
        "UPDATE audit_head SET hash = hash",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_the_record(
    session: Session, now: datetime, statement: str
) -> None:
    do_some(now, 2)

    with pytest.raises(DBAPIError, match="record"):
        sql(statement)

    assert faults() == []


def test_the_database_refuses_to_replace_or_empty_the_record(
    session: Session, now: datetime
) -> None:
    do_some(now, 2)
    on_sqlite = db.engine.dialect.name == "sqlite"
    copied = (
        "SELECT seq, act, subject_noun, 99, actor_kind, actor_id, facts, at, previous_hash, hash"
    )
    statements = (
        [
            f"INSERT OR REPLACE INTO audit_event {copied} FROM audit_event WHERE seq = 1",
            "REPLACE INTO audit_head SELECT id, 0, hash FROM audit_head",
        ]
        if on_sqlite
        else ["TRUNCATE audit_event", "TRUNCATE audit_head"]
    )

    for statement in statements:
        with pytest.raises(DBAPIError, match="record"):
            sql(statement)

    assert faults() == []


def test_acts_are_found_by_what_when_and_who(session: Session, now: datetime) -> None:
    do(now - timedelta(days=2), actions.CASE_LEASED, subject_id=1)
    do(now - timedelta(days=1), actions.CASE_RELEASED, subject_id=1)
    do(now, actions.REVIEW_CONFIRMED, subject_id=1, actor=AUTHOR, **OF_A_REVIEW)

    def seqs(**wanted: object) -> list[int]:
        return [event.seq for event in found(session, **wanted)]

    assert seqs() == [3, 2, 1]
    assert seqs(act="case.leased") == [1]
    assert seqs(actor_id=7) == [2, 1]
    assert seqs(subject_noun="review", subject_id=1) == [3]
    assert seqs(since=now - timedelta(days=1), until=now) == [2]


OF_A_REVIEW = {"version": 1, "rule_code": None, "decision_id": None}


def test_pages_of_acts_follow_each_other_without_a_gap(session: Session, now: datetime) -> None:
    do_some(now, 5)
    session.rollback()

    first = events(session, AuditFilter(), limit=2)
    second = events(session, AuditFilter(), before_seq=first.next_before, limit=2)
    third = events(session, AuditFilter(), before_seq=second.next_before, limit=2)

    pages = [[event.seq for event in page.items] for page in (first, second, third)]
    assert pages == [[5, 4], [3, 2], [1]]
    assert third.next_before is None
