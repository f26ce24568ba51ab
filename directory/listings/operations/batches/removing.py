"""Taking away listings a batch brought, unless anything hangs on them by now.

What was changed or checked since, what readers reported or reviewed, where somebody works and
what was merged stays. Called by `undoing.py` inside its transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from directory.audit import actions
from directory.audit.operations import noted, record_many
from directory.listings.models import (
    Correction,
    Listing,
    ListingChange,
    ListingKind,
    PractitionerRole,
)
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor

LISTINGS_AT_ONCE = 500


def remove_listings(
    session: Session, brought: Mapping[int, int], *, actor: Actor, now: datetime
) -> set[int]:
    """Take away the listings nothing hangs on, and give their ids.

    `brought` names the change by which each came. Practitioners go before the centres they work
    at, so that only somebody who stays keeps a centre.
    """
    kinds = _kinds_without_ties(session, brought)
    removed: set[int] = set()
    for ids in _parts(kinds, ListingKind.PRACTITIONER):
        removed |= _removed(session, ids)
    for ids in _parts(kinds, ListingKind.CENTRE):
        removed |= _removed(session, _without_staff(session, ids))
    record_changes(session, ChangeNoun.LISTING, sorted(removed), now)
    record_many(
        session,
        [
            noted(
                actions.LISTING_DELETED,
                subject_id=listing_id,
                actor=actor,
                now=now,
                undone_id=brought[listing_id],
            )
            for listing_id in sorted(removed)
        ],
    )
    return removed


def _kinds_without_ties(session: Session, brought: Mapping[int, int]) -> dict[int, ListingKind]:
    """Give the kinds of the listings that nobody changed, checked or reported since, by id."""
    kinds: dict[int, ListingKind] = {}
    ids = sorted(brought)
    for first in range(0, len(ids), LISTINGS_AT_ONCE):
        part = ids[first : first + LISTINGS_AT_ONCE]
        held = session.execute(
            select(Listing.id, Listing.kind)
            .where(Listing.id.in_(part))
            .order_by(Listing.id)
            .with_for_update()
        )
        kinds.update((row.id, row.kind) for row in held)
        newest = session.execute(
            select(ListingChange.listing_id, func.max(ListingChange.id).label("id"))
            .where(ListingChange.listing_id.in_(part))
            .group_by(ListingChange.listing_id)
        )
        tied = {row.listing_id for row in newest if row.id != brought[row.listing_id]}
        tied.update(
            session.scalars(select(Correction.listing_id).where(Correction.listing_id.in_(part)))
        )
        for listing_id in tied:
            kinds.pop(listing_id, None)
    return kinds


def _parts(kinds: Mapping[int, ListingKind], kind: ListingKind) -> Iterator[list[int]]:
    ids = [listing_id for listing_id, each in kinds.items() if each is kind]
    for first in range(0, len(ids), LISTINGS_AT_ONCE):
        yield ids[first : first + LISTINGS_AT_ONCE]


def _without_staff(session: Session, ids: Sequence[int]) -> list[int]:
    """Give the centres nobody works at any more."""
    at_work = set(
        session.scalars(
            select(PractitionerRole.centre_id).where(PractitionerRole.centre_id.in_(ids))
        )
    )
    return [listing_id for listing_id in ids if listing_id not in at_work]


def _removed(session: Session, ids: Sequence[int]) -> set[int]:
    """Delete listings, halving the list to find those something forbids it for."""
    if not ids:
        return set()
    try:
        with session.begin_nested():
            session.execute(
                delete(Listing)
                .where(Listing.id.in_(ids))
                .execution_options(synchronize_session=False)
            )
    except IntegrityError:
        if len(ids) == 1:
            return set()
        middle = len(ids) // 2
        return _removed(session, ids[:middle]) | _removed(session, ids[middle:])
    return set(ids)
