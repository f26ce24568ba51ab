"""Who acts, what an act is, and how a row of the record is summed up; no database.

`Actor` comes from the doors through every operation; acts are declared in `actions.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from directory.audit.models import ActorKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    FactValue = str | int | bool | None

STAFF = frozenset({ActorKind.MODERATOR, ActorKind.ADMINISTRATOR})
# A code, a state, a number: what cannot be a sentence, a name or an address.
SHORT_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")


class WrongFactsError(ValueError):
    """An act was recorded with facts it does not carry; a fault in the code, never of the user."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Only staff carry an id: an author or a reader is never named in the record.

    `name` is what colleagues see of staff, and is never recorded.
    """

    kind: ActorKind
    id: int | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if (self.kind in STAFF) != (self.id is not None):
            raise ValueError("staff act under their id, and nobody else does")


AUTHOR = Actor(ActorKind.AUTHOR)
READER = Actor(ActorKind.READER)
CLOCK = Actor(ActorKind.CLOCK)
COMMAND = Actor(ActorKind.COMMAND)


@dataclass(frozen=True, slots=True)
class Act:
    """A thing that can be done, and the facts that must be said about it: these and no others."""

    name: str
    subject_noun: str
    facts: frozenset[str] = frozenset()

    def canonical(self, facts: Mapping[str, FactValue]) -> str:
        """Give the facts as the one text they are stored and summed up as.

        Raises `WrongFactsError` for a missing or unknown fact, and for a value that is no id,
        number, code or short word. The message names facts, never their values.
        """
        if facts.keys() != self.facts:
            wrong = ", ".join(sorted(facts.keys() ^ self.facts))
            raise WrongFactsError(f"{self.name} has missing or unknown facts: {wrong}")
        for name, value in facts.items():
            if isinstance(value, str) and not SHORT_WORD.fullmatch(value):
                raise WrongFactsError(f"{self.name}: {name} is no short word")
            if not isinstance(value, str | int | None):
                raise WrongFactsError(f"{self.name}: {name} is no id, number or word")
        return json.dumps(dict(facts), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Row:
    """What the hash of a row covers, in the order it covers it."""

    seq: int
    act: str
    subject_noun: str
    subject_id: int | None
    actor_kind: ActorKind
    actor_id: int | None
    facts: str
    at: datetime

    def hash_after(self, previous_hash: str) -> str:
        """Give the hash of this row when it follows the row of that hash."""
        covered = [
            self.seq,
            self.act,
            self.subject_noun,
            self.subject_id,
            str(self.actor_kind),
            self.actor_id,
            self.facts,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            previous_hash,
        ]
        return hashlib.sha256(json.dumps(covered, separators=(",", ":")).encode()).hexdigest()
