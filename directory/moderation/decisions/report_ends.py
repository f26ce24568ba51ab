"""The end of a report and of those that follow it: state, answer, the one letter, the record.

The address somebody left is sealed for letters already: it moves into the letter unopened, and is
destroyed with it. Called by decisions and by the clock, inside their transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.listings.models import Correction, CorrectionState, Listing
from directory.outbox.models import LetterKind
from directory.outbox.operations import queue_letter
from directory.outbox.policy import FACTS_PURPOSE, LetterDraft, facts_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.audit.policy import Actor

RECEIPTS = "/receipts"
LETTERS: Mapping[CorrectionState, LetterKind] = MappingProxyType(
    {
        CorrectionState.ACCEPTED: LetterKind.CORRECTION_ACCEPTED,
        CorrectionState.OVERTAKEN: LetterKind.CORRECTION_ACCEPTED,
        CorrectionState.DECLINED: LetterKind.CORRECTION_DECLINED,
    }
)


@dataclass(frozen=True, slots=True)
class End:
    """How reports end: what they become, what is answered, which change did it, whose doing.

    `group` names the event the letters belong to; they leave no sooner than `letters_from`.
    """

    state: CorrectionState
    answer: str | None
    change_id: int | None
    actor: Actor
    group: str
    letters_from: datetime
    letter: LetterKind


def with_followers(session: Session, leader: Correction) -> list[Correction]:
    """Give a report and the open ones that follow it, held until the transaction ends."""
    followers = session.scalars(
        select(Correction)
        .where(Correction.leader_id == leader.id, Correction.state == leader.state)
        .order_by(Correction.id)
        .with_for_update()
    )
    return [leader, *followers]


def end_reports(
    session: Session, leader: Correction, end: End, *, keys: Keys, now: datetime
) -> None:
    """Give a report and its followers their end, and write to who asked to be told."""
    for report in with_followers(session, leader):
        if report.address_sealed is not None:
            _tell(session, report, end, keys=keys, now=now)
        report.state, report.decided_at = end.state, now
        report.answer, report.address_sealed = end.answer, None
        if report.listing_id is None:
            report.listing_id = leader.listing_id
        session.flush()
        record(
            session,
            actions.CORRECTION_DECIDED,
            subject_id=report.id,
            actor=end.actor,
            now=now,
            listing_id=report.listing_id,
            state=end.state.value,
            change_id=end.change_id,
        )


def letter_group(group: str, report: Correction) -> str:
    """Give the name under which the letter about one report of a decision is kept."""
    return f"{group}:{report.id}"


def named(session: Session, report: Correction) -> str:
    """Give the name a report is about: of the listing, or as it was suggested."""
    if report.listing_id is not None:
        return session.get_one(Listing, report.listing_id).name
    return str((report.suggested or {}).get("name", ""))


def _tell(session: Session, report: Correction, end: End, *, keys: Keys, now: datetime) -> None:
    facts = {
        "listing_name": named(session, report),
        "hint": end.answer or "",
        "path": f"{RECEIPTS}/{report.receipt}",
    }
    draft = LetterDraft(
        kind=end.letter,
        language=report.language,
        address_sealed=report.address_sealed or b"",
        facts_sealed=keys.seal(FACTS_PURPOSE, facts_text(end.letter, facts)),
        group_key=letter_group(end.group, report),
        not_before=end.letters_from,
    )
    queue_letter(session, draft, now)
