"""How the index of this machine stands. Called by `flask search status`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.outbox.queries import feed_position
from directory.search.state import RebuildReason, next_step, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from directory.search.indexer import Indexer

LISTING_KINDS = ("kind=practitioner", "kind=centre")
GUIDE_KIND = "kind=guide"


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """Where the index is, what it holds, and how far it has read; `reason`: why it cannot."""

    folder: Path
    newest_seq: int
    reason: RebuildReason | None = None
    generation: str = ""
    listings: int = 0
    guides: int = 0
    size_bytes: int = 0
    seq: int = 0


def status_of(indexer: Indexer) -> IndexStatus:
    """Give how the served index stands; changes nothing."""
    folder = indexer.folder
    with indexer.sessions() as session:
        newest = feed_position(session).newest_seq
        digest = indexer.vocabulary.current(session).digest
    place = folder.state()
    if place is None:
        return IndexStatus(folder.path, newest, RebuildReason.MISSING)
    index = folder.open(place.partition(":")[0])
    state = None if index is None else state_of(index)
    if index is None or state is None:
        return IndexStatus(folder.path, newest, RebuildReason.DAMAGED)
    with indexer.sessions() as session:
        reason = next_step(session, state, digest, limit=1).reason
    return IndexStatus(
        folder=folder.path,
        newest_seq=newest,
        reason=reason,
        generation=place,
        listings=_count(index, LISTING_KINDS),
        guides=_count(index, (GUIDE_KIND,)),
        size_bytes=folder.size(),
        seq=state.seq,
    )


def _count(index: Any, facets: tuple[str, ...]) -> int:  # noqa: ANN401 - Whoosh ships no types
    """Give how many live documents have one of these facets."""
    with index.searcher() as searcher:
        reader = searcher.reader()
        return sum(
            1
            for facet in facets
            if ("facets", facet) in reader
            for _number in reader.postings("facets", facet).all_ids()
        )
