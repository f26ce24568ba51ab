"""What an index knows of itself, and what comes next for it in the change feed.

The state stands in one document of the index, so it is committed with the changes it counts.
Called by `indexer.py`, `local.py` and `verifying.py`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from directory.outbox.models import ChangeNoun
from directory.outbox.queries import changes_from, feed_position
from directory.search.fields import FORMAT, META_KEY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.outbox.queries import ChangeView


class RebuildReason(StrEnum):
    """Why an index cannot go on from where it is."""

    MISSING = "there is none yet"
    DAMAGED = "it cannot be read"
    FORMAT = "another version of the directory built it"
    FEED = "it belongs to another database"
    GAP = "changes it has not seen are no longer kept"
    VOCABULARY = "the reference data has changed"


@dataclass(frozen=True, slots=True)
class IndexState:
    """The newest change an index holds and what it was built from.

    `changed_at` is the instant of that change as text, None before the first: a database put
    back from a backup counts the same numbers again, but not at the same instants.
    """

    seq: int
    changed_at: str | None
    feed: str
    vocabulary: str
    format: int = FORMAT

    def stored(self) -> dict[str, Any]:
        """Give the state as the index stores it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """The next changes for an index: whose listings, and the state once they are in.

    `reason` says why the index should be built anew. Unless it is VOCABULARY, when documents
    still fit, there is nothing to take.
    """

    state: IndexState
    changes: int = 0
    listing_ids: tuple[int, ...] = ()
    reason: RebuildReason | None = None


def state_of(index: Any) -> IndexState | None:  # noqa: ANN401 - Whoosh ships no types
    """Give the state an index holds, or None when it cannot be read."""
    try:
        with index.searcher() as searcher:
            return IndexState(**searcher.document(key=META_KEY)["state"])
    except Exception:  # noqa: BLE001 - a damaged pickle raises anything at all
        return None


def state_at_newest(session: Session, digest: str) -> IndexState:
    """Give the state of an index that will be built from the database as it is from now on."""
    position = feed_position(session)
    known = changes_from(session, position.newest_seq, limit=1)
    return IndexState(
        seq=position.newest_seq,
        changed_at=_instant(known[0]) if known else None,
        feed=position.feed,
        vocabulary=digest,
    )


def next_step(session: Session, state: IndexState, digest: str, *, limit: int) -> Step:
    """Give what comes next in the feed for an index, at most `limit` changes; two queries."""
    position = feed_position(session)
    if state.format != FORMAT:
        return Step(state, reason=RebuildReason.FORMAT)
    if state.feed != position.feed or state.seq > position.newest_seq:
        return Step(state, reason=RebuildReason.FEED)
    changes = changes_from(session, state.seq, limit=limit + 1)
    if changes and changes[0].seq == state.seq:
        if _instant(changes.pop(0)) != state.changed_at:
            return Step(state, reason=RebuildReason.FEED)
    elif position.newest_seq > state.seq and (not changes or changes[0].seq > state.seq + 1):
        return Step(state, reason=RebuildReason.GAP)
    reason = None if state.vocabulary == digest else RebuildReason.VOCABULARY
    if not changes:
        return Step(state, reason=reason)
    ids = (change.subject_id for change in changes if change.noun is ChangeNoun.LISTING)
    return Step(
        state=replace(state, seq=changes[-1].seq, changed_at=_instant(changes[-1])),
        changes=len(changes),
        listing_ids=tuple(dict.fromkeys(ids)),
        reason=reason,
    )


def _instant(change: ChangeView) -> str:
    return change.created_at.isoformat()
