"""The search of one process: the newest snapshot of the index, kept fresh in the background.

A daemon thread looks five times a second whether the feed or the index moved, drains if nobody
else does, opens the new snapshot beside the old one and swaps a single reference. A request
takes the reference and never waits. Whatever happens to the database or to the folder, the
thread goes on and mends it. Made by `app.py`, asked by the doors.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from directory.core.clock import utc_now
from directory.search.errors import SearchUnavailableError
from directory.search.understanding import Reader
from directory.search.unmet import UnmetWords, unmet_in
from directory.search.watching import Watch

if TYPE_CHECKING:
    from datetime import datetime

    from directory.search.engine import Engine
    from directory.search.indexer import Indexer
    from directory.search.placed import PlaceRows
    from directory.search.query import Found, SearchQuery
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
STOP_SECONDS = 5.0
TIDY_EVERY = timedelta(minutes=10)
WRITE_EVERY = timedelta(minutes=1)
NOT_READY = "the search index is not ready"


@dataclass
class _Background:
    """What belongs to one process: a parent's thread, lock and snapshot are not a child's."""

    watch: Watch
    of_this_run: int = field(default_factory=os.getpid)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopped: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    reader: tuple[tuple[str, str], Reader] | None = None
    failures: int = 0
    tidied_at: datetime | None = None
    unmet: UnmetWords = field(default_factory=UnmetWords)
    written_at: datetime | None = None


class LocalSearch:
    """What the doors ask: `find`, `engine`, `reader`; one object a process.

    `in_step`: look before every answer and in no thread, for tests.
    """

    def __init__(self, indexer: Indexer, *, in_step: bool) -> None:
        self.indexer = indexer
        self._in_step = in_step
        self._own = self._new()

    def find(self, query: SearchQuery, vocabulary: Vocabulary, now: datetime) -> Found:
        """Give one page of results; raises `SearchUnavailableError` when no index is open."""
        engine = self.engine()
        if engine is None:
            raise SearchUnavailableError(NOT_READY)
        return engine.search(query, vocabulary, now)

    def places(self, query: SearchQuery, vocabulary: Vocabulary, now: datetime) -> PlaceRows:
        """Give the places of all results; raises `SearchUnavailableError` without an index."""
        engine = self.engine()
        if engine is None:
            raise SearchUnavailableError(NOT_READY)
        return engine.places(query, vocabulary, now)

    def engine(self) -> Engine | None:
        """Give the engine over the newest snapshot, or None when no index is open."""
        if self._in_step:
            self._keep_in_step()
        opened = self._own.watch.opened
        return None if opened is None else opened.engine

    def reader(self, vocabulary: Vocabulary) -> Reader:
        """Give the reader of queries; it knows the index's words when an index is open."""
        engine = self.engine()
        generation = "" if engine is None else engine.snapshot.generation
        key = (vocabulary.digest, generation)
        kept = self._own.reader
        if kept is None or kept[0] != key:
            words = None if engine is None else engine.snapshot.words
            kept = self._own.reader = (key, Reader(vocabulary, words))
        return kept[1]

    def note(self, asked: SearchRequest, found: Found) -> None:
        """Remember the words of a search that nobody holds, in memory only (see `unmet.py`)."""
        opened = self._own.watch.opened
        if opened is not None:
            self._own.unmet.add(unmet_in(asked, found, opened.engine.snapshot.words.knows))

    def write_unmet(self, now: datetime) -> int:
        """Write down the words this process remembers; give how many different ones."""
        with self.indexer.sessions():
            return self._own.unmet.write(now)

    def why_not_ready(self) -> str | None:
        """Give the reason why the index cannot answer, or None."""
        return NOT_READY if self.engine() is None else None

    def look(self) -> None:
        """Look once, here and now, for a command that starts serving.

        Raises whatever the database or the folder raises.
        """
        self._own.watch.look()

    def ensure_running(self) -> None:
        """Start the thread that keeps the snapshot fresh, once for each process; cheap."""
        if self._in_step:
            return
        if self._own.of_this_run != os.getpid():
            self._own = self._new()
        own = self._own
        if own.thread is not None:
            return
        with own.lock:
            if own.thread is None:
                own.thread = threading.Thread(
                    target=self._run, args=(own,), name="search-index", daemon=True
                )
                own.thread.start()

    def stop(self) -> None:
        """End the thread; what it was doing is finished, or repeated by whoever comes next."""
        own, self._own = self._own, self._new()
        own.stopped.set()
        if own.thread is not None and own.of_this_run == os.getpid():
            own.thread.join(STOP_SECONDS)

    def _new(self) -> _Background:
        return _Background(Watch(self.indexer, warms=not self._in_step))

    def _run(self, own: _Background) -> None:
        pause = 0.0
        while not own.stopped.wait(pause):
            pause = self._look_safely(own)

    def _look_safely(self, own: _Background) -> float:
        """Look once and give the pause before the next look; longer after each failure."""
        try:
            own.watch.look()
            own.failures = 0
        except Exception as problem:  # noqa: BLE001 - nothing may end this thread
            own.failures += 1
            log.warning(
                "search index is behind",
                extra={"failures": own.failures, "error": type(problem).__name__},
            )
            own.watch.close_if_gone()
        self._tidy(own)
        self._write_unmet_safely(own)
        return min(LOOK_SECONDS * 2.0**own.failures, LONGEST_PAUSE_SECONDS)

    def _tidy(self, own: _Background) -> None:
        """Say every ten minutes how far this copy has read, and throw away what is old."""
        now = utc_now()
        if own.failures or (own.tidied_at is not None and now - own.tidied_at < TIDY_EVERY):
            return
        own.tidied_at = now
        try:
            self.indexer.tidy(now)
        except Exception as problem:  # noqa: BLE001 - nothing may end this thread
            log.warning("search index not tidied", extra={"error": type(problem).__name__})

    def _write_unmet_safely(self, own: _Background) -> None:
        """Write once a minute which words found nothing; what cannot be written is let go."""
        now = utc_now()
        if own.failures or (own.written_at is not None and now - own.written_at < WRITE_EVERY):
            return
        own.written_at = now
        try:
            with self.indexer.sessions():
                own.unmet.write(now)
        except Exception as problem:  # noqa: BLE001 - nothing may end this thread
            log.warning("unmet words not written", extra={"error": type(problem).__name__})

    def _keep_in_step(self) -> None:
        own = self._own
        with own.lock:
            try:
                own.watch.look()
            except (OSError, SQLAlchemyError):
                own.watch.opened = None
