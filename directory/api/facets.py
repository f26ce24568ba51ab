"""Counts for further filters as lists of values, with names and what is in force.

Called by `results.py`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.models import Gender
from directory.listings.queries.search import OpenFilter
from directory.search.facets import RATING_BANDS
from directory.search.parameters import TERM_PARAMETERS
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.api.schemas import FacetValue
    from directory.listings.queries.facets import Facets
    from directory.listings.queries.search import ListingSearch
    from directory.vocabulary.queries import Vocabulary

ON = "1"
# The values of these stand in an order of their own; all others most first.
IN_ORDER = ("open", "fee_band", "rating_band")
GENDERS: Mapping[str, str] = MappingProxyType(
    {Gender.WOMAN: "Woman", Gender.MAN: "Man", Gender.NON_BINARY: "Non-binary person"}
)
TIMES: Mapping[str, str] = MappingProxyType(
    {
        OpenFilter.NOW: "Open now",
        OpenFilter.ROUND_THE_CLOCK: "Says it is open day and night",
        OpenFilter.EVENINGS: "Evenings after 18:00",
        OpenFilter.SUNDAY: "Sunday",
    }
)


def facets_document(
    search: ListingSearch, facets: Facets, vocabulary: Vocabulary
) -> dict[str, list[FacetValue]]:
    """Give every facet of the public contract; zeros are left out unless they are in force."""
    in_force = _in_force(search, vocabulary)
    return {
        parameter: _values(parameter, names, facets, in_force.get(parameter, set()))
        for parameter, names in _names(search, vocabulary).items()
    }


def _values(
    parameter: str, names: Mapping[str, str], facets: Facets, chosen: set[str]
) -> list[FacetValue]:
    found: list[FacetValue] = [
        {
            "slug": slug,
            "name": name,
            "count": facets.count(parameter, slug),
            "selected": slug in chosen,
        }
        for slug, name in names.items()
    ]
    shown = [value for value in found if value["count"] or value["selected"]]
    if parameter in IN_ORDER:
        return shown
    return sorted(shown, key=lambda value: -value["count"])


def _names(search: ListingSearch, vocabulary: Vocabulary) -> dict[str, Mapping[str, str]]:
    """Give the name of every value, by parameter, in the vocabulary's order."""
    terms = {
        kind.value: {slug: term.name_en for slug, term in vocabulary.terms[kind].items()}
        for kind in (*TERM_PARAMETERS, TermKind.FEE_BAND)
    }
    fee_bands = terms.pop(TermKind.FEE_BAND.value)
    return {
        **terms,
        "gender": GENDERS,
        "district": {slug: row.name_en for slug, row in vocabulary.districts.items()},
        "locality": {slug: row.name_en for slug, row in vocabulary.localities.items()},
        "open": TIMES,
        "accepting": {ON: "Takes new patients"},
        "registered": {ON: "Found in a register"},
        "fee_band": fee_bands,
        "rating_band": _rating_names(search),
    }


def _rating_names(search: ListingSearch) -> dict[str, str]:
    """Give the floors that are offered, and the one in force."""
    floors = {*RATING_BANDS, *([f"{search.rating_min:g}"] if search.rating_min else [])}
    return {floor: f"{floor} or more" for floor in sorted(floors, key=float, reverse=True)}


def _in_force(search: ListingSearch, vocabulary: Vocabulary) -> dict[str, set[str]]:
    terms = {
        kind.value: {vocabulary.term_by_id[term_id].slug for term_id in ids}
        for kind, ids in search.terms.items()
    }
    districts = {row.id: slug for slug, row in vocabulary.districts.items()}
    return {
        **terms,
        "gender": {gender.value for gender in search.genders},
        "district": {districts[number] for number in search.district_ids},
        "locality": {vocabulary.locality_by_id[number].slug for number in search.locality_ids},
        "open": {when.value for when in search.open_when},
        "accepting": {ON} if search.accepting else set(),
        "registered": {ON} if search.registered else set(),
        "fee_band": _bands_under(search.fee_max, vocabulary),
        "rating_band": {f"{search.rating_min:g}"} if search.rating_min else set(),
    }


def _bands_under(fee_max: int | None, vocabulary: Vocabulary) -> set[str]:
    """Give the bands that lie wholly under the most a first visit may cost."""
    if fee_max is None:
        return set()
    return {
        slug
        for slug, band in vocabulary.terms[TermKind.FEE_BAND].items()
        if band.details.get("inr_max") is not None and band.details["inr_max"] <= fee_max
    }
