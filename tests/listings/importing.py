"""What tests of imports look at: counts, lines, stored documents, whole tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.db import Base
from directory.listings.exchange.document import document_of, load_listings
from directory.listings.models import Listing
from directory.listings.operations import ImportResult

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

Bring = Callable[..., ImportResult]


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.refused


def lines(result: ImportResult) -> list[str]:
    return [str(error) for error in result.errors]


def stored(session: Session, vocabulary: Vocabulary, ref: str) -> dict[str, Any]:
    session.rollback()
    [listing_id] = session.scalars(select(Listing.id).where(Listing.ref == ref))
    [listing] = load_listings(session, [listing_id])
    return document_of(listing, vocabulary)


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table, to compare."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }
