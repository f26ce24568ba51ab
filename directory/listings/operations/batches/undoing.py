"""Undoing a batch: what it changed goes back, what it brought goes, in one transaction.

What somebody changed since is kept, key by key, and so is a new listing that anything hangs on
by now. A check comes back only to the very value it was made of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import Change, Plan
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.stored import read_drafts
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.models import BatchState, ChangeCause, Listing, ListingChange
from directory.listings.operations.batches.removing import remove_listings
from directory.listings.operations.batches.restoring import restored_document
from directory.listings.operations.batches.state import held_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft
    from directory.vocabulary.queries import Vocabulary

LISTINGS_AT_ONCE = 250


@dataclass(slots=True)
class Undone:
    """How many listings went back wholly, and the ids of those that stayed as they are, in part.

    What they kept is in their history (`queries.batches.kept_listings`).
    """

    restored: int = 0
    removed: int = 0
    kept: list[int] = field(default_factory=list)


def undo_batch(*, actor: Actor, batch_id: int, vocabulary: Vocabulary, now: datetime) -> Undone:
    """Take back everything a batch did, the newest change first.

    Raises `NotFoundError`, and `ConflictError` for a batch that was not applied or undone already.
    """
    with writing() as session:
        batch = held_batch(session, batch_id, BatchState.APPLIED)

        undoing = _Undoing(session, batch_id, actor, vocabulary, now)
        undone = Undone()
        for changes in undoing.changes():
            undoing.restore(changes, undone)
        brought = undoing.brought()
        removed = remove_listings(session, brought, actor=actor, now=now)
        undone.removed = len(removed)
        undone.kept += sorted(brought.keys() - removed)
        batch.state, batch.undone_at = BatchState.UNDONE, now

        record(
            session,
            actions.BATCH_UNDONE,
            subject_id=batch_id,
            actor=actor,
            now=now,
            undone=undone.restored + undone.removed,
            kept=len(undone.kept),
        )
        return undone


@dataclass(frozen=True, slots=True)
class _Undoing:
    """One undoing on its way, inside the caller's transaction."""

    session: Session
    batch_id: int
    actor: Actor
    vocabulary: Vocabulary
    now: datetime

    def changes(self) -> Iterator[Sequence[Row[Any]]]:
        """Give the changes of the batch that nobody took back, newest first, some at a time."""
        undoing = aliased(ListingChange)
        newest = None
        while True:
            statement = (
                select(
                    ListingChange.id,
                    ListingChange.listing_id,
                    ListingChange.before,
                    ListingChange.after,
                )
                .where(
                    ListingChange.batch_id == self.batch_id,
                    ListingChange.cause == ChangeCause.IMPORT,
                    ListingChange.after.is_not(None),
                    ~exists().where(undoing.undoes_id == ListingChange.id),
                )
                .order_by(ListingChange.id.desc())
                .limit(LISTINGS_AT_ONCE)
            )
            if newest is not None:
                statement = statement.where(ListingChange.id < newest)
            rows = self.session.execute(statement).all()
            if not rows:
                return
            yield rows
            newest = rows[-1].id

    def brought(self) -> dict[int, int]:
        """Give the change by which each listing came, by id of the listing."""
        rows = self.session.execute(
            select(ListingChange.listing_id, ListingChange.id).where(
                ListingChange.batch_id == self.batch_id,
                ListingChange.cause == ChangeCause.IMPORT,
                ListingChange.after.is_(None),
            )
        )
        return {row.listing_id: row.id for row in rows}

    def restore(self, changes: Sequence[Row[Any]], undone: Undone) -> None:
        """Let some listings say again what they said before."""
        ids = [change.listing_id for change in changes]
        merged = self._held(ids)
        drafts = read_drafts(self.session, ids, self.vocabulary)
        touched = self._touched_since(changes)
        plan = Plan(centre_ids=self._centres(changes, drafts.values()))
        undoes: dict[int, int] = {}
        for change in changes:
            key = change.listing_id
            stored = drafts[key]
            draft, is_whole = stored, False
            if key not in merged:
                draft, is_whole = self._restored(
                    stored, change, touched.get(key, frozenset()), plan.centre_ids
                )
            if is_whole:
                undone.restored += 1
            else:
                undone.kept.append(key)
            if draft != stored:
                plan.changed.append(Change(key, draft, stored))
                undoes[key] = change.id
        self._store(plan, undoes)

    def _restored(
        self,
        stored: ListingDraft,
        change: Row[Any],
        touched: frozenset[str],
        centres: Mapping[str, int],
    ) -> tuple[ListingDraft, bool]:
        """Give what a listing says now, and whether all of the change is gone from it."""
        document, kept = restored_document(
            document_of_draft(stored),
            change.before,
            change.after,
            touched=touched,
            known_centres=centres.keys(),
        )
        draft, _faults = read_draft(document, Rules(self.vocabulary, delhi_day(self.now)))
        return (stored, False) if draft is None else (draft, not kept)

    def _store(self, plan: Plan, undoes: dict[int, int]) -> None:
        cause = Cause(
            ChangeCause.UNDO, self.actor, batch_id=self.batch_id, undoes_by_listing=undoes
        )
        stations = NearestStation(self.vocabulary)
        Storer(self.session, self.now, self.vocabulary, stations, cause).store(plan)

    def _held(self, ids: Sequence[int]) -> set[int]:
        """Hold these listings until the transaction ends; give those merged into another."""
        rows = self.session.execute(
            select(Listing.id, Listing.merged_into_id)
            .where(Listing.id.in_(ids))
            .order_by(Listing.id)
            .with_for_update()
        )
        return {row.id for row in rows if row.merged_into_id is not None}

    def _touched_since(self, changes: Sequence[Row[Any]]) -> dict[int, frozenset[str]]:
        """Give the keys of each listing that changed at all after its change of the batch."""
        own = {change.listing_id: change.id for change in changes}
        rows = self.session.execute(
            select(ListingChange.id, ListingChange.listing_id, ListingChange.after).where(
                ListingChange.listing_id.in_(own), ListingChange.id > min(own.values())
            )
        )
        found: dict[int, frozenset[str]] = {}
        for row in rows:
            if row.id > own[row.listing_id]:
                before = found.get(row.listing_id, frozenset())
                found[row.listing_id] = before | (row.after or {}).keys()
        return found

    def _centres(
        self, changes: Sequence[Row[Any]], drafts: Iterable[ListingDraft]
    ) -> dict[str, int]:
        """Give the ids of the centres these listings work at or worked at, by ref."""
        refs = {ref for change in changes for ref in change.before.get("works_at", ())}
        refs.update(*(draft.works_at for draft in drafts))
        rows = self.session.execute(
            select(Listing.ref, Listing.id).where(
                Listing.ref.in_(refs), Listing.merged_into_id.is_(None)
            )
        )
        return {row.ref: row.id for row in rows}
