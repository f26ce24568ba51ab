"""What a merge of two listings would do, before anybody presses: the page that compares two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.merging import differing_keys, suggested_choices
from directory.listings.exchange.stored import read_drafts
from directory.listings.likeness.pairing import Crowd
from directory.listings.likeness.sketches import sketch_of
from directory.listings.models import (
    Correction,
    CorrectionState,
    Doubt,
    Listing,
    ListingSlug,
    PractitionerRole,
    ToldApart,
)
from directory.listings.operations.editing import newest_change
from directory.listings.operations.merging import Twins, why_not
from directory.listings.queries.editing import rows_of
from directory.moderation.intake.listed import USED_UP, months_between
from directory.moderation.merging import ONE_AUTHOR_TWICE
from directory.moderation.models import Affiliation
from directory.reviews.models import Review, ReviewState
from directory.reviews.moving import authors_in_hand
from directory.reviews.policy import EPISODE_MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.core.db import Base
    from directory.listings.exchange.merging import Side
    from directory.listings.likeness.sketches import Reason
    from directory.listings.queries.editing import FoundRow
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class TwinView:
    """One of two listings: what it says, its newest change, and where it leads if merged."""

    row: FoundRow
    document: Mapping[str, Any]
    seen: int | None
    merged_into: FoundRow | None


@dataclass(frozen=True, slots=True)
class Moving:
    """What comes from the other listing to the kept one; `addresses` are slugs that lead on."""

    reviews: int
    published: int
    reports: int
    open_reports: int
    doubts: int
    ties: int
    practitioners: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two listings side by side: `keep` would stay.

    `differing` are the keys one chooses for, `suggested` a choice for each. `written_twice` is
    how many people reviewed both within twelve months; `refusal` says why they cannot be merged.
    """

    keep: TwinView
    other: TwinView
    differing: tuple[str, ...]
    suggested: Mapping[str, Side]
    same: tuple[str, ...]
    reasons: tuple[Reason, ...]
    moving: Moving
    written_twice: int
    told_at: datetime | None
    refusal: str | None


def compare(
    session: Session, keep_id: int, other_id: int, *, vocabulary: Vocabulary
) -> Comparison | None:
    """Give two listings side by side, or None when one of them does not exist.

    About forty queries, whatever hangs on the two.
    """
    drafts = read_drafts(session, [keep_id, other_id], vocabulary)
    if keep_id == other_id or not {keep_id, other_id} <= drafts.keys():
        return None
    keep, other = drafts[keep_id], drafts[other_id]
    merged = _merged(session, keep_id, other_id)
    rows = rows_of(session, [keep_id, other_id, *merged.values()])
    mine, theirs = document_of_draft(keep), document_of_draft(other)
    differing = differing_keys(mine, theirs)
    pairs = Crowd.of([sketch_of(keep, keep_id), sketch_of(other, other_id)]).pairs()
    refusal = why_not(Twins(keep_id, other_id, keep, other), set(merged))
    if refusal is None and authors_in_hand(session, keep_id, other_id):
        refusal = ONE_AUTHOR_TWICE

    def view(listing_id: int, document: Mapping[str, Any]) -> TwinView:
        leads_to = rows.get(merged.get(listing_id, 0))
        return TwinView(rows[listing_id], document, newest_change(session, listing_id), leads_to)

    return Comparison(
        keep=view(keep_id, mine),
        other=view(other_id, theirs),
        differing=tuple(differing),
        suggested=suggested_choices(mine, theirs),
        same=tuple(key for key in mine if mine[key] and mine[key] == theirs[key]),
        reasons=pairs[0].reasons if pairs else (),
        moving=_moving(session, other_id),
        written_twice=_written_twice(session, keep_id, other_id),
        told_at=_told_at(session, keep_id, other_id),
        refusal=refusal,
    )


def _merged(session: Session, *ids: int) -> dict[int, int]:
    rows = session.execute(
        select(Listing.id, Listing.merged_into_id).where(
            Listing.id.in_(ids), Listing.merged_into_id.is_not(None)
        )
    )
    return {row.id: row.merged_into_id for row in rows}


def _moving(session: Session, other_id: int) -> Moving:
    slugs = select(ListingSlug.slug).where(ListingSlug.listing_id == other_id)
    of_reports = Correction.listing_id == other_id
    of_reviews = Review.listing_id == other_id
    return Moving(
        reviews=_count(session, Review, of_reviews),
        published=_count(session, Review, of_reviews, Review.state == ReviewState.PUBLISHED),
        reports=_count(session, Correction, of_reports),
        open_reports=_count(
            session, Correction, of_reports, Correction.state == CorrectionState.OPEN
        ),
        doubts=_count(session, Doubt, Doubt.listing_id == other_id, Doubt.cleared_at.is_(None)),
        ties=_count(session, Affiliation, Affiliation.listing_id == other_id),
        practitioners=_count(session, PractitionerRole, PractitionerRole.centre_id == other_id),
        addresses=tuple(session.scalars(slugs.order_by(ListingSlug.slug))),
    )


def _count(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _written_twice(session: Session, keep_id: int, other_id: int) -> int:
    """Give how many people have reviews of both that are less than an episode apart."""
    here, there = aliased(Review), aliased(Review)
    rows = session.execute(
        select(here.author_id, here.submitted_at, there.submitted_at)
        .join(there, and_(there.author_id == here.author_id, there.listing_id == other_id))
        .where(here.listing_id == keep_id, here.state.in_(USED_UP), there.state.in_(USED_UP))
    )
    return len(
        {
            author_id
            for author_id, one, other in rows
            if months_between(min(one, other), max(one, other)) < EPISODE_MONTHS
        }
    )


def _told_at(session: Session, keep_id: int, other_id: int) -> datetime | None:
    lower, higher = sorted((keep_id, other_id))
    return session.scalar(
        select(ToldApart.told_at).where(ToldApart.lower_id == lower, ToldApart.higher_id == higher)
    )
