"""The places of Delhi whose names look like those of people: Rajiv Chowk, Lajpat Nagar, Rohini.

Read from the vocabulary's own files. Called by `names.py`.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import folded, plain
from directory.vocabulary.reading import DATA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = {
    "localities.csv": ("name_en", "name_hi", "aliases"),
    "metro.csv": ("station", "name_hi", "aliases"),
    "public_facilities.csv": ("name", "name_hi", "locality"),
}
WORD = re.compile(r"[a-z]+|[\u0900-\u097f]+")


def words_of_places(words: Sequence[str]) -> frozenset[int]:
    """Give which of a text's folded words belong to the name of a place."""
    found: set[int] = set()
    for at, word in enumerate(words):
        for place in _places().get(word, ()):
            if tuple(words[at : at + len(place)]) == place:
                found.update(range(at, at + len(place)))
    return frozenset(found)


@cache
def _places() -> dict[str, list[tuple[str, ...]]]:
    """Give the folded words of each place by the first of them."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for place in dict.fromkeys(_names()):
        if place:
            by_first.setdefault(place[0], []).append(place)
    return by_first


def _names() -> Iterator[tuple[str, ...]]:
    for file, columns in COLUMNS.items():
        with (DATA_FOLDER / file).open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        for row in rows:
            for name in "|".join(row[column] for column in columns).split("|"):
                letters = "".join(map(plain, name))
                yield tuple(folded(word) for word in WORD.findall(letters))
