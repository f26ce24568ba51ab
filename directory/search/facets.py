"""Counts of every value of the facets, each leaving out its own parameter's filter.

Called by `engine.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from directory.listings.queries.facets import Facets
from directory.listings.queries.search import OpenFilter
from directory.search import filtering
from directory.search.snapshot import bits
from directory.search.snapshot.facet_rows import BY_VALUE
from directory.search.snapshot.places import are_among, each_once
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from numpy.typing import NDArray

    from directory.search.filtering import Filters
    from directory.search.snapshot.facet_rows import FacetRows
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

    Row = NDArray[np.uint64]

# The most a first visit may cost, as the page offers it; and the scores it offers as a floor.
FEE_STEPS = (0, 1000, 1500, 2500)
RATING_BANDS = ("4.5", "4", "3.5", "3")
# The circles round a place that the page offers, in kilometres; "" counts all distances.
CIRCLES = ("2", "5", "10", "25")
ANY_DISTANCE = ""
METRES_IN_A_KILOMETRE = 1000
# The parameter whose filter a facet leaves out, where it is not its own name.
OWN_FILTER: Mapping[str, str] = MappingProxyType(
    {"fee_band": "fee_max", "rating_band": "rating_min", "within": "near"}
)
# A result set under one document in so many is counted by the values of each document.
SMALL_ONE_IN = 24


@dataclass(frozen=True)
class Hits:
    """A set of results, as a row and, where it is known already, as numbers."""

    row: Row
    total: int
    docs: NDArray[np.integer[Any]] | None = None


@dataclass(frozen=True)
class Counting:
    """What is counted: `hits` pass all filters; `without` gives those but for one parameter's."""

    snapshot: Snapshot
    filters: Filters
    hits: Hits
    without: Callable[[str], Hits]
    vocabulary: Vocabulary
    moment: datetime


def count(counting: Counting, wanted: tuple[str, ...]) -> Facets:
    """Give the counts of the facets named in `wanted`."""
    facets = counting.snapshot.facets
    at_places = [name for name in GROUNDS if name in wanted and _asks_more(counting, name)]
    wanted = tuple(name for name in wanted if name not in at_places)
    in_force = [name for name in wanted if OWN_FILTER.get(name, name) in counting.filters.rows]
    free = [name for name in wanted if name not in in_force]
    counts: dict[str, Mapping[str, int]] = {}
    counts |= _count_values(facets, counting.hits, free)
    for name in in_force:
        counts |= _count_values(facets, counting.without(name), [name])
    counts |= {name: _at_places(counting, name) for name in at_places}
    for name, measure in MEASURES.items():
        if name in wanted:
            counts |= measure(counting)
    return Facets(MappingProxyType(counts), any_fee=_hits_for(counting, "fee_max").total)


def _hits_for(counting: Counting, parameter: str) -> Hits:
    own = OWN_FILTER.get(parameter, parameter)
    return counting.without(own) if own in counting.filters.rows else counting.hits


def _count_values(facets: FacetRows, hits: Hits, names: list[str]) -> dict[str, dict[str, int]]:
    """Count the values of some parameters among the hits; what is zero is left out."""
    names = [name for name in names if name in facets.groups]
    if not names:
        return {}
    small = hits.docs is not None and len(hits.docs) * SMALL_ONE_IN < len(facets.starts)
    numbers = _by_document(facets, hits.docs) if small and hits.docs is not None else None
    found: dict[str, dict[str, int]] = {}
    for name in names:
        first, end = facets.groups[name]
        if numbers is not None:
            counted = numbers[first:end]
        elif name == BY_VALUE:
            counted = _by_place(facets, hits)[first:end]
        else:
            counted = np.bitwise_count(facets.rows[first:end] & hits.row).sum(
                axis=1, dtype=np.int64
            )
        slugs = facets.slugs[first:end]
        found[name] = {
            slug: number for slug, number in zip(slugs, counted.tolist(), strict=True) if number
        }
    return found


def _by_document(facets: FacetRows, docs: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Count all values by going through those of each document."""
    starts = facets.starts[docs]
    sizes = facets.starts[docs + 1] - starts
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    places = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return np.bincount(facets.held[places], minlength=len(facets.values))


def _by_place(facets: FacetRows, hits: Hits) -> NDArray[np.int64]:
    """Count localities: the first of each hit, then the further ones."""
    docs = hits.docs if hits.docs is not None else bits.docs_of_row(hits.row)
    counted = np.bincount(facets.first_place[docs] + 1, minlength=len(facets.values) + 1)[1:]
    if len(facets.further_docs):
        also = facets.further_places[bits.among(hits.row, facets.further_docs)]
        counted += np.bincount(also, minlength=len(facets.values))
    return counted


def _asks_more(counting: Counting, name: str) -> bool:
    """Tell whether a search asks more of a place than one parameter."""
    return counting.filters.places.all_but(name) is not None


def _at_places(counting: Counting, name: str) -> dict[str, int]:
    """Count localities or districts by the places that all else is asked of.

    A document with one place that is found has it there; places beside others are looked at.
    """
    localities, asked = counting.snapshot.localities, counting.filters.places.all_but(name)
    kept = bits.among(_hits_for(counting, name).row, localities.docs)
    if asked is not None:
        beside = np.flatnonzero(kept & localities.beside_others)
        kept[beside] = are_among(localities.places[beside], asked)
    return GROUNDS[name](localities.docs[kept], localities.ids[kept], counting.vocabulary)


def _localities(
    docs: NDArray[np.int32], ids: NDArray[np.int32], vocabulary: Vocabulary
) -> dict[str, int]:
    known = vocabulary.locality_by_id
    counted = _documents_by(ids, docs)
    return {known[number].slug: found for number, found in counted.items() if number in known}


def _districts(
    docs: NDArray[np.int32], ids: NDArray[np.int32], vocabulary: Vocabulary
) -> dict[str, int]:
    known = vocabulary.locality_by_id
    district_of = np.zeros(max(ids.max(initial=0), *known) + 1, dtype=np.int64)
    district_of[[*known]] = [place.district.id for place in known.values()]
    counted = _documents_by(district_of[ids], docs)
    slugs = {district.id: slug for slug, district in vocabulary.districts.items()}
    return {slugs[number]: found for number, found in counted.items() if number in slugs}


def _documents_by(ids: NDArray[np.integer[Any]], docs: NDArray[np.int32]) -> dict[int, int]:
    """Give how many documents each id stands with, once each; documents are in order."""
    most = int(ids.max(initial=0)) + 1
    pairs = docs.astype(np.int64) * most + ids
    pairs.sort(kind="stable")
    counted = np.bincount(each_once(pairs) % most)
    return {number: found for number, found in enumerate(counted.tolist()) if found}


def _open(counting: Counting) -> dict[str, Mapping[str, int]]:
    """Count what is open at each time, at a place that the search asks for."""
    row, snapshot = _hits_for(counting, "open").row, counting.snapshot
    asked, counted = counting.filters.places.all_but("open"), {}
    for when in OpenFilter:
        found = snapshot.open_row(when, counting.moment)
        if asked is not None:
            places = snapshot.open_places(when, counting.moment)
            found = snapshot.row_of_places(asked[are_among(asked, places)])
        counted[when.value] = bits.size_of_row(row & found)
    return {"open": {when: number for when, number in counted.items() if number}}


def _registered(counting: Counting) -> dict[str, Mapping[str, int]]:
    """Count what is registered on the day of asking."""
    row = filtering.registered_on(counting.snapshot, counting.moment.date())
    number = bits.size_of_row(_hits_for(counting, "registered").row & row)
    return {"registered": {"1": number} if number else {}}


def _fee_max(counting: Counting) -> dict[str, Mapping[str, int]]:
    row, snapshot = _hits_for(counting, "fee_max").row, counting.snapshot
    steps = {
        str(step): bits.size_of_row(row & filtering.fees_up_to(snapshot, step))
        for step in FEE_STEPS
    }
    unstated = bits.size_of_row(row & filtering.fees_unstated(snapshot))
    return {"fee_max": steps, "fee_unstated": {"1": unstated}}


def _fee_bands(counting: Counting) -> dict[str, Mapping[str, int]]:
    """Count the bands of the vocabulary that are sums; those without sums count no stated fee."""
    row, snapshot = _hits_for(counting, "fee_band").row, counting.snapshot
    counted: dict[str, int] = {}
    for slug, band in counting.vocabulary.terms[TermKind.FEE_BAND].items():
        lowest = band.details.get("inr_min")
        if lowest is None:
            continue
        highest = band.details.get("inr_max")
        number = bits.size_of_row(row & filtering.fees_between(snapshot, lowest, highest))
        if number:
            counted[slug] = number
    return {"fee_band": counted}


def _rating_bands(counting: Counting) -> dict[str, Mapping[str, int]]:
    """Count the scores at least so high."""
    row, snapshot = _hits_for(counting, "rating_band").row, counting.snapshot
    bands = {
        band: bits.size_of_row(row & filtering.rated_at_least(snapshot, float(band)))
        for band in RATING_BANDS
    }
    return {"rating_band": {band: number for band, number in bands.items() if number}}


def _circles(counting: Counting) -> dict[str, Mapping[str, int]]:
    """Count what lies within each circle round the point asked for, if there is one."""
    metres, snapshot = counting.filters.metres, counting.snapshot
    if metres is None:
        return {}
    hits = _hits_for(counting, "within")
    counted = {
        circle: bits.size_of_row(
            hits.row
            & bits.row_of_flags(
                metres <= float(circle) * METRES_IN_A_KILOMETRE, snapshot.words_in_row
            )
        )
        for circle in CIRCLES
    }
    return {"within": {**counted, ANY_DISTANCE: hits.total}}


MEASURES: Mapping[str, Callable[[Counting], dict[str, Mapping[str, int]]]] = MappingProxyType(
    {
        "open": _open,
        "registered": _registered,
        "fee_max": _fee_max,
        "fee_band": _fee_bands,
        "rating_band": _rating_bands,
        "within": _circles,
    }
)
# Counted by places where a search asks more of a place than this.
GROUNDS: Mapping[str, Callable[..., dict[str, int]]] = MappingProxyType(
    {"locality": _localities, "district": _districts}
)
