"""What a change would do, without doing it: its differences, and the page it would give.

All is tried in a transaction that is rolled back, so what is shown is what would be, down to the
checks that would go with a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.db import trying
from directory.listings.exchange.history import Cause
from directory.listings.models import ChangeCause, Listing, ListingChange, ListingState
from directory.listings.operations.editing import (
    change_within,
    create_within,
    move_within,
    refuse_overtaken,
)
from directory.listings.queries.page import ListingPage, listing_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class Preview:
    """The keys that would change, both values of each; `page` is None for what has none."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    page: ListingPage | None


def preview_edit(
    *,
    actor: Actor,
    listing_id: int,
    changes: Mapping[str, Any],
    seen: int | None,
    vocabulary: Vocabulary,
    now: datetime,
) -> Preview:
    """Give what `edit_listing` would do, and raise what it would raise."""
    with trying() as session:
        refuse_overtaken(session, listing_id, changes, seen)
        cause = Cause(ChangeCause.EDIT, actor)
        change_id = change_within(
            session, listing_id, changes, cause, vocabulary=vocabulary, now=now
        )
        before, after = _differences(session, change_id)
        page = _page(session, listing_id, cause, vocabulary=vocabulary, now=now)
        return Preview(before, after, page)


def preview_new(
    *, actor: Actor, document: Mapping[str, Any], vocabulary: Vocabulary, now: datetime
) -> Preview:
    """Give the page `create_listing` would lead to once published; raise what it would raise."""
    with trying() as session:
        cause = Cause(ChangeCause.CREATED, actor)
        listing_id = create_within(session, document, cause, vocabulary=vocabulary, now=now)
        page = _page(session, listing_id, cause, vocabulary=vocabulary, now=now)
        return Preview({}, document, page)


def _differences(
    session: Session, change_id: int | None
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if change_id is None:
        return {}, {}
    change = session.execute(
        select(ListingChange.before, ListingChange.after).where(ListingChange.id == change_id)
    ).one()
    return change.before or {}, change.after or {}


def _page(
    session: Session, listing_id: int, cause: Cause, *, vocabulary: Vocabulary, now: datetime
) -> ListingPage | None:
    """Give the page readers would see; what is not shown yet is shown for the trial."""
    state = session.scalars(select(Listing.state).where(Listing.id == listing_id)).one()
    if state is ListingState.CLOSED:
        return None
    if state is not ListingState.PUBLISHED:
        move_within(
            session, listing_id, ListingState.PUBLISHED, cause, vocabulary=vocabulary, now=now
        )
    slug = session.scalars(select(Listing.slug).where(Listing.id == listing_id)).one()
    session.expire_all()
    found = listing_page(session, slug, vocabulary=vocabulary, now=now)
    return found if isinstance(found, ListingPage) else None
