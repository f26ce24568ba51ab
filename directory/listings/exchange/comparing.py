"""Says which facts differ between what is stored and what a file brings.

A check speaks for the value it was made on: when an import changes the value, the check must
not speak for the new one. Called by `planning.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.exchange.stating import is_always_open
from directory.listings.policy import REGISTRATION

if TYPE_CHECKING:
    from datetime import date

    from directory.listings.exchange.drafts import CheckDraft, ListingDraft


def checks_that_stay(stored: ListingDraft, fresh: ListingDraft) -> tuple[CheckDraft, ...]:
    """Give the checks a listing has after an import, in canonical order.

    All the file brings, and those stored ones whose fact has kept its value: an import never
    takes a check away from a fact it does not change.
    """
    found = {_key(check): check for check in fresh.checks}
    before, after = _values(stored), _values(fresh)
    for check in stored.checks:
        if before.get(check.fact) == after.get(check.fact):
            found.setdefault(_key(check), check)
    return tuple(sorted(found.values(), key=_key))


def facts_changed(stored: ListingDraft, fresh: ListingDraft) -> frozenset[str]:
    """Give the keys of facts that say something else, or are said no longer."""
    before, after = _values(stored), _values(fresh)
    return frozenset(
        fact for fact in before.keys() | after.keys() if before.get(fact) != after.get(fact)
    )


def _key(check: CheckDraft) -> tuple[str, date, str]:
    return check.fact, check.checked_on, check.method.value


def _values(draft: ListingDraft) -> dict[str, object]:
    """Give what each fact says, by fact key."""
    places = draft.locations
    staffing = draft.centre.staffing if draft.centre else ()
    values: dict[str, object] = {
        "accepting": draft.accepting,
        "phone": [place.phones for place in places],
        "night": ([is_always_open(place) for place in places], staffing),
        "staffing": staffing,
        "fee": draft.fees,
        "hours": [(place.open_24x7, place.hours, place.exceptions) for place in places],
        "payment": draft.terms["payment"],
        "address": [
            (place.address, place.locality, place.pincode, place.lat, place.lon) for place in places
        ],
        "access": draft.terms["accessibility"],
        "beds": draft.centre.beds if draft.centre else None,
        "facilities": draft.terms["facilities"],
    }
    registers = {item.register for item in draft.registrations}
    for register in registers:
        values[f"{REGISTRATION}:{register}"] = [
            (item.number, item.state, item.valid_until)
            for item in draft.registrations
            if item.register == register
        ]
    return values
