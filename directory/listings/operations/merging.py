"""The listings room's part of a merge: what the kept one says, where the other leads, what follows.

Everything here belongs inside the desk's transaction (`moderation/merging.py`), which moves the
reviews.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.errors import ConflictError, NotFoundError
from directory.listings.exchange.comparing import facts_changed
from directory.listings.exchange.history import Cause
from directory.listings.exchange.merging import merged_draft
from directory.listings.exchange.planning import Change, Plan
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.stored import read_drafts
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules
from directory.listings.models import (
    ChangeCause,
    Correction,
    Doubt,
    Listing,
    ListingState,
    PractitionerRole,
    ToldApart,
)
from directory.listings.operations.checks import clear_doubt
from directory.listings.operations.editing import RefusedListingError, newest_change, stored_draft
from directory.listings.operations.undoing import centres_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.merging import Side
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class Twins:
    """Two listings that are one, by id and by what they say now; their rows are held."""

    keep_id: int
    other_id: int
    keep: ListingDraft
    other: ListingDraft


def twins_within(session: Session, keep_id: int, other_id: int, vocabulary: Vocabulary) -> Twins:
    """Give two listings, held in order of id, so that two merges never wait for each other.

    Raises `NotFoundError` for none, `ConflictError` when the two cannot become one.
    """
    held = {
        listing_id: stored_draft(session, listing_id, vocabulary)
        for listing_id in sorted({keep_id, other_id})
    }
    twins = Twins(keep_id, other_id, held[keep_id], held[other_id])
    merged = set(
        session.scalars(
            select(Listing.id).where(
                Listing.id.in_([keep_id, other_id]), Listing.merged_into_id.is_not(None)
            )
        )
    )
    reason = why_not(twins, merged)
    if reason is not None:
        raise ConflictError(reason)
    return twins


def why_not(twins: Twins, merged: set[int]) -> str | None:
    """Give why two listings cannot become one, or None; `merged` are ids that were merged away."""
    keep, other = twins.keep, twins.other
    reasons = (
        (twins.keep_id == twins.other_id, "This is one listing, not two."),
        (bool(merged), "One of the two was merged into another listing already."),
        (keep.kind is not other.kind, "One is a practitioner, the other a centre."),
        (keep.is_demo is not other.is_demo, "One of the two is for demonstration only."),
        (keep.state is ListingState.CLOSED, "The one that would stay has closed."),
        (
            other.state is ListingState.PUBLISHED and keep.state is not ListingState.PUBLISHED,
            "The one that would stay is not published, and the other is. Publish it first.",
        ),
    )
    return next((words for holds, words in reasons if holds), None)


def merge_within(
    session: Session,
    twins: Twins,
    choices: Mapping[str, Side],
    actor: Actor,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    """Let the kept listing say what was chosen and the other lead to it, for ever.

    Practitioners at the other centre are at the kept one from now on; reports, doubts and pairs
    told apart follow. Raises `RefusedListingError` when the choice breaks a rule.
    """
    draft, faults = merged_draft(
        twins.keep, twins.other, choices, Rules(vocabulary, delhi_day(now))
    )
    if draft is None:
        raise RefusedListingError(faults)
    plan = Plan(changed=[Change(twins.keep_id, draft, twins.keep)])
    if twins.other.state is not ListingState.CLOSED:
        plan.changed.append(Change(twins.other_id, _closed(twins.other, now), twins.other))
    plan.changed += _moved_practitioners(session, twins, vocabulary)
    for change in plan.changed:
        plan.centre_ids.update(centres_of(session, change.draft.works_at))
    cause = Cause(ChangeCause.MERGE, actor)
    Storer(session, now, vocabulary, NearestStation(vocabulary), cause).store(plan)
    _record(session, plan, actor, now=now)
    _lead_on(session, twins)
    _move_reports(session, twins)
    _move_doubts(session, twins, draft, actor, now=now)
    _carry_told_apart(session, twins, now=now)


def tell_apart_within(
    session: Session, one_id: int, other_id: int, actor: Actor, *, now: datetime
) -> None:
    """Note that two listings are two, so that they are not offered again; twice changes nothing.

    Raises `NotFoundError` for none, `ConflictError` for one and the same.
    """
    lower, higher = sorted((one_id, other_id))
    if lower == higher:
        raise ConflictError("This is one listing, not two.")
    for listing_id in (lower, higher):
        if session.get(Listing, listing_id, with_for_update=True) is None:
            raise NotFoundError("There is no such listing.")
    if session.get(ToldApart, (lower, higher)) is not None:
        return
    session.add(ToldApart(lower_id=lower, higher_id=higher, told_at=now))
    session.flush()
    record(
        session,
        actions.LISTING_TOLD_APART,
        subject_id=lower,
        actor=actor,
        now=now,
        other_id=higher,
    )


def _closed(draft: ListingDraft, now: datetime) -> ListingDraft:
    return replace(draft, state=ListingState.CLOSED, closed_on=delhi_day(now))


def _moved_practitioners(session: Session, twins: Twins, vocabulary: Vocabulary) -> list[Change]:
    """Give the changes of practitioners who worked at the other centre."""
    ids = session.scalars(
        select(PractitionerRole.practitioner_id)
        .where(PractitionerRole.centre_id == twins.other_id)
        .order_by(PractitionerRole.practitioner_id)
    ).all()
    changes = []
    for listing_id, draft in read_drafts(session, ids, vocabulary).items():
        if draft.practitioner is None:
            continue
        named = (twins.keep.ref if ref == twins.other.ref else ref for ref in draft.works_at)
        practitioner = replace(draft.practitioner, works_at=tuple(dict.fromkeys(named)))
        changes.append(Change(listing_id, replace(draft, practitioner=practitioner), draft))
    return changes


def _record(session: Session, plan: Plan, actor: Actor, *, now: datetime) -> None:
    for change in plan.changed:
        record(
            session,
            actions.LISTING_CHANGED,
            subject_id=change.listing_id,
            actor=actor,
            now=now,
            change_id=newest_change(session, change.listing_id),
            cause=ChangeCause.MERGE.value,
        )


def _lead_on(session: Session, twins: Twins) -> None:
    """Let the other listing, and what was merged into it before, lead to the kept one."""
    session.execute(
        update(Listing)
        .where((Listing.id == twins.other_id) | (Listing.merged_into_id == twins.other_id))
        .values(merged_into_id=twins.keep_id)
        .execution_options(synchronize_session=False)
    )


def _move_reports(session: Session, twins: Twins) -> None:
    session.execute(
        update(Correction)
        .where(Correction.listing_id == twins.other_id)
        .values(listing_id=twins.keep_id)
        .execution_options(synchronize_session=False)
    )


def _move_doubts(
    session: Session, twins: Twins, fresh: ListingDraft, actor: Actor, *, now: datetime
) -> None:
    """Let a doubt follow the value it is about; one about a value that is gone is cleared."""
    gone_here = facts_changed(twins.keep, fresh)
    gone_there = facts_changed(twins.other, fresh)
    doubts = _open_doubts(session, twins)
    here = {each.fact: each for each in doubts if each.listing_id == twins.keep_id}
    for fact in sorted(here.keys() & gone_here):
        clear_doubt(session, twins.keep_id, fact, actor, now=now)
        del here[fact]
    for doubt in doubts:
        if doubt.listing_id != twins.other_id:
            continue
        if doubt.fact in gone_there or doubt.fact in here:
            clear_doubt(session, twins.other_id, doubt.fact, actor, now=now)
        else:
            doubt.listing_id = twins.keep_id
        if doubt.fact in here and doubt.fact not in gone_there:
            here[doubt.fact].reports += doubt.reports
    session.flush()


def _open_doubts(session: Session, twins: Twins) -> list[Doubt]:
    found = select(Doubt).where(
        Doubt.listing_id.in_([twins.keep_id, twins.other_id]), Doubt.cleared_at.is_(None)
    )
    return list(session.scalars(found.order_by(Doubt.id)))


def _carry_told_apart(session: Session, twins: Twins, *, now: datetime) -> None:
    """What was told apart from the other listing is told apart from the kept one."""
    rows = session.scalars(
        select(ToldApart).where(
            (ToldApart.lower_id == twins.other_id) | (ToldApart.higher_id == twins.other_id)
        )
    ).all()
    for row in rows:
        third = row.higher_id if row.lower_id == twins.other_id else row.lower_id
        session.delete(row)
        lower, higher = sorted((third, twins.keep_id))
        if third != twins.keep_id and session.get(ToldApart, (lower, higher)) is None:
            session.add(ToldApart(lower_id=lower, higher_id=higher, told_at=now))
    session.flush()
