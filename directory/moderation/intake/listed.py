"""The listing a review is about, and who may not write about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.core.errors import ConflictError, NotAllowedError, NotFoundError
from directory.listings.models import (
    Centre,
    Listing,
    ListingKind,
    ListingState,
    Location,
    Practitioner,
)
from directory.moderation.models import Affiliation, LinkNature
from directory.reviews.models import Review, ReviewState
from directory.reviews.policy import EPISODE_MONTHS
from directory.vocabulary.models import District, Locality

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

# An attempt that came to nothing does not use up the one review of twelve months.
USED_UP = frozenset(
    {
        ReviewState.PENDING,
        ReviewState.RETURNED,
        ReviewState.PUBLISHED,
        ReviewState.HIDDEN,
        ReviewState.RESTRICTED,
        ReviewState.REMOVED,
    }
)
RIVAL_TIES = frozenset({LinkNature.MANAGES, LinkNature.WORKS_THERE})


@dataclass(frozen=True, slots=True)
class Listed:
    """What intake needs to know of a listing; `district` is a slug."""

    id: int
    name: str
    is_centre: bool
    is_demo: bool
    district: str | None


def listed(session: Session, listing_id: int) -> Listed:
    """Give a published listing; raises `NotFoundError` for any other."""
    row = session.execute(
        select(Listing.name, Listing.kind, Listing.is_demo).where(
            Listing.id == listing_id, Listing.state == ListingState.PUBLISHED
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such listing to review.")
    is_centre = row.kind is ListingKind.CENTRE
    return Listed(listing_id, row.name, is_centre, row.is_demo, _district_of(session, listing_id))


def refuse_second_review(
    session: Session, author_id: int, listing_id: int, *, now: datetime
) -> None:
    """Raise `ConflictError` when one has reviewed this listing in the last twelve months."""
    newest = session.scalar(
        select(Review.submitted_at)
        .where(
            Review.author_id == author_id,
            Review.listing_id == listing_id,
            Review.state.in_(USED_UP),
        )
        .order_by(Review.submitted_at.desc())
        .limit(1)
    )
    if newest is not None and months_between(newest, now) < EPISODE_MONTHS:
        raise ConflictError(
            "You have written about this listing in the last twelve months. "
            "Withdraw that review first if you want to write a new one."
        )


def refuse_conflict(session: Session, author_id: int, listing_id: int) -> None:
    """Raise `NotAllowedError` for who is tied to a listing, or manages a rival near it.

    A rival is a listing of the same profession or kind of centre in the same locality.
    """
    ties = session.execute(
        select(Affiliation.listing_id, Affiliation.nature).where(Affiliation.user_id == author_id)
    ).all()
    if any(tie.listing_id == listing_id for tie in ties):
        raise NotAllowedError("You are linked to this listing, so you cannot review it (R-05).")
    own = [tie.listing_id for tie in ties if tie.nature in RIVAL_TIES]
    if own and _is_rival(session, listing_id, own):
        raise NotAllowedError(
            "You manage or work at a listing of the same kind in the same locality, "
            "so you cannot review this one (R-05)."
        )


def _is_rival(session: Session, listing_id: int, own: list[int]) -> bool:
    here, there = aliased(Location), aliased(Location)
    near = (
        select(there.listing_id)
        .join(here, here.locality_id == there.locality_id)
        .where(here.listing_id == listing_id, there.listing_id.in_(own))
    )
    neighbours = set(session.scalars(near))
    roles = _roles(session, {listing_id, *neighbours})
    return any(roles.get(each) == roles.get(listing_id) for each in neighbours)


def _roles(session: Session, ids: set[int]) -> dict[int, int]:
    professions = session.execute(
        select(Practitioner.listing_id, Practitioner.profession_id).where(
            Practitioner.listing_id.in_(ids)
        )
    )
    centre_types = session.execute(
        select(Centre.listing_id, Centre.centre_type_id).where(Centre.listing_id.in_(ids))
    )
    pairs = [(row[0], row[1]) for row in (*professions, *centre_types)]
    return dict(pairs)


def _district_of(session: Session, listing_id: int) -> str | None:
    return session.scalar(
        select(District.slug)
        .join(Locality, Locality.district_id == District.id)
        .join(Location, Location.locality_id == Locality.id)
        .where(Location.listing_id == listing_id)
        .order_by(Location.position)
        .limit(1)
    )


def months_between(before: datetime, after: datetime) -> int:
    """Give the whole months from one instant to a later one."""
    months = (after.year - before.year) * 12 + after.month - before.month
    return months - (after.day < before.day)
