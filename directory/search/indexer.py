"""Brings the index in line with the database: drains the change feed, or builds all anew.

Whoever gets the writer lock drains for all; others return at once. Each commit of the index
holds the number of the newest change in it, so a program killed at any moment leaves an index
that repeats work and never skips any. Called by `local.py` and by `flask search`.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from directory.outbox.operations import note_cursor, prune_changes
from directory.search.fields import META_KEY, codec, fields_of, meta_fields
from directory.search.gathering import guide_documents, listing_documents, listing_key
from directory.search.listing_rows import count_public, public_ids
from directory.search.state import (
    IndexState,
    RebuildReason,
    next_step,
    state_at_newest,
    state_of,
)
from directory.search.store import (
    REBUILD_LOCK,
    WRITER_LOCK,
    is_sealed,
    seal,
    seal_what_a_kill_left,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.search.documents import SearchDocument
    from directory.search.state import Step
    from directory.search.store import IndexFolder
    from directory.vocabulary.queries import VocabularyCache

log = logging.getLogger(__name__)

CHANGES_IN_A_COMMIT = 100
LISTINGS_IN_A_BATCH = 250
MEMORY_OF_A_REBUILD_MB = 256
# Nobody else may hold Whoosh's own lock for long: ours is held first.
WHOOSH_LOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Synced:
    """What bringing the index up to date came to.

    `is_busy`: another program holds the lock and does the work. `reason` says why the index
    was, or must be, built anew.
    """

    changes: int = 0
    written: int = 0
    removed: int = 0
    reason: RebuildReason | None = None
    is_rebuilt: bool = False
    is_busy: bool = False


@dataclass(frozen=True)
class Indexer:
    """One copy of the index and the database it follows.

    `sessions` lends a session for a short read, or an application context for a write.
    """

    folder: IndexFolder
    sessions: Callable[[], AbstractContextManager[Session]] = field(repr=False)
    vocabulary: VocabularyCache = field(repr=False)

    def sync(self, on_documents: Callable[[int, int], object] | None = None) -> Synced:
        """Bring the index up to date: by draining the feed, or by building it anew if need be."""
        drained = self.drain()
        if drained.reason is None or drained.is_busy:
            return drained
        return self.rebuild(drained.reason, on_documents)

    def drain(self) -> Synced:
        """Take in what the feed holds beyond the served index, a hundred changes a commit."""
        with self.folder.lock(WRITER_LOCK) as is_mine:
            if not is_mine:
                return Synced(is_busy=True)
            return self._drain_served()

    def rebuild(
        self,
        reason: RebuildReason | None = None,
        on_documents: Callable[[int, int], object] | None = None,
    ) -> Synced:
        """Build the index anew beside the served one, catch up with the feed, and swap.

        The served one is kept up to date meanwhile. `on_documents` is called with the number
        of documents written and of all. Busy when another program is rebuilding; not rebuilt
        when the new index was lost on the way, because somebody removed the folder.
        """
        with self.folder.lock(REBUILD_LOCK) as is_mine:
            if not is_mine:
                return Synced(is_busy=True, reason=reason)
            self.folder.remove_unserved()
            name, index = self.folder.new()
            count = self._fill(index, on_documents)
            seal(self.folder.path / name)
            self._follow(name, index)
            with self.folder.lock_in_turn(WRITER_LOCK):
                lost = self._follow(name, index).reason
                if lost not in {None, RebuildReason.VOCABULARY}:
                    return Synced(reason=lost)
                self.folder.serve(name)
            self.folder.remove_unserved()
            return Synced(written=count, reason=reason, is_rebuilt=True)

    def tidy(self, now: datetime) -> None:
        """Say how far this copy has read, and throw away what nobody needs any more.

        That is changes every copy has read, and what a killed rebuild left. Writes the database.
        """
        with self.folder.lock(REBUILD_LOCK) as is_mine:
            if is_mine:
                self.folder.remove_unserved()
        name = self.folder.served()
        index = None if name is None else self.folder.open(name)
        state = None if index is None else state_of(index)
        if state is None:
            return
        with self.sessions():
            note_cursor(name=self.folder.name(), seq=state.seq, now=now)
            prune_changes(now=now)

    def _drain_served(self) -> Synced:
        name = self.folder.served()
        if name is None:
            return Synced(reason=RebuildReason.MISSING)
        place = self.folder.path / name
        if not is_sealed(place) and not seal_what_a_kill_left(place):
            return Synced(reason=RebuildReason.DAMAGED)
        index = self.folder.open_to_write(name)
        if index is None:
            return Synced(reason=RebuildReason.DAMAGED)
        return self._follow(name, index)

    def _follow(self, name: str, index: Any) -> Synced:  # noqa: ANN401 - Whoosh ships no types
        """Take in the feed until nothing is left; for the one who may write this generation."""
        state = state_of(index)
        if state is None:
            return Synced(reason=RebuildReason.DAMAGED)
        changes = written = removed = 0
        while True:
            step, documents = self._gathered(state)
            if not step.changes:
                return Synced(changes, written, removed, step.reason)
            _commit(index, step, documents)
            seal(self.folder.path / name)
            changes += step.changes
            written += len(documents)
            removed += len(step.listing_ids) - len(documents)
            state = step.state

    def _gathered(self, state: IndexState) -> tuple[Step, list[SearchDocument]]:
        with self.sessions() as session:
            vocabulary = self.vocabulary.current(session)
            step = next_step(session, state, vocabulary.digest, limit=CHANGES_IN_A_COMMIT)
            return step, listing_documents(session, step.listing_ids, vocabulary)

    def _fill(self, index: Any, on_documents: Callable[[int, int], object] | None) -> int:  # noqa: ANN401 - Whoosh ships no types
        """Write everything there is into an empty generation, in one commit."""
        with self.sessions() as session:
            digest = self.vocabulary.current(session).digest
            state = state_at_newest(session, digest)
            total = count_public(session)
        count = 0
        with _writer(index, limitmb=MEMORY_OF_A_REBUILD_MB) as writer:
            writer.add_document(**meta_fields(state.stored()))
            for batch in self._everything():
                for document in batch:
                    writer.add_document(**fields_of(document))
                count += len(batch)
                self._drain_meanwhile()
                if on_documents is not None:
                    on_documents(count, max(total, count))
        return count

    def _everything(self) -> Iterator[Sequence[SearchDocument]]:
        """Yield all documents in batches, each read in a short transaction of its own."""
        with self.sessions() as session:
            vocabulary = self.vocabulary.current(session)
        yield guide_documents(vocabulary)
        after = 0
        while True:
            with self.sessions() as session:
                ids = public_ids(session, after=after, limit=LISTINGS_IN_A_BATCH)
                documents = listing_documents(session, ids, vocabulary)
            if not ids:
                return
            yield documents
            after = ids[-1]

    def _drain_meanwhile(self) -> None:
        """Keep the served generation up to date during a rebuild; its faults are why we rebuild."""
        try:
            self.drain()
        except Exception as problem:  # noqa: BLE001 - the rebuild that mends it must go on
            log.warning(
                "served search index not updated during a rebuild",
                extra={"error": type(problem).__name__},
            )


def _commit(index: Any, step: Step, documents: Sequence[SearchDocument]) -> None:  # noqa: ANN401 - Whoosh ships no types
    """Replace the documents of a step and the state, in one commit."""
    with _writer(index) as writer:
        # One look at the index for all: Whoosh's own update opens it anew for each document.
        with writer.searcher() as searcher:
            for key in (META_KEY, *map(listing_key, step.listing_ids)):
                writer.delete_by_term("key", key, searcher=searcher)
        for document in documents:
            writer.add_document(**fields_of(document))
        writer.add_document(**meta_fields(step.state.stored()))


@contextmanager
def _writer(index: Any, **options: object) -> Iterator[Any]:  # noqa: ANN401 - Whoosh ships no types
    """Lend a Whoosh writer that commits at the end, and gives its lock back whatever happens."""
    writer = index.writer(timeout=WHOOSH_LOCK_SECONDS, codec=codec(), **options)
    try:
        yield writer
        writer.commit()
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        raise
