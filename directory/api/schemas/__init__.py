"""The shapes of the API's answers: field names are stable, and only ever added to.

`/api/v1/openapi.json` is made from these classes, so what is described is what is typed. Tests
keep a snapshot of the names.
"""

from __future__ import annotations

from directory.api.schemas.about import About
from directory.api.schemas.listing import Checked, Doubted, Listing, Rating
from directory.api.schemas.problem import Fault, Problem
from directory.api.schemas.review import Review, Reviews
from directory.api.schemas.search import (
    ChoiceOfMeaning,
    CorrectedWord,
    FacetValue,
    Guide,
    IndexState,
    RelaxedSearch,
    Result,
    Search,
    Suggestion,
    UnderstoodWords,
)
from directory.api.schemas.vocabulary import (
    District,
    Localities,
    Locality,
    NearestStation,
    Taxonomy,
    Term,
)

__all__ = [
    "About",
    "Checked",
    "ChoiceOfMeaning",
    "CorrectedWord",
    "District",
    "Doubted",
    "FacetValue",
    "Fault",
    "Guide",
    "IndexState",
    "Listing",
    "Localities",
    "Locality",
    "NearestStation",
    "Problem",
    "Rating",
    "RelaxedSearch",
    "Result",
    "Review",
    "Reviews",
    "Search",
    "Suggestion",
    "Taxonomy",
    "Term",
    "UnderstoodWords",
]
