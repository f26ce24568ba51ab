"""Wounds of the record: whoever goes round the triggers is found, and the words say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.audit.models import ActorKind, AuditEvent
from directory.audit.policy import Row
from directory.core.db import db
from tests.audit.recording import do_some, drop_triggers, faults, sql

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]
ACTS = 6


@pytest.fixture(autouse=True)
def unguarded(session: Session, now: datetime) -> None:
    do_some(now, ACTS)
    drop_triggers()


def rehash(seq: int) -> str:
    """Give a row's hash as an attacker computes it after an edit."""
    row = db.session().scalars(select(AuditEvent).where(AuditEvent.seq == seq)).one()
    said = Row(
        seq=row.seq,
        act=row.act,
        subject_noun=row.subject_noun,
        subject_id=row.subject_id,
        actor_kind=ActorKind(row.actor_kind),
        actor_id=row.actor_id,
        facts=row.facts,
        at=row.at,
    )
    made = said.hash_after(row.previous_hash)
    db.session().rollback()
    return made


def test_a_whole_record_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    [
        "subject_id = 99",
        "act = 'case.closed'",
        "actor_id = 8",
        "actor_kind = 'administrator'",
        "facts = '{ }'",
        "subject_noun = 'review'",
        "at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_an_edited_row_is_named(change: str) -> None:
    sql(f"UPDATE audit_event SET {change} WHERE seq = 3")  # noqa: S608 - our own words

    assert faults() == ["Row 3 was edited: it does not fit its own hash."]


def test_an_edited_row_with_a_fresh_hash_no_longer_fits_the_next(session: Session) -> None:
    sql("UPDATE audit_event SET subject_id = 99 WHERE seq = 3")
    sql(f"UPDATE audit_event SET hash = '{rehash(3)}' WHERE seq = 3")  # noqa: S608 - our own words

    (fault,) = faults()
    assert fault.startswith("Row 4 does not follow row 3")


def test_the_newest_row_with_a_fresh_hash_no_longer_fits_the_head() -> None:
    sql(f"UPDATE audit_event SET subject_id = 99 WHERE seq = {ACTS}")  # noqa: S608 - our own words
    sql(f"UPDATE audit_event SET hash = '{rehash(ACTS)}' WHERE seq = {ACTS}")  # noqa: S608 - our own words

    assert faults() == [f"The head does not fit row {ACTS}: one of them was edited."]


def test_a_deleted_row_is_missed() -> None:
    sql("DELETE FROM audit_event WHERE seq = 3")

    assert faults() == ["Row 3 is missing."]


def test_the_first_rows_are_missed_too() -> None:
    sql("DELETE FROM audit_event WHERE seq <= 2")

    assert faults() == ["Rows 1 to 2 are missing."]


def test_two_rows_that_changed_places_are_named() -> None:
    for before, after in ((3, 100), (4, 3), (100, 4)):
        sql(f"UPDATE audit_event SET seq = {after} WHERE seq = {before}")  # noqa: S608 - our own words

    assert [fault.split(":")[0] for fault in faults()] == [
        "Row 3 does not follow row 2",
        "Row 3 was edited",
        "Row 4 does not follow row 3",
        "Row 4 was edited",
        "Row 5 does not follow row 4",
    ]


def test_a_tail_cut_off_is_missed_by_the_head() -> None:
    sql("DELETE FROM audit_event WHERE seq > 4")

    assert faults() == ["Rows 5 to 6 are missing. The head still counts them."]


def test_everything_cut_off_is_missed_by_the_head() -> None:
    sql("DELETE FROM audit_event")

    assert faults() == ["Rows 1 to 6 are missing. The head still counts them."]


def test_rows_the_head_does_not_count_are_named() -> None:
    sql(
        "UPDATE audit_head SET seq = 4, "
        "hash = (SELECT hash FROM audit_event WHERE audit_event.seq = 4)"
    )

    assert faults() == ["Rows after 4 are not counted by the head, which was edited."]


def test_a_missing_head_is_named() -> None:
    sql("DELETE FROM audit_head")

    assert faults() == ["The head of the record is missing."]


def test_the_search_stops_after_a_hundred_faults(now: datetime) -> None:
    do_some(now, 120)
    sql("UPDATE audit_event SET facts = '{}  '")

    found = faults()

    assert len(found) == 101
    assert found[-1].startswith("There may be more")


def test_a_long_record_is_read_in_parts(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.audit.queries.READ_AT_ONCE", 2)
    sql("DELETE FROM audit_event WHERE seq = 4")

    assert faults() == ["Row 4 is missing."]
