"""Holds the index against the database, document by document. Called by `flask search verify`.

Every document carries a digest of what it was made from, so an outdated one is found without
its text being kept twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.outbox.queries import changes_from
from directory.search.documents import digest_of
from directory.search.fields import META_KEY
from directory.search.gathering import guide_documents, listing_documents, listing_key
from directory.search.listing_rows import public_ids
from directory.search.state import RebuildReason, next_step, state_of
from directory.search.store import is_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.search.state import IndexState
    from directory.vocabulary.queries import Vocabulary

LISTINGS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison found; keys of documents, in order. `behind` counts changes to come."""

    documents: int
    missing: tuple[str, ...] = ()
    superfluous: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    behind: int = 0
    reason: RebuildReason | None = None

    @property
    def is_clean(self) -> bool:
        """Whether the index says what the database says."""
        return self.reason is None and not self.differences

    @property
    def differences(self) -> list[str]:
        """Give a line for each document that differs."""
        named = {
            "missing": self.missing,
            "superfluous": self.superfluous,
            "out of date": self.outdated,
            "there twice": self.doubled,
        }
        return [f"{key}: {words}" for words, keys in named.items() for key in keys]


def verify(indexer: Indexer) -> Verdict:
    """Compare every document of the served index with the database; reads both whole.

    What has changed since the index last looked is no difference: it counts as behind.
    """
    name = indexer.folder.served()
    if name is None:
        return Verdict(0, reason=RebuildReason.MISSING)
    index = indexer.folder.open(name) if is_sound(indexer.folder.path / name) else None
    state = None if index is None else state_of(index)
    if index is None or state is None:
        return Verdict(0, reason=RebuildReason.DAMAGED)
    with indexer.sessions() as session:
        vocabulary = indexer.vocabulary.current(session)
        reason = next_step(session, state, vocabulary.digest, limit=1).reason
    if reason is not None:
        return Verdict(0, reason=reason)
    held, counted = _held(index)
    expected = _expected(indexer, vocabulary)
    behind = _changed_since(indexer, state)
    return Verdict(
        documents=sum(counted.values()),
        missing=_sorted(expected.keys() - held.keys() - behind),
        superfluous=_sorted(held.keys() - expected.keys() - behind),
        outdated=_sorted(
            key
            for key, digest in expected.items()
            if key in held and held[key] != digest and key not in behind
        ),
        doubled=_sorted(key for key, number in counted.items() if number > 1),
        behind=len(behind),
    )


def _held(index: Any) -> tuple[dict[str, int], Counter[str]]:  # noqa: ANN401 - Whoosh ships no types
    """Give the digest of every live document by key, and how often each key stands there."""
    digests: dict[str, int] = {}
    counted: Counter[str] = Counter()
    with index.searcher() as searcher:
        for reader, _offset in searcher.reader().leaf_readers():
            column = reader.column_reader("digest")
            for key, number in _live_keys(reader):
                digests[key] = column[number]
                counted[key] += 1
    return digests, counted


def _live_keys(reader: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - Whoosh ships no types
    for term in list(reader.lexicon("key")):
        key = term.decode("utf-8")
        if key != META_KEY:
            for number in reader.postings("key", term).all_ids():
                if not reader.is_deleted(number):
                    yield key, number


def _expected(indexer: Indexer, vocabulary: Vocabulary) -> dict[str, int]:
    """Give the digest every document should have, by key."""
    found = {document.key: digest_of(document) for document in guide_documents(vocabulary)}
    after = 0
    while True:
        with indexer.sessions() as session:
            ids = public_ids(session, after=after, limit=LISTINGS_AT_ONCE)
            documents = listing_documents(session, ids, vocabulary)
        if not ids:
            return found
        found |= {document.key: digest_of(document) for document in documents}
        after = ids[-1]


def _changed_since(indexer: Indexer, state: IndexState) -> set[str]:
    """Give the keys of listings changed after what the index holds."""
    keys: set[str] = set()
    seq = state.seq
    while True:
        with indexer.sessions() as session:
            changes = _after(session, seq)
        if not changes:
            return keys
        keys |= set(changes.values())
        seq = max(changes)


def _after(session: Session, seq: int) -> dict[int, str]:
    changes = changes_from(session, seq + 1, limit=LISTINGS_AT_ONCE)
    return {change.seq: listing_key(change.subject_id) for change in changes}


def _sorted(keys: set[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(keys))
