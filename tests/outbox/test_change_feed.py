"""The change feed: what is written with a change, in which order, and what is thrown away."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from directory.core.db import WriteOutsideTransactionError, db, writing
from directory.listings.operations import import_documents
from directory.outbox.models import Change, ChangeNoun, IndexCursor
from directory.outbox.operations import note_cursor, prune_changes, record_changes
from directory.outbox.queries import changes_from, feed_position
from directory.vocabulary.operations import load_reference
from tests.listings.documents import RICH
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]


def record(ids: list[int], now: datetime) -> None:
    with writing() as session:
        record_changes(session, ChangeNoun.LISTING, ids, now)


def subjects(session: Session, seq: int) -> list[tuple[int, ChangeNoun, int]]:
    """Give what the feed holds beyond a number."""
    session.rollback()
    return [
        (change.seq, change.noun, change.subject_id)
        for change in changes_from(session, seq + 1, limit=1000)
    ]


def forget_all() -> None:
    """Empty the feed of what filled the test's database, at an instant of its own."""
    with writing() as session:
        session.execute(delete(Change))


def oldest_kept(session: Session) -> int:
    return subjects(session, 0)[0][0]


def newest(session: Session) -> int:
    session.rollback()
    return feed_position(session).newest_seq


def test_changes_are_numbered_one_after_the_other(session: Session, now: datetime) -> None:
    start = newest(session)

    record([7, 9, 7], now)
    record([8], now)

    assert subjects(session, start) == [
        (start + 1, ChangeNoun.LISTING, 7),
        (start + 2, ChangeNoun.LISTING, 9),
        (start + 3, ChangeNoun.LISTING, 8),
    ]
    assert newest(session) == start + 3


def test_a_change_that_is_rolled_back_leaves_no_gap(session: Session, now: datetime) -> None:
    start = newest(session)

    with pytest.raises(ValueError, match="half way"), writing() as transaction:  # noqa: PT012 - the failure comes after a write
        record_changes(transaction, ChangeNoun.LISTING, [1], now)
        raise ValueError("half way")
    record([2], now)

    assert subjects(session, start) == [(start + 1, ChangeNoun.LISTING, 2)]


def test_nothing_changed_writes_nothing(session: Session, now: datetime) -> None:
    start = newest(session)

    record([], now)

    assert newest(session) == start


def test_a_change_belongs_into_a_writing_transaction(session: Session, now: datetime) -> None:
    with pytest.raises(WriteOutsideTransactionError):
        record_changes(session, ChangeNoun.LISTING, [1], now)


def test_any_number_of_changes_costs_two_statements(
    session: Session, now: datetime, count_sql: CountSql
) -> None:
    session.rollback()
    with count_sql() as statements:
        record(list(range(500)), now)

    assert len(statements) == 2


def test_the_order_of_numbers_is_the_order_of_commits(app: Flask, now: datetime) -> None:
    """A number that can be read is never followed by the arrival of a smaller one."""
    writers, rounds = 4, 12
    seen: list[list[int]] = []
    done = threading.Event()

    def write() -> None:
        for number in range(rounds):
            with app.app_context():
                record([number, number + 1], now)

    def read() -> None:
        with app.app_context():
            while not done.is_set():
                seen.append(list(db.session().scalars(select(Change.seq).order_by(Change.seq))))
                db.session().rollback()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    reader = threading.Thread(target=read)
    reader.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()

    with app.app_context():
        every = list(db.session().scalars(select(Change.seq).order_by(Change.seq)))
    assert every == list(range(1, writers * rounds * 2 + 2))
    assert all(numbers == every[: len(numbers)] for numbers in seen)


def test_an_import_records_what_it_changed_and_nothing_else(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    start = newest(session)
    import_documents(RICH, now=now, vocabulary=vocabulary)
    first = subjects(session, start)
    again = newest(session)

    import_documents(RICH, now=now, vocabulary=vocabulary)
    unchanged = subjects(session, again)
    import_documents([{**RICH[0], "name": "Another Name"}], now=now, vocabulary=vocabulary)

    assert len({subject for _seq, _noun, subject in first}) == len(RICH)
    assert unchanged == []
    [(_seq, noun, subject)] = subjects(session, again)
    assert noun is ChangeNoun.LISTING
    assert subject in {known for _seq, _noun, known in first}


def test_a_dry_run_records_nothing(session: Session, vocabulary: Vocabulary, now: datetime) -> None:
    start = newest(session)

    import_documents(RICH, now=now, vocabulary=vocabulary, dry_run=True)

    assert newest(session) == start


def test_loading_reference_data_records_a_change_only_when_it_changed(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    start = newest(session)
    load_reference(now=now)
    unchanged = newest(session)
    folder = copy_of_files(tmp_path)
    (folder / "taxonomy.yaml").write_text(
        (folder / "taxonomy.yaml").read_text("utf-8") + "\n# Another line.\n", encoding="utf-8"
    )

    load_reference(now=now, folder=folder)

    assert unchanged == start
    assert [noun for _seq, noun, _subject in subjects(session, start)] == [ChangeNoun.VOCABULARY]


def test_old_changes_go_once_every_copy_has_read_them(session: Session, now: datetime) -> None:
    forget_all()
    record([1, 2, 3, 4], now - timedelta(days=8))
    slowest = newest(session) - 1
    record([5], now)
    note_cursor(name="fast", seq=newest(session), now=now)
    note_cursor(name="slow", seq=slowest, now=now)

    prune_changes(now=now)

    assert oldest_kept(session) == slowest


def test_young_changes_stay_whoever_has_read_them(session: Session, now: datetime) -> None:
    forget_all()
    record([1, 2], now - timedelta(days=9))
    record([3, 4], now - timedelta(days=6))
    note_cursor(name="fast", seq=newest(session), now=now)

    prune_changes(now=now)

    assert [subject for _seq, _noun, subject in subjects(session, 1)] == [3, 4]


def test_what_is_kept_never_has_a_gap(session: Session, now: datetime) -> None:
    forget_all()
    record([1], now)
    record([2, 3], now - timedelta(days=30))
    record([4], now)

    prune_changes(now=now)

    assert [subject for _seq, _noun, subject in subjects(session, 1)] == [1, 2, 3, 4]


def test_without_any_copy_only_the_newest_change_outlives_a_week(
    session: Session, now: datetime
) -> None:
    forget_all()
    record([1, 2, 3], now - timedelta(days=30))

    prune_changes(now=now)

    assert oldest_kept(session) == newest(session)


def test_a_copy_not_heard_of_for_a_month_holds_nothing_back(
    session: Session, now: datetime
) -> None:
    forget_all()
    record([1, 2, 3], now - timedelta(days=40))
    note_cursor(name="gone", seq=1, now=now - timedelta(days=31))

    removed = prune_changes(now=now)

    session.rollback()
    assert removed >= 2
    assert session.scalars(select(IndexCursor.name)).all() == []


def test_a_copy_has_one_cursor_that_moves(session: Session, now: datetime) -> None:
    note_cursor(name="one", seq=1, now=now)
    note_cursor(name="one", seq=5, now=now)

    session.rollback()
    assert session.execute(select(IndexCursor.name, IndexCursor.seq)).all() == [("one", 5)]
