"""The facts of a listing a reader may call wrong, and what each is in its document.

Called by the form of a report, the desk, the editor and the history, so that all name and group
the same keys the same way. How long a check of a fact counts is in `policy.FACTS`; not every fact
here is checked on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.models import CallOutcome, ListingKind

if TYPE_CHECKING:
    from collections.abc import Mapping

BOTH = frozenset(ListingKind)
PEOPLE = frozenset({ListingKind.PRACTITIONER})
CENTRES = frozenset({ListingKind.CENTRE})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the keys of the document that say it, the check that vouches for it, for whom.

    `check` is a key of `policy.FACTS`; None where only the whole page is looked at.
    """

    key: str
    keys: tuple[str, ...]
    check: str | None = None
    kinds: frozenset[ListingKind] = BOTH


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.key: fact
        for fact in (
            Fact("name", ("name", "name_hi")),
            Fact("role", ("profession", "centre_type")),
            Fact("about", ("headline", "about", "website")),
            Fact("qualifications", ("qualifications", "practising_since"), None, PEOPLE),
            Fact("registration", ("registrations",), "registration"),
            Fact("accepting", ("accepting",), "accepting"),
            Fact("fee", ("fees",), "fee"),
            Fact("payment", ("payment",), "payment"),
            Fact("phone", ("locations",), "phone"),
            Fact("hours", ("locations",), "hours"),
            Fact("address", ("locations",), "address"),
            Fact("night", ("locations",), "night", CENTRES),
            Fact("staffing", ("staffing",), "staffing", CENTRES),
            Fact("beds", ("beds", "admission_types"), "beds", CENTRES),
            Fact("facilities", ("facilities",), "facilities", CENTRES),
            Fact("access", ("accessibility",), "access"),
            Fact("conditions", ("conditions",)),
            Fact("treatments", ("treatments",)),
            Fact("languages", ("languages",)),
            Fact("who", ("gender", "age_groups", "identities")),
            Fact("modes", ("modes",)),
            Fact("works_at", ("works_at",), None, PEOPLE),
            Fact("closed", ("state", "closed_on")),
            Fact("other", ()),
        )
    }
)

# What a call tells about which fact; an answered one tells that the number is right.
FACT_OF_OUTCOME: Mapping[CallOutcome, str] = MappingProxyType(
    {
        CallOutcome.ANSWERED: "phone",
        CallOutcome.NO_ANSWER: "phone",
        CallOutcome.WRONG_NUMBER: "phone",
        CallOutcome.NOT_TAKING: "accepting",
        CallOutcome.FEE_DIFFERENT: "fee",
    }
)


def facts_of(kind: ListingKind) -> tuple[Fact, ...]:
    """Give the facts a listing of this kind can have, in the order a page tells them."""
    return tuple(fact for fact in FACTS.values() if kind in fact.kinds)
