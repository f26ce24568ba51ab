"""Reports that have nothing left to decide: their listing has closed, or is gone altogether.

Called by the clock, and by nobody of the desk. A merged listing takes its reports along, so what
is found here stayed with a page that is no more.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from directory.audit.policy import CLOCK
from directory.core.db import db, writing
from directory.listings.models import Correction, CorrectionState, Listing, ListingState
from directory.moderation.cases import close_case, hold_reported
from directory.moderation.decisions.applying import CLOSED
from directory.moderation.decisions.report_ends import End, end_reports
from directory.moderation.models import CaseState, ModerationCase, SubjectNoun
from directory.outbox.models import LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys

AT_ONCE = 200
# What who reported something else about a closed listing reads; the page itself tells the day.
HAS_CLOSED: Mapping[str, str] = MappingProxyType(
    {
        "en": "This listing has closed since, so there is nothing left to put right.",
        "hi": "यह सूची अब बंद हो चुकी है, इसलिए ठीक करने को कुछ नहीं बचा।",
    }
)


def end_overtaken(*, keys: Keys, now: datetime) -> int:
    """End open reports of closed listings, each in a transaction of its own; give how many."""
    done = 0
    for case_id in db.session().scalars(_overtaken().limit(AT_ONCE)).all():
        with writing() as session:
            hold_reported(session, case_id)
            case = session.scalar(
                select(ModerationCase).where(ModerationCase.id == case_id).with_for_update()
            )
            if case is not None and case.state is CaseState.OPEN:
                _end(session, case, keys=keys, now=now)
                done += 1
    return done


def _overtaken() -> Select[int]:
    return (
        select(ModerationCase.id)
        .outerjoin(Correction, Correction.id == ModerationCase.subject_id)
        .outerjoin(Listing, Listing.id == Correction.listing_id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.CORRECTION,
            ModerationCase.state == CaseState.OPEN,
            or_(Correction.id.is_(None), Listing.state == ListingState.CLOSED),
        )
        .order_by(ModerationCase.id)
    )


def _end(session: Session, case: ModerationCase, *, keys: Keys, now: datetime) -> None:
    report = session.get(Correction, case.subject_id, with_for_update=True)
    if report is not None and report.state is CorrectionState.OPEN:
        told_so = report.fact == CLOSED
        end = End(
            state=CorrectionState.OVERTAKEN,
            answer=None if told_so else HAS_CLOSED[report.language],
            change_id=None,
            actor=CLOCK,
            group=f"overtaken:{case.id}",
            letters_from=now,
            letter=LetterKind.CORRECTION_ACCEPTED if told_so else LetterKind.CORRECTION_DECLINED,
        )
        end_reports(session, report, end, keys=keys, now=now)
    close_case(session, case, CLOCK, now=now)
