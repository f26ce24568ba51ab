"""Imports: what goes in, what is reported, and what is left alone."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select, text

from directory.core.db import db
from directory.core.errors import ConflictError
from directory.listings.models import (
    Listing,
    Location,
    Verification,
)
from directory.listings.operations import ImportResult, import_documents
from tests.listings.documents import RICH, Document, centre, place, practitioner
from tests.listings.importing import Bring, counts, dump, lines, stored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

pytestmark = pytest.mark.db


def test_a_second_import_of_the_same_rows_changes_nothing(session: Session, bring: Bring) -> None:
    assert counts(bring(*RICH)) == (4, 0, 0, 0)
    before = dump(session)

    assert counts(bring(*RICH)) == (0, 0, 4, 0)
    assert dump(session) == before


def test_a_changed_row_replaces_the_whole_listing(
    session: Session, vocabulary: Vocabulary, bring: Bring, now: datetime
) -> None:
    bring(*RICH)
    later = now + timedelta(days=1)

    result = bring(*(practitioner("rich:1", name="Dr. Asha Rao"), *RICH[1:]), now=later)

    assert counts(result) == (0, 1, 3, 0)
    document = stored(session, vocabulary, "rich:1")
    assert (document["about"], document["fees"], document["works_at"]) == (None, [], [])
    assert len(document["locations"]) == 1
    listing = session.scalars(select(Listing).where(Listing.ref == "rich:1")).one()
    assert (listing.created_at, listing.updated_at) == (now, later)


def test_good_rows_go_in_beside_bad_ones(session: Session, bring: Bring) -> None:
    result = bring(practitioner("a"), practitioner("b", name=""), practitioner("c"))

    assert counts(result) == (2, 0, 0, 1)
    assert lines(result) == ["line 2, name: is missing"]
    assert set(session.scalars(select(Listing.ref))) == {"a", "c"}


def test_a_strict_import_takes_all_rows_or_none(session: Session, bring: Bring) -> None:
    before = dump(session)

    result = bring(practitioner("a"), practitioner("b", name=""), strict=True)

    assert counts(result) == (0, 0, 0, 2)
    assert lines(result) == ["line 2, name: is missing"]
    assert dump(session) == before
    assert counts(bring(practitioner("a"), practitioner("b"), strict=True)) == (2, 0, 0, 0)


def test_a_ref_stands_in_a_file_only_once(bring: Bring) -> None:
    result = bring(practitioner("a"), practitioner("b"), practitioner("a", name="Other"))

    assert counts(result) == (2, 0, 0, 1)
    assert lines(result) == ["line 3, ref: 'a' is already on line 1 of this file"]

    again = bring(practitioner("a", about="More."), practitioner("a", name="Other"))

    assert counts(again) == (0, 1, 0, 1)
    assert lines(again) == ["line 2, ref: 'a' is already on line 1 of this file"]


MIXED: tuple[Document, ...] = (
    practitioner("rich:1"),
    practitioner("x:1", works_at=["x:2"]),
    practitioner("x:1", name="Again"),
    centre("x:2", name="Asha Rao"),
    practitioner("x:3", slug="asha-rao"),
    practitioner("x:4", works_at=["nobody"], name=""),
    practitioner("x:5", works_at=["x:1"]),
    centre("rich:9", state="published"),
    practitioner("rich:8"),
    {**RICH[3], "conditions": []},
)


@pytest.mark.parametrize("strict", [False, True])
def test_a_dry_run_says_what_a_real_run_does_and_changes_nothing(
    session: Session, bring: Bring, *, strict: bool
) -> None:
    bring(*RICH)
    before = dump(session)

    dry = bring(*MIXED, dry_run=True, strict=strict)

    assert dump(session) == before
    assert bring(*MIXED, strict=strict) == dry
    assert len(dry.errors) == 6
    assert (dry.new, dry.changed, dry.unchanged) == ((0, 0, 0) if strict else (3, 1, 1))


def test_a_dry_run_does_not_write_to_the_database_file(session: Session, bring: Bring) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("data_version is SQLite's")
    with db.engine.connect() as witness:
        before = witness.execute(text("PRAGMA data_version")).scalar()
        witness.rollback()
        bring(*RICH, dry_run=True)
        assert witness.execute(text("PRAGMA data_version")).scalar() == before
        witness.rollback()
        bring(*RICH)
        assert witness.execute(text("PRAGMA data_version")).scalar() != before


def test_a_practitioner_may_work_at_a_centre_that_comes_later(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    people = [practitioner(f"a:{number:04d}", works_at=["z"]) for number in range(600)]

    assert counts(bring(*people, centre("z"))) == (601, 0, 0, 0)
    assert stored(session, vocabulary, "a:0000")["works_at"] == ["z"]


def test_a_practitioner_may_work_at_a_centre_that_is_there_already(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(centre("z"))
    bring(practitioner("a", works_at=["z"]))

    assert stored(session, vocabulary, "a")["works_at"] == ["z"]


def test_a_changed_centre_keeps_its_practitioners(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(centre("z"), practitioner("a", works_at=["z"]))

    assert counts(bring(centre("z", beds=12))) == (0, 1, 0, 0)
    assert stored(session, vocabulary, "a")["works_at"] == ["z"]


def test_a_link_to_nobody_refuses_the_row(bring: Bring) -> None:
    result = bring(
        practitioner("a", works_at=["z", "b"]), practitioner("b"), centre("z", centre_type="x")
    )

    assert counts(result) == (1, 0, 0, 2)
    assert [line.split(": ", 1)[0] for line in lines(result)] == [
        "line 1, works_at[1]",
        "line 1, works_at[0]",
        "line 3, centre_type",
    ]
    assert "'z'" in result.errors[1].reason
    assert result.errors[0].reason == "'b' is a practitioner; name a centre"


def test_a_listing_never_changes_its_kind(bring: Bring) -> None:
    bring(centre("z"))

    assert lines(bring(practitioner("z"))) == [
        "line 1, kind: this ref is a centre; a listing never changes its kind"
    ]


def test_the_nearest_station_comes_from_the_point_else_from_the_locality(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a"), practitioner("b", locations=[place(lat=28.6315, lon=77.2195)]))

    found = session.execute(
        select(Location.station_id, Location.station_m).join(Listing).order_by(Listing.ref)
    ).all()
    saket = vocabulary.localities["saket"]
    station, metres = vocabulary.nearest_station(28.6315, 77.2195)
    assert [tuple(row) for row in found] == [
        (saket.station.id, saket.station_m),
        (station.id, metres),
    ]


def test_an_import_without_dates_checks_nothing(session: Session, bring: Bring) -> None:
    bring(practitioner("a", accepting="yes", fees=[{"for": "other", "amount": 5}]))

    assert session.scalar(select(func.count()).select_from(Verification)) == 0


CHECKS = [
    {"fact": "fee", "method": "call", "by": "directory team", "checked_on": "2026-11-01"},
    {"fact": "hours", "method": "call", "by": "directory team", "checked_on": "2026-11-02"},
]


def test_an_import_keeps_the_checks_it_does_not_know_of(session: Session, bring: Bring) -> None:
    bring(practitioner("a", checks=CHECKS))

    assert counts(bring(practitioner("a"))) == (0, 0, 1, 0)
    assert session.scalar(select(func.count()).select_from(Verification)) == 2


def test_a_changed_fact_loses_its_check_and_the_others_keep_theirs(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a", checks=CHECKS))

    bring(practitioner("a", fees=[{"for": "other", "amount": 5}]))

    facts = [check["fact"] for check in stored(session, vocabulary, "a")["checks"]]
    assert facts == ["hours"]


def test_the_number_of_statements_does_not_grow_with_the_rows(
    bring: Bring, count_sql: CountSql
) -> None:
    def statements(documents: Iterable[Document]) -> int:
        with count_sql() as sent:
            bring(*documents)
        return len(sent)

    few = statements({**RICH[0], "ref": f"a:{n}", "works_at": []} for n in range(2))
    many = statements({**RICH[0], "ref": f"b:{n}", "works_at": []} for n in range(200))

    assert many <= few + 4


def test_two_imports_of_one_file_at_once_bring_each_listing_once(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    rows = [practitioner(f"a:{number:03d}", name=f"Asha {number}") for number in range(40)]

    def bring_all(_number: int) -> ImportResult:
        with app.app_context():
            return import_documents(rows, now=now, vocabulary=vocabulary)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(bring_all, range(2)))

    assert sum(result.new for result in results) == len(rows)
    assert sum(result.unchanged for result in results) == len(rows)
    assert [result.errors for result in results] == [(), ()]


def test_a_database_held_by_another_process_is_said_in_one_sentence(
    session: Session, bring: Bring
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    session.rollback()
    event.listen(
        db.engine,
        "connect",
        lambda connection, _record: connection.execute("PRAGMA busy_timeout=1"),
    )
    db.engine.dispose()
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(ConflictError, match="run the import again"):
            bring(practitioner("a"))
