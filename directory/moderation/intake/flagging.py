"""An objection to a published review, under a public rule and without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.audit.policy import READER
from directory.core.db import writing
from directory.core.errors import InvalidError, NotFoundError
from directory.moderation.cases import current_version_of, open_case, open_case_of
from directory.moderation.intake.drafts import plain_text
from directory.moderation.intake.names import new_receipt
from directory.moderation.models import CaseKind, Flag, FlagState
from directory.moderation.policy import LANE_ORDER, clock_of_flag, more_urgent
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import Review, ReviewState, RuleCode
from directory.reviews.policy import HARM_RULES

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.moderation.models import ModerationCase

MOST_WORDS = 1000
LEGAL_RULES = frozenset(
    {RuleCode.THREAT, RuleCode.CRIME_AS_FACT, RuleCode.BEFORE_COURT, RuleCode.LEGAL_ORDER}
)


def flag_review(
    *,
    public_id: str,
    rule_code: RuleCode,
    words: str | None,
    network_hash: str | None,
    now: datetime,
) -> str:
    """Keep an objection and give its receipt number; it changes nothing that readers see.

    Raises `NotFoundError` when the review is not published, `InvalidError` for too many words.
    """
    said = plain_text(words or "") or None
    if len(said or "") > MOST_WORDS:
        raise InvalidError("words", f"Use at most {MOST_WORDS} characters.")
    with writing() as session:
        review = _published(session, public_id)

        case = _case_for(session, review, lane_of(rule_code), now=now)
        _hurry(case, rule_code, now=now)
        flag = Flag(
            receipt=new_receipt(),
            review_id=review.id,
            case_id=case.id,
            rule_code=rule_code,
            words=said,
            state=FlagState.OPEN,
            network_hash=network_hash,
            made_at=now,
        )
        _keep(session, flag, now=now)
        return flag.receipt


def _published(session: Session, public_id: str) -> Review:
    review = session.scalar(
        select(Review)
        .where(Review.public_id == public_id, Review.state == ReviewState.PUBLISHED)
        .with_for_update()
    )
    if review is None:
        raise NotFoundError("There is no such review.")
    return review


def _keep(session: Session, flag: Flag, *, now: datetime) -> None:
    session.add(flag)
    session.flush()
    record(
        session,
        actions.FLAG_MADE,
        subject_id=flag.id,
        actor=READER,
        now=now,
        review_id=flag.review_id,
        rule_code=flag.rule_code.value,
    )


def lane_of(rule_code: RuleCode) -> Lane:
    """Give the class of a flag under a rule."""
    if rule_code is RuleCode.SELF_HARM:
        return Lane.CRISIS
    if rule_code in LEGAL_RULES:
        return Lane.LEGAL
    if rule_code in HARM_RULES:
        return Lane.EXPOSURE
    return Lane.FRAUD if rule_code is RuleCode.MANUFACTURED else Lane.ROUTINE


def _case_for(session: Session, review: Review, lane: Lane, *, now: datetime) -> ModerationCase:
    """Give the open case about a review, raised to a more urgent class, or open one."""
    case = open_case_of(session, review.id)
    if case is None:
        return open_case(
            session,
            review,
            kind=CaseKind.FLAG,
            lane=lane,
            language=current_version_of(session, review).language,
            actor=READER,
            now=now,
        )
    raised = more_urgent(case.lane, lane)
    case.lane, case.lane_order = raised, LANE_ORDER[raised]
    return case


def _hurry(case: ModerationCase, rule_code: RuleCode, *, now: datetime) -> None:
    """Let a case be due as soon as this objection asks for; never later than before."""
    target, limit = clock_of_flag(rule_code, case.lane)
    case.target_at = min(case.target_at, now + target)
    case.due_at = min(case.due_at, now + limit)
