"""What the engine is asked and what it answers; shapes only, hashable where they are keys.

Filters are the `ListingSearch` that the database search knows too, so that both can be held
against each other. Made by `request.py`, answered by `engine.py`, shown by the doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.listings.queries.facets import Facets
    from directory.listings.queries.search import ListingSearch


# The parameters whose values are counted unless a query asks for fewer.
FACETS = (
    *("kind", "profession", "centre_type", "condition", "treatment", "language", "mode"),
    *("age_group", "identity", "payment", "facility", "accessibility", "gender", "district"),
    *(
        "locality",
        "open",
        "accepting",
        "registered",
        "fee_band",
        "rating_band",
        "fee_max",
        "within",
    ),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word (or, with several texts, a quoted phrase) that results should hold.

    `texts` are as typed, lower case; `others` are other names that count less, each a phrase of
    its own; `is_prefix` matches every word that begins so.
    """

    texts: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """A meaning the words suggest but do not say: it puts results first and excludes none."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One page of one search: filters and order, free words, hints; `limit` from 1 to 100.

    All `words` must be found; when that leaves fewer than five results, any of them will do.
    With `meaning_is_enough`, words that nobody holds are set aside and the filters alone decide:
    a stray word beside a meaning must not hide everybody. `wanted` names the facets to count.
    """

    filters: ListingSearch
    words: tuple[Word, ...] = ()
    hints: tuple[Hint, ...] = ()
    offset: int = 0
    limit: int = 20
    meaning_is_enough: bool = False
    wanted: tuple[str, ...] = FACETS


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a listing's id, its points (see `ranking.py`), metres to its nearest place."""

    id: int
    score: float
    distance_m: int | None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What dropping one filter would give; `parameter` is "q" for the free words."""

    parameter: str
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: one page of hits in order, the number of all, and the facets.

    `any_word` says that not every result holds all words, `without_words` that nobody holds any
    and the filters alone decided. `relaxed` is filled only when nothing
    was found, most results first. `generation` names the state of the index that answered.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    any_word: bool
    relaxed: tuple[Relaxed, ...]
    generation: str
    without_words: bool = False
