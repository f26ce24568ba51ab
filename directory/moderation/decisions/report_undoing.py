"""Taking back what a decision on a report did: the change, the doubt, the letters, the end itself.

Called by `undoing.py`, inside its transaction, once it is sure that the minute is not over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.core.errors import ConflictError
from directory.listings.models import (
    ChangeCause,
    Correction,
    CorrectionKind,
    CorrectionState,
    Doubt,
    ListingChange,
)
from directory.listings.operations.checks import clear_doubt
from directory.listings.operations.editing import newest_change
from directory.listings.operations.undoing import delete_within, undo_within
from directory.moderation.cases import refuse_tied, report_for_update
from directory.moderation.decisions.effects import group_of
from directory.moderation.decisions.report_ends import letter_group
from directory.moderation.doubts import open_doubt
from directory.outbox.models import ChangeNoun, Letter, LetterState
from directory.outbox.operations import cancel_letters, record_changes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.moderation.models import Decision, ModerationCase
    from directory.vocabulary.queries import Vocabulary


def take_back_report(
    session: Session,
    decision: Decision,
    case: ModerationCase,
    viewer: Viewer,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    """Leave everything as if nobody had decided, but for the history of it.

    Raises `ConflictError` when a letter has left, or somebody built upon what was changed.
    """
    leader = report_for_update(session, case.subject_id)
    refuse_tied(session, viewer.user_id, leader)
    reports = _ended_with(session, leader)
    for report in reports:
        _take_back_letter(session, report, decision, now=now)
    _take_back_doubt(session, leader, decision, viewer, now=now)
    if leader.kind is CorrectionKind.MISSING_LISTING:
        _forget_listing(session, reports)
    _take_back_change(session, leader, decision, viewer, vocabulary=vocabulary, now=now)
    _open_again(session, reports)


def _ended_with(session: Session, leader: Correction) -> Sequence[Correction]:
    followers = session.scalars(
        select(Correction)
        .where(Correction.leader_id == leader.id, Correction.decided_at == leader.decided_at)
        .order_by(Correction.id)
        .with_for_update()
    )
    return [leader, *followers]


def _take_back_letter(
    session: Session, report: Correction, decision: Decision, *, now: datetime
) -> None:
    """Keep the letter here, and give the report the address back that went into it.

    A decided report holds no address, so it is open again at once.
    """
    group = letter_group(group_of(decision), report)
    address = session.scalar(
        select(Letter.address_sealed).where(
            Letter.group_key == group, Letter.state == LetterState.QUEUED
        )
    )
    if not cancel_letters(session, group, now):
        raise ConflictError("The letter has already left; this decision stands.")
    if address is not None:
        report.state, report.decided_at = CorrectionState.OPEN, None
        report.address_sealed = address


def _take_back_doubt(
    session: Session, report: Correction, decision: Decision, viewer: Viewer, *, now: datetime
) -> None:
    if report.listing_id is None:
        return
    doubt = open_doubt(session, report.listing_id, report.fact)
    if doubt is not None and doubt.raised_at == decision.made_at:
        clear_doubt(session, report.listing_id, report.fact, viewer.as_actor(), now=now)
    elif doubt is None:
        _doubt_again(session, report, decision, viewer, now=now)
    record_changes(session, ChangeNoun.LISTING, [report.listing_id], now)


def _doubt_again(
    session: Session, report: Correction, decision: Decision, viewer: Viewer, *, now: datetime
) -> None:
    cleared = session.scalar(
        select(Doubt)
        .where(
            Doubt.listing_id == report.listing_id,
            Doubt.fact == report.fact,
            Doubt.cleared_at == decision.made_at,
        )
        .order_by(Doubt.id.desc())
        .limit(1)
    )
    if cleared is None:
        return
    cleared.cleared_at = None
    session.flush()
    record(
        session,
        actions.DOUBT_RAISED,
        subject_id=cleared.id,
        actor=viewer.as_actor(),
        now=now,
        listing_id=cleared.listing_id,
        fact=cleared.fact,
        reports=cleared.reports,
    )


def _take_back_change(
    session: Session,
    report: Correction,
    decision: Decision,
    viewer: Viewer,
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    change = session.scalar(
        select(ListingChange).where(
            ListingChange.correction_id == report.id, ListingChange.at == decision.made_at
        )
    )
    if change is None:
        return
    if change.cause is not ChangeCause.CREATED:
        undo_within(session, change, viewer.as_actor(), vocabulary=vocabulary, now=now)
        return
    if newest_change(session, change.listing_id) != change.id:
        raise ConflictError("Somebody worked on the new listing since; this decision stands.")
    delete_within(session, change, viewer.as_actor(), now=now)


def _forget_listing(session: Session, reports: Sequence[Correction]) -> None:
    for report in reports:
        report.listing_id = None
    session.flush()


def _open_again(session: Session, reports: Sequence[Correction]) -> None:
    for report in reports:
        report.state, report.decided_at, report.answer = CorrectionState.OPEN, None, None
    session.flush()
