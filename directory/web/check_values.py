"""What a fact says on a listing, line by line, for whoever has to check it.

Called by the desk of checks. The words themselves are those of `document_words.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.listings.facts import FACTS
from directory.listings.policy import REGISTRATION
from directory.web.document_words import value_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What of a place says which fact; its name stands before each line when there are several.
PARTS_OF_A_PLACE: Mapping[str, tuple[str, ...]] = {
    "phone": ("label", "phones"),
    "night": ("label", "open_24x7", "hours"),
    "hours": ("label", "open_24x7", "hours", "exceptions"),
    "address": ("label", "address", "locality", "pincode"),
}


def fact_lines(fact: str, document: Mapping[str, Any]) -> list[str]:
    """Give what a listing says of a fact it states; each line can be read alone."""
    key, _colon, register = fact.partition(":")
    if key == REGISTRATION:
        rows = [row for row in document["registrations"] if row["register"] == register]
        return value_lines(rows, "registrations")
    if key in PARTS_OF_A_PLACE:
        return list(_of_places(document["locations"], PARTS_OF_A_PLACE[key]))
    name = FACTS[key].keys[0]
    return value_lines(document[name], name)


def _of_places(places: Iterable[Mapping[str, Any]], parts: tuple[str, ...]) -> Iterable[str]:
    told = [{part: place.get(part) for part in parts} for place in places]
    for line in value_lines(told, "locations"):
        if line and not line.endswith(": "):
            yield line
