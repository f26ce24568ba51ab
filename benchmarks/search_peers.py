"""What every engine of the comparison is asked and answers, and the plain form of a query.

All are given the same words, cut and stemmed by the project's own analyser, and the same values
to count, so that their totals and counts can be held against each other. Each does the whole
work of a result page: the total, the first twenty, and ten facets that each leave out their own
filter. Not a script: the peers are in `search_peer_*.py`, the comparison is `search.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from directory.search.analysis import stems
from directory.search.fields import TEXTS, facets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from directory.listings.queries.cards import Point
    from directory.listings.queries.search import Sort
    from directory.search.documents import SearchDocument
    from directory.search.query import SearchQuery
    from directory.vocabulary.queries import Vocabulary

    Counts = Mapping[str, Mapping[str, int]]

# The facets every engine counts.
TEN = (
    *("profession", "condition", "treatment", "language", "mode"),
    *("age_group", "payment", "gender", "district", "locality"),
)
FEW_RESULTS = 5
# Stands between the texts of one field, so that no phrase runs from one into the next.
GAP_WORD = "0gap0"
METRES_IN_A_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Stems:
    """One word, or a phrase of several, as indexed."""

    texts: tuple[str, ...]
    is_prefix: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in terms any engine understands; `chosen` holds values by parameter."""

    words: tuple[Stems, ...]
    chosen: Mapping[str, tuple[str, ...]]
    fee_max: int | None
    near: Point | None
    within_m: int | None
    sort: Sort
    offset: int
    limit: int

    def without(self, parameter: str) -> dict[str, tuple[str, ...]]:
        """Give the values chosen but for one parameter."""
        return {name: values for name, values in self.chosen.items() if name != parameter}

    @property
    def counted_apart(self) -> tuple[str, ...]:
        """The facets that leave out a filter in force."""
        return tuple(name for name in TEN if name in self.chosen)

    @property
    def counted_together(self) -> tuple[str, ...]:
        """The facets counted over the results themselves."""
        return tuple(name for name in TEN if name not in self.chosen)


@dataclass(frozen=True, slots=True)
class Answer:
    """How many match, the ids of one page, and the counts that are not zero."""

    total: int
    ids: tuple[int, ...]
    counts: Counts


class Engine(Protocol):
    """Something that is filled with documents once and then asked."""

    name: str

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Take in some documents."""
        ...

    def finish(self) -> None:
        """Make what was taken in ready to be asked."""
        ...

    def search(self, asked: Asked) -> Answer:
        """Give one page of an answer."""
        ...


def asked_of(query: SearchQuery, vocabulary: Vocabulary) -> Asked:
    """Give a query of this project in plain terms; hints are left out, as they filter nothing."""
    filters = query.filters
    words = tuple(
        Stems(found, word.is_prefix) for word in query.words if (found := _stems_of(word.texts))
    )
    return Asked(
        words=words,
        chosen=dict(_chosen(query, vocabulary)),
        fee_max=filters.fee_max,
        near=filters.near,
        within_m=filters.within_m,
        sort=filters.sort,
        offset=query.offset,
        limit=query.limit,
    )


def _stems_of(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(stems(" ".join(texts)))


def _chosen(query: SearchQuery, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each parameter in force with its values."""
    filters = query.filters
    slugs = {district.id: district.slug for district in vocabulary.districts.values()}
    yield from (
        (kind.value, tuple(vocabulary.term_by_id[number].slug for number in ids))
        for kind, ids in filters.terms.items()
    )
    rest: dict[str, tuple[str, ...]] = {
        "kind": () if filters.kind is None else (filters.kind.value,),
        "gender": tuple(gender.value for gender in filters.genders),
        "district": tuple(slugs[number] for number in filters.district_ids),
        "locality": tuple(vocabulary.locality_by_id[n].slug for n in filters.locality_ids),
        "open": tuple(when.value for when in filters.open_when),
        "accepting": ("1",) * filters.accepting,
        "registered": ("1",) * filters.registered,
    }
    yield from ((name, values) for name, values in rest.items() if values)


def words_in(document: SearchDocument, text: str) -> str:
    """Give a text of a document as its stems, apart by spaces."""
    gap = f" {GAP_WORD} "
    return gap.join(" ".join(stems(part)) for part in getattr(document, text))


def texts_of(document: SearchDocument) -> tuple[str, ...]:
    """Give the three texts of a document as stems."""
    return tuple(words_in(document, text) for text in TEXTS)


def values_of(document: SearchDocument) -> list[tuple[str, str]]:
    """Give the parameters and values a document has."""
    pairs = (value.partition("=") for value in facets_of(document))
    return [(parameter, slug) for parameter, _equals, slug in pairs]


def best_rating(document: SearchDocument) -> int:
    """Give the score of a document times 100, zero without one."""
    return 0 if document.rating is None else round(document.rating * 100)
