"""Yields demo listings as documents of the import format, in steady memory.

Not for writing them (see `operations.py`). The same seed, count and day give the same documents
on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.demo.banks import read_banks
from directory.demo.centres import CentreMaker
from directory.demo.checks import RegisterNumbers
from directory.demo.people import PractitionerMaker
from directory.demo.places import Telephones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from directory.vocabulary.queries import Vocabulary

# One listing in eleven is a centre: 60 of 660. A number keeps its kind whatever the count.
EVERY_CENTRE = 11
DEFAULT_LISTINGS = 660


def demo_documents(
    *, listings: int, seed: int, today: date, vocabulary: Vocabulary
) -> Iterator[dict[str, Any]]:
    """Yield the centres and then the practitioners, some of whom work at them.

    Refs are `demo:<seed>:<number>`. What is kept in memory is a note of each centre, each
    sentence and each name of a centre; some 0.4 ms a listing.
    """
    banks = read_banks()
    telephones, numbers = Telephones(), RegisterNumbers()
    centres = CentreMaker(banks, vocabulary, seed, today, telephones, numbers)
    for number in range(1, listings + 1, EVERY_CENTRE):
        yield centres.make(number)

    people = PractitionerMaker(banks, vocabulary, seed, today, telephones, numbers, centres.made)
    for number in range(1, listings + 1):
        if (number - 1) % EVERY_CENTRE:
            yield people.make(number)
