"""What an address says of the map of a search: the part one looks at, and the pin one chose.

Parameters of the map alone: they change no result, and the API does not know them. Read together
with those of the search, so that one answer names every fault. Called by both doors to a map.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.search.parameters import (
    Parameter,
    ParameterFault,
    ParametersError,
    Value,
    cleaned,
    faults_of,
)
from directory.vocabulary.drawing import mercator
from directory.web import current
from directory.web.finding import read_search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.search.request import SearchRequest
    from directory.vocabulary.drawing.mercator import MapFrame

FRAME, PIN = "frame", "pin"
LOOKING: Mapping[str, Parameter] = MappingProxyType(
    {
        FRAME: Parameter(FRAME, Value.TEXT, "The part of the map: latitude, longitude, zoom."),
        PIN: Parameter(PIN, Value.TEXT, "The slug of a listing on the map."),
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the map an address asks for, and which pin; None where it says nothing."""

    frame: MapFrame | None
    pin: str | None


def read_asked(given: Mapping[str, Sequence[str]]) -> tuple[SearchRequest, Look]:
    """Give the search an address asks for and how its map is looked at.

    Raises `ParametersError` with every fault of both.
    """
    look = cleaned(given, LOOKING)
    written = look.text(FRAME)
    frame = None if written is None else mercator.frame_named(written)
    faults = list(faults_of(look, current.vocabulary(), LOOKING))
    if written is not None and frame is None and len(look.all(FRAME)) == 1:
        faults.insert(0, ParameterFault(FRAME, written, "is no part of the map"))
    try:
        asked = read_search(given)
    except ParametersError as error:
        raise ParametersError((*error.faults, *faults)) from error
    if faults:
        raise ParametersError(tuple(faults))
    return asked, Look(frame, look.text(PIN))
