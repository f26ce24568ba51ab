"""Two documents of one practitioner or centre made into one, key by key; writes nothing.

A check stays only with the value it was made of. Called by `operations/merging.py` and by the
page that compares two listings.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from directory.core.errors import InvalidError
from directory.listings.exchange.comparing import facts_changed
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.drafts import TERM_KEYS
from directory.listings.exchange.validation import LISTING_KEYS, read_draft
from directory.listings.likeness.scoring import bare_number
from directory.listings.models import Accepting, RegistrationState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from directory.listings.exchange.checking import Fault
    from directory.listings.exchange.drafts import CheckDraft, ListingDraft
    from directory.listings.exchange.validation import Rules

    Document = Mapping[str, Any]

# What a listing keeps whatever is chosen: who it is, what state it is in, what was checked.
NEVER_CHOSEN = frozenset(
    {"ref", "kind", "slug", "state", "closed_on", "checks", "accepting_checked_on", "demo"}
)
CHOOSABLE = frozenset(LISTING_KEYS) - NEVER_CHOSEN
# Lists that can be put together, the kept one's first.
UNITED = frozenset({*TERM_KEYS, "qualifications", "registrations", "works_at", "locations"})
# Two lists of places often hold one place in two ways, so a person says whether both stay.
UNITED_ON_REQUEST = frozenset({"locations"})
HOW_SURE = (RegistrationState.FOUND, RegistrationState.PROVISIONAL, RegistrationState.NOT_FOUND)


class Side(StrEnum):
    """Whose value a key has after a merge."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


def differing_keys(keep: Document, other: Document) -> list[str]:
    """Give the keys one can choose for, in the order of the document: those that differ."""
    return [key for key in keep if key in CHOOSABLE and keep[key] != other[key]]


def suggested_choices(keep: Document, other: Document) -> dict[str, Side]:
    """Give a choice for each key that differs: nothing that only one of them says is lost."""
    return {key: _suggested(key, keep, other) for key in differing_keys(keep, other)}


def _suggested(key: str, keep: Document, other: Document) -> Side:
    if _is_unsaid(other[key]):
        return Side.KEEP
    if _is_unsaid(keep[key]):
        return Side.OTHER
    return Side.BOTH if key in UNITED - UNITED_ON_REQUEST else Side.KEEP


def _is_unsaid(value: object) -> bool:
    return value in (None, [], "", Accepting.UNKNOWN.value)


def merged_draft(
    keep: ListingDraft, other: ListingDraft, choices: Mapping[str, Side], rules: Rules
) -> tuple[ListingDraft | None, tuple[Fault, ...]]:
    """Give what the kept listing says after a merge, or None and what is wrong with it.

    A key without a choice keeps its value. Raises `InvalidError` for a choice that cannot be.
    """
    mine, theirs = document_of_draft(keep), document_of_draft(other)
    document = dict(mine)
    for key, side in choices.items():
        document[key] = _chosen(key, side, mine, theirs)
    document["accepting_checked_on"] = _accepting_day(document, mine, theirs)
    fresh, faults = read_draft(document, rules)
    if fresh is None:
        return None, faults
    return replace(fresh, checks=_checks(keep, other, fresh)), ()


def _chosen(key: str, side: Side, mine: Document, theirs: Document) -> object:
    if key not in CHOOSABLE or (side is Side.BOTH and key not in UNITED):
        raise InvalidError(key, "This cannot be chosen.")
    if side is Side.BOTH:
        return _united(key, mine[key], theirs[key])
    return (mine if side is Side.KEEP else theirs)[key]


def _united(key: str, mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    if key != "registrations":
        return [*mine, *(item for item in theirs if item not in mine)]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for item in (*mine, *theirs):
        name = item["register"], bare_number(item["number"] or "")
        known = found.get(name)
        if known is None or _surer(item, known):
            found[name] = item
    return list(found.values())


def _surer(item: Document, known: Document) -> bool:
    """Tell whether one entry of a number says more than another: found, or looked up later."""
    return (_rank(item), item["checked_on"] or "") > (_rank(known), known["checked_on"] or "")


def _rank(item: Document) -> int:
    state = RegistrationState(item["state"])
    return len(HOW_SURE) - HOW_SURE.index(state) if state in HOW_SURE else 0


def _accepting_day(document: Document, mine: Document, theirs: Document) -> str | None:
    days = [
        each["accepting_checked_on"]
        for each in (mine, theirs)
        if each["accepting"] == document["accepting"] and each["accepting_checked_on"]
    ]
    return max(days, default=None)


def _checks(keep: ListingDraft, other: ListingDraft, fresh: ListingDraft) -> tuple[CheckDraft, ...]:
    """Give the checks of both whose fact says what it said when it was checked."""
    found: dict[tuple[str, date, str], CheckDraft] = {}
    for draft in (keep, other):
        gone = facts_changed(draft, fresh)
        for check in draft.checks:
            if check.fact not in gone:
                found.setdefault(_order(check), check)
    return tuple(sorted(found.values(), key=_order))


def _order(check: CheckDraft) -> tuple[str, date, str]:
    return check.fact, check.checked_on, check.method.value
