"""Checks the repeated facts of a document: registrations, fees, staffing, dated checks.

Called by `validation.py` only.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from directory.listings.exchange.checking import MINUTES_IN_A_DAY, shown, suggestion
from directory.listings.exchange.drafts import (
    CheckDraft,
    FeeDraft,
    RegistrationDraft,
    StaffingDraft,
)
from directory.listings.models import (
    FeePurpose,
    Presence,
    RegistrationState,
    StaffRole,
    VerificationMethod,
)
from directory.listings.policy import FACTS, REGISTRATION, expires_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from directory.listings.exchange.checking import Part

REGISTRATION_KEYS = frozenset(("register", "number", "state", "checked_on", "valid_until"))
FEE_KEYS = frozenset(("for", "amount", "minutes", "note"))
STAFFING_KEYS = frozenset(("role", "presence", "from", "to", "count", "within_minutes"))
CHECK_KEYS = frozenset(("fact", "method", "by", "checked_on", "expires_on", "note"))

NUMBER_LENGTH, FEE_NOTE_LENGTH, CHECKER_LENGTH, CHECK_NOTE_LENGTH = 80, 200, 80, 300
MOST_RUPEES, MOST_STAFF = 10_000_000, 500
# Who checked a fact that only the file's source says was checked.
THE_SOURCE = "the source"

REGISTRATION_STATES: Mapping[str, RegistrationState] = {
    item.value: item for item in RegistrationState
}
FEE_PURPOSES: Mapping[str, FeePurpose] = {item.value: item for item in FeePurpose}
STAFF_ROLES: Mapping[str, StaffRole] = {item.value: item for item in StaffRole}
PRESENCES: Mapping[str, Presence] = {item.value: item for item in Presence}
METHODS: Mapping[str, VerificationMethod] = {item.value: item for item in VerificationMethod}
STATES_WITH_A_NUMBER = (RegistrationState.FOUND, RegistrationState.PROVISIONAL)


def read_registrations(
    listing: Part, registers: Mapping[str, object], today: date
) -> tuple[RegistrationDraft, ...]:
    """Give the registrations; a missing state is `unchecked`."""
    found: list[RegistrationDraft] = []
    numbers = set()
    slugs = {slug: slug for slug in registers}
    for part in listing.parts("registrations", REGISTRATION_KEYS):
        register = part.needed_choice("register", slugs)
        draft = _registration(part, register or "", today)
        if draft.number is not None and (register, draft.number) in numbers:
            part.refuse("number", f"{draft.number} is given twice for {register}")
        numbers.add((register, draft.number))
        found.append(draft)
    return tuple(found)


def _registration(part: Part, register: str, today: date) -> RegistrationDraft:
    number = part.line("number", NUMBER_LENGTH)
    state = part.choice("state", REGISTRATION_STATES) or RegistrationState.UNCHECKED
    checked_on = part.day("checked_on", not_after=today)
    valid_until = part.day("valid_until")
    if state in STATES_WITH_A_NUMBER and part.lacks("number"):
        part.refuse("number", f"is missing; a registration that is {state.value} has a number")
    if checked_on is not None and state is RegistrationState.UNCHECKED:
        part.refuse("checked_on", "is given, but state says unchecked; say what the check found")
    if checked_on is not None and valid_until is not None and valid_until <= checked_on:
        part.refuse("valid_until", f"{valid_until} is not after checked_on {checked_on}")
    return RegistrationDraft(register, number, state, checked_on, valid_until)


def read_fees(listing: Part) -> tuple[FeeDraft, ...]:
    """Give the fees in the order stated."""
    found = []
    for part in listing.parts("fees", FEE_KEYS):
        purpose = part.needed_choice("for", FEE_PURPOSES)
        amount = part.whole("amount", 0, MOST_RUPEES)
        if part.values.get("amount") is None:
            part.refuse("amount", "is missing; leave the whole fee out when it is not stated")
        minutes = part.whole("minutes", 1, MINUTES_IN_A_DAY)
        note = part.line("note", FEE_NOTE_LENGTH)
        if purpose is not None and amount is not None:
            found.append(FeeDraft(purpose, amount, minutes, note))
    return tuple(found)


def read_staffing(listing: Part) -> tuple[StaffingDraft, ...]:
    """Give the rota; a missing count is one person."""
    found = []
    for part in listing.parts("staffing", STAFFING_KEYS):
        role = part.needed_choice("role", STAFF_ROLES)
        presence = part.needed_choice("presence", PRESENCES)
        begins, ends = _needed_minute(part, "from"), _needed_minute(part, "to")
        count = part.whole("count", 1, MOST_STAFF)
        within = part.whole("within_minutes", 1, MINUTES_IN_A_DAY)
        if within is not None and presence is Presence.ON_SITE:
            part.refuse("within_minutes", "is for people on call; someone on site is there")
        if role is None or presence is None or begins is None or ends is None:
            continue
        found.append(StaffingDraft(role, presence, begins, ends, count or 1, within))
    return tuple(found)


def read_checks(
    listing: Part, registers: Mapping[str, object], today: date
) -> tuple[CheckDraft, ...]:
    """Give the dated checks in the order stated; a missing `expires_on` follows the rule."""
    found: dict[tuple[str, date, VerificationMethod], CheckDraft] = {}
    for part in listing.parts("checks", CHECK_KEYS):
        draft = _check(part, registers, today)
        if draft is None:
            continue
        key = (draft.fact, draft.checked_on, draft.method)
        if key in found:
            part.refuse("fact", f"{draft.fact} is given twice for {draft.checked_on}")
        found[key] = draft
    return tuple(found.values())


def with_stated_dates(
    checks: Sequence[CheckDraft],
    accepting_checked_on: date | None,
    registrations: Sequence[RegistrationDraft],
) -> tuple[CheckDraft, ...]:
    """Give the checks in canonical order, with those that dates elsewhere in the row stand for.

    A date of `accepting_checked_on` or of a registration is a check by the source, unless
    `checks` has the same fact and date already.
    """
    found = list(checks)
    known = {(check.fact, check.checked_on) for check in checks}
    stated = [("accepting", accepting_checked_on)]
    stated += [(f"{REGISTRATION}:{item.register}", item.checked_on) for item in registrations]
    for fact, day in stated:
        if day is None or (fact, day) in known:
            continue
        known.add((fact, day))
        method = VerificationMethod.SOURCE
        found.append(CheckDraft(fact, method, THE_SOURCE, day, expires_on(fact, day), None))
    return tuple(sorted(found, key=attrgetter("fact", "checked_on", "method")))


def _check(part: Part, registers: Mapping[str, object], today: date) -> CheckDraft | None:
    fact = _fact(part, registers)
    method = part.needed_choice("method", METHODS)
    checked_by = part.line("by", CHECKER_LENGTH)
    if part.lacks("by"):
        part.refuse("by", "is missing; say who checked, such as 'directory team'")
    checked_on = part.day("checked_on", not_after=today)
    if part.values.get("checked_on") is None:
        part.refuse("checked_on", "is missing; a check without a date is no check")
    until = part.day("expires_on")
    note = part.line("note", CHECK_NOTE_LENGTH)
    if fact is None or method is None or checked_by is None or checked_on is None:
        return None
    until = until or expires_on(fact, checked_on)
    if until <= checked_on:
        part.refuse("expires_on", f"{until} is not after checked_on {checked_on}")
    return CheckDraft(fact, method, checked_by, checked_on, until, note)


def _fact(part: Part, registers: Mapping[str, object]) -> str | None:
    value = part.values.get("fact")
    if value is None:
        part.refuse("fact", "is missing; name what was checked, such as accepting or fee")
        return None
    head, colon, register = value.partition(":") if isinstance(value, str) else ("", "", "")
    if head == REGISTRATION:
        if register in registers:
            return f"{REGISTRATION}:{register}"
        part.refuse("fact", f"{shown(value)} needs a register, such as registration:rci")
        return None
    if head in FACTS and not colon:
        return head
    part.refuse("fact", f"unknown fact {shown(value)}{suggestion(str(value), tuple(FACTS))}")
    return None


def _needed_minute(part: Part, key: str) -> int | None:
    minute = part.minute(key)
    if part.values.get(key) is None:
        part.refuse(key, "is missing; write a time such as 20:00")
    return None if minute is None else minute % MINUTES_IN_A_DAY
