"""Loading the reference files into the database: idempotent, keeps ids, keeps what is used."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.audit.models import AuditHead
from directory.core.db import db
from directory.outbox.models import ChangeCounter
from directory.vocabulary.models import (
    Helpline,
    Locality,
    ReferenceLoad,
    SpellingUse,
    Station,
    StationLine,
    Term,
    TermKind,
    TermSpelling,
)
from directory.vocabulary.operations import load_reference
from directory.vocabulary.reading import ReferenceDataError
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.conftest import CountSql

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]

# One row each, made by the migration.
NEVER_EMPTY = {AuditHead.__tablename__, ChangeCounter.__tablename__}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_files(tmp_path)


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def term(session: Session, kind: TermKind, slug: str) -> Term:
    return session.scalars(select(Term).filter_by(kind=kind, slug=slug)).one()


def spellings(found: Term, use: SpellingUse) -> set[str]:
    return {spelling.text for spelling in found.spellings if spelling.use is use}


def test_a_second_load_changes_nothing(session: Session, now: datetime) -> None:
    before = session.scalars(select(ReferenceLoad)).one().loaded_at

    counts = load_reference(now=now + timedelta(days=1))

    assert not counts.changed
    assert (counts.terms, counts.localities, counts.stations, counts.helplines) == (
        369,
        357,
        243,
        30,
    )
    assert session.scalars(select(ReferenceLoad)).one().loaded_at == before


@pytest.mark.usefixtures("session")
def test_a_second_load_writes_no_row(now: datetime, count_sql: CountSql) -> None:
    with count_sql() as statements:
        load_reference(now=now)

    writing = [text for text in statements if text.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writing == []


def test_a_changed_file_updates_the_term_and_keeps_its_id(
    session: Session, now: datetime, folder: Path
) -> None:
    number = term(session, TermKind.CONDITION, "grief").id
    change(folder, "taxonomy.yaml", "Grief and prolonged grief", "Grief that stays")
    change(folder, "plain_words/conditions.yaml", "Someone has died, and", "Someone died, and")

    counts = load_reference(now=now, folder=folder)

    grief = term(session, TermKind.CONDITION, "grief")
    assert counts.changed
    assert counts.terms == 369
    assert (grief.id, grief.name_en) == (number, "Grief that stays")
    assert grief.details["plain_en"].startswith("Someone died, and")
    assert session.scalars(select(ReferenceLoad)).one().loaded_at == now


def test_spellings_that_changed_place_are_moved_and_those_that_went_are_gone(
    session: Session, now: datetime, folder: Path
) -> None:
    change(folder, "taxonomy.yaml", "      - low mood\n", "      - heavy heart\n")

    load_reference(now=now, folder=folder)

    synonyms = spellings(term(session, TermKind.CONDITION, "depression"), SpellingUse.SYNONYM)
    assert "heavy heart" in synonyms
    assert "low mood" not in synonyms
    assert (
        session.scalar(
            select(func.count()).select_from(TermSpelling).where(TermSpelling.text == "low mood")
        )
        == 0
    )


def test_a_term_that_left_the_files_stays(session: Session, now: datetime, folder: Path) -> None:
    file = folder / "taxonomy.yaml"
    text = file.read_text("utf-8")
    start = text.index("  - id: gbm\n")
    file.write_text(text[:start] + text[text.index("  - id: kfy\n") :], "utf-8")

    counts = load_reference(now=now, folder=folder)

    assert counts.terms == 369
    assert term(session, TermKind.LANGUAGE, "gbm").name_en == "Garhwali"


def test_a_locality_that_left_the_files_stays(
    session: Session, now: datetime, folder: Path
) -> None:
    file = folder / "localities.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("saket,")), "utf-8")

    load_reference(now=now, folder=folder)

    assert session.scalars(select(Locality.name_en).filter_by(slug="saket")).one() == "Saket"


def test_a_helpline_that_left_the_files_is_gone_at_once(
    session: Session, now: datetime, folder: Path
) -> None:
    file = folder / "helplines.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("fortis,")), "utf-8")

    counts = load_reference(now=now, folder=folder)

    assert counts.helplines == 29
    assert session.scalars(select(Helpline).filter_by(slug="fortis")).one_or_none() is None


def test_a_station_that_moved_to_another_line_is_moved(
    session: Session, now: datetime, folder: Path
) -> None:
    change(
        folder,
        "metro.csv",
        "shivaji-stadium,Shivaji Stadium",
        "shivaji-stadium,Shivaji Stadium Stop",
    )
    change(folder, "metro.csv", ",airport,airport:2,", ",airport|grey,airport:2|grey:5,")

    load_reference(now=now, folder=folder)

    station = session.scalars(select(Station).filter_by(slug="shivaji-stadium")).one()
    assert station.name_en == "Shivaji Stadium Stop"
    assert [(stop.position, stop.number) for stop in station.lines] == [(0, 2), (1, 5)]


def test_every_station_stands_on_a_line(session: Session) -> None:
    on_a_line = session.scalar(select(func.count(func.distinct(StationLine.station_id))))

    assert on_a_line == 243


UNKNOWN_NAMES = {
    "localities.csv, connaught-place: Shangri-La is in no other file": (
        "localities.csv",
        "Connaught Circus|Cannaught Place,New Delhi,",
        "Connaught Circus|Cannaught Place,Shangri-La,",
    ),
    "localities.csv, connaught-place: rajeev-chowk is in no other file": (
        "localities.csv",
        ",rajiv-chowk,0.16",
        ",rajeev-chowk,0.16",
    ),
    "metro.csv, rithala: scarlet is in no other file": (
        "metro.csv",
        ",red,red:1,",
        ",scarlet,scarlet:1,",
    ),
}


@pytest.mark.parametrize("says", UNKNOWN_NAMES)
def test_a_name_no_other_file_knows_is_refused_and_nothing_is_written(
    session: Session, now: datetime, folder: Path, says: str
) -> None:
    change(folder, *UNKNOWN_NAMES[says])
    change(folder, "taxonomy.yaml", "name_en: Grief and prolonged grief", "name_en: Grief")

    with pytest.raises(ReferenceDataError) as refusal:
        load_reference(now=now, folder=folder)

    assert str(refusal.value) == says
    assert term(session, TermKind.CONDITION, "grief").name_en == "Grief and prolonged grief"


def test_an_empty_database_is_filled(empty_database: Session, now: datetime) -> None:
    counts = load_reference(now=now)

    assert counts.changed
    assert counts.terms == 369
    assert empty_database.scalar(select(func.count()).select_from(Locality)) == 357


@pytest.fixture
def empty_database(session: Session) -> Session:
    """Give a database with every table and no row of the vocabulary."""
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            if table.name not in NEVER_EMPTY:
                connection.execute(table.delete())
    return session
