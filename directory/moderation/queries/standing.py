"""Whether somebody of the desk may decide a case, and if not, why.

Read with each case, for lists and for the case's own page; the operations check it again. Stars
are read apart, and only for who has decided (`stars_are_open`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased

from directory.moderation.models import (
    Affiliation,
    CaseKind,
    Decision,
    ModerationCase,
    Step,
    Waiting,
)
from directory.moderation.policy import UNDO_WITHIN
from directory.reviews.models import Review

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from directory.accounts.policy import Viewer


class WhyNot(StrEnum):
    """Why somebody may not decide a case now, the lasting reasons first."""

    LINKED = "linked"
    TOOK_PART = "took-part"
    PROPOSER = "proposer"
    CLOSED = "closed"
    LEASED = "leased"
    TOO_FRESH = "too-fresh"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read about one case and one viewer; `proposed_at` of a waiting proposal."""

    is_linked: bool
    took_part: bool
    is_open: bool
    kind: CaseKind
    waiting: Waiting
    is_proposer: bool
    proposed_at: datetime | None
    holder_id: int | None
    leased_until: datetime | None

    def why_not(self, viewer_id: int, *, now: datetime) -> WhyNot | None:
        """Give the first reason against deciding, or None when there is none."""
        reasons = (
            (WhyNot.LINKED, self.is_linked),
            (WhyNot.CLOSED, not self.is_open),
            (WhyNot.TOOK_PART, self.kind is CaseKind.APPEAL and self.took_part),
            (WhyNot.PROPOSER, self.waiting is Waiting.SECOND and self.is_proposer),
            (WhyNot.LEASED, self.is_held(now) and self.holder_id != viewer_id),
            (WhyNot.TOO_FRESH, self._can_be_taken_back(now)),
        )
        return next((reason for reason, holds in reasons if holds), None)

    def is_held(self, now: datetime) -> bool:
        """Tell whether anybody has the case now; a lease that ran out holds nothing."""
        return self.leased_until is not None and self.leased_until > now

    def _can_be_taken_back(self, now: datetime) -> bool:
        return (
            self.waiting is Waiting.SECOND
            and self.proposed_at is not None
            and now < self.proposed_at + UNDO_WITHIN
        )


def is_linked(viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition that a viewer is tied to the review's listing, or wrote the review."""
    tied = exists().where(
        Affiliation.user_id == viewer.user_id, Affiliation.listing_id == Review.listing_id
    )
    return or_(tied, and_(Review.author_id.is_not(None), Review.author_id == viewer.user_id))


def took_part(viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition that a viewer decided anything about this review, in any case."""
    other = aliased(ModerationCase)
    made = aliased(Decision)
    return exists().where(
        made.case_id == other.id,
        other.subject_noun == ModerationCase.subject_noun,
        other.subject_id == ModerationCase.subject_id,
        made.actor_id == viewer.user_id,
        made.undone_at.is_(None),
    )


def stars_are_open(viewer: Viewer, *, now: datetime) -> ColumnElement[bool]:
    """Give the condition that a viewer may see the stars of the review's version read now.

    They have decided on it in this case and can no longer take it back: whoever could look at
    the stars and then decide otherwise would decide by them.
    """
    made = aliased(Decision)
    return exists().where(
        made.case_id == ModerationCase.id,
        made.review_version == Review.current_version,
        made.actor_id == viewer.user_id,
        made.undone_at.is_(None),
        or_(
            made.step.in_((Step.CONFIRMATION, Step.REFUSAL)),
            made.made_at <= now - UNDO_WITHIN,
        ),
    )
