"""The index follows the feed, repeats rather than skips, and is built anew when it must be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select, update

from directory.core.db import writing
from directory.listings.models import Listing, ListingState
from directory.listings.operations import import_documents
from directory.outbox.models import Change, ChangeCounter, ChangeNoun, IndexCursor
from directory.outbox.operations import record_changes
from directory.outbox.queries import feed_position
from directory.search import indexer as indexing
from directory.search.state import IndexState, RebuildReason, next_step, state_of
from directory.search.status import status_of
from directory.search.store import REBUILD_LOCK, WRITER_LOCK
from directory.search.verifying import verify
from directory.vocabulary.operations import load_reference
from tests.factories.listings import Facts, make_practitioner
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.vocabulary.queries import Vocabulary

GUIDES = 168


def listings_of(indexer: Indexer) -> int:
    return status_of(indexer).listings


def state(indexer: Indexer) -> IndexState:
    """Give the state the served index holds."""
    name = indexer.folder.served()
    assert name is not None
    found = state_of(indexer.folder.open(name))
    assert found is not None
    return found


def set_state(listing_id: int, state: ListingState, now: datetime) -> None:
    with writing() as session:
        closed_on = now.date() if state is ListingState.CLOSED else None
        session.execute(
            update(Listing).where(Listing.id == listing_id).values(state=state, closed_on=closed_on)
        )
        record_changes(session, ChangeNoun.LISTING, [listing_id], now)


@pytest.mark.db
def test_a_first_sync_builds_everything(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    shutil.rmtree(indexer.folder.path, ignore_errors=True)
    make_practitioner(vocabulary)

    synced = indexer.sync()

    assert (synced.is_rebuilt, synced.reason) == (True, RebuildReason.MISSING)
    assert synced.written == GUIDES + 1
    assert verify(indexer).is_clean


@pytest.mark.db
def test_new_changed_and_closed_listings_reach_the_index(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    indexer.sync()
    first = make_practitioner(vocabulary, Facts(name="First"))
    make_practitioner(vocabulary, Facts(name="Second"))
    added = indexer.sync()
    set_state(first.id, ListingState.CLOSED, now)

    closed = indexer.sync()

    assert (added.changes, added.written, added.removed) == (2, 2, 0)
    assert (closed.changes, closed.written, closed.removed) == (1, 0, 1)
    assert listings_of(indexer) == 1
    assert verify(indexer).is_clean


def test_a_suspended_listing_leaves_and_comes_back(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    made = make_practitioner(vocabulary)
    counts = []
    for one in (ListingState.PUBLISHED, ListingState.SUSPENDED, ListingState.PUBLISHED):
        set_state(made.id, one, now)
        indexer.sync()
        counts.append(listings_of(indexer))

    assert counts == [1, 0, 1]


def test_a_listing_changed_many_times_is_written_once(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    made = make_practitioner(vocabulary)
    for _time in range(5):
        set_state(made.id, ListingState.PUBLISHED, now)

    synced = indexer.sync()

    assert (synced.changes, synced.written) == (6, 1)
    assert verify(indexer).is_clean


def test_a_long_feed_is_taken_in_pieces(
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexing, "CHANGES_IN_A_COMMIT", 2)
    made = make_practitioner(vocabulary)
    for _time in range(4):
        set_state(made.id, ListingState.PUBLISHED, now)

    synced = indexer.sync()

    assert (synced.changes, synced.written) == (5, 3)
    assert state(indexer).seq == feed_position(session).newest_seq
    assert verify(indexer).is_clean


def test_with_nothing_new_nothing_is_written(indexer: Indexer, session: Session) -> None:
    before = indexer.folder.state()

    synced = indexer.sync()

    assert (synced.changes, synced.is_rebuilt) == (0, False)
    assert indexer.folder.state() == before


def test_whoever_holds_the_lock_drains_for_all(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary)
    with indexer.folder.lock(WRITER_LOCK):
        turned_away = indexer.sync()
    with indexer.folder.lock(REBUILD_LOCK):
        not_rebuilt = indexer.rebuild()

    assert turned_away.is_busy
    assert not_rebuilt.is_busy
    assert indexer.sync().changes == 1


def test_a_failed_commit_gives_the_lock_back_and_loses_nothing(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_practitioner(vocabulary)

    def fail(_document: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(indexing, "fields_of", fail)
        with pytest.raises(OSError, match="no space"):
            indexer.sync()

    assert indexer.sync().written == 1
    assert verify(indexer).is_clean


def forget_change(_session: Session, indexer: Indexer, _now: datetime) -> None:
    """Prune past the index's cursor."""
    with writing() as session:
        session.execute(delete(Change).where(Change.seq <= state(indexer).seq + 1))


def name_another_feed(_session: Session, _indexer: Indexer, _now: datetime) -> None:
    """Put another database in the place of this one."""
    with writing() as session:
        session.execute(update(ChangeCounter).values(feed="another"))


def count_again(_session: Session, indexer: Indexer, now: datetime) -> None:
    """Put a backup back, and let it count up to the same number."""
    with writing() as session:
        session.execute(
            update(Change).where(Change.seq == state(indexer).seq).values(created_at=now)
        )


def count_back(_session: Session, _indexer: Indexer, _now: datetime) -> None:
    """Put a backup back that has not counted so far yet."""
    with writing() as session:
        session.execute(delete(Change))
        session.execute(update(ChangeCounter).values(newest_seq=0))


def remove(_session: Session, indexer: Indexer, _now: datetime) -> None:
    shutil.rmtree(indexer.folder.path)


def damage(_session: Session, indexer: Indexer, _now: datetime) -> None:
    name = indexer.folder.served()
    assert name is not None
    for file in (indexer.folder.path / name).glob("*.seg"):
        file.write_bytes(file.read_bytes()[:100])


REASONS: dict[RebuildReason, Callable[[Session, Indexer, Any], None]] = {
    RebuildReason.GAP: forget_change,
    RebuildReason.FEED: name_another_feed,
    RebuildReason.MISSING: remove,
    RebuildReason.DAMAGED: damage,
}


@pytest.mark.parametrize(("reason", "harm"), REASONS.items(), ids=[*map(str, REASONS)])
def test_an_index_that_cannot_go_on_is_built_anew(
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    reason: RebuildReason,
    harm: Callable[[Session, Indexer, datetime], None],
) -> None:
    make_practitioner(vocabulary)
    make_practitioner(vocabulary)
    harm(session, indexer, now)

    synced = indexer.sync()

    assert (synced.is_rebuilt, synced.reason) == (True, reason)
    assert verify(indexer).is_clean
    assert listings_of(indexer) == 2


@pytest.mark.parametrize("harm", [count_again, count_back])
def test_a_database_put_back_from_a_backup_is_noticed(
    indexer: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    harm: Callable[[Session, Indexer, datetime], None],
) -> None:
    indexer.sync()
    make_practitioner(vocabulary)
    harm(session, indexer, now)

    assert indexer.sync().reason is RebuildReason.FEED
    assert verify(indexer).is_clean


def test_another_format_is_built_anew(indexer: Indexer, session: Session) -> None:
    known = state(indexer)

    step = next_step(session, replace(known, format=known.format + 1), known.vocabulary, limit=9)

    assert step.reason is RebuildReason.FORMAT


def test_changed_reference_data_builds_anew(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime, tmp_path: Path
) -> None:
    make_practitioner(vocabulary, Facts(conditions=["grief"]))
    indexer.sync()
    folder = copy_of_files(tmp_path)
    file = folder / "taxonomy.yaml"
    words = file.read_text("utf-8").replace("Grief and prolonged grief", "Grief and loss")
    file.write_text(words, encoding="utf-8")
    load_reference(now=now, folder=folder)

    synced = indexer.sync()

    assert (synced.is_rebuilt, synced.reason) == (True, RebuildReason.VOCABULARY)
    assert verify(indexer).is_clean


def test_a_rebuild_keeps_the_served_index_up_to_date_and_catches_up(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    served = indexer.folder.served()
    seen: list[tuple[int, int]] = []

    held: list[tuple[str | None, int]] = []

    def change_meanwhile(written: int, total: int) -> None:
        seen.append((written, total))
        held.append((indexer.folder.served(), listings_of(indexer)))
        if len(seen) <= 2:
            make_practitioner(vocabulary)

    make_practitioner(vocabulary)
    indexer.rebuild(on_documents=change_meanwhile)

    assert seen == [(GUIDES + extra, GUIDES + extra) for extra in (0, 2, 3)]
    assert held == [(served, 1), (served, 2), (served, 3)]
    assert indexer.folder.served() != served
    assert listings_of(indexer) == 3
    assert verify(indexer).is_clean


def test_a_folder_removed_during_a_rebuild_is_no_success(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_practitioner(vocabulary)
    monkeypatch.setattr(indexing, "seal", shutil.rmtree)

    lost = indexer.rebuild()
    monkeypatch.undo()

    assert (lost.is_rebuilt, lost.reason) == (False, RebuildReason.DAMAGED)
    assert indexer.rebuild().is_rebuilt


def test_the_feed_learns_how_far_this_copy_has_read(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    indexer.tidy(now)
    make_practitioner(vocabulary)
    indexer.sync()

    indexer.tidy(now)

    session.rollback()
    cursors = session.execute(select(IndexCursor.name, IndexCursor.seq)).all()
    assert cursors == [(indexer.folder.name(), feed_position(session).newest_seq)]


def test_without_an_index_the_feed_learns_nothing(
    indexer: Indexer, session: Session, now: datetime
) -> None:
    shutil.rmtree(indexer.folder.path)

    indexer.tidy(now)

    session.rollback()
    assert session.scalars(select(IndexCursor.name)).all() == []


def test_an_import_reaches_the_index(
    indexer: Indexer, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    document = {
        "ref": "t:1",
        "kind": "practitioner",
        "name": "Asha Rao",
        "profession": "psychiatrist",
        "locations": [{"locality": "saket"}],
    }
    import_documents([document], now=now, vocabulary=vocabulary)

    indexer.sync()

    assert listings_of(indexer) == 1
    assert verify(indexer).is_clean
