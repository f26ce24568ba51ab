"""What a reader asked for, whole: parameters of the public contract and how words were read.

Made by `parameters.py` (shape and vocabulary) and `reading.py` (meaning); shown by both doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.listings.queries.cards import Point
    from directory.search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a search; `slug` is what `near` carries (a slug or a PIN code)."""

    slug: str
    name_en: str
    name_hi: str | None
    point: Point


@dataclass(frozen=True, slots=True)
class Understood:
    """Words read as a parameter of the contract and one value of it.

    `text` is as typed (several values may come from the same words; values of one parameter are
    ORed). A `hint` only puts results first; every other one filters as the parameter would.
    """

    text: str
    parameter: str
    value: str
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that may mean several things: `taken` was chosen, the others are offered."""

    text: str
    parameter: str
    taken: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A word taken for a misspelling of another."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What free text says. `words` are what is left after meaning, as typed, without fillers.

    `corrections` were applied, so the page says "showing results for"; `did_you_mean` is the
    whole text rewritten, offered and not applied. `crisis`: the words ask for help now.
    `comforts`: a softer case where talking lines are shown beside the results. `guide` is the
    path of a page that answers the question itself. `outside` names a town beyond Delhi.
    """

    understood: tuple[Understood, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    corrections: tuple[Correction, ...] = ()
    did_you_mean: str | None = None
    crisis: bool = False
    comforts: bool = False
    guide: str | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as asked for, and how it was read.

    `given` are the parameters as they stood in the address, without page and empty ones;
    `unknown_place` is a `near` nobody here knows by that name.
    """

    query: SearchQuery
    given: Mapping[str, tuple[str, ...]]
    reading: Reading
    place: Place | None
    unknown_place: str | None
    page: int
    per_page: int
