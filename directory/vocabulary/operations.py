"""Writes of the vocabulary: loading the reference files. Called by `flask reference load`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select

from directory.core.db import Base, writing
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

    from sqlalchemy.orm import Session


Row = TypeVar("Row", District, MetroLine, Station, Locality, Helpline)


@dataclass(frozen=True, slots=True)
class ReferenceCounts:
    """How many rows each list holds after a load, and whether the load changed anything."""

    changed: bool
    terms: int
    localities: int
    stations: int
    helplines: int


def load_reference(*, now: datetime) -> ReferenceCounts:
    """Bring the vocabulary in line with the reference files and count it.

    Idempotent: with unchanged files nothing is written. Rows are matched by slug; a term
    that has left the files stays, because listings may carry it. Raises
    `reading.ReferenceDataError` for a file that cannot be used.
    """
    digest = reading.digest_of_files()
    with writing() as session:
        load = session.get(ReferenceLoad, 1)
        changed = load is None or load.digest != digest
        if changed:
            _load_all(session)
            session.merge(ReferenceLoad(id=1, digest=digest, loaded_at=now))

        return ReferenceCounts(
            changed=changed,
            terms=_count(session, Term),
            localities=_count(session, Locality),
            stations=_count(session, Station),
            helplines=_count(session, Helpline),
        )


def _load_all(session: Session) -> None:
    _load_terms(session)
    districts = _upsert(session, District, reading.read_districts())
    lines = _upsert(session, MetroLine, reading.read_lines())
    stations = _load_stations(session, lines)
    by_name = {district.name_en: district for district in districts.values()}
    localities: list[dict[str, Any]] = []
    for row in reading.read_localities():
        values = dict(row)
        values["district"] = by_name[values["district"]]
        values["nearest_station"] = stations[values.pop("nearest_metro")]
        localities.append(values)
    _upsert(session, Locality, localities)
    _upsert(session, Helpline, reading.read_helplines())


def _load_terms(session: Session) -> None:
    present: dict[tuple[TermKind, str], Term] = {
        (term.kind, term.slug): term for term in session.scalars(select(Term))
    }
    for row in reading.read_terms():
        term = present.get((row.kind, row.slug))
        if term is None:
            term = Term(kind=row.kind, slug=row.slug)
            session.add(term)
        for name, value in row.values.items():
            setattr(term, name, value)
        kept = [item for item in term.spellings if (item.use, item.text) in row.spellings]
        known = {(item.use, item.text) for item in kept}
        term.spellings = kept + [
            TermSpelling(use=use, text=text) for use, text in sorted(row.spellings - known)
        ]
    session.flush()


def _load_stations(session: Session, lines: dict[str, MetroLine]) -> dict[str, Station]:
    rows = reading.read_stations()
    stations = _upsert(session, Station, [values for values, _ in rows])
    session.flush()
    for values, stops in rows:
        station = stations[values["slug"]]
        known = {stop.line_id: stop for stop in station.lines}
        station.lines = [
            known.get(lines[line].id) or StationLine(line_id=lines[line].id)
            for line, _number in stops
        ]
        for position, (stop, (_line, number)) in enumerate(zip(station.lines, stops, strict=True)):
            stop.number = number
            stop.position = position
    return stations


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
