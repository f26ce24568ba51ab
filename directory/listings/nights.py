"""What a centre says it can take at night: pure rules over the terms it states, no words.

A need is said to be taken only where the centre states one of the terms below. What it does not
state is not denied: a page says "not stated", never "does not take". Called by the reads of
listings and by the door of urgent help.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.vocabulary.queries import TermView


class Need(StrEnum):
    """What somebody may need to be taken in with, in the order it is asked for."""

    WITHDRAWAL = "withdrawal"
    PSYCHOSIS = "psychosis"
    SELF_HARM = "self-harm"
    CHILDREN = "children"
    WOMEN = "women"


# A term of any of these says that a centre takes the need.
STATED_BY: Mapping[Need, Mapping[TermKind, frozenset[str]]] = MappingProxyType(
    {
        Need.WITHDRAWAL: {
            TermKind.TREATMENT: frozenset({"detox"}),
            TermKind.FACILITY: frozenset({"detox-beds"}),
        },
        Need.PSYCHOSIS: {
            TermKind.CONDITION: frozenset(
                {
                    "schizophrenia",
                    "schizoaffective",
                    "acute-psychosis",
                    "delusional-disorder",
                    "postpartum-psychosis",
                }
            ),
        },
        Need.SELF_HARM: {
            TermKind.CONDITION: frozenset({"self-harm", "suicidal-thoughts"}),
        },
        Need.CHILDREN: {
            TermKind.FACILITY: frozenset({"children-ward"}),
            TermKind.AGE_GROUP: frozenset({"toddler", "child", "teen"}),
        },
        Need.WOMEN: {
            TermKind.FACILITY: frozenset({"women-ward"}),
        },
    }
)
AMBULANCE = "ambulance"
PSYCHIATRIC_EMERGENCY = "emergency-24x7"
GENERAL_EMERGENCY = "general-emergency-24x7"
# A department that sees whoever comes, at any hour, also where the ward keeps office hours.
EMERGENCIES = (PSYCHIATRIC_EMERGENCY, GENERAL_EMERGENCY)


def needs_taken(terms: Iterable[TermView]) -> tuple[Need, ...]:
    """Give what a centre says it takes, in the order of `Need`."""
    stated = {(term.kind, term.slug) for term in terms}
    return tuple(
        need
        for need, kinds in STATED_BY.items()
        if any((kind, slug) in stated for kind, slugs in kinds.items() for slug in slugs)
    )
