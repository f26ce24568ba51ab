"""What a case can be about, as joins and conditions: a review, or a reader's report.

Called by the lists of the queue and the steps from case to case. Both are joined outward, so one
statement reads cases of either kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from directory.listings.models import Correction, Location
from directory.moderation.models import Affiliation, ModerationCase, SubjectNoun
from directory.moderation.queries.standing import is_linked
from directory.reviews.models import Review
from directory.vocabulary.models import Locality

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, ScalarSelect

    from directory.accounts.policy import Viewer

IS_REVIEW = and_(
    ModerationCase.subject_noun == SubjectNoun.REVIEW, Review.id == ModerationCase.subject_id
)
IS_REPORT = and_(
    ModerationCase.subject_noun == SubjectNoun.CORRECTION,
    Correction.id == ModerationCase.subject_id,
)


def is_tied(viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition that a viewer is tied to the listing a report is about."""
    return exists().where(
        Affiliation.user_id == viewer.user_id, Affiliation.listing_id == Correction.listing_id
    )


def is_involved(viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition that a viewer may not judge a case of either kind."""
    return or_(is_linked(viewer), is_tied(viewer))


def reports_together() -> ScalarSelect[int]:
    """Give how many reports one case decides: the leading one and those that follow it."""
    follower = aliased(Correction)
    return (
        select(func.count() + 1)
        .where(follower.leader_id == Correction.id)
        .correlate(Correction)
        .scalar_subquery()
    )


def locality_of_report() -> ScalarSelect[str]:
    """Give the name of the locality of the listing a report is about."""
    return (
        select(Locality.name_en)
        .join(Location, Location.locality_id == Locality.id)
        .where(Location.listing_id == Correction.listing_id)
        .order_by(Location.position)
        .limit(1)
        .correlate(Correction)
        .scalar_subquery()
    )
