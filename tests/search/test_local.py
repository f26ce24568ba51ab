"""The search of one process answers from the newest index, and mends whatever happens to it."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from statistics import median
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from directory.core.db import db, writing
from directory.listings.models import Listing, ListingState
from directory.listings.queries.search import ListingSearch
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.search import local as local_search
from directory.search.errors import SearchUnavailableError
from directory.search.local import LocalSearch
from directory.search.query import SearchQuery, Word
from directory.search.store import REBUILD_LOCK, WRITER_LOCK
from directory.search.verifying import verify
from tests.factories.listings import Facts, make_practitioner
from tests.support.waiting import exit_code_of_a_child, seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

# The middle of several: a machine busy with other tests may be slow once.
SOON = 1.0
ASHA = SearchQuery(ListingSearch(), words=(Word(("asha",)),))
EVERYONE = SearchQuery(ListingSearch())
# What a thread says that cannot reach its database: when it looks, and at its rarer work.
BEHIND = "search index is behind"
SELDOM = ("search index not tidied", "unmet words not written")


@pytest.fixture
def background(indexer: Indexer) -> Iterator[LocalSearch]:
    """Give a search as a real site has it, with its thread running."""
    search = LocalSearch(indexer, in_step=False)
    search.ensure_running()
    yield search
    search.stop()


def ids(search: LocalSearch, query: SearchQuery, vocabulary: Vocabulary, now: datetime) -> set[int]:
    """Give the listings found; none while no index is open."""
    try:
        return {hit.id for hit in search.find(query, vocabulary, now).hits}
    except SearchUnavailableError:
        return set()


def close(listing_id: int, now: datetime) -> None:
    with writing() as session:
        session.execute(
            update(Listing)
            .where(Listing.id == listing_id)
            .values(state=ListingState.CLOSED, closed_on=now.date())
        )
        record_changes(session, ChangeNoun.LISTING, [listing_id], now)


@pytest.mark.db
def test_in_step_every_answer_knows_the_last_commit(
    local: LocalSearch, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    before = ids(local, ASHA, vocabulary, now)
    made = make_practitioner(vocabulary, Facts(name="Asha Verma"))
    published = ids(local, ASHA, vocabulary, now)
    close(made.id, now)

    assert (before, published, ids(local, ASHA, vocabulary, now)) == (set(), {made.id}, set())


def test_keeping_in_step_is_no_part_of_a_pages_cost(
    local: LocalSearch,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    count_sql: CountSql,
) -> None:
    make_practitioner(vocabulary)
    session.rollback()

    with count_sql() as statements:
        found = local.find(EVERYONE, vocabulary, now)

    assert found.total == 1
    assert statements == []


def test_a_new_an_edited_and_a_closed_listing_are_seen_within_a_second(
    background: LocalSearch, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    seconds_until(lambda: background.engine() is not None)
    made = make_practitioner(vocabulary, Facts(name="Asha Verma"))
    waits = [seconds_until(lambda: ids(background, ASHA, vocabulary, now) == {made.id})]
    with writing() as transaction:
        transaction.execute(update(Listing).values(name="Somebody Else"))
        record_changes(transaction, ChangeNoun.LISTING, [made.id], now)
    waits.append(seconds_until(lambda: ids(background, ASHA, vocabulary, now) == set()))
    close(made.id, now)
    waits.append(seconds_until(lambda: ids(background, EVERYONE, vocabulary, now) == set()))

    assert median(waits) < SOON


def test_two_searches_share_one_index(
    background: LocalSearch,
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    other = LocalSearch(indexer, in_step=False)
    other.ensure_running()

    def both() -> list[set[int]]:
        return [ids(one, EVERYONE, vocabulary, now) for one in (background, other)]

    seconds_until(lambda: background.engine() is not None and other.engine() is not None)
    made: set[int] = set()
    waits = []
    for _time in range(5):
        made.add(make_practitioner(vocabulary).id)
        waits.append(seconds_until(lambda: both() == [made, made]))
    other.stop()

    assert median(waits) < SOON
    assert verify(indexer).is_clean


def test_a_removed_folder_ends_answers_and_is_built_anew(
    background: LocalSearch,
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    made = make_practitioner(vocabulary)
    seconds_until(lambda: ids(background, EVERYONE, vocabulary, now) == {made.id})
    served = indexer.folder.served()
    with indexer.folder.lock(REBUILD_LOCK), indexer.folder.lock(WRITER_LOCK):
        shutil.rmtree(indexer.folder.path)
        seconds_until(lambda: background.engine() is None or indexer.folder.served() is not None)

    seconds_until(lambda: indexer.folder.served() not in {None, served})
    seconds_until(lambda: ids(background, EVERYONE, vocabulary, now) == {made.id})

    assert verify(indexer).is_clean


def test_without_an_index_the_answer_is_a_refusal_the_doors_know(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    search = LocalSearch(indexer, in_step=False)

    with pytest.raises(SearchUnavailableError, match="not ready"):
        search.find(EVERYONE, vocabulary, now)
    assert search.engine() is None
    assert search.why_not_ready() == "the search index is not ready"
    assert search.reader(vocabulary) is search.reader(vocabulary)


def test_a_folder_that_cannot_be_written_to_is_a_refusal_too(
    local: LocalSearch,
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    shutil.rmtree(indexer.folder.path)
    indexer.folder.path.touch()
    refused = local.why_not_ready()
    indexer.folder.path.unlink()

    assert refused == "the search index is not ready"
    assert local.why_not_ready() is None


def test_an_unreachable_database_ends_neither_the_thread_nor_the_answers(
    background: LocalSearch,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = make_practitioner(vocabulary)
    seconds_until(lambda: ids(background, EVERYONE, vocabulary, now) == {made.id})
    session.rollback()
    db.engine.dispose()
    file, away = tmp_path / "directory.db", tmp_path / "away.db"
    with caplog.at_level(logging.WARNING, logger=local_search.__name__):
        file.rename(away)
        file.mkdir()
        seconds_until(lambda: BEHIND in {record.getMessage() for record in caplog.records})
        file.rmdir()
        away.rename(file)
    meanwhile = ids(background, EVERYONE, vocabulary, now)
    close(made.id, now)

    seconds_until(lambda: ids(background, EVERYONE, vocabulary, now) == set())

    assert meanwhile == {made.id}
    assert {record.getMessage() for record in caplog.records} <= {BEHIND, *SELDOM}


def test_a_damaged_index_is_never_opened(
    local: LocalSearch,
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    made = make_practitioner(vocabulary)
    indexer.sync()
    name = indexer.folder.served()
    assert name is not None
    for file in (indexer.folder.path / name).glob("*.seg"):
        held = bytearray(file.read_bytes())
        held[len(held) // 2] ^= 0xFF
        file.write_bytes(held)

    assert ids(local, EVERYONE, vocabulary, now) == {made.id}
    assert indexer.folder.served() != name


def test_an_index_with_another_number_of_listings_is_built_anew(
    local: LocalSearch,
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    made = [make_practitioner(vocabulary) for _ in range(2)]
    indexer.sync()
    with writing() as transaction:
        transaction.execute(delete(Listing).where(Listing.id == made[0].id))

    first = ids(local, EVERYONE, vocabulary, now)
    second = ids(local, EVERYONE, vocabulary, now)

    assert first >= second
    assert second == {made[1].id}


def test_a_reader_is_kept_until_the_index_moves(
    local: LocalSearch, session: Session, vocabulary: Vocabulary
) -> None:
    first = local.reader(vocabulary)
    again = local.reader(vocabulary)
    make_practitioner(vocabulary, Facts(name="Zubeida Unheardof"))

    assert first is again
    assert local.reader(vocabulary) is not first


def test_the_thread_is_started_once(background: LocalSearch, app: Flask) -> None:
    def running() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.name == "search-index"}

    before = running()
    background.ensure_running()
    again = running()
    background.stop()

    assert before
    assert again <= before
    assert len(before - running()) >= 1


def test_a_child_of_a_fork_starts_a_thread_of_its_own(
    background: LocalSearch, session: Session, vocabulary: Vocabulary
) -> None:
    """One that hangs, or whose thread does, is ended and another made.

    A lock that another thread held when the process was split is never let go in the child.
    """
    seconds_until(lambda: background.engine() is not None)

    def in_a_child() -> None:
        inherited = background.engine() is not None
        background.ensure_running()
        fresh = background.engine() is None
        seconds_until(lambda: background.engine() is not None, at_most=60)
        os._exit(0 if inherited and fresh else 1)

    codes = (exit_code_of_a_child(in_a_child, at_most=6) for _time in range(3))
    assert next((code for code in codes if code is not None), None) == 0


def test_a_generation_that_never_opens_is_given_up(
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = LocalSearch(indexer, in_step=False)
    served = indexer.folder.served()
    with monkeypatch.context() as broken:
        broken.setattr("directory.search.snapshot.snapshot._assembled", _refuse)
        for _time in range(3):
            with pytest.raises(ValueError, match="cannot be read"):
                search.look()

    search.look()

    assert indexer.folder.served() not in {None, served}
    assert search.engine() is not None


def _refuse(*_given: object) -> None:
    raise ValueError("cannot be read")
