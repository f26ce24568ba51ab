"""What a listing's registrations come to on a day: pure rules.

Not for wording (the pages) nor for the look-up itself (`operations/checks.py`). Called by cards,
pages, the search index and the API; `queries/search.py` says the same in SQL.

Two decisions, each with its own tests:

1. A registration ends with its last valid day, whatever was found when it was looked up. The day
   after, it has lapsed, and no machine has to be told: every reader of this asks for a day.
2. A centre with beds is registered by the mental health authority's certificate and by nothing
   else (Mental Healthcare Act 2017, section 65): a mark of quality beside it is no registration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.listings.models import RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterable

# The register of the State Mental Health Authority.
REGISTER_OF_BEDS = "smha-delhi"
NO_END = date.max


class Standing(StrEnum):
    """How a listing stands with the registers that count for it, on one day."""

    FOUND = "found"
    PROVISIONAL = "provisional"
    LAPSED = "lapsed"
    NOT_FOUND = "not-found"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Entry:
    """A registration as far as the rule goes; without `valid_until` it has no end."""

    register: str
    state: RegistrationState
    valid_until: date | None = None


def has_beds(beds: int | None, *, by_type: bool) -> bool:
    """Tell whether people stay overnight: by the beds stated, else by the type of centre."""
    return by_type if beds is None else beds > 0


def counting(entries: Iterable[Entry], *, with_beds: bool) -> list[Entry]:
    """Give the registrations that can make a listing registered, in order."""
    return [entry for entry in entries if not with_beds or entry.register == REGISTER_OF_BEDS]


def has_lapsed(valid_until: date | None, today: date) -> bool:
    """Tell whether a registration's last valid day is past."""
    return valid_until is not None and valid_until < today


def standing(entries: Iterable[Entry], *, with_beds: bool, today: date) -> Standing | None:
    """Give the best that holds on a day; None when no registration that counts is stated."""
    found = {_standing(entry, today) for entry in counting(entries, with_beds=with_beds)}
    return next((each for each in Standing if each in found), None)


def good_until(
    entries: Iterable[Entry], state: RegistrationState, *, with_beds: bool
) -> date | None:
    """Give the last day on which a registration in a state holds; None for never."""
    return max(
        (
            entry.valid_until or NO_END
            for entry in counting(entries, with_beds=with_beds)
            if entry.state is state
        ),
        default=None,
    )


def _standing(entry: Entry, today: date) -> Standing:
    held = entry.state in {RegistrationState.FOUND, RegistrationState.PROVISIONAL}
    if held and has_lapsed(entry.valid_until, today):
        return Standing.LAPSED
    return Standing(entry.state.value)
