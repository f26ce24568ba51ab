"""Undoing: a change of a listing taken back, as long as nothing it touched has changed again.

What comes back is what the listing said before, with the checks that were made of it; nothing is
newly checked. Undoing is a change of its own, with a row of history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import ConflictError, NotFoundError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import Change, Plan
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.models import ChangeCause, Listing, ListingChange
from directory.listings.operations.editing import (
    RefusedListingError,
    newest_change,
    stored_draft,
)
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.vocabulary.queries import Vocabulary

# A merge moves reviews as well, a merged term is gone, and what came into being is undone only
# with its batch.
NOT_UNDONE = {ChangeCause.MERGE, ChangeCause.VOCABULARY, ChangeCause.CHECK, ChangeCause.CREATED}
UNDOABLE = frozenset(ChangeCause) - NOT_UNDONE


def undo_change(*, actor: Actor, change_id: int, vocabulary: Vocabulary, now: datetime) -> int:
    """Take one change back and give the id of the change that does.

    Raises `ConflictError` when one of its keys has changed since, when it was undone already, or
    when its kind cannot be; `NotFoundError` for none.
    """
    with writing() as session:
        change = session.get(ListingChange, change_id, with_for_update=True)
        if change is None:
            raise NotFoundError("There is no such change.")
        if change.cause not in UNDOABLE or change.before is None:
            raise ConflictError("A change of this kind cannot be taken back.")
        return undo_within(session, change, actor, vocabulary=vocabulary, now=now)


def undo_within(
    session: Session,
    change: ListingChange,
    actor: Actor,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> int:
    """Take a change with before and after back, inside the caller's transaction; as above."""
    if session.scalar(select(exists().where(ListingChange.undoes_id == change.id))):
        raise ConflictError("This change was taken back already.")
    stored = stored_draft(session, change.listing_id, vocabulary)
    document = _document_before(document_of_draft(stored), change)
    draft, faults = read_draft(document, Rules(vocabulary, delhi_day(now)))
    if draft is None:
        raise RefusedListingError(faults)
    plan = Plan(changed=[Change(change.listing_id, draft, stored)])
    plan.centre_ids.update(centres_of(session, draft.works_at))
    cause = Cause(ChangeCause.UNDO, actor, batch_id=change.batch_id, undoes_id=change.id)
    Storer(session, now, vocabulary, NearestStation(vocabulary), cause).store(plan)
    made = newest_change(session, change.listing_id)
    record(
        session,
        actions.LISTING_UNDONE,
        subject_id=change.listing_id,
        actor=actor,
        now=now,
        change_id=made,
        undone_id=change.id,
    )
    return made or 0


def delete_within(session: Session, change: ListingChange, actor: Actor, *, now: datetime) -> None:
    """Take back that a listing came into being, inside the caller's transaction.

    Raises `ConflictError` when anything hangs on it by now: a review, a practitioner, a merge.
    """
    listing_id, change_id = change.listing_id, change.id
    if session.scalar(select(Listing.merged_into_id).where(Listing.id == listing_id)):
        raise ConflictError("This listing was merged into another, and leads readers to it.")
    try:
        with session.begin_nested():
            session.execute(
                delete(Listing)
                .where(Listing.id == listing_id)
                .execution_options(synchronize_session=False)
            )
    except IntegrityError as problem:
        raise ConflictError("Something else belongs to this listing by now.") from problem
    session.expunge(change)
    record_changes(session, ChangeNoun.LISTING, [listing_id], now)
    record(
        session,
        actions.LISTING_DELETED,
        subject_id=listing_id,
        actor=actor,
        now=now,
        undone_id=change_id,
    )


def _document_before(document: dict[str, Any], change: ListingChange) -> dict[str, Any]:
    """Give the document with the changed keys as they were, checks fact by fact.

    Raises `ConflictError` naming the keys that say something else by now.
    """
    before, after = dict(change.before or {}), dict(change.after or {})
    lost = _lost_checks(before.pop("checks", None), after.pop("checks", None))
    moved_on = sorted(key for key, value in after.items() if document[key] != value)
    if moved_on:
        raise ConflictError(f"{', '.join(moved_on)} changed again since, so this stays as it is.")
    gained = _lost_checks((change.after or {}).get("checks"), (change.before or {}).get("checks"))
    kept = [check for check in document["checks"] if check not in gained]
    return {**document, **before, "checks": kept + [each for each in lost if each not in kept]}


def _lost_checks(
    before: list[dict[str, Any]] | None, after: list[dict[str, Any]] | None
) -> list[dict[str, Any]]:
    """Give the checks the first list has and the second has not."""
    return [check for check in before or [] if check not in (after or [])]


def centres_of(session: Session, refs: tuple[str, ...]) -> dict[str, int]:
    """Give the ids of the centres with these refs."""
    rows = session.execute(select(Listing.ref, Listing.id).where(Listing.ref.in_(refs)))
    return {row.ref: row.id for row in rows}
