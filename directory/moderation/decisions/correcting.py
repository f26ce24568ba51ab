"""Deciding what a reader reported: the page comes to say otherwise, or it stays, with an answer.

Accepting a wrong detail changes the listing; accepting a call without a change leaves the fact in
doubt; accepting a missing listing makes a draft of it. Nothing here checks a fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.listings.models import (
    Correction,
    CorrectionKind,
    CorrectionState,
    Listing,
    ListingState,
)
from directory.listings.operations.checks import clear_doubt
from directory.moderation.cases import close_case, hold_reported, refuse_tied, report_for_update
from directory.moderation.decisions.applying import Applied, Request, apply_report
from directory.moderation.decisions.checking import fresh_case
from directory.moderation.decisions.effects import add_decision, group_of
from directory.moderation.decisions.report_ends import LETTERS, End, end_reports
from directory.moderation.models import Decision, Outcome, Step, SubjectNoun
from directory.moderation.policy import UNDO_WITHIN
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.audit.policy import Actor
    from directory.moderation.models import ModerationCase
    from directory.vocabulary.queries import Vocabulary

MOST_ANSWER = 1000
# A decision names the version it was made on; a report has only the one.
ONLY_VERSION = 1


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a decision on a report came to.

    `listing_id` is the listing it is about, or the new one; `change_id` the row of its history.
    """

    decision_id: int
    state: CorrectionState
    listing_id: int | None
    change_id: int | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One case of a report while it is decided. `actor` is who the record names."""

    session: Session
    case: ModerationCase
    report: Correction
    viewer: Viewer
    actor: Actor
    keys: Keys
    now: datetime


def accept(
    *,
    viewer: Viewer,
    case_id: int,
    version: int,
    changes: Mapping[str, Any],
    words: str | None,
    keys: Keys,
    vocabulary: Vocabulary,
    now: datetime,
    seen: int | None = None,
    actor: Actor | None = None,
) -> Corrected:
    """Accept a report and give what it came to; its followers end with it.

    `changes` are keys of the listing's document with what they should say: those of the fact, or
    for a missing listing a whole new document. None at all says of a call that the fact stays in
    doubt, and of anything else that the page says it by now, which must be so. `seen` is the
    newest change of the listing when the form was opened. `actor` names a command in the record.
    Raises `ConflictError` when the case or the same fact moved on, `InvalidError` (and
    `RefusedListingError` with every fault), `NotAllowedError` for who is linked to the listing.
    """
    with writing() as session:
        sitting = _sit(session, viewer, case_id, version, keys=keys, now=now, actor=actor)
        _refuse_closed(sitting)
        answer = _answer(words)

        decision = _decided(sitting, Outcome.ACCEPT, answer)
        request = Request(changes, seen, sitting.actor, vocabulary, now)
        applied = apply_report(session, sitting.report, request)
        return _end(sitting, decision, applied)


def decline(
    *,
    viewer: Viewer,
    case_id: int,
    version: int,
    words: str | None,
    keys: Keys,
    now: datetime,
    found_id: int | None = None,
    actor: Actor | None = None,
) -> Corrected:
    """Leave the page as it is, with an answer to who reported; a doubt from calls ends with it.

    `found_id` is the listing a suggestion turned out to be. Raises as `accept`, and
    `InvalidError` without an answer.
    """
    with writing() as session:
        sitting = _sit(session, viewer, case_id, version, keys=keys, now=now, actor=actor)
        answer = _answer(words)
        if answer is None:
            raise InvalidError("words", "Tell who reported it why the page stays as it is.")
        _note_found(sitting, found_id)

        decision = _decided(sitting, Outcome.DECLINE, answer)
        report = sitting.report
        if report.kind is CorrectionKind.OUTCOME and report.listing_id is not None:
            clear_doubt(session, report.listing_id, report.fact, sitting.actor, now=now)
            record_changes(session, ChangeNoun.LISTING, [report.listing_id], now)
        return _end(sitting, decision, Applied(CorrectionState.DECLINED))


def _sit(
    session: Session,
    viewer: Viewer,
    case_id: int,
    version: int,
    *,
    keys: Keys,
    now: datetime,
    actor: Actor | None,
) -> Sitting:
    hold_reported(session, case_id)
    case = fresh_case(session, viewer, case_id, version, now=now)
    if case.subject_noun is not SubjectNoun.CORRECTION:
        raise NotFoundError("There is no such report.")
    report = report_for_update(session, case.subject_id)
    refuse_tied(session, viewer.user_id, report)
    return Sitting(session, case, report, viewer, actor or viewer.as_actor(), keys, now)


def _refuse_closed(sitting: Sitting) -> None:
    """Raise `ConflictError` for a listing that has closed: the clock ends its reports."""
    listing_id = sitting.report.listing_id
    listing = None if listing_id is None else sitting.session.get(Listing, listing_id)
    if listing is not None and listing.state is ListingState.CLOSED:
        raise ConflictError(
            "This listing has closed since. Reports about it end by themselves within a minute."
        )


def _answer(words: str | None) -> str | None:
    said = (words or "").strip() or None
    if len(said or "") > MOST_ANSWER:
        raise InvalidError("words", f"Use at most {MOST_ANSWER} characters.")
    return said


def _note_found(sitting: Sitting, found_id: int | None) -> None:
    if found_id is None:
        return
    if sitting.report.kind is not CorrectionKind.MISSING_LISTING:
        raise InvalidError("found", "Only a missing listing can turn out to be there.")
    if sitting.session.get(Listing, found_id) is None:
        raise InvalidError("found", "There is no such listing.")
    sitting.report.listing_id = found_id


def _decided(sitting: Sitting, outcome: Outcome, answer: str | None) -> Decision:
    decision = Decision(
        case_id=sitting.case.id,
        case_version=sitting.case.version,
        review_version=ONLY_VERSION,
        outcome=outcome,
        step=Step.ALONE,
        words=answer,
        actor_id=sitting.viewer.user_id,
        made_at=sitting.now,
    )
    add_decision(sitting.session, decision, sitting.actor, now=sitting.now)
    return decision


def _end(sitting: Sitting, decision: Decision, applied: Applied) -> Corrected:
    session, now = sitting.session, sitting.now
    end = End(
        state=applied.state,
        answer=decision.words,
        change_id=applied.change_id,
        actor=sitting.actor,
        group=group_of(decision),
        letters_from=now + UNDO_WITHIN,
        letter=LETTERS[applied.state],
    )
    end_reports(session, sitting.report, end, keys=sitting.keys, now=now)
    close_case(session, sitting.case, sitting.actor, now=now)
    return Corrected(decision.id, applied.state, sitting.report.listing_id, applied.change_id)
