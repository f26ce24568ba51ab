"""Waves of reports: when several callers found the same, the fact is marked doubtful at once.

A doubt is a warning beside the fact, never a change of it: the desk decides. Called by
`reporting.py`.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from directory.audit.policy import READER
from directory.core.clock import DELHI, delhi_day
from directory.listings.models import (
    CallOutcome,
    Correction,
    CorrectionState,
    Doubt,
    Verification,
)
from directory.moderation.doubts import raise_doubt
from directory.reviews.policy import NETWORK_KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


# Two may be one person at home and at work; a third is somebody else, or the same person on another
# day (networks are hashed anew each day), which says as much of a number. A reader who rings in
# vain is worse off than a practice with a cautious line on its page for a few days.
WAVE = 3
# As long as networks are kept at all; what was so a month ago may be mended since.
WAVE_WITHIN = NETWORK_KEPT
# Who rings in vain cannot tell a number that is wrong from one that nobody picks up.
ALIKE: Mapping[CallOutcome, frozenset[CallOutcome]] = MappingProxyType(
    {
        CallOutcome.NO_ANSWER: frozenset({CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER}),
        CallOutcome.WRONG_NUMBER: frozenset({CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER}),
        CallOutcome.NOT_TAKING: frozenset({CallOutcome.NOT_TAKING}),
        CallOutcome.FEE_DIFFERENT: frozenset({CallOutcome.FEE_DIFFERENT}),
    }
)
# What the desk found to be mistaken counts no more.
COUNTED = frozenset({CorrectionState.OPEN, CorrectionState.ACCEPTED})


def watch_for_wave(session: Session, report: Correction, *, now: datetime) -> bool:
    """Raise the doubt a report completes, in the caller's transaction; tell whether it is new.

    Counted are different networks since the newest check that still counts, and since a doubt
    was last cleared. As long as as many callers got an answer, a number is not in doubt.
    """
    if report.listing_id is None or report.outcome is None or report.outcome not in ALIKE:
        return False
    since = _since(session, report.listing_id, report.fact, now=now)
    against = _networks(session, report, ALIKE[report.outcome], COUNTED, since)
    number = against.total()
    if number < WAVE or number <= _answered(session, report, since):
        return False
    outcome, _times = against.most_common(1)[0]
    return raise_doubt(
        session,
        report.listing_id,
        report.fact,
        outcome,
        reports=number,
        actor=READER,
        now=now,
    )


def _since(session: Session, listing_id: int, fact: str, *, now: datetime) -> datetime:
    """Give the instant from which reports tell something new of a fact."""
    checked_on = session.scalar(
        select(func.max(Verification.checked_on)).where(
            Verification.listing_id == listing_id,
            Verification.fact == fact,
            or_(Verification.expires_on.is_(None), Verification.expires_on >= delhi_day(now)),
        )
    )
    cleared_at = session.scalar(
        select(Doubt.cleared_at)
        .where(Doubt.listing_id == listing_id, Doubt.fact == fact, Doubt.cleared_at.is_not(None))
        .order_by(Doubt.cleared_at.desc())
        .limit(1)
    )
    moments = [now - WAVE_WITHIN]
    if checked_on is not None:
        # A check knows its day only: what was reported on the same day may be older than it.
        moments.append(datetime.combine(checked_on + timedelta(days=1), time.min, DELHI))
    if cleared_at is not None:
        moments.append(cleared_at)
    return max(moments)


def _networks(
    session: Session,
    report: Correction,
    outcomes: frozenset[CallOutcome],
    states: frozenset[CorrectionState],
    since: datetime,
) -> Counter[CallOutcome]:
    """Count the different networks behind each outcome; one that sent two counts once."""
    rows = session.execute(
        select(Correction.network_hash, func.max(Correction.outcome))
        .where(
            Correction.listing_id == report.listing_id,
            Correction.fact == report.fact,
            Correction.outcome.in_(outcomes),
            Correction.state.in_(states),
            Correction.network_hash.is_not(None),
            Correction.made_at > since,
        )
        .group_by(Correction.network_hash)
    )
    return Counter(outcome for _network, outcome in rows if outcome is not None)


def _answered(session: Session, report: Correction, since: datetime) -> int:
    """Give how many networks were answered meanwhile; only a number can be."""
    answered = frozenset({CallOutcome.ANSWERED})
    return _networks(session, report, answered, frozenset({CorrectionState.NOTED}), since).total()
