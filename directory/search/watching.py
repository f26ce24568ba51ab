"""One process's view of the index: opens the newest snapshot, and trusts only what it checked.

No thread and no request here; `local.py` calls `look` again and again. A generation is read byte
by byte against its seal before it is first opened, and its listings are counted once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.clock import utc_now
from directory.outbox.queries import feed_position
from directory.search.engine import Engine
from directory.search.fields import FORMAT
from directory.search.listing_rows import count_public
from directory.search.snapshot.snapshot import Snapshot
from directory.search.state import state_of
from directory.search.store import WRITER_LOCK, is_sealed, is_sound, seal_what_a_kill_left
from directory.search.warming import warm_reading, words_to_warm

if TYPE_CHECKING:
    from typing import Any

    from directory.outbox.queries import FeedPosition
    from directory.search.indexer import Indexer
    from directory.search.state import IndexState
    from directory.vocabulary.queries import Vocabulary

log = logging.getLogger(__name__)

# How often in a row a snapshot may fail to open before its generation counts as damaged.
PATIENCE = 3


@dataclass(frozen=True)
class Opened:
    """A snapshot in use; `place` is the state of the folder it was opened from."""

    place: str
    state: IndexState
    engine: Engine

    def is_current(self, position: FeedPosition, digest: str) -> bool:
        """Tell whether it holds all that the database said at this moment."""
        newest = (position.feed, position.newest_seq, digest)
        return (self.state.feed, self.state.seq, self.state.vocabulary) == newest


@dataclass
class Watch:
    """The snapshot of one process; `opened` is swapped whole, so any thread may read it.

    `warms`: decode words before a snapshot is used.
    """

    indexer: Indexer
    warms: bool
    opened: Opened | None = None
    _trusted: str | None = None
    _counted: str | None = None
    _failed_opens: int = 0

    def look(self) -> None:
        """Bring the index up to date if nobody else does, and open what is newest.

        Raises whatever the database, the folder or Whoosh raises; the next look mends it.
        """
        with self.indexer.sessions() as session:
            position = feed_position(session)
            vocabulary = self.indexer.vocabulary.current(session)
        self._open_newest(position, vocabulary)
        if self.opened is None or not self.opened.is_current(position, vocabulary.digest):
            self.indexer.sync()
            self._open_newest(position, vocabulary)
        self._count_once(vocabulary.digest)

    def close_if_gone(self) -> None:
        """Drop the snapshot when its folder is gone: it would not be kept up to date."""
        if self.indexer.folder.state() is None:
            self.opened = None

    def _open_newest(self, position: FeedPosition, vocabulary: Vocabulary) -> None:
        """Swap in the served state of the index, if it is another one and fits the database."""
        folder, known = self.indexer.folder, self.opened
        place = folder.state()
        if known is not None and known.place == place:
            return
        if place is None:
            self.opened = None
            return
        name = _name(place)
        if not self._is_trusted(name):
            return
        index = folder.open(name)
        state = None if index is None else state_of(index)
        if state is None or state.format != FORMAT or state.feed != position.feed:
            self.opened = None
            return
        self.opened = Opened(place, state, self._engine(index, place, vocabulary))

    def _engine(self, index: Any, place: str, vocabulary: Vocabulary) -> Engine:  # noqa: ANN401 - Whoosh ships no types
        previous = None if self.opened is None else self.opened.engine.snapshot
        try:
            engine = Engine(Snapshot.open(index, generation=place, previous=previous))
        except Exception:
            self._failed_opens += 1
            if self._failed_opens >= PATIENCE:
                self._failed_opens = 0
                self.indexer.folder.condemn(_name(place))
            raise
        self._failed_opens = 0
        if self.warms:
            engine.snapshot.warm(words_to_warm(vocabulary, previous))
            engine.warm(utc_now())
            warm_reading(engine.snapshot, vocabulary)
        return engine

    def _is_trusted(self, name: str) -> bool:
        """Tell whether every byte of a generation was found as it was written, once a process."""
        if self._trusted == name:
            return True
        folder = self.indexer.folder
        with folder.lock(WRITER_LOCK) as is_mine:
            if not is_mine:
                return False
            place = folder.path / name
            if (is_sealed(place) or seal_what_a_kill_left(place)) and is_sound(place):
                self._trusted = name
                return True
            log.warning("search index is damaged and will be built anew")
            folder.condemn(name)
            return False

    def _count_once(self, digest: str) -> None:
        """Compare the number of listings with the database's, once for each generation."""
        opened = self.opened
        if opened is None or self._counted == _name(opened.place):
            return
        with self.indexer.sessions() as session:
            count = count_public(session)
            position = feed_position(session)
        if not opened.is_current(position, digest):
            return
        self._counted = _name(opened.place)
        if count != opened.engine.snapshot.document_count:
            log.warning("search index holds another number of listings than the database")
            self.indexer.folder.condemn(self._counted)


def _name(place: str) -> str:
    """Give the generation's name of a state of the folder."""
    return place.partition(":")[0]
