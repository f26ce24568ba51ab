"""The lists on the page of a report's case, each in one statement. Called by `report_case.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from directory.accounts.models import Role, User
from directory.audit.models import ActorKind
from directory.listings.facts import FACTS
from directory.listings.models import Correction, CorrectionState, ListingChange
from directory.moderation.models import (
    CaseSignal,
    Decision,
    ModerationCase,
    Outcome,
    SubjectNoun,
)
from directory.moderation.queries.case_views import Happening, HistoryLine
from directory.moderation.queries.report_views import FactChange, ReportView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

MOST_REPORTS = 50
MOST_CHANGES = 10
# So many newest changes of a listing are looked at for those of one fact.
LOOKED_AT = 200
ONLY_VERSION = 1


def reports_of(session: Session, leader: Correction) -> tuple[ReportView, ...]:
    """Give a report and those that follow it, the oldest first; never who sent them."""
    rows = session.scalars(
        select(Correction)
        .where(or_(Correction.id == leader.id, Correction.leader_id == leader.id))
        .order_by(Correction.id)
        .limit(MOST_REPORTS)
    )
    return tuple(
        ReportView(
            receipt=row.receipt,
            made_at=row.made_at,
            proposed=row.proposed,
            proposed_value=row.proposed_value,
            evidence=row.evidence,
            called_on=row.called_on,
            is_told=row.address_sealed is not None,
        )
        for row in rows
    )


def changes_of(session: Session, report: Correction) -> tuple[FactChange, ...]:
    """Give the changes of the part of a listing a report is about, the newest first."""
    keys = FACTS[report.fact].keys if report.fact in FACTS else ()
    if report.listing_id is None or not keys:
        return ()
    rows = session.execute(
        select(ListingChange, User.display_name)
        .outerjoin(User, User.id == ListingChange.actor_id)
        .where(ListingChange.listing_id == report.listing_id, ListingChange.after.is_not(None))
        .order_by(ListingChange.id.desc())
        .limit(LOOKED_AT)
    )
    found = [_change(row, name, keys) for row, name in rows if set(keys) & (row.after or {}).keys()]
    return tuple(found[:MOST_CHANGES])


def _change(row: ListingChange, name: str | None, keys: tuple[str, ...]) -> FactChange:
    before, after = row.before or {}, row.after or {}
    return FactChange(
        at=row.at,
        cause=row.cause,
        actor_kind=row.actor_kind,
        who=name,
        before={key: before[key] for key in keys if key in before},
        after={key: after[key] for key in keys if key in after},
    )


def signal_names(session: Session, case_id: int) -> frozenset[str]:
    """Give the names of the signals kept with a case."""
    found = select(CaseSignal.name).where(CaseSignal.case_id == case_id)
    return frozenset(session.scalars(found))


def history_of_report(session: Session, leader: Correction) -> tuple[HistoryLine, ...]:
    """Give what happened to a report, the newest first: told, told again, decided, taken back."""
    lines = [*_told(session, leader), *_decided(session, leader)]
    ended_at = leader.decided_at if leader.state is CorrectionState.OVERTAKEN else None
    if ended_at is not None and ended_at not in {line.at for line in lines}:
        lines.append(_line(Happening.OVERTAKEN, ended_at, ActorKind.CLOCK))
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _told(session: Session, leader: Correction) -> Iterator[HistoryLine]:
    yield _line(Happening.REPORTED, leader.made_at, ActorKind.READER)
    later = session.scalars(
        select(Correction.made_at)
        .where(Correction.leader_id == leader.id)
        .order_by(Correction.id.desc())
        .limit(MOST_REPORTS)
    )
    for made_at in later:
        yield _line(Happening.REPORTED_AGAIN, made_at, ActorKind.READER)


def _decided(session: Session, leader: Correction) -> Iterator[HistoryLine]:
    rows = session.execute(
        select(Decision, User.display_name, User.role)
        .join(ModerationCase, ModerationCase.id == Decision.case_id)
        .join(User, User.id == Decision.actor_id)
        .where(
            ModerationCase.subject_noun == SubjectNoun.CORRECTION,
            ModerationCase.subject_id == leader.id,
        )
        .order_by(Decision.id.desc())
    )
    for made, name, role in rows:
        kind = ActorKind.ADMINISTRATOR if role is Role.ADMINISTRATOR else ActorKind.MODERATOR
        accepted = made.outcome is Outcome.ACCEPT
        event = Happening.ACCEPTED if accepted else Happening.DECLINED
        yield _line(event, made.made_at, kind, name, made.words)
        if made.undone_at is not None:
            yield _line(Happening.TAKEN_BACK, made.undone_at, kind, name)


def _line(
    event: Happening,
    at: datetime,
    actor_kind: ActorKind,
    who: str | None = None,
    words: str | None = None,
) -> HistoryLine:
    return HistoryLine(
        event=event.value,
        at=at,
        actor_kind=actor_kind,
        who=who,
        rule_code=None,
        words=words,
        version=ONLY_VERSION,
    )
