"""Imports: what goes in, what is reported, and what is left alone."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, func, select, text

from directory.core.db import Base, db
from directory.core.errors import ConflictError
from directory.listings.exchange.document import document_of, load_listings
from directory.listings.models import (
    Listing,
    ListingSlug,
    ListingState,
    Location,
    Verification,
)
from directory.listings.operations import ImportResult, import_documents
from tests.listings.documents import RICH, Document, centre, place, practitioner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

    Bring = Callable[..., ImportResult]

pytestmark = pytest.mark.db


@pytest.fixture
def bring(session: Session, vocabulary: Vocabulary, now: datetime) -> Bring:
    """Give the import with the test's vocabulary and time filled in."""

    def bring(*documents: Document, **options: Any) -> ImportResult:
        options.setdefault("now", now)
        return import_documents(documents, vocabulary=vocabulary, **options)

    return bring


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.refused


def lines(result: ImportResult) -> list[str]:
    return [str(error) for error in result.errors]


def stored(session: Session, vocabulary: Vocabulary, ref: str) -> dict[str, Any]:
    session.rollback()
    [listing_id] = session.scalars(select(Listing.id).where(Listing.ref == ref))
    [listing] = load_listings(session, [listing_id])
    return document_of(listing, vocabulary)


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table, to compare."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }


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


STATES = [state.value for state in ListingState]
FORBIDDEN = {
    (
        "draft",
        "suspended",
    ): "this listing is draft; it can become closed or published, not suspended",
    (
        "published",
        "draft",
    ): "this listing is published; it can become closed or suspended, not draft",
    (
        "suspended",
        "draft",
    ): "this listing is suspended; it can become closed or published, not draft",
    ("closed", "draft"): "this listing is closed for good; it cannot become draft",
    ("closed", "published"): "this listing is closed for good; it cannot become published",
    ("closed", "suspended"): "this listing is closed for good; it cannot become suspended",
}


def in_state(state: str) -> Document:
    closed_on = "2026-01-01" if state == "closed" else None
    return practitioner("a", state=state, closed_on=closed_on)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_an_import_moves_states_only_as_the_policy_says(
    before: str, after: str, bring: Bring
) -> None:
    bring(in_state(before))

    result = bring(in_state(after))

    reason = FORBIDDEN.get((before, after))
    assert lines(result) == ([f"line 1, state: {reason}"] if reason else [])


def test_a_row_that_names_no_state_leaves_it_alone(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(
        practitioner("a", state="suspended"), in_state("closed") | {"ref": "b"}, practitioner("c")
    )

    assert counts(bring(*(practitioner(ref, headline="New") for ref in "abc"))) == (0, 3, 0, 0)
    assert [stored(session, vocabulary, ref)["state"] for ref in "abc"] == [
        "suspended",
        "closed",
        "published",
    ]


def test_namesakes_get_their_locality_then_a_number(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(*(practitioner(f"a:{number}") for number in range(4)))
    bring(practitioner("a:4"), practitioner("b", locations=[{"lat": 28.6, "lon": 77.2}]))

    slugs = [
        stored(session, vocabulary, ref)["slug"] for ref in ("a:0", "a:1", "a:2", "a:3", "a:4")
    ]
    assert slugs == [
        "asha-rao",
        "asha-rao-saket",
        "asha-rao-saket-2",
        "asha-rao-saket-3",
        "asha-rao-saket-4",
    ]
    assert stored(session, vocabulary, "b")["slug"] == "asha-rao-2"


def test_a_new_name_gives_a_new_slug_and_the_old_one_stays_to_redirect(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a"))
    bring(practitioner("a", name="Asha Verma"))
    bring(practitioner("b"))
    assert stored(session, vocabulary, "a")["slug"] == "asha-verma"
    assert stored(session, vocabulary, "b")["slug"] == "asha-rao-saket"

    bring(practitioner("a"))

    assert stored(session, vocabulary, "a")["slug"] == "asha-rao"
    kept = session.execute(
        select(ListingSlug.slug).join(Listing).where(Listing.ref == "a").order_by(ListingSlug.slug)
    )
    assert list(kept.scalars()) == ["asha-rao", "asha-verma"]


def test_a_slug_of_ones_own_choice_is_kept_while_the_name_changes(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a", slug="chosen"))

    bring(practitioner("a"))

    assert stored(session, vocabulary, "a")["slug"] == "chosen"


def test_a_slug_that_was_ever_anothers_is_refused(bring: Bring) -> None:
    bring(practitioner("a"), practitioner("b", name="Bilal"))
    bring(practitioner("a", name="Asha Verma"))

    result = bring(practitioner("b", name="Bilal", slug="asha-rao"))

    assert lines(result) == ["line 1, slug: 'asha-rao' is, or was, the slug of another listing"]


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
