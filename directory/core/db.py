"""The database: one declarative base, one session, and the only way to write.

`Base` carries the naming convention and the rule that enums are stored by value with a check
constraint. `writing()` is the one helper that opens a writing transaction, `at_the_end` puts off
what belongs just before its commit. Called by every room's models, queries and operations, and
by `app.py`.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Enum, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session, registry

from directory.core.types import UTCDateTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.orm import ORMExecuteState

BUSY_TIMEOUT_MS = 10_000
WRITING = "writing"
REFUSAL = "refusal"
LAST_STEPS = "last_steps"
TRIAL = "trial"
# Marks a connection on which no request waits: what keeps the search index fresh.
BACKGROUND = "background"

T = TypeVar("T")

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def enum_type(values: type[StrEnum], *, name: str | None = None) -> Enum:
    """Give the type of a column that holds an enum by its value, under a check constraint.

    Every enum gets it by its annotation; `name` the constraint where a table has two of a kind.
    """
    given = {} if name is None else {"name": name}
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        **given,
    )


class Base(DeclarativeBase):
    """The base of every table: named constraints, aware times, enums stored by value."""

    registry: ClassVar[registry] = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={datetime: UTCDateTime, StrEnum: enum_type(StrEnum)},
    )


db = SQLAlchemy(model_class=Base)


class WriteOutsideTransactionError(RuntimeError):
    """Something tried to write without `writing()`; a fault in the code, never of the user."""


@contextmanager
def writing() -> Iterator[Session]:
    """Open the one writing transaction of an operation; commit at the end, or roll back.

    What was read before is forgotten first, so that every decision inside rests on rows read
    inside. On SQLite it begins with `BEGIN IMMEDIATE`: a transaction that reads first and
    writes later is refused at once under load, whatever the busy timeout says.
    Raises `WriteOutsideTransactionError` when one is already open, and what `refuse_writing` was
    given.
    """
    session = db.session()
    refusal = session.info.get(REFUSAL)
    if refusal is not None:
        raise refusal
    if session.info.get(WRITING):
        raise WriteOutsideTransactionError("a writing transaction is already open")
    session.rollback()
    session.info[WRITING] = True
    try:
        session.connection(execution_options={WRITING: True})
        yield session
        if session.info.get(TRIAL):
            session.rollback()
            return
        for step, things in session.info.get(LAST_STEPS, {}).items():
            step(session, things)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(WRITING, None)
        session.info.pop(LAST_STEPS, None)
        session.info.pop(TRIAL, None)


@contextmanager
def trying() -> Iterator[Session]:
    """Open a writing transaction that is always rolled back: to look at what would be.

    What is read inside shows the change; nothing of it is kept, nor told to anybody. It holds the
    database as a write does, so look and leave. Raises as `writing()` does.
    """
    with writing() as session:
        session.info[TRIAL] = True
        yield session


def refuse_writing(because: Exception | None) -> None:
    """Let nothing be written on this session any more: `writing()` raises this. None undoes it.

    For a door that cannot tell yet who sent what it was sent.
    """
    db.session().info[REFUSAL] = because


def at_the_end(session: Session, step: Callable[[Session, list[T]], None]) -> list[T]:
    """Give the list that `step` gets just before this transaction commits, with all put into it.

    For a row that every writer needs: it is locked for the last moment only, and always last, so
    that two writers never wait for each other. Not for what a savepoint may roll back.
    """
    if not session.info.get(WRITING):
        raise WriteOutsideTransactionError("open `writing()` before changing rows")
    steps: dict[Callable[[Session, list[T]], None], list[T]]
    steps = session.info.setdefault(LAST_STEPS, {})
    return steps.setdefault(step, [])


def prepare_engine(engine: Engine) -> None:
    """Set an engine up for durable, concurrent work (SQLite); PostgreSQL needs nothing."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection has no common type
    connection.isolation_level = None  # the driver must not begin by itself; _begin_sqlite does
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_flush(session: Session, _context: object, _instances: object) -> None:
    if not session.info.get(WRITING):
        raise WriteOutsideTransactionError("open `writing()` before changing rows")


@event.listens_for(Session, "do_orm_execute")
def _refuse_stray_statement(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get(WRITING):
        raise WriteOutsideTransactionError("open `writing()` before changing rows")
