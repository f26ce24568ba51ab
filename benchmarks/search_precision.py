"""How many of the first ten results are what was meant, for the project's example searches.

Run: `.venv/bin/python -m benchmarks.search_precision [--listings 660] [FILE.csv …]`. It indexes
demo listings, reads each search as a visitor's, asks the engine, and prints how many of the first
ten results meet everything the file says was meant: of those shown, and of the ten (or fewer)
that the demo listings have at all. Searches that fare worst follow.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality_of_search import FIRST_RESULTS, examples_of, own_sets
from benchmarks.search_corpus import corpus, reference_database
from benchmarks.search_costs import Building, opened
from benchmarks.search_peers import values_of
from benchmarks.search_setting import NOW, vocabulary_in
from benchmarks.search_timing import print_table
from directory.core.geo import distance_m
from directory.demo.documents import DEFAULT_LISTINGS
from directory.search.parameters import read_request
from directory.search.understanding import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benchmarks.quality_of_search import Example
    from directory.search.documents import SearchDocument
    from directory.search.engine import Engine
    from directory.search.request import Place
    from directory.vocabulary.queries import Vocabulary

NEAR_ENOUGH_M = 8000
WORST_SHOWN = 15
# What only practitioners or only centres have: never expected of the other kind.
OF_ONE_KIND = ("profession", "centre_type", "facility", "gender")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one search: how many of the results shown first were meant.

    `possible`: how many listings are meant at all, of any number shown.
    """

    example: Example
    shown: int
    meant: int
    possible: int
    total: int
    any_word: bool

    @property
    def precision(self) -> float:
        """The share of the results shown first that were meant."""
        return self.meant / self.shown if self.shown else 0.0

    @property
    def reached(self) -> float:
        """The share of what the first ten could have held; 1 when there is nothing."""
        possible = min(FIRST_RESULTS, self.possible)
        return self.meant / possible if possible else 1.0


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that is needed to answer a search and to judge the answer."""

    engine: Engine
    reader: Reader
    vocabulary: Vocabulary
    documents: Mapping[int, SearchDocument]
    held: Mapping[int, frozenset[tuple[str, str]]]

    def answered(self, example: Example) -> Answered:
        """Ask as a visitor does, and judge the first ten results."""
        request = read_request({"q": [example.query]}, self.vocabulary, self.reader, now=NOW)
        found = self.engine.search(request.query, self.vocabulary, NOW)
        first = [self.documents[hit.id] for hit in found.hits[:FIRST_RESULTS]]
        meant = sum(self._is_meant(document, example) for document in first)
        possible = sum(self._is_meant(document, example) for document in self.documents.values())
        return Answered(example, len(first), meant, possible, found.total, found.any_word)

    def _is_meant(self, document: SearchDocument, example: Example) -> bool:
        """Tell whether a result has one expected value of every parameter expected of it."""
        held = self.held[document.number]
        has = {parameter for parameter, _value in held}
        wanted = _by_parameter(example)
        near, most = wanted.pop("near", set()), wanted.pop("fee_max", set())
        is_it = all(
            any((parameter, value) in held for value in values)
            for parameter, values in wanted.items()
            if parameter in has or parameter not in OF_ONE_KIND
        )
        return is_it and _is_affordable(document, most) and self._is_near(document, near)

    def _is_near(self, document: SearchDocument, slugs: set[str]) -> bool:
        places = [place for slug in slugs if (place := self.reader.place_named(slug))]
        return not places or any(_distance(document, place) <= NEAR_ENOUGH_M for place in places)


def main() -> None:
    """Print the precision of each set, and the searches that fare worst."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--listings", type=int, default=DEFAULT_LISTINGS)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.csv")
    arguments = parser.parse_args()
    with reference_database() as database, tempfile.TemporaryDirectory() as folder:
        vocabulary = vocabulary_in(database)
        documents = list(corpus(arguments.listings, vocabulary))
        built = Building(Path(folder) / "index")
        built.add(documents)
        built.finish()
        engine, _opening, _warming = opened(built.index, vocabulary)
        reader = Reader(vocabulary, engine.snapshot.words)
        asking = Asking(
            engine,
            reader,
            vocabulary,
            documents={document.number: document for document in documents},
            held={document.number: frozenset(values_of(document)) for document in documents},
        )
        files = arguments.files or own_sets()
        answered = {file.stem: list(map(asking.answered, _judged(file))) for file in files}
    print(f"{arguments.listings} demo listings: the first ten results of the example searches")
    head = ("set", "searches", "of shown", "of possible", "nothing found", "only some words")
    print_table(head, [_line(name, answers) for name, answers in answered.items()])
    print("\nWhere fewest were meant:")
    print_table(("search", "meant", "shown", "found", "possible"), _worst(answered.values()))


def _judged(file: Path) -> Iterator[Example]:
    """Yield the searches that mean something a listing in Delhi can have."""
    for example in examples_of(file):
        if example.values and not example.crisis and example.outside is None:
            yield example


def _line(name: str, answers: Sequence[Answered]) -> tuple[str, ...]:
    found = [answer for answer in answers if answer.shown]
    precision = sum(answer.precision for answer in found) / (len(found) or 1)
    possible = [answer for answer in answers if answer.possible]
    reached = sum(answer.reached for answer in possible) / (len(possible) or 1)
    return (
        name,
        str(len(answers)),
        f"{precision:.1%}",
        f"{reached:.1%}",
        str(len(answers) - len(found)),
        str(sum(answer.any_word for answer in answers)),
    )


def _worst(sets: Iterable[list[Answered]]) -> list[tuple[str, ...]]:
    every = sorted(
        (answer for answers in sets for answer in answers),
        key=lambda answer: (answer.reached, -answer.possible, answer.example.id),
    )
    return [
        (f"{a.example.id} {a.example.query}", *map(str, (a.meant, a.shown, a.total, a.possible)))
        for a in every[:WORST_SHOWN]
    ]


def _by_parameter(example: Example) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for parameter, value in example.values - {("open", "now")}:
        wanted.setdefault(parameter, set()).add(value)
    return wanted


def _is_affordable(document: SearchDocument, most: set[str]) -> bool:
    return not most or (document.fee_inr is not None and document.fee_inr <= max(map(int, most)))


def _distance(document: SearchDocument, place: Place) -> float:
    return min(
        (
            distance_m(found.lat, found.lon, place.point.lat, place.point.lon)
            for found in document.places
            if found.lat is not None and found.lon is not None
        ),
        default=float("inf"),
    )


if __name__ == "__main__":
    main()
