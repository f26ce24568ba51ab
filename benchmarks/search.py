"""Measures the search engine beside Whoosh, SQLite FTS5 and tantivy, on one corpus, in one run.

Run: `.venv/bin/python -m benchmarks.search [--sizes 2000,10000,100000] [--without Whoosh,FTS5]`.
Every engine answers the same queries with the total, the first twenty and ten facets, warm, in
turns, and no engine keeps answers. Nothing is asserted: what was seen stands beside the aims.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from dataclasses import dataclass, field, replace
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.search_classes import all_classes, read
from benchmarks.search_corpus import corpus, reference_database
from benchmarks.search_costs import Building, held_by_a_process, opened
from benchmarks.search_peer_fts5 import Fts5
from benchmarks.search_peer_tantivy import Tantivy
from benchmarks.search_peer_whoosh import PatientWhoosh, Whoosh
from benchmarks.search_peers import TEN, asked_of
from benchmarks.search_report import report
from benchmarks.search_setting import NOW, vocabulary_in
from benchmarks.search_timing import MILLISECONDS, milliseconds
from directory.search.query import FACETS
from directory.search.understanding import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.search_classes import QueryClass
    from benchmarks.search_costs import Held
    from benchmarks.search_peers import Answer, Asked
    from directory.search.documents import SearchDocument
    from directory.search.engine import Engine
    from directory.search.query import Found, SearchQuery
    from directory.vocabulary.queries import Vocabulary

SIZES = (2_000, 10_000, 100_000)
LARGE = 50_000
DOCUMENTS_AT_ONCE = 1000
OWN = "this engine"
ROUNDS = 15
ROUNDS_OF_ALL_FACETS = 3


@dataclass(frozen=True, slots=True)
class Contender:
    """Who is asked, how often each query, and how many queries of each class."""

    name: str
    ask: Callable[[Asked], Answer]
    rounds: int
    most_queries: int


@dataclass(slots=True)
class Seen:
    """What was measured for one class of query, in milliseconds; peers by name."""

    name: str
    results: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    every_facet: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    peers: dict[str, list[float]] = field(default_factory=dict)
    same: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured at one size; seconds and MB."""

    size: int
    classes: list[Seen]
    building: float
    index_mb: float
    opening: float
    warming: float
    held: Held


def main() -> None:
    """Measure all sizes and print the tables of each as it is done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--without", default="", help="peers to leave out, by name")
    arguments = parser.parse_args()
    left_out = set(arguments.without.split(","))
    with reference_database() as database:
        for size in map(int, arguments.sizes.split(",")):
            started = time.perf_counter()
            report(measured(size, database, left_out))
            print(f"\n(measured in {time.perf_counter() - started:.0f} s)\n", flush=True)


def measured(size: int, database: Path, left_out: set[str]) -> Run:
    """Build every engine's index from one pass over the corpus, and ask them all."""
    vocabulary = vocabulary_in(database)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        own = Building(folder / "index")
        built = [made(folder) for made in (Fts5, Tantivy) if made.name not in left_out]
        for documents in _in_parts(corpus(size, vocabulary)):
            own.add(documents)
            for peer in built:
                peer.add(documents)
        for builder in (own, *built):
            builder.finish()
        held = held_by_a_process(own.folder, database)
        engine, opening, warming = opened(own.index, vocabulary)
        asked = [(peer.name, peer.search) for peer in built]
        asked += [
            (made.name, made(own.index).search)
            for made in (Whoosh, PatientWhoosh)
            if made.name not in left_out
        ]
        classes = _all_seen(engine, vocabulary, [_contender(*pair, size) for pair in asked])
        return Run(size, classes, own.seconds, own.megabytes, opening, warming, held)


def _in_parts(documents: Iterator[SearchDocument]) -> Iterator[Sequence[SearchDocument]]:
    while part := list(islice(documents, DOCUMENTS_AT_ONCE)):
        yield part


def _contender(name: str, ask: Callable[[Asked], Answer], size: int) -> Contender:
    """Give how often a peer is asked: slow ones seldom, so that a run ends."""
    if size < LARGE:
        rounds = {"FTS5": 6, "Whoosh": 1, "Whoosh+lists": 2}.get(name, ROUNDS)
        return Contender(name, ask, rounds, 8)
    rounds = {"FTS5": 2, "tantivy": 8, "Whoosh": 1, "Whoosh+lists": 1}.get(name, ROUNDS)
    queries = {"Whoosh": 1, "Whoosh+lists": 2}.get(name, 8)
    return Contender(name, ask, rounds, queries)


def _all_seen(
    engine: Engine, vocabulary: Vocabulary, contenders: Sequence[Contender]
) -> list[Seen]:
    reader = Reader(vocabulary, engine.snapshot.words)
    classes = all_classes(vocabulary, reader)
    gc.collect()
    gc.freeze()
    try:
        return [_seen(queries, engine, vocabulary, reader, contenders) for queries in classes]
    finally:
        gc.unfreeze()


def _seen(
    queries: QueryClass,
    engine: Engine,
    vocabulary: Vocabulary,
    reader: Reader,
    contenders: Sequence[Contender],
) -> Seen:
    """Ask everybody everything in turns; the first turn compares answers and warms."""
    seen = Seen(queries.name)

    def own(query: SearchQuery) -> float:
        return milliseconds(lambda: engine.search(query, vocabulary, NOW))

    seen.first = [own(query) for query in queries.queries]
    found = [engine.search(query, vocabulary, NOW) for query in queries.queries]
    asked = [asked_of(query, vocabulary) for query in queries.queries]
    seen.results = [answer.total for answer in found]
    for turn, number in product(range(ROUNDS), range(len(asked))):
        seen.own.append(own(queries.queries[number]))
        for peer in contenders:
            if turn < peer.rounds and number < peer.most_queries:
                _ask(peer, turn, asked[number], found[number], seen)
    whole = [replace(query, wanted=FACETS) for query in queries.queries]
    seen.every_facet = [own(query) for query in whole * ROUNDS_OF_ALL_FACETS]
    seen.reading = [
        milliseconds(lambda t=text: read(t, vocabulary, reader))  # type: ignore[misc]
        for text in queries.texts * ROUNDS
    ]
    return seen


def _ask(peer: Contender, turn: int, asked: Asked, own: Found, seen: Seen) -> None:
    """Ask a peer once; the first turn counts for the time only where there is no other."""
    started = time.perf_counter()
    answer = peer.ask(asked)
    took = (time.perf_counter() - started) * MILLISECONDS
    if turn == 0:
        same, compared = seen.same.get(peer.name, (0, 0))
        seen.same[peer.name] = same + _is_same(own, answer), compared + 1
    if turn or peer.rounds == 1:
        seen.peers.setdefault(peer.name, []).append(took)


def _is_same(own: Found, other: Answer) -> bool:
    counts = own.facets.counts
    return own.total == other.total and all(
        dict(counts.get(name, {})) == dict(other.counts.get(name, {})) for name in TEN
    )


if __name__ == "__main__":
    main()
