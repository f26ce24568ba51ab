"""Loading the reference files into the vocabulary. Called by `flask reference load`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from directory.core.db import Base, writing
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.vocabulary import reading
from directory.vocabulary.models import (
    District,
    Helpline,
    Locality,
    MetroLine,
    ReferenceLoad,
    Station,
    StationLine,
    Term,
    TermKind,
    TermSpelling,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

# The id of the one row that names the loaded reference data.
REFERENCE_ROW = 1
Row = TypeVar("Row", District, MetroLine, Station, Locality, Helpline)
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class ReferenceCounts:
    """How many rows each list holds after a load, and whether the load changed anything."""

    changed: bool
    terms: int
    localities: int
    stations: int
    helplines: int


def load_reference(*, now: datetime, folder: Path = reading.DATA_FOLDER) -> ReferenceCounts:
    """Bring the vocabulary in line with the reference files in `folder` and count it.

    Idempotent: with unchanged files nothing is written. Rows are matched by slug; a term
    or place that has left the files stays, because listings may carry it; a helpline goes at
    once. A term the desk has edited or merged stays as the desk left it. Raises
    `reading.ReferenceDataError` for a file that cannot be used.
    """
    digest = reading.digest_of_files(folder)
    with writing() as session:
        load = session.get(ReferenceLoad, REFERENCE_ROW)
        changed = load is None or load.digest != digest
        if changed:
            _load_all(session, folder)
            session.merge(ReferenceLoad(id=REFERENCE_ROW, digest=digest, loaded_at=now))
            session.flush()
            record_changes(session, ChangeNoun.VOCABULARY, [REFERENCE_ROW], now)

        return ReferenceCounts(
            changed=changed,
            terms=_count(session, Term),
            localities=_count(session, Locality),
            stations=_count(session, Station),
            helplines=_count(session, Helpline),
        )


def _load_all(session: Session, folder: Path) -> None:
    _load_terms(session, folder)
    districts = _upsert(session, District, reading.read_districts(folder))
    lines = _upsert(session, MetroLine, reading.read_lines(folder))
    stations = _load_stations(session, lines, folder)
    by_name = {district.name_en: district for district in districts.values()}
    localities: list[dict[str, Any]] = []
    for row in reading.read_localities(folder):
        values = dict(row)
        place = f"localities.csv, {row['slug']}"
        values["district"] = _known(by_name, row["district"], place)
        values["nearest_station"] = _known(stations, values.pop("nearest_metro"), place)
        localities.append(values)
    _upsert(session, Locality, localities)
    _load_helplines(session, folder)


def _load_helplines(session: Session, folder: Path) -> None:
    rows = reading.read_helplines(folder)
    helplines = _upsert(session, Helpline, rows)
    for slug in helplines.keys() - {row["slug"] for row in rows}:
        session.delete(helplines[slug])


def _load_terms(session: Session, folder: Path) -> None:
    present: dict[tuple[TermKind, str], Term] = {
        (term.kind, term.slug): term
        for term in session.scalars(select(Term).options(selectinload(Term.spellings)))
    }
    for row in reading.read_terms(folder):
        term = present.get((row.kind, row.slug))
        if term is None:
            term = Term(kind=row.kind, slug=row.slug)
            session.add(term)
        elif term.edited_at is not None:
            continue
        for name, value in row.values.items():
            setattr(term, name, value)
        kept = [item for item in term.spellings if (item.use, item.text) in row.spellings]
        known = {(item.use, item.text) for item in kept}
        term.spellings = kept + [
            TermSpelling(use=use, text=text)
            for use, text in row.spellings
            if (use, text) not in known
        ]
    session.flush()


def _load_stations(
    session: Session, lines: dict[str, MetroLine], folder: Path
) -> dict[str, Station]:
    rows = reading.read_stations(folder)
    # Held until the end: the loop below then finds each station's lines without a query.
    _held = session.scalars(select(Station).options(selectinload(Station.lines))).all()
    stations = _upsert(session, Station, [values for values, _ in rows])
    session.flush()
    for values, stops in rows:
        station = stations[values["slug"]]
        known = {stop.line_id: stop for stop in station.lines}
        line_ids = [_known(lines, line, f"metro.csv, {station.slug}").id for line, _ in stops]
        station.lines = [known.get(number) or StationLine(line_id=number) for number in line_ids]
        for position, (stop, (_line, number)) in enumerate(zip(station.lines, stops, strict=True)):
            stop.number = number
            stop.position = position
    return stations


def _known(rows: Mapping[str, Known], name: str, place: str) -> Known:
    if name not in rows:
        raise reading.ReferenceDataError(f"{place}: {name} is in no other file")
    return rows[name]


def _upsert(
    session: Session, table: type[Row], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Row]:
    """Give the table's rows by slug after updating or adding each of `rows`."""
    present = {row.slug: row for row in session.scalars(select(table))}
    for values in rows:
        row = present.get(values["slug"])
        if row is None:
            row = present[values["slug"]] = table()
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
    return present


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
