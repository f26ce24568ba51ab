"""Rules of listings that need no database: checks, states, slugs, telephones, PIN codes.

Not for shapes of files (see `exchange/`) or what a reader may see (see `queries/`). Called by
import, operations and the pages that show how old a check is.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.models import ListingState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

REGISTRATION = "registration"

# How many days a check of a fact counts. The numbers are the directory's own promise to its
# readers (the import format's list of facts): what changes weekly is asked again monthly, what
# a reader would telephone about at night quarterly, money and hours twice a year, the rest
# yearly. A registration is keyed `registration:<register>`.
FACTS: Mapping[str, int] = MappingProxyType(
    {
        "accepting": 30,
        "phone": 90,
        "night": 90,
        "staffing": 90,
        "fee": 180,
        "hours": 180,
        "payment": 180,
        REGISTRATION: 365,
        "address": 365,
        "access": 365,
        "beds": 365,
        "facilities": 365,
    }
)

# Every allowed change of state; what is not here is forbidden. Closed is the end: a listing that
# opens again is a new listing, because its address has told readers since that it is gone.
STATE_MOVES: Mapping[ListingState, frozenset[ListingState]] = MappingProxyType(
    {
        ListingState.DRAFT: frozenset({ListingState.PUBLISHED, ListingState.CLOSED}),
        ListingState.PUBLISHED: frozenset({ListingState.SUSPENDED, ListingState.CLOSED}),
        ListingState.SUSPENDED: frozenset({ListingState.PUBLISHED, ListingState.CLOSED}),
        ListingState.CLOSED: frozenset(),
    }
)

SLUG_LENGTH = 80
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
APOSTROPHES = re.compile(r"['’`]")

PHONE_PUNCTUATION = re.compile(r"[\s().\-–‑]+")
# Toll-free and shared-cost series of the National Numbering Plan: dialled without +91.
BARE_NUMBER = re.compile(r"18[06]0[0-9]{6,7}")
SHORT_CODE = re.compile(r"[1-9][0-9]{2,4}")
# An optional country code or trunk zero, then ten digits or a service number.
DIALLED_NUMBER = re.compile(
    r"(?:\+91|0091|91(?=[0-9]{10}$))?0?(?P<national>18[06]0[0-9]{6,7}|[1-9][0-9]{9})"
)

# The first three digits of the PIN codes of Delhi and of the towns beside it.
DELHI_PIN = "110"
NEIGHBOUR_PINS = ("121", "122", "123", "124", "131", "201", "203", "245", "250")
PIN = re.compile(r"[1-9][0-9]{5}")


def expires_on(fact: str, checked_on: date) -> date:
    """Give the last day a check counts on; raises `KeyError` for a fact that is not known."""
    return checked_on + timedelta(days=FACTS[fact.partition(":")[0]])


def still_counts(until: date | None, today: date) -> bool:
    """Tell whether a check counts on a day: to the end of its last day, or for ever without one."""
    return until is None or until >= today


def may_move(before: ListingState, after: ListingState) -> bool:
    """Tell whether a listing may go from one state to the other; staying is always allowed."""
    return before is after or after in STATE_MOVES[before]


def slug_of_name(name: str, ref: str) -> str:
    """Give the wish for a slug: ASCII from the name, else from `ref`, at most 80 characters.

    A name without any ASCII letter (Devanagari only) takes the ref, which is at least stable.
    """
    return slug_of_text(name) or slug_of_text(ref) or "listing"


def slug_of_text(text: str) -> str:
    """Give the ASCII letters and digits of a text joined by hyphens; empty when it has none."""
    plain = text if text.isascii() else _without_accents(text)
    words = NOT_IN_A_SLUG.sub("-", APOSTROPHES.sub("", plain).lower()).strip("-")
    if len(words) <= SLUG_LENGTH:
        return words
    return words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]


def is_slug(text: str) -> bool:
    """Tell whether a text may be a slug: lower-case ASCII words joined by single hyphens."""
    return SLUG.fullmatch(text) is not None


def phone_number(text: str) -> str | None:
    """Give an Indian number in its one form, or None when it cannot be dialled.

    `+91` and ten digits (E.164) for what has an area or mobile code; 1800 and 1860 numbers and
    short codes of three to five digits (National Numbering Plan) bare, as they are dialled.
    """
    digits = PHONE_PUNCTUATION.sub("", text)
    if SHORT_CODE.fullmatch(digits):
        return digits
    matched = DIALLED_NUMBER.fullmatch(digits)
    if matched is None:
        return None
    national = matched["national"]
    return national if BARE_NUMBER.fullmatch(national) else f"+91{national}"


def pincode_fault(text: str) -> str | None:
    """Tell what is wrong with a PIN code, or None: six digits, of Delhi or beside it."""
    if not PIN.fullmatch(text):
        return f"'{text}' is not a PIN code; write six digits, such as 110017"
    if not text.startswith((DELHI_PIN, *NEIGHBOUR_PINS)):
        return f"PIN code {text} is neither in Delhi (110…) nor beside it"
    return None


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed.encode("ascii", "ignore").decode("ascii")
