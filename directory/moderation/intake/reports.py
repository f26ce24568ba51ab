"""Keeping a reader's report: its row, its record, and the case it opens or joins.

A craft of `reporting.py` and `suggesting.py`; opens no transaction of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from directory.accounts.policy import normal_email
from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import READER
from directory.core.errors import InvalidError
from directory.listings.models import Correction, CorrectionKind, CorrectionState
from directory.moderation.cases import attach_signals, open_report_case
from directory.moderation.intake.drafts import plain_text
from directory.moderation.models import CaseState, ModerationCase, SubjectNoun
from directory.moderation.policy import LANE_ORDER, REPORT_ADDRESS, lane_of_report, more_urgent
from directory.moderation.screening import Signal, SignalName, screen
from directory.moderation.screening.lanes import Lane

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys

MOST_WORDS = 1000
# What is said about a telephone number, a name or money is the matter itself here, no signal.
CRISIS = frozenset({SignalName.CRISIS, SignalName.SELF_HARM_METHOD})


def plain_words(field: str, words: str | None) -> str | None:
    """Give words as they are kept, None for none; raises `InvalidError` for too many."""
    said = plain_text(words or "") or None
    if len(said or "") > MOST_WORDS:
        raise InvalidError(field, f"Use at most {MOST_WORDS} characters.")
    return said


def sealed_address(address: str | None, keys: Keys) -> bytes | None:
    """Give an address sealed for the one letter, None for none; raises `InvalidError`."""
    if not (address or "").strip():
        return None
    return keys.seal(REPORT_ADDRESS, normal_email(address or ""))


def crisis_signals(*words: str | None) -> tuple[Signal, ...]:
    """Give one signal of each kind of danger the words tell of; spans are left out."""
    found = {
        signal.name: Signal(signal.name, 0, 0, signal.why)
        for said in words
        if said
        for signal in screen(said)
        if signal.name in CRISIS
    }
    return tuple(found.values())


def keep_report(session: Session, report: Correction, *, now: datetime) -> None:
    """Keep a new report; an open one joins the open case about the same, or opens one."""
    leader = _leader_of(session, report) if report.state is CorrectionState.OPEN else None
    report.leader_id = leader[0].id if leader else None
    session.add(report)
    session.flush()
    record(
        session,
        actions.CORRECTION_MADE,
        subject_id=report.id,
        actor=READER,
        now=now,
        kind=report.kind.value,
        listing_id=report.listing_id,
        fact=report.fact,
    )
    if report.state is CorrectionState.OPEN:
        _bring_before_desk(session, report, leader[1] if leader else None, now=now)


def _bring_before_desk(
    session: Session, report: Correction, joined: ModerationCase | None, *, now: datetime
) -> None:
    signals = crisis_signals(report.proposed, report.evidence)
    lane = Lane.CRISIS if signals else lane_of_report(report.fact)
    case = joined
    if case is None:
        case = open_report_case(session, report, lane=lane, actor=READER, now=now)
    else:
        case.lane = more_urgent(case.lane, lane)
        case.lane_order = LANE_ORDER[case.lane]
    attach_signals(session, case, 1, signals)


def _leader_of(session: Session, report: Correction) -> tuple[Correction, ModerationCase] | None:
    """Give the open report of the same that leads, with its open case; suggestions lead alone."""
    if report.kind is CorrectionKind.MISSING_LISTING:
        return None
    found = session.execute(
        select(Correction, ModerationCase)
        .join(
            ModerationCase,
            and_(
                ModerationCase.subject_noun == SubjectNoun.CORRECTION,
                ModerationCase.subject_id == Correction.id,
                ModerationCase.state == CaseState.OPEN,
            ),
        )
        .where(
            Correction.kind == report.kind,
            Correction.listing_id == report.listing_id,
            Correction.fact == report.fact,
            Correction.outcome.is_not_distinct_from(report.outcome),
            Correction.state == CorrectionState.OPEN,
            Correction.leader_id.is_(None),
        )
        .order_by(Correction.id)
        .limit(1)
        .with_for_update(of=ModerationCase)
    ).one_or_none()
    return None if found is None else (found[0], found[1])
