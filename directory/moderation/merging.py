"""Two listings that are one, made one; and two that look alike, told apart.

One transaction each, by an administrator or a command. Not for finding them (see
`listings/queries/lookalikes.py`) nor for showing what a merge would do (`queries/merging.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.policy import require_administrator
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError
from directory.listings.operations.editing import newest_change
from directory.listings.operations.merging import merge_within, tell_apart_within, twins_within
from directory.moderation.models import Affiliation
from directory.reviews.moving import authors_in_hand, move_reviews

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.merging import Side
    from directory.vocabulary.queries import Vocabulary

ONE_AUTHOR_TWICE = (
    "One person has a review of each of the two waiting at the desk, and a listing can have only "
    "one of a person in hand. Decide one of them first; then merge."
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: the listing that stays, and how many reviews came to it."""

    listing_id: int
    reviews: int


def merge_listings(
    *,
    actor: Actor,
    keep_id: int,
    other_id: int,
    choices: Mapping[str, Side],
    seen: Mapping[int, int | None] | None = None,
    vocabulary: Vocabulary,
    now: datetime,
) -> Merged:
    """Make one listing of two: the kept one says what was chosen, the other leads to it.

    `choices` names, by key of the document, whose value stays; a key without one stays as it is.
    `seen` gives the newest change of each when they were compared. Reviews, reports, doubts, ties
    and roles at a centre move; both histories stay; nothing becomes checked. Raises
    `ConflictError` when the two cannot become one or changed since, `NotFoundError`,
    `RefusedListingError` and `InvalidError` for a choice that breaks a rule.
    """
    with writing() as session:
        require_administrator(actor)
        twins = twins_within(session, keep_id, other_id, vocabulary)
        for listing_id, change_id in (seen or {}).items():
            _refuse_changed(session, listing_id, change_id)
        if authors_in_hand(session, keep_id, other_id):
            raise ConflictError(ONE_AUTHOR_TWICE)

        merge_within(session, twins, choices, actor, vocabulary=vocabulary, now=now)
        _move_ties(session, keep_id, other_id, actor, now=now)
        reviews = move_reviews(session, other_id, keep_id, now=now)
        record(
            session,
            actions.LISTING_MERGED,
            subject_id=other_id,
            actor=actor,
            now=now,
            into_id=keep_id,
            reviews=reviews,
        )
        return Merged(keep_id, reviews)


def tell_apart(*, actor: Actor, one_id: int, other_id: int, now: datetime) -> None:
    """Note that two listings are two; they are not offered as duplicates again.

    Raises `NotFoundError` for none, `ConflictError` for one and the same.
    """
    with writing() as session:
        require_administrator(actor)
        tell_apart_within(session, one_id, other_id, actor, now=now)


def _refuse_changed(session: Session, listing_id: int, seen: int | None) -> None:
    """Raise `ConflictError` when a listing has changed since the change `seen`."""
    if newest_change(session, listing_id) != seen:
        raise ConflictError(
            "One of the two has changed since you opened this page. Nothing was merged: "
            "look at both again."
        )


def _move_ties(
    session: Session, keep_id: int, other_id: int, actor: Actor, *, now: datetime
) -> None:
    """Let everybody who is tied to the other listing be tied to the kept one instead."""
    ties = session.scalars(select(Affiliation).where(Affiliation.listing_id == other_id)).all()
    for tie in ties:
        if session.get(Affiliation, (tie.user_id, keep_id)) is None:
            session.add(
                Affiliation(
                    user_id=tie.user_id,
                    listing_id=keep_id,
                    nature=tie.nature,
                    declared_at=tie.declared_at,
                )
            )
            record(
                session,
                actions.AFFILIATION_ADDED,
                subject_id=tie.user_id,
                actor=actor,
                now=now,
                listing_id=keep_id,
                nature=tie.nature.value,
            )
        session.delete(tie)
        record(
            session,
            actions.AFFILIATION_REMOVED,
            subject_id=tie.user_id,
            actor=actor,
            now=now,
            listing_id=other_id,
        )
    session.flush()
