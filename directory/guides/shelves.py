"""Where guides stand on the page of all, and what leads to those that come with the directory.

Read from `data/shelves.yaml`, once. A guide that people wrote stands where the words it is about
put it. Called by the pages of guides and by search.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from directory.guides.shipped import DATA_FOLDER
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FILE = "shelves.yaml"


class Shelf(StrEnum):
    """The parts of the page of all guides, in their order."""

    TREATMENTS = "treatments"
    FINDING_HELP = "finding-help"
    CRISIS_AND_RIGHTS = "crisis-and-rights"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A guide's place, the words that find it, and the parameters of the search it goes with."""

    shelf: Shelf
    place: int
    words: tuple[str, ...]
    listings: Mapping[str, tuple[str, ...]]


@cache
def shelved() -> Mapping[str, Shelved]:
    """Give what is said of the guides that ship, by slug."""
    read = yaml.safe_load((DATA_FOLDER / FILE).read_text("utf-8"))
    entries = [
        (Shelf(name), slug, told) for name, held in read.items() for slug, told in held.items()
    ]
    return {slug: _entry(shelf, place, told) for place, (shelf, slug, told) in enumerate(entries)}


def shelf_of(slug: str, kinds: Collection[TermKind]) -> Shelf:
    """Give the shelf of a guide; one that is not told of stands by the kinds of its words."""
    told = shelved().get(slug)
    if told is not None:
        return told.shelf
    return Shelf.TREATMENTS if TermKind.TREATMENT in kinds else Shelf.FINDING_HELP


def place_of(slug: str) -> tuple[int, str]:
    """Give what guides are ordered by on a shelf: those told of as told, then by slug."""
    told = shelved().get(slug)
    return (len(shelved()) if told is None else told.place, slug)


def is_told_of(slug: str, chosen: Mapping[str, Collection[str]]) -> bool:
    """Tell whether a guide goes with what is chosen: a value of each of its own parameters is."""
    told = shelved().get(slug)
    if told is None or not told.listings:
        return False
    return all(
        any(value in chosen.get(name, ()) for value in values)
        for name, values in told.listings.items()
    )


def _entry(shelf: Shelf, place: int, told: Mapping[str, Any]) -> Shelved:
    return Shelved(
        shelf,
        place,
        tuple(told.get("words", "").split()),
        {name: tuple(values) for name, values in told.get("listings", {}).items()},
    )
