"""How well searches are understood and answered: scores over sets of example searches.

The scoring is pure and used by the tests too. Run: `.venv/bin/python -m
benchmarks.quality_of_search [FILE.csv …]`. It reads the sets (the project's own when no file is
given) with the project's vocabulary, without an index, and prints what share was understood.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask_migrate import upgrade

from config import Mode, Settings
from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import db
from directory.search.understanding import Reader
from directory.vocabulary.operations import load_reference
from directory.vocabulary.queries import load_vocabulary
from directory.vocabulary.reading import DATA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from directory.search.request import Reading
    from directory.vocabulary.queries import Vocabulary

OWN_FOLDER = Path(__file__).resolve().parent.parent / "tests" / "search" / "quality"

COLUMNS = {
    "profession": "profession",
    "condition": "condition",
    "treatment": "treatment",
    "centre": "centre_type",
    "locality": "near",
}
# Filters of the files whose name or value differs from the parameter of the public contract.
PARAMETERS = {"age": "age_group", "hours": "open", "sector": "payment"}
VALUES = {("hours", "weekend"): "sunday", ("sector", "government"): "government-free"}
READ_APART = {"crisis_banner", "outside", "guide"}
# What a result's terms are compared with for precision; a place or a fee is no term.
RELEVANT = ("profession", "condition", "treatment", "centre_type", "language", "identity")
FIRST_RESULTS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A search and what somebody who types it means: (parameter, value) pairs and more."""

    id: str
    query: str
    values: frozenset[tuple[str, str]]
    crisis: bool
    comforts: bool
    outside: str | None
    guide: str | None
    is_misspelt: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What became of a set: ids of searches not understood, and crises missed or imagined."""

    examples: int
    crises: int
    not_understood: tuple[str, ...]
    crises_missed: tuple[str, ...]
    false_alarms: tuple[str, ...]

    @property
    def understood(self) -> float:
        """Give the share of searches of which every expected value was read."""
        return 1 - len(self.not_understood) / self.examples

    @property
    def crisis_recall(self) -> float:
        """Give the share of crises that were heard."""
        return 1 - len(self.crises_missed) / self.crises if self.crises else 1.0


def examples_of(file: Path) -> list[Example]:
    """Give the searches of a file in the columns of `queries_dev.csv`."""
    with file.open(encoding="utf-8", newline="") as opened:
        return [_example(row) for row in csv.DictReader(opened)]


def score(examples: Sequence[Example], read: Callable[[str], Reading]) -> Score:
    """Give how well `read` understands searches."""
    readings = [(example, read(example.query)) for example in examples]
    return Score(
        examples=len(examples),
        crises=sum(example.crisis for example in examples),
        not_understood=tuple(one.id for one, reading in readings if missing(one, reading)),
        crises_missed=tuple(one.id for one, made in readings if one.crisis and not made.crisis),
        false_alarms=tuple(one.id for one, made in readings if made.crisis and not one.crisis),
    )


def missing(example: Example, reading: Reading) -> list[str]:
    """Give what a search means and its reading does not say, firmly or as a hint."""
    read = {(item.parameter, item.value) for item in reading.understood}
    found = [f"{name}={value}" for name, value in sorted(example.values - read)]
    if example.comforts and not (reading.comforts or reading.crisis):
        found.append("comforts")
    if example.outside not in {None, (reading.outside or "").lower()}:
        found.append(f"outside={example.outside}")
    if example.guide != reading.guide and example.guide is not None:
        found.append(f"guide={example.guide}")
    return found


def precision_at_10(
    examples: Iterable[Example], search: Callable[[str], Sequence[frozenset[tuple[str, str]]]]
) -> float:
    """Give the share of the first ten results that carry what was meant, over all searches.

    `search` gives the (parameter, slug) terms of each result, best first. A result counts when
    it carries one expected value of every parameter expected of it; a parameter only centres
    have is not expected of a practitioner, nor the other way round. Searches that mean nothing
    a result could carry, and those without a result, are left out.
    """
    shares = []
    for example in examples:
        wanted = _by_parameter(example)
        found = search(example.query)[:FIRST_RESULTS]
        if wanted and found:
            shares.append(sum(_is_meant(terms, wanted) for terms in found) / len(found))
    return sum(shares) / len(shares) if shares else 0.0


def _by_parameter(example: Example) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for parameter, value in example.values:
        if parameter in RELEVANT:
            wanted.setdefault(parameter, set()).add(value)
    return wanted


def _is_meant(terms: frozenset[tuple[str, str]], wanted: dict[str, set[str]]) -> bool:
    carried = {parameter for parameter, _ in terms}
    apart = {"profession", "centre_type"} - carried
    return all(
        any((parameter, value) in terms for value in values)
        for parameter, values in wanted.items()
        if parameter not in apart
    )


def _example(row: dict[str, str]) -> Example:
    values = {
        (parameter, value)
        for column, parameter in COLUMNS.items()
        for value in row[column].split(",")
        if value
    }
    apart: dict[str, str] = {}
    for part in filter(None, row["filters"].split(";")):
        name, given = part.split("=")
        if name in READ_APART:
            apart[name] = given
        else:
            values |= {_pair(name, value) for value in given.split(",")}
    return Example(
        id=row["id"],
        query=row["query"],
        values=frozenset(values),
        crisis=row["crisis"] == "yes",
        comforts=apart.get("crisis_banner") == "soft",
        outside=apart.get("outside"),
        guide=apart.get("guide"),
        is_misspelt=row["typo"] == "yes",
    )


def _pair(name: str, value: str) -> tuple[str, str]:
    """Give a filter of a file as a parameter of the public contract and its value."""
    if value == "true":
        return "facility", name
    return PARAMETERS.get(name, name), VALUES.get((name, value), value)


def own_sets() -> list[Path]:
    """Give the sets of the project: the example searches of the vocabulary, then the tests' own."""
    return [DATA_FOLDER / "queries_dev.csv", *sorted(OWN_FOLDER.glob("queries_*.csv"))]


def report(file: Path, read: Callable[[str], Reading]) -> str:
    """Give one line on a set, and one for each search that was not understood."""
    examples = examples_of(file)
    made = score(examples, read)
    heard = f"crises heard {made.crisis_recall:6.1%} of {made.crises}"
    alarms = f"false alarms {len(made.false_alarms)} of {made.examples - made.crises}"
    understood = f"{made.examples:4} searches: understood {made.understood:6.1%}"
    lines = [f"{file.stem:18} {understood}, {heard}, {alarms}"]
    for example in examples:
        lacking = missing(example, read(example.query))
        if lacking:
            lines.append(f"    {example.id} {example.query!r} lacks {', '.join(lacking)}")
    return "\n".join(lines)


def fresh_vocabulary() -> Vocabulary:
    """Give the project's vocabulary, read through a database that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        settings = Settings(
            instance_folder=Path(folder),
            database_url=f"sqlite:///{folder}/directory.db",
            search_index_folder=Path(folder) / "search",
            secret_key="a key for a benchmark",  # noqa: S106 - nothing is signed here
            sealing_key="a key for a benchmark",
            mode=Mode.TESTING,
        )
        with create_app(settings).app_context():
            upgrade()
            load_reference(now=utc_now())
            vocabulary = load_vocabulary(db.session())
            db.session.remove()
            db.engine.dispose()
    return vocabulary


def main() -> None:
    """Print how well the sets named on the command line are understood."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.csv")
    files = parser.parse_args().files or own_sets()
    reader = Reader(fresh_vocabulary(), None)
    for file in files:
        print(report(file, reader.read))


if __name__ == "__main__":
    main()
