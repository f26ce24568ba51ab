"""Measures an import: listings a second, memory, and how much of the time the database takes.

Run: `.venv/bin/python -m benchmarks.import_listings [--listings 10000] [--profile]`. It works in
a database of its own in a temporary folder (or in `--database URL`, which must be empty), prints
what it measured and asserts nothing. Not a test, and not the demo data: its listings come from
the small deterministic generator in this file.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import resource
import sqlite3
import tempfile
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask_migrate import upgrade
from sqlalchemy import event

from config import Mode, Settings
from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import Base, db
from directory.listings.exchange.exporting import all_documents
from directory.listings.operations import ROWS_IN_A_BATCH, ImportResult, import_documents
from directory.vocabulary.models import TermKind
from directory.vocabulary.operations import load_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy.engine import Engine

    from directory.vocabulary.queries import Vocabulary

SEED = 20261123
LISTINGS_TO_ONE_CENTRE = 10
NAMES = ("Asha", "Bilal", "Chitra", "Dev", "Esha", "Farid", "Gita", "Hari", "Ila", "Jai")
SURNAMES = ("Rao", "Khan", "Das", "Gill", "Iyer", "Jain", "Kaur", "Lal", "Mehta", "Nair", "Roy")
OF_LOCATION = "(SELECT listing_id FROM location WHERE location.id = location_id)"
# The tables of listings, and what names the listing a row belongs to.
OWNERS = {
    "listing": "id",
    "practitioner_role": "practitioner_id",
    "phone": OF_LOCATION,
    "opening_hours": OF_LOCATION,
    "schedule_exception": OF_LOCATION,
    **dict.fromkeys(
        ("listing_slug", "practitioner", "centre", "location", "listing_term", "qualification"),
        "listing_id",
    ),
    **dict.fromkeys(("registration", "fee", "staffing", "verification"), "listing_id"),
}
SENTENCE = "Sessions are in Hindi and English, with time for questions at the end of each. "


def documents(count: int, vocabulary: Vocabulary, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Give this many documents, one centre to nine practitioners, a third of whom work there."""
    chance = random.Random(seed)  # noqa: S311 - repeatable numbers, not secrets
    for number in range(count):
        if number % LISTINGS_TO_ONE_CENTRE == 0:
            yield _centre(number, vocabulary, chance)
        else:
            yield _practitioner(number, vocabulary, chance)


def _practitioner(number: int, vocabulary: Vocabulary, chance: random.Random) -> dict[str, Any]:
    centre = number - number % LISTINGS_TO_ONE_CENTRE
    return {
        **_shared(number, vocabulary, chance),
        "kind": "practitioner",
        "profession": chance.choice(list(vocabulary.terms[TermKind.PROFESSION])),
        "gender": chance.choice(["woman", "man", "non-binary"]),
        "practising_since": chance.randint(1985, 2024),
        "qualifications": ["M.Phil. Clinical Psychology", "MA Psychology"],
        "registrations": [
            {
                "register": "rci",
                "number": f"A{number:06d}",
                "state": "found",
                "checked_on": "2026-10-01",
            }
        ],
        "works_at": [f"bench:{centre:06d}"] if number % 3 == 0 else [],
    }


def _centre(number: int, vocabulary: Vocabulary, chance: random.Random) -> dict[str, Any]:
    return {
        **_shared(number, vocabulary, chance),
        "kind": "centre",
        "centre_type": chance.choice(list(vocabulary.terms[TermKind.CENTRE_TYPE])),
        "facilities": _some(vocabulary, TermKind.FACILITY, 8, chance),
        "beds": chance.randint(5, 120),
        "admission_types": ["independent", "supported"],
        "staffing": [
            {"role": "psychiatrist", "presence": "on-call", "from": "20:00", "to": "08:00"},
            {"role": "nurse", "presence": "on-site", "from": "20:00", "to": "08:00", "count": 3},
        ],
    }


def _shared(number: int, vocabulary: Vocabulary, chance: random.Random) -> dict[str, Any]:
    return {
        "ref": f"bench:{number:06d}",
        "name": f"{chance.choice(NAMES)} {chance.choice(SURNAMES)} {number % 997}",
        "name_hi": "आशा राव",
        "headline": "Talking therapy in Hindi and English",
        "about": SENTENCE * chance.randint(2, 9),
        "conditions": _some(vocabulary, TermKind.CONDITION, 6, chance),
        "treatments": _some(vocabulary, TermKind.TREATMENT, 4, chance),
        "languages": ["hi", "en"],
        "modes": ["in-person", "video"],
        "age_groups": ["adult", "older"],
        "payment": ["upi", "cash"],
        "accessibility": ["step-free", "lift"],
        "fees": [
            {"for": "first-session", "amount": 100 * chance.randint(5, 40), "minutes": 50},
            {"for": "follow-up", "amount": 100 * chance.randint(5, 30), "minutes": 45},
        ],
        "accepting": "yes",
        "accepting_checked_on": "2026-11-01",
        "locations": [_place(vocabulary, chance, number)],
        "source": {"name": "The benchmark's generator", "retrieved_on": "2026-10-01"},
        "demo": True,
    }


def _place(vocabulary: Vocabulary, chance: random.Random, number: int) -> dict[str, Any]:
    locality = chance.choice(list(vocabulary.localities.values()))
    return {
        "label": "Main clinic",
        "address": f"{number % 200 + 1} Example Road",
        "locality": locality.slug,
        "pincode": "110017",
        "lat": round(locality.lat + chance.uniform(-0.005, 0.005), 6),
        "lon": round(locality.lon + chance.uniform(-0.005, 0.005), 6),
        "hours": [
            {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "10:00", "closes": "14:00"},
            {"days": ["mon", "wed", "fri"], "opens": "17:00", "closes": "20:00"},
        ],
        "phones": [{"use": "appointments", "number": f"+91115550{number % 10_000:04d}"}],
    }


def _some(vocabulary: Vocabulary, kind: TermKind, most: int, chance: random.Random) -> list[str]:
    return chance.sample(list(vocabulary.terms[kind]), chance.randint(1, most))


@dataclass(slots=True)
class DatabaseClock:
    """Adds up the seconds between a statement's start and its end, and the commits'."""

    seconds: float = 0.0
    statements: int = 0
    _started: float = 0.0

    def watch(self, engine: Engine) -> None:
        """Time every statement and commit of an engine from now on."""
        event.listen(engine, "before_cursor_execute", self._start)
        event.listen(engine, "after_cursor_execute", self._stop)
        do_commit = engine.dialect.do_commit

        def timed_commit(connection: Any) -> None:  # noqa: ANN401 - a driver's connection
            self._start()
            do_commit(connection)
            self._stop()

        engine.dialect.do_commit = timed_commit  # type: ignore[assignment, method-assign]

    def _start(self, *_details: object) -> None:
        self._started = time.perf_counter()

    def _stop(self, *_details: object) -> None:
        self.seconds += time.perf_counter() - self._started
        self.statements += 1


def measure(label: str, count: int, run: Any, clock: DatabaseClock) -> float:  # noqa: ANN401 - any callable
    """Run something once and print what it took; give the seconds."""
    database_before, statements_before = clock.seconds, clock.statements
    started, processor = time.perf_counter(), time.process_time()
    result = run()
    seconds, busy = time.perf_counter() - started, time.process_time() - processor
    in_database = clock.seconds - database_before
    print(
        f"{label:<26} {seconds:7.2f} s (processor {busy:6.2f} s)  "
        f"{count / seconds:8.0f} listings/s  "
        f"in the database {in_database:6.2f} s ({in_database / seconds:4.0%}, "
        f"{clock.statements - statements_before} statements)  peak {peak_mb():4.0f} MB"
    )
    if isinstance(result, ImportResult):
        print(f"{'':<26} {counts_of(result)}")
    return seconds


def counts_of(result: ImportResult) -> str:
    """Give an import's counts in words."""
    return (
        f"{result.new} new, {result.changed} changed, "
        f"{result.unchanged} unchanged, {result.refused} refused"
    )


def peak_mb() -> float:
    """Give the most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare_insert(path: str) -> tuple[float, int]:
    """Copy all rows of the listing tables with the bare driver; give seconds and rows (SQLite).

    The same rows, constraints and indexes, in as many commits as the import, but nothing in
    Python between the rows and `executemany`: the floor below which no import can go.
    """
    target, source = sqlite3.connect(f"{path}.bare", isolation_level=None), sqlite3.connect(path)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"):
        target.execute(f"PRAGMA {pragma}")
    for (statement,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        target.execute(statement)
    names = [table.name for table in Base.metadata.sorted_tables]
    for name in names:
        if name not in OWNERS:
            _insert(target, name, source.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 - our own table names
    target.execute("PRAGMA foreign_keys=ON")
    (last,) = source.execute("SELECT max(id) FROM listing").fetchone()
    seconds, count = 0.0, 0
    for first in range(1, last + 1, ROWS_IN_A_BATCH):
        limits = (first, first + ROWS_IN_A_BATCH - 1)
        sheets = [(name, _owned(source, name, limits)) for name in names if name in OWNERS]
        started = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for name, rows in sheets:
            _insert(target, name, rows)
        target.execute("COMMIT")
        seconds += time.perf_counter() - started
        count += sum(len(rows) for _name, rows in sheets)
    return seconds, count


def _owned(source: sqlite3.Connection, name: str, limits: tuple[int, int]) -> list[Any]:
    query = f"SELECT * FROM {name} WHERE {OWNERS[name]} BETWEEN ? AND ?"  # noqa: S608 - our own table names
    return source.execute(query, limits).fetchall()


def _insert(target: sqlite3.Connection, name: str, rows: list[Any]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our own table names


@contextmanager
def fresh_application(database_url: str | None) -> Iterator[Flask]:
    """Lend an application on a new database with reference data and no listing."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        settings = Settings(
            instance_folder=Path(folder),
            database_url=database_url or f"sqlite:///{folder}/directory.db",
            search_index_folder=Path(folder) / "search",
            secret_key="a key for a benchmark",  # noqa: S106 - nothing is signed here
            sealing_key="a key for a benchmark",
            mode=Mode.TESTING,
        )
        app = create_app(settings)
        with app.app_context():
            upgrade()
            load_reference(now=utc_now())
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def profiled(*, wanted: bool) -> Iterator[None]:
    """Print where the time goes, when that is asked for."""
    if not wanted:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile).sort_stats("tottime").print_stats(35)


def main() -> None:
    """Measure a dry run, a first import, a second one and an export."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--database", help="address of an empty database; default: SQLite")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    with fresh_application(arguments.database) as app:
        vocabulary = app.extensions["vocabulary"].current(db.session())
        clock = DatabaseClock()
        clock.watch(db.engine)
        run_all(vocabulary, clock, arguments.listings, with_profile=arguments.profile)
        if db.engine.dialect.name == "sqlite":
            seconds, rows = bare_insert(db.engine.url.database or "")
            print(f"bare executemany of the same {rows} rows: {seconds:.2f} s")


def run_all(
    vocabulary: Vocabulary, clock: DatabaseClock, count: int, *, with_profile: bool
) -> None:
    """Print one line for each thing measured."""
    now = utc_now()

    def bring(*, dry_run: bool = False) -> ImportResult:
        found = documents(count, vocabulary)
        return import_documents(found, now=now, vocabulary=vocabulary, dry_run=dry_run)

    def export() -> None:
        deque(all_documents(db.session(), vocabulary), maxlen=0)

    def make() -> None:
        deque(documents(count, vocabulary), maxlen=0)

    print(f"{count} listings, {db.engine.dialect.name}, before: peak {peak_mb():.0f} MB")
    measure("making the documents", count, make, clock)
    measure("dry run", count, lambda: bring(dry_run=True), clock)
    with profiled(wanted=with_profile):
        measure("first import", count, bring, clock)
    with profiled(wanted=with_profile):
        measure("second import (unchanged)", count, bring, clock)
    measure("export", count, export, clock)


if __name__ == "__main__":
    main()
