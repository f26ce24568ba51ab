"""The comparison of index and database names each document that differs, and no other."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from directory.core.db import writing
from directory.listings.models import Listing
from directory.search.fields import codec, fields_of
from directory.search.gathering import listing_documents, listing_key
from directory.search.state import RebuildReason
from directory.search.store import WRITER_LOCK, seal
from directory.search.verifying import verify
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.vocabulary.queries import Vocabulary


def meddle(indexer: Indexer, session: Session, vocabulary: Vocabulary, *, add: int) -> None:
    """Write a document a second time, behind the indexer's back."""
    name = indexer.folder.served()
    assert name is not None
    writer = indexer.folder.open(name).writer(codec=codec())  # type: ignore[union-attr]
    for document in listing_documents(session, [add], vocabulary):
        writer.add_document(**fields_of(document))
    writer.commit()
    seal(indexer.folder.path / name)


def test_each_difference_is_named(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    kept, gone, edited, doubled = (make_practitioner(vocabulary) for _ in range(4))
    indexer.sync()
    meddle(indexer, session, vocabulary, add=doubled.id)
    with writing() as writing_session:
        writing_session.execute(delete(Listing).where(Listing.id == gone.id))
        writing_session.execute(
            update(Listing).where(Listing.id == edited.id).values(headline="Edited")
        )

    verdict = verify(indexer)

    assert not verdict.is_clean
    assert verdict.superfluous == (listing_key(gone.id),)
    assert verdict.outdated == (listing_key(edited.id),)
    assert verdict.doubled == (listing_key(doubled.id),)
    assert verdict.missing == ()
    assert verdict.differences == [
        f"listing:{gone.id}: superfluous",
        f"listing:{edited.id}: out of date",
        f"listing:{doubled.id}: there twice",
    ]
    assert kept.id not in {gone.id, edited.id, doubled.id}


def test_a_document_that_is_not_there_is_missing(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    made = make_practitioner(vocabulary, Facts(name="Somebody"))
    indexer.sync()
    name = indexer.folder.served()
    assert name is not None
    writer = indexer.folder.open(name).writer(codec=codec())  # type: ignore[union-attr]
    writer.delete_by_term("key", listing_key(made.id))
    writer.commit()
    seal(indexer.folder.path / name)

    assert verify(indexer).missing == (listing_key(made.id),)


def test_what_changed_meanwhile_is_behind_and_no_difference(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    indexer.sync()
    make_practitioner(vocabulary)
    with indexer.folder.lock(WRITER_LOCK):
        verdict = verify(indexer)

    assert verdict.is_clean
    assert verdict.behind == 1


def test_without_an_index_there_is_nothing_to_compare(indexer: Indexer, session: Session) -> None:
    shutil.rmtree(indexer.folder.path)

    assert verify(indexer).reason is RebuildReason.MISSING


def test_an_index_of_another_database_is_not_compared(
    indexer: Indexer, session: Session, vocabulary: Vocabulary
) -> None:
    name = indexer.folder.served()
    assert name is not None
    for file in (indexer.folder.path / name).glob("*.seg"):
        file.write_bytes(file.read_bytes()[:-1] + b"?")

    assert verify(indexer).reason is RebuildReason.DAMAGED
