"""Cases within a transaction: opening, opening again, closing, reading for a decision.

A craft of intake, decisions and clocks; opens no transaction of its own.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from directory.audit import actions
from directory.audit.operations import record
from directory.core.errors import NotAllowedError, NotFoundError
from directory.listings.models import Correction, CorrectionKind, Listing
from directory.moderation.models import (
    Affiliation,
    CaseKind,
    CaseSignal,
    CaseState,
    Decision,
    Flag,
    FlagState,
    ModerationCase,
    SubjectNoun,
    Waiting,
)
from directory.moderation.policy import LANE_ORDER, clock_of
from directory.reviews.models import Review, ReviewVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.moderation.screening import Signal
    from directory.moderation.screening.lanes import Lane

LINKED = "You are linked to this listing, so somebody else decides this."
CASE_OF_REPORT: Mapping[CorrectionKind, CaseKind] = MappingProxyType(
    {
        CorrectionKind.WRONG_DETAIL: CaseKind.CORRECTION,
        CorrectionKind.OUTCOME: CaseKind.OUTCOME,
        CorrectionKind.MISSING_LISTING: CaseKind.SUGGESTION,
    }
)


def open_case(
    session: Session,
    review: Review,
    *,
    kind: CaseKind,
    lane: Lane,
    language: str,
    actor: Actor,
    now: datetime,
) -> ModerationCase:
    """Open a case about a review; the database refuses a second open one."""
    return _open(
        session,
        SubjectNoun.REVIEW,
        review.id,
        kind=kind,
        lane=lane,
        language=language,
        actor=actor,
        now=now,
    )


def open_report_case(
    session: Session, report: Correction, *, lane: Lane, actor: Actor, now: datetime
) -> ModerationCase:
    """Open a case about a reader's report that leads; followers have none of their own.

    `lane` is `policy.lane_of_report` of its fact, or crisis where its words ask for help.
    """
    return _open(
        session,
        SubjectNoun.CORRECTION,
        report.id,
        kind=CASE_OF_REPORT[report.kind],
        lane=lane,
        language=report.language,
        actor=actor,
        now=now,
    )


def _open(
    session: Session,
    noun: SubjectNoun,
    subject_id: int,
    *,
    kind: CaseKind,
    lane: Lane,
    language: str,
    actor: Actor,
    now: datetime,
) -> ModerationCase:
    target, limit = clock_of(kind, lane)
    case = ModerationCase(
        kind=kind,
        subject_noun=noun,
        subject_id=subject_id,
        state=CaseState.OPEN,
        lane=lane,
        lane_order=LANE_ORDER[lane],
        language=language,
        waiting=Waiting.FIRST,
        version=1,
        opened_at=now,
        target_at=now + target,
        due_at=now + limit,
    )
    session.add(case)
    session.flush()
    _record_opened(session, case, actor, now)
    return case


def reopen_case(session: Session, case: ModerationCase, lane: Lane, *, now: datetime) -> None:
    """Open a closed case again, with fresh clocks and the class it has now."""
    target, limit = clock_of(case.kind, lane)
    case.state, case.closed_at = CaseState.OPEN, None
    case.lane, case.lane_order = lane, LANE_ORDER[lane]
    case.opened_at, case.target_at, case.due_at = now, now + target, now + limit
    wait_for_first(case)
    session.flush()


def wait_for_first(case: ModerationCase) -> None:
    """Put a case back before any decision; its number goes up, so that older views are stale."""
    case.waiting, case.proposal_id = Waiting.FIRST, None
    case.lease_holder_id, case.leased_until = None, None
    case.version += 1


def wait_for_second(case: ModerationCase, proposal: Decision) -> None:
    """Let a case wait for a different person's answer to a proposal."""
    case.waiting, case.proposal_id = Waiting.SECOND, proposal.id
    case.lease_holder_id, case.leased_until = None, None
    case.version += 1


def close_case(session: Session, case: ModerationCase, actor: Actor, *, now: datetime) -> None:
    """Close a case."""
    wait_for_first(case)
    case.state, case.closed_at = CaseState.CLOSED, now
    session.flush()
    record(session, actions.CASE_CLOSED, subject_id=case.id, actor=actor, now=now)


def case_for_update(session: Session, case_id: int) -> ModerationCase:
    """Give a case, held until the transaction ends; raises `NotFoundError`."""
    case = session.get(ModerationCase, case_id, with_for_update=True)
    if case is None:
        raise NotFoundError("There is no such case.")
    return case


def open_case_of(session: Session, review_id: int) -> ModerationCase | None:
    """Give the open case about a review, held until the transaction ends, or None."""
    return session.scalar(
        select(ModerationCase)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review_id,
            ModerationCase.state == CaseState.OPEN,
        )
        .with_for_update()
    )


def newest_case_of(session: Session, review_id: int, kind: CaseKind) -> ModerationCase | None:
    """Give the newest case of a kind about a review, held until the transaction ends, or None."""
    return session.scalar(
        select(ModerationCase)
        .where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review_id,
            ModerationCase.kind == kind,
        )
        .order_by(ModerationCase.id.desc())
        .limit(1)
        .with_for_update()
    )


def hold_reported(session: Session, case_id: int) -> None:
    """Hold the listing a case's report is about, before the case itself: as a new report does."""
    session.scalar(
        select(Listing.id)
        .join(Correction, Correction.listing_id == Listing.id)
        .join(ModerationCase, ModerationCase.subject_id == Correction.id)
        .where(ModerationCase.id == case_id, ModerationCase.subject_noun == SubjectNoun.CORRECTION)
        .with_for_update(of=Listing)
    )


def report_for_update(session: Session, report_id: int) -> Correction:
    """Give a report, held until the transaction ends; raises `NotFoundError`."""
    report = session.get(Correction, report_id, with_for_update=True)
    if report is None:
        raise NotFoundError("There is no such report.")
    return report


def review_for_update(session: Session, review_id: int) -> Review:
    """Give a review, held until the transaction ends; raises `NotFoundError`."""
    review = session.get(Review, review_id, with_for_update=True)
    if review is None:
        raise NotFoundError("There is no such review.")
    return review


def review_of(session: Session, case: ModerationCase) -> Review:
    """Give the review a case is about, held; raises `NotFoundError` for a case of another kind."""
    if case.subject_noun is not SubjectNoun.REVIEW:
        raise NotFoundError("There is no such review.")
    return review_for_update(session, case.subject_id)


def current_version_of(session: Session, review: Review) -> ReviewVersion:
    """Give the version of a review that is read now."""
    return session.get_one(ReviewVersion, (review.id, review.current_version))


def attach_signals(
    session: Session, case: ModerationCase, review_version: int, signals: Iterable[Signal]
) -> None:
    """Keep the advice about one version with its case; a signal of a pattern has no span."""
    session.add_all(
        CaseSignal(
            case_id=case.id,
            review_version=review_version,
            name=signal.name.value,
            span_start=signal.start if signal.end > signal.start else None,
            span_end=signal.end if signal.end > signal.start else None,
            why=signal.why[:300],
        )
        for signal in signals
    )
    session.flush()


def settle_flags(
    session: Session, case: ModerationCase, state: FlagState, actor: Actor, *, now: datetime
) -> None:
    """Give every open flag of a case its end."""
    waiting = select(Flag).where(Flag.case_id == case.id, Flag.state == FlagState.OPEN)
    for flag in session.scalars(waiting.order_by(Flag.id)).all():
        flag.state, flag.decided_at = state, now
        record(
            session,
            actions.FLAG_DECIDED,
            subject_id=flag.id,
            actor=actor,
            now=now,
            review_id=flag.review_id,
            state=state.value,
        )
    session.flush()


def refuse_linked(session: Session, user_id: int, review: Review) -> None:
    """Raise `NotAllowedError` when somebody is linked to the listing or wrote the review."""
    if review.author_id == user_id or _is_tied(session, user_id, review.listing_id):
        raise NotAllowedError(LINKED)


def refuse_tied(session: Session, user_id: int, report: Correction) -> None:
    """Raise `NotAllowedError` when somebody is linked to the listing a report is about."""
    if report.listing_id is not None and _is_tied(session, user_id, report.listing_id):
        raise NotAllowedError(LINKED)


def refuse_linked_to(session: Session, user_id: int, case: ModerationCase) -> None:
    """Raise `NotAllowedError` when somebody is linked to what a case is about."""
    if case.subject_noun is SubjectNoun.CORRECTION:
        refuse_tied(session, user_id, report_for_update(session, case.subject_id))
    else:
        refuse_linked(session, user_id, review_for_update(session, case.subject_id))


def _is_tied(session: Session, user_id: int, listing_id: int) -> bool:
    tie = exists().where(Affiliation.user_id == user_id, Affiliation.listing_id == listing_id)
    return bool(session.scalar(select(tie)))


def _record_opened(session: Session, case: ModerationCase, actor: Actor, now: datetime) -> None:
    is_report = case.subject_noun is SubjectNoun.CORRECTION
    record(
        session,
        actions.CASE_OPENED,
        subject_id=case.id,
        actor=actor,
        now=now,
        kind=case.kind.value,
        lane=case.lane.value,
        review_id=None if is_report else case.subject_id,
        correction_id=case.subject_id if is_report else None,
    )
