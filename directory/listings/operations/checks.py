"""Recording that somebody checked facts of a listing: the only way a fact becomes checked.

An import brings the checks its rows state, as its source's; nothing else adds one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import InvalidError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import Change, Plan
from directory.listings.exchange.stating import stated_facts
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.storing import Storer
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.facts import FACTS as READABLE
from directory.listings.models import (
    ChangeCause,
    Doubt,
    RegistrationState,
    VerificationMethod,
)
from directory.listings.operations.editing import (
    RefusedListingError,
    refuse_overtaken,
    stored_draft,
)
from directory.listings.operations.undoing import centres_of
from directory.listings.policy import REGISTRATION, expires_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft, RegistrationDraft
    from directory.vocabulary.queries import Vocabulary

MOST_NOTE = 300
# Readers see that it was us; the record of acts knows which of us.
THE_TEAM = "directory team"
# What an import calls a check by its source is not something a person here did.
BY_HAND = frozenset(VerificationMethod) - {VerificationMethod.SOURCE}
# A register that has the listing.
HELD = frozenset({RegistrationState.FOUND, RegistrationState.PROVISIONAL})
# Only an unannounced call at night tells whether somebody is there at night (or being there).
NIGHT_METHODS = frozenset({VerificationMethod.NIGHT_CALL, VerificationMethod.VISIT})


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What somebody checked: facts of `policy.FACTS` (`registration:rci`), how, on which day.

    `found` gives what a look-up in a register found, by fact, and `valid_until` the last day of
    the registration where the register named one; without it the day stays. `note` is the
    evidence in words, shown to readers. `seen` is the newest change of the listing when somebody
    looked at it: a check is of what was seen.
    """

    facts: Sequence[str]
    method: VerificationMethod
    checked_on: date
    note: str | None = None
    found: Mapping[str, RegistrationState] | None = None
    valid_until: Mapping[str, date] | None = None
    seen: int | None = None


def record_checks(
    *,
    actor: Actor,
    listing_id: int,
    checks: CheckRecord,
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    """Record that facts of a listing were checked and hold; each counts until the day by rule.

    A doubt about such a fact is cleared. Raises `InvalidError` for a fact the listing does not
    state, a day to come, a method that cannot tell, a missing result of a register;
    `ConflictError` when one of the facts says something else since `seen`.
    """
    with writing() as session:
        stored = stored_draft(session, listing_id, vocabulary)
        if checks.seen is not None:
            refuse_overtaken(session, listing_id, _keys_of(checks.facts), checks.seen)
        _refuse(stored, checks, today=delhi_day(now))
        document = _with_checks(document_of_draft(stored), checks)
        draft, faults = read_draft(document, Rules(vocabulary, delhi_day(now)))
        if draft is None:
            raise RefusedListingError(faults)
        plan = Plan(changed=[Change(listing_id, draft, stored)])
        plan.centre_ids.update(centres_of(session, draft.works_at))
        cause = Cause(ChangeCause.CHECK, actor)
        Storer(session, now, vocabulary, NearestStation(vocabulary), cause).store(plan)
        for fact in checks.facts:
            _note(session, listing_id, fact, checks, actor, now=now)
            clear_doubt(session, listing_id, fact, actor, now=now)


def clear_doubt(
    session: Session, listing_id: int, fact: str, actor: Actor, *, now: datetime
) -> None:
    """Clear the doubt about a fact, if there is one, inside the caller's transaction."""
    cleared = session.scalar(
        update(Doubt)
        .where(Doubt.listing_id == listing_id, Doubt.fact == fact, Doubt.cleared_at.is_(None))
        .values(cleared_at=now)
        .returning(Doubt.id)
        .execution_options(synchronize_session=False)
    )
    if cleared is not None:
        record(
            session,
            actions.DOUBT_CLEARED,
            subject_id=cleared,
            actor=actor,
            now=now,
            listing_id=listing_id,
            fact=fact,
        )


def _refuse(stored: ListingDraft, checks: CheckRecord, *, today: date) -> None:
    if not checks.facts:
        raise InvalidError("facts", "Choose what was checked.")
    if checks.checked_on > today:
        raise InvalidError("checked_on", "A check cannot be of a day to come.")
    if checks.method not in BY_HAND:
        raise InvalidError("method", "Say how it was checked.")
    if len(checks.note or "") > MOST_NOTE:
        raise InvalidError("note", f"Use at most {MOST_NOTE} characters.")
    stated = stated_facts(stored)
    for fact in checks.facts:
        _refuse_fact(fact, stated, checks)
    for row in stored.registrations:
        _refuse_lapsed(row, checks)


def _refuse_fact(fact: str, stated: tuple[str, ...], checks: CheckRecord) -> None:
    if fact == "night" and checks.method not in NIGHT_METHODS:
        raise InvalidError("method", "The night is checked by a call at night or a visit.")
    if fact not in stated:
        raise InvalidError("facts", "This listing does not state what was checked.")
    if fact.startswith(f"{REGISTRATION}:") and fact not in (checks.found or {}):
        raise InvalidError("found", "Say what the register showed.")


def _refuse_lapsed(row: RegistrationDraft, checks: CheckRecord) -> None:
    """Refuse that a register has what by its own last day it cannot have any more."""
    fact = f"{REGISTRATION}:{row.register}"
    until = (checks.valid_until or {}).get(fact, row.valid_until)
    held = (checks.found or {}).get(fact) in HELD
    if fact in checks.facts and held and until is not None and until <= checks.checked_on:
        raise InvalidError(
            "found", "A registration that was found is valid after that day: say until when it is."
        )


def _keys_of(facts: Sequence[str]) -> dict[str, None]:
    """Give the keys of the document that say these facts."""
    return {key: None for fact in facts for key in READABLE[fact.partition(":")[0]].keys}


def _with_checks(document: dict[str, Any], checks: CheckRecord) -> dict[str, Any]:
    day = checks.checked_on.isoformat()
    fresh = [
        {
            "fact": fact,
            "method": checks.method.value,
            "by": THE_TEAM,
            "checked_on": day,
            "expires_on": expires_on(fact, checks.checked_on).isoformat(),
            "note": checks.note or None,
        }
        for fact in checks.facts
    ]
    keys = {(check["fact"], day, check["method"]) for check in fresh}
    document["checks"] = fresh + [
        check
        for check in document["checks"]
        if (check["fact"], check["checked_on"], check["method"]) not in keys
    ]
    if "accepting" in checks.facts:
        document["accepting_checked_on"] = max(day, document["accepting_checked_on"] or day)
    for found in document["registrations"]:
        fact = f"{REGISTRATION}:{found['register']}"
        state = (checks.found or {}).get(fact)
        if state is not None and fact in checks.facts:
            found["state"], found["checked_on"] = state.value, day
            until = (checks.valid_until or {}).get(fact)
            found["valid_until"] = until.isoformat() if until else found["valid_until"]
    return document


def _note(
    session: Session,
    listing_id: int,
    fact: str,
    checks: CheckRecord,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    record(
        session,
        actions.LISTING_CHECKED,
        subject_id=listing_id,
        actor=actor,
        now=now,
        fact=fact,
        method=checks.method.value,
        expires_on=expires_on(fact, checks.checked_on).isoformat(),
    )
