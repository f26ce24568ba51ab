"""Suggesting a listing that is missing, without an account; the desk makes a draft of it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import InvalidError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.models import (
    Correction,
    CorrectionKind,
    CorrectionState,
    ListingKind,
    PhoneUse,
)
from directory.moderation.intake.names import new_receipt
from directory.moderation.intake.reports import keep_report, plain_words, sealed_address

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.listings.exchange.checking import Fault
    from directory.vocabulary.queries import Vocabulary

# A suggestion is about no fact of a listing that is there.
FACT = "other"
# Where a fault of the document stands in a suggestion.
FIELDS = {
    "locations[0].locality": "locality",
    "locations[0].address": "where",
    "locations[0].phones[0].number": "phone",
    "website": "web",
    "profession": "role",
    "centre_type": "role",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A listing as a reader tells of it; `role` and `locality` are slugs.

    `role` is a profession or a type of centre, as the kind has it. `evidence` says how they know
    of it. `address` is where to send the one letter.
    """

    kind: ListingKind
    name: str
    role: str
    locality: str
    where: str | None
    phone: str | None
    website: str | None
    evidence: str | None
    address: str | None
    language: str


def suggest_listing(
    *,
    suggestion: Suggestion,
    network_hash: str | None,
    keys: Keys,
    vocabulary: Vocabulary,
    now: datetime,
) -> str:
    """Keep a suggestion, open its case, and give its receipt.

    Raises `InvalidError` naming the field for what no listing could hold.
    """
    evidence = plain_words("evidence", suggestion.evidence)
    address = sealed_address(suggestion.address, keys)
    suggested = _suggested(suggestion, Rules(vocabulary, delhi_day(now)))
    with writing() as session:
        made = Correction(
            receipt=new_receipt(),
            kind=CorrectionKind.MISSING_LISTING,
            state=CorrectionState.OPEN,
            fact=FACT,
            suggested=suggested,
            evidence=evidence,
            language=suggestion.language,
            address_sealed=address,
            network_hash=network_hash,
            made_at=now,
        )
        keep_report(session, made, now=now)
        return made.receipt


def _suggested(suggestion: Suggestion, rules: Rules) -> dict[str, Any]:
    """Give the suggestion in the words of a listing's document, in their clean form."""
    draft, faults = read_draft(_document(suggestion), rules)
    if draft is None:
        raise _refusal(faults[0])
    clean = document_of_draft(draft)
    place = clean["locations"][0]
    phones = place["phones"]
    return {
        "kind": clean["kind"],
        "name": clean["name"],
        "role": suggestion.role,
        "locality": place["locality"],
        "where": place["address"],
        "phone": phones[0]["number"] if phones else None,
        "website": clean["website"],
    }


def _document(suggestion: Suggestion) -> dict[str, Any]:
    is_centre = suggestion.kind is ListingKind.CENTRE
    use = PhoneUse.ADMISSIONS if is_centre else PhoneUse.APPOINTMENTS
    phone = (suggestion.phone or "").strip()
    place = {
        "locality": suggestion.locality,
        "address": suggestion.where,
        "phones": [{"use": use.value, "number": phone}] if phone else [],
    }
    return {
        "ref": "suggested",
        "kind": suggestion.kind.value,
        "name": suggestion.name,
        "profession": None if is_centre else suggestion.role,
        "centre_type": suggestion.role if is_centre else None,
        "locations": [place],
        "website": suggestion.website,
    }


def _refusal(fault: Fault) -> InvalidError:
    return InvalidError(FIELDS.get(fault.field, fault.field), f"This {fault.reason}.")
