"""The peer that is a database: SQLite FTS5 with facets counted in SQL.

Set up as well as one would: a file read through memory mapping, all pages warm, statistics
gathered, the full text in one merged segment with prefixes indexed, values numbered so that
those of one parameter stand together. Not a script: `search.py` uses it.
"""

from __future__ import annotations

import sqlite3
from math import cos, radians
from typing import TYPE_CHECKING

from benchmarks.search_peers import (
    FEW_RESULTS,
    METRES_IN_A_DEGREE,
    TEN,
    Answer,
    Asked,
    best_rating,
    texts_of,
    values_of,
)
from directory.listings.queries.search import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from benchmarks.search_peers import Stems
    from directory.search.documents import SearchDocument

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA mmap_size = 4000000000;
PRAGMA cache_size = -400000;
PRAGMA temp_store = MEMORY;
CREATE TABLE listing (id INTEGER PRIMARY KEY, fee INTEGER, rating INTEGER, reviews INTEGER);
CREATE TABLE place (listing_id INTEGER, lat REAL, lon REAL);
CREATE TABLE value (id INTEGER PRIMARY KEY, parameter TEXT, slug TEXT);
CREATE TABLE held (listing_id INTEGER, value_id INTEGER, PRIMARY KEY (listing_id, value_id))
  WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (head, body, reviews, content = '', prefix = '2 3 4',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");
CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, points REAL);
CREATE TEMP TABLE matched (id INTEGER PRIMARY KEY, points REAL);
"""
INDEXES = """
CREATE INDEX held_by_value ON held (value_id, listing_id);
CREATE INDEX listing_by_rating ON listing (rating DESC, reviews DESC, id);
CREATE INDEX place_by_listing ON place (listing_id, lat, lon);
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
"""
FEW_COUNTED = """
SELECT value_id, count(*) FROM held WHERE listing_id IN (SELECT id FROM {table})
  AND value_id >= ? AND value_id < ? GROUP BY value_id
"""
MANY_COUNTED = """
SELECT value_id, count(*) FROM held CROSS JOIN {table} ON {table}.id = held.listing_id
  WHERE value_id >= ? AND value_id < ? GROUP BY value_id
"""
FEW_ONE_IN = 4
ROOM = 1000  # numbers of values kept for one parameter
MATCHES = """
SELECT rowid AS id, bm25(words, 3.0, 1.0, 0.5) AS points FROM words WHERE words MATCH :match
"""


class Fts5:
    """SQLite with FTS5, asked through Python's own sqlite3."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self.database.executescript(TABLES)
        self.parameters: dict[str, int] = {name: at * ROOM for at, name in enumerate(TEN)}
        self.numbers: dict[tuple[str, str], int] = {}
        self.slugs: dict[int, tuple[str, str]] = {}

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Insert documents in one transaction."""
        execute = self.database.executemany
        self.database.execute("BEGIN")
        execute(
            "INSERT INTO listing VALUES (?, ?, ?, ?)",
            [(d.number, d.fee_inr, best_rating(d), d.review_count) for d in documents],
        )
        execute(
            "INSERT INTO place VALUES (?, ?, ?)",
            [(d.number, place.lat, place.lon) for d in documents for place in d.places],
        )
        execute(
            "INSERT INTO held VALUES (?, ?)",
            [(d.number, self._number(pair)) for d in documents for pair in values_of(d)],
        )
        execute(
            "INSERT INTO words (rowid, head, body, reviews) VALUES (?, ?, ?, ?)",
            [(d.number, *texts_of(d)) for d in documents],
        )
        self.database.execute("COMMIT")

    def finish(self) -> None:
        """Build the indexes and gather statistics."""
        self.database.executemany(
            "INSERT INTO value VALUES (?, ?, ?)",
            [(number, *pair) for pair, number in self.numbers.items()],
        )
        self.database.executescript(INDEXES)
        self.slugs = {number: pair for pair, number in self.numbers.items()}
        (self.listings,) = self.database.execute("SELECT count(*) FROM listing").fetchone()

    def search(self, asked: Asked) -> Answer:
        """Collect the matches once, then page and count them."""
        total = self._collect(asked, " ")
        if asked.words and len(asked.words) > 1 and total < FEW_RESULTS:
            total = self._collect(asked, " OR ")
        counts = self._counts("hit", asked.counted_together)
        for name in asked.counted_apart:
            self.database.execute("DELETE FROM matched")
            self._fill("matched", asked, asked.without(name))
            counts |= self._counts("matched", (name,))
        return Answer(total, self._page(asked), counts)

    def _number(self, pair: tuple[str, str]) -> int:
        """Give the number of a value; those of one parameter follow one another."""
        number = self.numbers.get(pair)
        if number is None:
            first = self.parameters.setdefault(pair[0], len(self.parameters) * ROOM)
            held = sum(parameter == pair[0] for parameter, _slug in self.numbers)
            number = self.numbers[pair] = first + held
        return number

    def _collect(self, asked: Asked, joined_by: str) -> int:
        """Put the matches of all words, or of any, into the table `hit`."""
        self.match = joined_by.join(map(_match, asked.words))
        self.database.execute("DELETE FROM hit")
        return self._fill("hit", asked, asked.chosen)

    def _fill(self, table: str, asked: Asked, chosen: Mapping[str, Sequence[str]]) -> int:
        conditions = list(self._conditions(asked, chosen))
        if asked.words:
            source = MATCHES
        elif asked.near is not None:
            source = _distances(asked)
        else:
            source = "SELECT id, NULL AS points FROM listing"
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        filled = self.database.execute(
            f"INSERT INTO {table} SELECT id, points FROM ({source}) AS found{where}",  # noqa: S608 - our own names and numbers
            {"match": self.match, "fee_max": asked.fee_max},
        )
        return filled.rowcount

    def _conditions(self, asked: Asked, chosen: Mapping[str, Sequence[str]]) -> Iterable[str]:
        """Yield a look-up in an index for each filter, to be tried for each match."""
        for name, slugs in chosen.items():
            numbers = ", ".join(str(self.numbers.get((name, slug), -1)) for slug in slugs)
            yield (
                "EXISTS (SELECT 1 FROM held WHERE listing_id = found.id "  # noqa: S608 - numbers
                f"AND value_id IN ({numbers}))"
            )
        if asked.fee_max is not None:
            yield "EXISTS (SELECT 1 FROM listing WHERE id = found.id AND fee <= :fee_max)"
        if asked.near is not None and asked.words and asked.within_m is not None:
            yield f"id IN (SELECT id FROM ({_distances(asked)}))"  # noqa: S608 - numbers

    def _counts(self, table: str, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the values of some parameters over a table of matches.

        Few matches are looked up one by one, many are met while walking the index by value:
        SQLite has no statistics of a temporary table, so the better plan is chosen here.
        """
        first = self.parameters[names[0]] if len(names) == 1 else 0
        end = first + ROOM if len(names) == 1 else len(TEN) * ROOM
        (matches,) = self.database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
        few = matches * FEW_ONE_IN < self.listings
        rows = self.database.execute(
            (FEW_COUNTED if few else MANY_COUNTED).format(table=table), (first, end)
        )
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        for number, count in rows:
            name, slug = self.slugs[number]
            if name in found:
                found[name][slug] = count
        return found

    def _page(self, asked: Asked) -> tuple[int, ...]:
        if asked.sort is Sort.RATING:
            query = (
                "SELECT id FROM listing WHERE id IN (SELECT id FROM hit) "
                "ORDER BY rating DESC, reviews DESC, id LIMIT ? OFFSET ?"
            )
        else:
            query = "SELECT id FROM hit ORDER BY points, id LIMIT ? OFFSET ?"
        rows = self.database.execute(query, (asked.limit, asked.offset))
        return tuple(number for (number,) in rows)


def _match(word: Stems) -> str:
    quoted = f'"{" ".join(word.texts)}"'
    return f"{quoted}*" if word.is_prefix else quoted


def _distances(asked: Asked) -> str:
    """Give the query for listings near enough, nearest place first."""
    near = asked.near
    assert near is not None  # noqa: S101 - asked only with a point
    east = METRES_IN_A_DEGREE * cos(radians(near.lat))
    squared = (
        f"((lat - {near.lat}) * (lat - {near.lat}) * {METRES_IN_A_DEGREE**2} + "
        f"(lon - {near.lon}) * (lon - {near.lon}) * {east**2})"
    )
    limit = "" if asked.within_m is None else f" HAVING points <= {asked.within_m**2}"
    return (
        f"SELECT listing_id AS id, min({squared}) AS points FROM place "  # noqa: S608 - numbers
        f"GROUP BY listing_id{limit}"
    )
