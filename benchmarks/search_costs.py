"""What the engine's index costs: building it, its size, opening it, and the memory it takes.

`python -m benchmarks.search_costs FOLDER DATABASE` is what `search.py` starts to measure memory: a
process that reads the vocabulary, opens the index in a folder, warms it as a server does, asks
it, and prints what that took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.index import create_in

from benchmarks.search_classes import all_classes
from benchmarks.search_setting import NOW, vocabulary_in
from directory.search import fields
from directory.search.engine import Engine
from directory.search.query import FACETS
from directory.search.snapshot.snapshot import Snapshot
from directory.search.store import open_index
from directory.search.understanding import Reader
from directory.search.warming import words_to_warm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.search.documents import SearchDocument
    from directory.vocabulary.queries import Vocabulary

LIMIT_MB = 256
BYTES_IN_A_MB = 1024 * 1024
STATUS = Path("/proc/self/status")


class Building:
    """The engine's own index, written as a rebuild writes it; `seconds` counts only that."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.seconds = 0.0
        self.index: Any = create_in(folder, fields.SCHEMA)
        self.writer: Any = self.index.writer(limitmb=LIMIT_MB, codec=fields.codec())

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Analyse and add documents."""
        started = time.perf_counter()
        for document in documents:
            self.writer.add_document(**fields.fields_of(document))
        self.seconds += time.perf_counter() - started

    def finish(self) -> None:
        """Commit."""
        started = time.perf_counter()
        self.writer.add_document(**fields.meta_fields({}))
        self.writer.commit()
        self.seconds += time.perf_counter() - started

    @property
    def megabytes(self) -> float:
        """The size of the index's files."""
        return sum(file.stat().st_size for file in self.folder.iterdir()) / BYTES_IN_A_MB


@dataclass(frozen=True, slots=True)
class Held:
    """What opening took, in seconds, and what the process takes in memory, in MB."""

    opening: float
    warming: float
    before: float
    opened: float
    asked: float
    peak: float


def opened(index: Any, vocabulary: Vocabulary) -> tuple[Engine, float, float]:  # noqa: ANN401 - Whoosh ships no types
    """Give an engine that keeps no answers, and the seconds opening and warming took."""
    started = time.perf_counter()
    engine = Engine(Snapshot.open(index, generation="benchmark"), kept_answers=0)
    between = time.perf_counter()
    engine.snapshot.warm(words_to_warm(vocabulary, None))
    engine.warm(NOW)
    return engine, between - started, time.perf_counter() - between


def held_by_a_process(folder: Path, database: Path) -> Held:
    """Open an index in a process of its own and give what that took."""
    command = [sys.executable, "-m", "benchmarks.search_costs", str(folder), str(database)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - this very file
    return Held(**json.loads(answer.stdout))


def measured_here(folder: Path, database: Path) -> Held:
    """Open the index in a folder, ask it every query once, and give what that took."""
    vocabulary = vocabulary_in(database)
    before = _megabytes("VmRSS")
    engine, opening, warming = opened(open_index(folder, mapped=False), vocabulary)
    after = _megabytes("VmRSS")
    for queries in all_classes(vocabulary, Reader(vocabulary, engine.snapshot.words)):
        for query in queries.queries:
            engine.search(replace(query, wanted=FACETS), vocabulary, NOW)
    return Held(opening, warming, before, after, _megabytes("VmRSS"), _megabytes("VmHWM"))


def _megabytes(name: str) -> float:
    """Give a figure the kernel keeps of this process; NaN where there is none."""
    if not STATUS.exists():
        return float("nan")
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__" and sys.argv[1:]:
    print(json.dumps(asdict(measured_here(*map(Path, sys.argv[1:])))))
