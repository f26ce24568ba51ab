"""Which rules the texts of each kind of fate break, and how often: decks that are dealt out.

Called by `generation.py`; the kinds are named by `fates.py`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.demo.dice import Deck, cards
from directory.reviews.models import RuleCode

if TYPE_CHECKING:
    from collections.abc import Mapping

R = RuleCode
DECKS: Mapping[str, Mapping[RuleCode, int]] = MappingProxyType(
    {
        "all": {rule: 1 for rule in R if rule not in {R.UNCONFIRMED, R.LEGAL_ORDER}},
        "return": {
            R.IDENTIFIES_RELATIVE: 3,
            R.IDENTIFIES_STAFF: 4,
            R.IDENTIFIES_AUTHOR: 4,
            R.CONTACT: 3,
            R.DOSING: 3,
            R.CRIME_AS_FACT: 4,
        },
        "reject": {
            R.ADVERTISING: 9,
            R.NOT_CARE: 8,
            R.DUPLICATE: 8,
            R.NOT_OWN: 5,
            R.WRONG_LISTING: 5,
            R.CONFLICT: 4,
            R.REWARD: 5,
            R.MANUFACTURED: 2,
            R.UNCONFIRMED: 3,
            R.TOO_OLD: 3,
            R.BEFORE_COURT: 1,
        },
        "reject two": {
            R.THREAT: 5,
            R.NOT_OWN: 4,
            R.CONFLICT: 4,
            R.BEFORE_COURT: 4,
            R.TOO_OLD: 3,
            R.WRONG_LISTING: 2,
            R.SELF_HARM: 1,
            R.CRIME_AS_FACT: 2,
        },
        "remove": {
            R.CONFLICT: 2,
            R.REWARD: 2,
            R.THREAT: 2,
            R.CRIME_AS_FACT: 3,
            R.IDENTIFIES_STAFF: 2,
            R.IDENTIFIES_RELATIVE: 2,
            R.MANUFACTURED: 2,
            R.BEFORE_COURT: 2,
            R.NOT_OWN: 2,
            R.DOSING: 2,
            R.ADVERTISING: 1,
            R.TOO_OLD: 1,
        },
        "hide": {
            R.IDENTIFIES_RELATIVE: 2,
            R.IDENTIFIES_STAFF: 2,
            R.IDENTIFIES_AUTHOR: 2,
            R.THREAT: 1,
            R.CONTACT: 2,
            R.SELF_HARM: 1,
        },
        "flag": {
            R.NOT_OWN: 4,
            R.CONFLICT: 4,
            R.CRIME_AS_FACT: 3,
            R.IDENTIFIES_STAFF: 2,
            R.NOT_CARE: 2,
            R.REWARD: 1,
            R.TOO_OLD: 1,
            R.MANUFACTURED: 3,
            R.THREAT: 1,
        },
        "burst": {R.MANUFACTURED: 1},
        "order": {R.LEGAL_ORDER: 1},
    }
)


class Rules:
    """Deals the rules of each kind of fate, so that each occurs."""

    def __init__(self, seed: int) -> None:
        """Lay the decks ready."""
        self._decks = {
            name: Deck(cards(weights), seed, "rules", name) for name, weights in DECKS.items()
        }

    def deal(self, name: str | None) -> RuleCode | None:
        """Give the next rule of a deck, or None without a deck."""
        return self._decks[name].deal() if name is not None else None
