"""The history of a listing: what changed, by whom, when, why, and whether it may be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.accounts.models import User
from directory.listings.models import ChangeCause, Listing, ListingChange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from directory.audit.models import ActorKind

PER_PAGE = 30
# A merge moves reviews as well, a merged term is gone, and what came into being is undone only with
# its batch: the same list as in `operations/undoing.py`, which refuses; this one spares a button.
NEVER_UNDONE = frozenset(
    {ChangeCause.MERGE, ChangeCause.VOCABULARY, ChangeCause.CHECK, ChangeCause.CREATED}
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a listing; `before` and `after` hold the keys that changed, both or neither.

    `undone_by` is the change that took it back, `may_undo` whether one still could.
    """

    id: int
    listing_id: int
    listing_name: str
    cause: ChangeCause
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    actor_kind: ActorKind
    actor_name: str | None
    at: datetime
    batch_id: int | None
    correction_id: int | None
    undoes_id: int | None
    undone_by: int | None

    @property
    def may_undo(self) -> bool:
        """Whether it is of a kind that can be taken back, and was not yet."""
        return self.before is not None and self.undone_by is None and self.cause not in NEVER_UNDONE


@dataclass(frozen=True, slots=True)
class History:
    """Some changes, newest first; `older` is the id below which the next ones are, if any."""

    items: tuple[HistoryEntry, ...]
    older: int | None


def history_of(
    session: Session,
    listing_id: int,
    *,
    keys: Collection[str] = (),
    below: int | None = None,
    per_page: int = PER_PAGE,
) -> History:
    """Give the changes of a listing, newest first; with `keys` only those that touched one."""
    asked = _changes().where(ListingChange.listing_id == listing_id)
    if below is not None:
        asked = asked.where(ListingChange.id < below)
    found = []
    for entry in _entries(session, asked):
        if not keys or any(key in (entry.after or {}) for key in keys):
            found.append(entry)
        if len(found) > per_page:
            break
    older = found[per_page - 1].id if len(found) > per_page else None
    return History(tuple(found[:per_page]), older)


def newest_changes(session: Session, many: int) -> tuple[HistoryEntry, ...]:
    """Give the newest changes people made to any listing; imports are left out."""
    asked = _changes().where(ListingChange.cause != ChangeCause.IMPORT).limit(many)
    return tuple(_entries(session, asked))


def _entries(session: Session, asked: Select[*tuple[Any, ...]]) -> Iterator[HistoryEntry]:
    return (HistoryEntry(*row) for row in session.execute(asked))


def _changes() -> Select[*tuple[Any, ...]]:
    undoing = aliased(ListingChange)
    return (
        select(
            ListingChange.id,
            ListingChange.listing_id,
            Listing.name,
            ListingChange.cause,
            ListingChange.before,
            ListingChange.after,
            ListingChange.actor_kind,
            User.display_name,
            ListingChange.at,
            ListingChange.batch_id,
            ListingChange.correction_id,
            ListingChange.undoes_id,
            undoing.id,
        )
        .join(Listing, Listing.id == ListingChange.listing_id)
        .outerjoin(User, User.id == ListingChange.actor_id)
        .outerjoin(undoing, undoing.undoes_id == ListingChange.id)
        .order_by(ListingChange.id.desc())
    )
