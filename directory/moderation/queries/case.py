"""One case with everything its page shows, and nothing its reader may not know yet.

The stars are read only for who has decided; the words and name of a waiting proposal only for
who made it. A constant number of statements. Called by the pages of the desk.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.accounts.models import Role, User
from directory.core.errors import NotFoundError
from directory.listings.models import Listing
from directory.moderation.models import Decision, ModerationCase, Outcome, Waiting
from directory.moderation.policy import outcomes_for, waits_for_second
from directory.moderation.queries.case_frame import frame_of, lease_of, standing_in
from directory.moderation.queries.case_history import history_of
from directory.moderation.queries.case_parts import (
    appeal_of,
    flags_of,
    notes_of,
    signals_of,
    stars_of,
    versions_of,
)
from directory.moderation.queries.case_views import (
    CasePage,
    ListingFacts,
    ProposalView,
)
from directory.moderation.queries.desk import FOLDED_FOR
from directory.moderation.queries.queue_rows import locality_of
from directory.moderation.queries.standing import (
    Standing,
    WhyNot,
    is_linked,
    stars_are_open,
    took_part,
)
from directory.moderation.queries.subjects import IS_REVIEW
from directory.moderation.queries.undoing import undo_of
from directory.reviews.models import Review, ReviewVersion, RuleCode

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer


class Read(NamedTuple):
    """What the first statement reads; `overall` stays inside this file."""

    case: ModerationCase
    review: Review
    listing: Listing
    proposal: Decision | None
    overall: int
    holder: str | None
    locality: str | None
    is_linked: bool
    took_part: bool
    shows_stars: bool


def case_page(session: Session, viewer: Viewer, case_id: int, *, now: datetime) -> CasePage:
    """Give everything the page of a case needs; raises `NotFoundError` for an unknown one."""
    read = _read(session, viewer, case_id, now=now)
    page = _page(session, viewer, read, now=now)
    return _without_words(page) if read.is_linked else page


def _page(session: Session, viewer: Viewer, read: Read, *, now: datetime) -> CasePage:
    case, review, hidden = read.case, read.review, _hidden(read, viewer)
    signals = signals_of(session, review)
    why_not = _standing(read, viewer).why_not(viewer.user_id, now=now)
    outcomes = _outcomes(read, viewer)
    if why_not is None and not outcomes and case.waiting is Waiting.FIRST:
        why_not = WhyNot.NOTHING
    return CasePage(
        **frame_of(case, now),
        **_of_review(read),
        versions=versions_of(session, review.id),
        signals=signals,
        history=history_of(session, review.id, hidden=hidden),
        notes=notes_of(session, viewer, case.id, hidden_author=hidden.actor_id if hidden else None),
        flags=flags_of(session, case.id),
        appeal=appeal_of(session, case.id),
        stars=stars_of(session, review) if read.shows_stars else None,
        rejecting_needs_second=waits_for_second(Outcome.REJECT, RuleCode.NOT_OWN, read.overall),
        is_folded=any(signal.name in FOLDED_FOR for signal in signals),
        outcomes=outcomes,
        proposal=_proposal(read, viewer),
        lease=lease_of(case, read.holder, viewer, now),
        why_not=why_not,
        undo=undo_of(session, viewer, case_id=case.id, now=now),
    )


def _read(session: Session, viewer: Viewer, case_id: int, *, now: datetime) -> Read:
    holder = aliased(User)
    row = session.execute(
        select(
            ModerationCase,
            Review,
            Listing,
            Decision,
            ReviewVersion.overall,
            holder.display_name,
            locality_of(),
            is_linked(viewer),
            took_part(viewer),
            stars_are_open(viewer, now=now),
        )
        .join(Review, IS_REVIEW)
        .join(Listing, Listing.id == Review.listing_id)
        .join(
            ReviewVersion,
            (ReviewVersion.review_id == Review.id)
            & (ReviewVersion.number == Review.current_version),
        )
        .outerjoin(Decision, Decision.id == ModerationCase.proposal_id)
        .outerjoin(holder, holder.id == ModerationCase.lease_holder_id)
        .where(ModerationCase.id == case_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such case.")
    return Read._make(row)


def _without_words(page: CasePage) -> CasePage:
    return replace(
        page,
        versions=tuple(replace(version, text=None) for version in page.versions),
        signals=(),
        history=(),
        notes=(),
        flags=(),
        appeal=None,
        stars=None,
        proposal=None,
        outcomes=(),
    )


def _standing(read: Read, viewer: Viewer) -> Standing:
    return standing_in(
        read.case,
        viewer,
        is_linked=read.is_linked,
        took_part=read.took_part,
        proposal=read.proposal,
    )


def _outcomes(read: Read, viewer: Viewer) -> tuple[Outcome, ...]:
    if read.case.waiting is Waiting.SECOND:
        return ()
    return outcomes_for(
        read.case.kind,
        read.review.state,
        is_administrator=viewer.role is Role.ADMINISTRATOR,
    )


def _of_review(read: Read) -> dict[str, Any]:
    listing, review = read.listing, read.review
    return {
        "listing": ListingFacts(
            listing.id, listing.name, listing.kind, listing.slug, read.locality
        ),
        "review_state": review.state,
        "review_rule": review.rule_code,
        "hidden_until": review.hidden_until,
        "is_demo": review.is_demo,
    }


def _is_others_proposal(read: Read, viewer: Viewer) -> bool:
    return read.proposal is not None and read.proposal.actor_id != viewer.user_id


def _hidden(read: Read, viewer: Viewer) -> Decision | None:
    """Give the proposal whose words and maker this viewer may not know before answering."""
    return read.proposal if _is_others_proposal(read, viewer) else None


def _proposal(read: Read, viewer: Viewer) -> ProposalView | None:
    proposal = read.proposal
    if proposal is None:
        return None
    is_mine = proposal.actor_id == viewer.user_id
    return ProposalView(
        outcome=proposal.outcome,
        rule_code=proposal.rule_code,
        ground=proposal.ground,
        words=proposal.words if is_mine else None,
        is_mine=is_mine,
        made_at=proposal.made_at,
    )
