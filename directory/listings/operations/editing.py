"""Edits of one listing: a new one, other words for some keys of its document, another state.

All go through the checks and the storing of an import, so a form and a file obey the same rules,
and each leaves a row of history. An edit never makes a fact checked: a check stays with a fact
that keeps its value and goes with one that does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, select

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.listings.exchange.checking import Fault
from directory.listings.exchange.comparing import facts_changed
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import ImportMemory, Planner
from directory.listings.exchange.reading import FileRow
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.stored import read_drafts
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.models import ChangeCause, Listing, ListingChange, ListingState
from directory.listings.operations.importing import check_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.planning import Plan
    from directory.vocabulary.queries import Vocabulary

# What a form cannot say: who it is, what was checked, and its state, which has a way of its own.
NOT_BY_EDIT = frozenset(
    {"ref", "kind", "checks", "accepting_checked_on", "state", "closed_on", "demo", "slug"}
)
REF_OF_DESK = "desk"


class RefusedListingError(InvalidError):
    """A listing breaks rules of its document; `faults` has them all, `field` names the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults[0].field, faults[0].reason)
        self.faults = faults


def create_listing(
    *, actor: Actor, document: Mapping[str, Any], vocabulary: Vocabulary, now: datetime
) -> int:
    """Keep a new listing as a draft and give its id.

    `document` is as the import format has it, without ref, state or anything checked. Raises
    `RefusedListingError`.
    """
    with writing() as session:
        cause = Cause(ChangeCause.CREATED, actor)
        return create_within(session, document, cause, vocabulary=vocabulary, now=now)


def create_within(
    session: Session,
    document: Mapping[str, Any],
    cause: Cause,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> int:
    """Keep a new draft inside the caller's transaction and give its id; raises as above."""
    told = {key: value for key, value in document.items() if key not in NOT_BY_EDIT - {"kind"}}
    ref = f"{REF_OF_DESK}:{uuid4().hex[:12]}"
    unchecked = {**told, "ref": ref, "state": ListingState.DRAFT.value}
    unchecked["registrations"] = [
        _unchecked(found) for found in unchecked.get("registrations") or []
    ]
    _write(session, unchecked, cause, vocabulary=vocabulary, now=now)
    listing_id = session.scalars(select(Listing.id).where(Listing.ref == ref)).one()
    record(
        session,
        actions.LISTING_CREATED,
        subject_id=listing_id,
        actor=cause.actor,
        now=now,
        change_id=newest_change(session, listing_id),
        cause=cause.kind.value,
    )
    return listing_id


def edit_listing(
    *,
    actor: Actor,
    listing_id: int,
    changes: Mapping[str, Any],
    seen: int | None,
    vocabulary: Vocabulary,
    now: datetime,
) -> int | None:
    """Change some keys of a listing's document and give the id of the change, None for none.

    `seen` is the newest change when the form was opened, None for a command. Raises
    `ConflictError` when one of the same keys was changed since, `RefusedListingError`,
    `NotFoundError`.
    """
    with writing() as session:
        refuse_overtaken(session, listing_id, changes, seen)
        cause = Cause(ChangeCause.EDIT, actor)
        return change_within(session, listing_id, changes, cause, vocabulary=vocabulary, now=now)


def change_within(
    session: Session,
    listing_id: int,
    changes: Mapping[str, Any],
    cause: Cause,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> int | None:
    """Change some keys inside the caller's transaction; otherwise as `edit_listing`."""
    wrong = sorted(changes.keys() & NOT_BY_EDIT)
    if wrong:
        raise ValueError(f"an edit cannot change {', '.join(wrong)}")
    stored = stored_draft(session, listing_id, vocabulary)
    document = {**document_of_draft(stored), **changes}
    honest = _without_stale_checks(stored, document, Rules(vocabulary, delhi_day(now)))
    return _changed(session, listing_id, honest, cause, vocabulary=vocabulary, now=now)


def move_listing(
    *,
    actor: Actor,
    listing_id: int,
    to: ListingState,
    closed_on: date | None = None,
    vocabulary: Vocabulary,
    now: datetime,
) -> int | None:
    """Publish, suspend or close a listing; give the id of the change, None when it is so already.

    Raises `RefusedListingError` for a move that `policy.STATE_MOVES` does not have, and for a day
    of closing that is still to come.
    """
    with writing() as session:
        cause = Cause(ChangeCause.STATE, actor)
        return move_within(
            session, listing_id, to, cause, closed_on=closed_on, vocabulary=vocabulary, now=now
        )


def move_within(
    session: Session,
    listing_id: int,
    to: ListingState,
    cause: Cause,
    *,
    closed_on: date | None = None,
    vocabulary: Vocabulary,
    now: datetime,
) -> int | None:
    """Move a listing inside the caller's transaction; otherwise as `move_listing`."""
    stored = stored_draft(session, listing_id, vocabulary)
    before = stored.state
    if before is to or before is None:
        return None
    day = _day_of_closing(closed_on, now) if to is ListingState.CLOSED else None
    document = {**document_of_draft(stored), "state": to.value, "closed_on": day}
    _write(session, document, cause, vocabulary=vocabulary, now=now)
    change_id = newest_change(session, listing_id)
    record(
        session,
        actions.LISTING_MOVED,
        subject_id=listing_id,
        actor=cause.actor,
        now=now,
        change_id=change_id,
        cause=cause.kind.value,
        before=before.value,
        after=to.value,
    )
    return change_id


def _day_of_closing(closed_on: date | None, now: datetime) -> str:
    """Give the day a listing closes, today for none; one to come is refused: it is closed now."""
    today = delhi_day(now)
    if closed_on is not None and closed_on > today:
        raise RefusedListingError((Fault("closed_on", f"{closed_on} is still to come"),))
    return (closed_on or today).isoformat()


def stored_draft(session: Session, listing_id: int, vocabulary: Vocabulary) -> ListingDraft:
    """Give what a listing says, its row held until the transaction ends; raises `NotFoundError`."""
    held = session.scalar(select(Listing.id).where(Listing.id == listing_id).with_for_update())
    if held is None:
        raise NotFoundError("There is no such listing.")
    return read_drafts(session, [listing_id], vocabulary)[listing_id]


def newest_change(session: Session, listing_id: int) -> int | None:
    """Give the id of a listing's newest change."""
    return session.scalar(
        select(func.max(ListingChange.id)).where(ListingChange.listing_id == listing_id)
    )


def refuse_overtaken(
    session: Session, listing_id: int, changes: Mapping[str, Any], seen: int | None
) -> None:
    """Raise `ConflictError` when somebody changed one of these keys after the change `seen`.

    Without `seen` nobody looked at the listing first, and nothing can be overtaken.
    """
    if seen is None:
        return
    later = session.scalars(
        select(ListingChange.after).where(
            ListingChange.listing_id == listing_id, ListingChange.id > seen
        )
    )
    touched = {key for after in later for key in after or {}}
    both = sorted(touched & changes.keys())
    if both:
        raise ConflictError(
            f"Somebody changed {', '.join(both)} of this listing while you had it open. "
            "Nothing of yours was saved."
        )


def _changed(
    session: Session,
    listing_id: int,
    document: Mapping[str, Any],
    cause: Cause,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> int | None:
    plan = _write(session, document, cause, vocabulary=vocabulary, now=now)
    if not plan.changed:
        return None
    change_id = newest_change(session, listing_id)
    record(
        session,
        actions.LISTING_CHANGED,
        subject_id=listing_id,
        actor=cause.actor,
        now=now,
        change_id=change_id,
        cause=cause.kind.value,
    )
    return change_id


def _write(
    session: Session,
    document: Mapping[str, Any],
    cause: Cause,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> Plan:
    row = check_row(FileRow(1, dict(document)), Rules(vocabulary, delhi_day(now)))
    plan = Planner(session, vocabulary, ImportMemory()).plan([row], all_are_known=True)
    if plan.refused:
        raise RefusedListingError(plan.refused[0].faults)
    Storer(session, now, vocabulary, NearestStation(vocabulary), cause).store(plan)
    return plan


def _without_stale_checks(
    stored: ListingDraft, document: dict[str, Any], rules: Rules
) -> dict[str, Any]:
    """Give the document without checks of facts it changes; nothing in it is newly checked."""
    before = document_of_draft(stored)
    known = {
        (found["register"], found["number"], found["valid_until"]): found
        for found in before["registrations"]
    }
    document["registrations"] = [
        known.get((found.get("register"), found.get("number"), found.get("valid_until")))
        or _unchecked(found)
        for found in document["registrations"] or []
    ]
    if document["accepting"] != before["accepting"]:
        document["accepting_checked_on"] = None
    fresh, faults = read_draft(document, rules)
    if fresh is None:
        raise RefusedListingError(faults)
    gone = facts_changed(stored, fresh)
    document["checks"] = [check for check in before["checks"] if check["fact"] not in gone]
    return document


def _unchecked(registration: Mapping[str, Any]) -> dict[str, Any]:
    return {**registration, "state": "unchecked", "checked_on": None}
