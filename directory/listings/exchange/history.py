"""The history of listings: why one changed, and the keys of its document that did.

`storing.py` writes a row with every change, so that no way of writing a listing goes without.
Not for reading (see `queries/history.py`) and not for undoing (see `operations/undoing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.audit.policy import COMMAND
from directory.listings.exchange.document import document_of_draft
from directory.listings.models import ChangeCause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.planning import Plan
    from directory.listings.exchange.rows import Row

    Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a listing changes, who does it, and what it belongs to.

    `undoes_by_listing` names, for many at once, the change of each listing that is taken back.
    """

    kind: ChangeCause
    actor: Actor
    batch_id: int | None = None
    correction_id: int | None = None
    undoes_id: int | None = None
    undoes_by_listing: Mapping[int, int] | None = None


# What a command, the reference data and the demonstration bring.
BY_COMMAND = Cause(ChangeCause.IMPORT, COMMAND)


def differences(before: Document, after: Document) -> dict[str, tuple[Any, Any]]:
    """Give the keys that differ between two whole documents, each with both values."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def history_rows(plan: Plan, ids: Mapping[str, int], cause: Cause, now: datetime) -> list[Row]:
    """Give the rows of history that belong to a plan; a new listing has no before and after."""
    return list(_rows(plan, ids, cause, now))


def _rows(plan: Plan, ids: Mapping[str, int], cause: Cause, now: datetime) -> Iterator[Row]:
    for draft in plan.new:
        yield _row(ids[draft.ref], cause, now, None, None)
    for change in plan.changed:
        found = _between(change.stored, change.draft)
        before = {key: values[0] for key, values in found.items()}
        after = {key: values[1] for key, values in found.items()}
        yield _row(change.listing_id, cause, now, before, after)


def _between(before: ListingDraft, after: ListingDraft) -> dict[str, tuple[Any, Any]]:
    return differences(document_of_draft(before), document_of_draft(after))


def _row(
    listing_id: int, cause: Cause, now: datetime, before: Document | None, after: Document | None
) -> Row:
    return {
        "listing_id": listing_id,
        "cause": cause.kind,
        "before": before,
        "after": after,
        "actor_kind": cause.actor.kind,
        "actor_id": cause.actor.id,
        "batch_id": cause.batch_id,
        "correction_id": cause.correction_id,
        "undoes_id": (cause.undoes_by_listing or {}).get(listing_id, cause.undoes_id),
        "at": now,
    }
