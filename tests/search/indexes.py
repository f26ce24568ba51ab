"""Indexes for tests of the engine: documents made by hand, written as the indexer writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import index

from directory.search import fields
from directory.search.documents import DocumentKind, SearchDocument
from directory.search.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def person(number: int, *head: str, **facts: Any) -> SearchDocument:
    """Give the document of a practitioner; the first text is the name."""
    facts.setdefault("kind", DocumentKind.PRACTITIONER)
    facts.setdefault("names", head[:1])
    return SearchDocument(key=f"listing:{number}", number=number, head=head, **facts)


def new_index(folder: Path) -> Any:  # noqa: ANN401 - Whoosh ships no types
    """Give an index that holds nothing but its own state."""
    folder.mkdir(parents=True, exist_ok=True)
    made = index.create_in(str(folder), fields.SCHEMA)
    writer = made.writer(codec=fields.codec())
    writer.add_document(**fields.meta_fields({"seq": 0}))
    writer.commit()
    return made


def add(made: Any, documents: Iterable[SearchDocument], *, merge: bool = True) -> None:  # noqa: ANN401 - Whoosh ships no types
    """Add or replace documents in one commit; without `merge` they become a segment."""
    writer = made.writer(codec=fields.codec())
    for document in documents:
        writer.update_document(**fields.fields_of(document))
    writer.commit(merge=merge)


def remove(made: Any, *keys: str) -> None:  # noqa: ANN401 - Whoosh ships no types
    """Delete documents in one commit."""
    writer = made.writer(codec=fields.codec())
    for key in keys:
        writer.delete_by_term("key", key)
    writer.commit(merge=False)


def snapshot_of(folder: Path, documents: Iterable[SearchDocument]) -> Snapshot:
    """Give the snapshot of an index with these documents."""
    made = new_index(folder)
    add(made, documents)
    return Snapshot.open(made, generation="1")
