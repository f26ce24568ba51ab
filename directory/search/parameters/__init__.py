"""The parameters of a search, as the public contract names them: one table, one reader.

`read_request` gives a `SearchRequest` or names every faulty parameter at once. Called by the
HTML door and by the JSON door, which also describes itself from the table.
"""

from __future__ import annotations

from directory.search.parameters.asking import Reader, read_request
from directory.search.parameters.faults import ParameterFault, ParametersError
from directory.search.parameters.reading import Given, cleaned, faults_of
from directory.search.parameters.table import (
    MOST_LETTERS_OF_A_PLACE,
    MOST_PER_PAGE,
    PARAMETERS,
    PER_PAGE,
    REPEATABLE,
    SUGGESTING,
    SUGGESTION_KINDS,
    TERM_PARAMETERS,
    Parameter,
    Value,
    choices_of,
    unknown,
)

__all__ = [
    "MOST_LETTERS_OF_A_PLACE",
    "MOST_PER_PAGE",
    "PARAMETERS",
    "PER_PAGE",
    "REPEATABLE",
    "SUGGESTING",
    "SUGGESTION_KINDS",
    "TERM_PARAMETERS",
    "Given",
    "Parameter",
    "ParameterFault",
    "ParametersError",
    "Reader",
    "Value",
    "choices_of",
    "cleaned",
    "faults_of",
    "read_request",
    "unknown",
]
