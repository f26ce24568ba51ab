"""The one way to write: whole, alone, and never by accident."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from directory.core.db import (
    WRITING,
    Base,
    WriteOutsideTransactionError,
    at_the_end,
    db,
    refuse_writing,
    writing,
)
from directory.vocabulary.models import District, Helpline, StationLine

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

THREADS = 8
ROUNDS = 50


def added(slug: str) -> District:
    return District(slug=slug, name_en="Somewhere", name_hi="कहीं")


def slugs(session: Session) -> set[str]:
    session.rollback()
    return set(session.scalars(select(District.slug)))


@pytest.mark.db
def test_what_is_written_is_there_afterwards(session: Session) -> None:
    with writing() as transaction:
        transaction.add(added("somewhere"))

    assert "somewhere" in slugs(session)


@pytest.mark.db
def test_a_failure_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(ValueError, match="half way"), writing() as transaction:  # noqa: PT012 - the failure comes after a write
        transaction.add(added("somewhere"))
        transaction.flush()
        raise ValueError("half way")

    assert "somewhere" not in slugs(session)


@pytest.mark.db
def test_a_second_transaction_inside_the_first_is_refused(session: Session) -> None:
    with pytest.raises(WriteOutsideTransactionError, match="already open"), writing(), writing():
        pass

    with writing() as transaction:
        transaction.add(added("afterwards"))
    assert "afterwards" in slugs(session)


def test_a_door_that_distrusts_its_caller_lets_nothing_be_written(session: Session) -> None:
    refuse_writing(ValueError("who is that?"))
    with pytest.raises(ValueError, match="who is that"), writing() as transaction:
        transaction.add(added("somewhere"))
    refuse_writing(None)
    with writing() as transaction:
        transaction.add(added("afterwards"))

    assert {"somewhere", "afterwards"} & slugs(session) == {"afterwards"}


def test_what_was_read_before_is_read_again_inside(session: Session) -> None:
    kept = session.scalars(select(District).order_by(District.id)).first()
    assert kept is not None
    before = kept.name_en
    with db.engine.connect() as other:
        other.execute(update(District).where(District.id == kept.id).values(name_en="Renamed"))
        other.commit()

    with writing() as transaction:
        seen = transaction.get_one(District, kept.id).name_en

    assert (before, seen) == (before, "Renamed")
    assert before != seen


def test_a_stray_flush_is_refused(session: Session) -> None:
    session.add(added("stray"))

    with pytest.raises(WriteOutsideTransactionError, match=r"open `writing\(\)`"):
        session.commit()

    session.rollback()
    assert "stray" not in slugs(session)


@pytest.mark.parametrize(
    "statement",
    [
        insert(District).values(slug="stray", name_en="Stray", name_hi="भटका"),
        update(District).values(name_en="Stray"),
        delete(Helpline),
    ],
    ids=["insert", "update", "delete"],
)
def test_a_stray_statement_is_refused(session: Session, statement: object) -> None:
    with pytest.raises(WriteOutsideTransactionError):
        session.execute(statement)  # type: ignore[call-overload]


@pytest.mark.db
@pytest.mark.timeout(60)  # four hundred commits, each waiting for the disk
def test_readers_and_writers_together_lose_no_update(app: Flask) -> None:
    """Eight threads each read a number and write it back plus one, fifty times."""
    with app.app_context(), writing() as session:
        session.add(Helpline(**COUNTER))
    ready = threading.Barrier(THREADS)

    def count_up() -> None:
        ready.wait()
        for _ in range(ROUNDS):
            with app.app_context(), writing() as session:
                row = session.scalars(
                    select(Helpline).where(Helpline.slug == "counter").with_for_update()
                ).one()
                row.position += 1

    with ThreadPoolExecutor(THREADS) as pool:
        for finished in [pool.submit(count_up) for _ in range(THREADS)]:
            finished.result()

    with app.app_context():
        total = db.session.scalar(select(Helpline.position).where(Helpline.slug == "counter"))
    assert total == THREADS * ROUNDS


def test_a_deferred_read_then_write_would_be_refused_under_load(app: Flask) -> None:
    """Show why writing begins with BEGIN IMMEDIATE: the other way fails in spite of waiting."""
    with app.app_context():
        engine = db.engine
        with engine.connect() as slow, engine.connect() as fast:
            slow.execute(select(func.count()).select_from(District))
            fast.execute(update(District).values(name_en="Fast"))
            fast.commit()
            with pytest.raises(OperationalError, match="database is locked"):
                slow.execute(update(District).values(name_en="Slow"))


def test_a_reader_is_not_held_up_by_a_writer(app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.add(added("unfinished"))
        session.flush()
        with db.engine.connect() as reader:
            seen = set(reader.scalars(select(District.slug)))

    assert seen
    assert "unfinished" not in seen


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_is_set_up_for_durability(session: Session, pragma: str, value: object) -> None:
    assert session.scalar(text(f"PRAGMA {pragma}")) == value


@pytest.mark.db
def test_a_reference_to_nothing_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError), writing() as transaction:
        transaction.add(StationLine(station_id=-1, line_id=-1, number=1, position=0))

    assert session.scalars(select(StationLine).where(StationLine.station_id == -1)).all() == []


@pytest.mark.db
def test_a_value_outside_an_enum_is_refused_by_the_database_itself(session: Session) -> None:
    session.rollback()
    with (
        pytest.raises(IntegrityError, match="shown"),
        db.engine.begin() as connection,
    ):
        connection.execute(text("UPDATE helpline SET shown = 'perhaps'"))


def test_every_constraint_has_a_name() -> None:
    nameless = [
        (table.name, type(constraint).__name__)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]

    assert nameless == []


def test_every_text_column_has_a_length_or_is_meant_to_be_long(session: Session) -> None:
    unbounded = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.type.python_type is str and getattr(column.type, "length", None) is None
    ]

    assert sorted(unbounded) == [
        "audit_event.facts",
        "guide_version.body",
        "import_row.name",
        "listing.about",
        "review_version.text",
    ]
    assert inspect(session.get_bind()).has_table("listing")


COUNTER = {
    "slug": "counter",
    "name_en": "Counter",
    "name_hi": "गिनती",
    "number": "1",
    "channels": [],
    "for_whom": "tests",
    "hours": "always",
    "languages": "en",
    "cost": "free",
    "operator": "tests",
    "area": "Delhi",
    "shown": "no",
    "source": "tests",
    "confidence": "low",
    "position": 0,
}


def test_what_is_put_off_to_the_end_is_done_once_before_the_commit(session: Session) -> None:
    done: list[list[int]] = []

    def step(transaction: Session, numbers: list[int]) -> None:
        assert transaction.info[WRITING]
        done.append(list(numbers))

    with writing() as transaction:
        at_the_end(transaction, step).append(1)
        at_the_end(transaction, step).append(2)
        assert done == []

    assert done == [[1, 2]]
    with writing():
        pass
    assert done == [[1, 2]]


def test_what_is_put_off_is_forgotten_when_the_transaction_fails(session: Session) -> None:
    done: list[int] = []

    def step(_transaction: Session, numbers: list[int]) -> None:
        done.extend(numbers)

    with pytest.raises(ValueError, match="half way"), writing() as transaction:  # noqa: PT012 - the failure comes after a write
        at_the_end(transaction, step).append(1)
        raise ValueError("half way")

    assert done == []
    with pytest.raises(WriteOutsideTransactionError):
        at_the_end(session, step)
