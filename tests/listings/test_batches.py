"""The import desk: a file is read into a batch, looked at, applied as one, undone as one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from benchmarks.import_desk_file import planted_file
from directory.audit.policy import COMMAND
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.listings.models import (
    ChangeCause,
    ImportRow,
    Listing,
    ListingChange,
    RowOutcome,
)
from directory.listings.operations.batches import (
    OvertakenError,
    choose_all,
    choose_rows,
    drop_batch,
    forget_batches,
    renew_batch,
)
from directory.listings.operations.batches.state import READ_KEPT_FOR
from directory.listings.queries.batches import (
    BatchCounts,
    RowsShown,
    batch_rows,
    kept_listings,
)
from tests.listings.documents import RICH, centre, practitioner
from tests.listings.import_desk import fees

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.listings.import_desk import ImportDesk


def lines_of(rows: Sequence[ImportRow], outcome: RowOutcome, *, alike: bool) -> set[int]:
    return {row.line for row in rows if row.outcome is outcome and bool(row.lookalikes) is alike}


@pytest.mark.timeout(120)
def test_five_thousand_rows_with_planted_faults_are_applied_as_the_dry_run_said_and_undone(
    desk: ImportDesk, vocabulary: Vocabulary
) -> None:
    file = planted_file(5000, vocabulary)
    desk.bring(*file.stored)
    before = desk.export()

    batch_id = desk.read_file(file.content())
    rows = desk.rows(batch_id)

    assert len(rows) == 5000
    assert lines_of(rows, RowOutcome.NEW, alike=False) == file.lines["new"]
    assert lines_of(rows, RowOutcome.NEW, alike=True) == file.lines["lookalike"]
    assert lines_of(rows, RowOutcome.CHANGED, alike=False) == file.lines["changed"]
    assert lines_of(rows, RowOutcome.UNCHANGED, alike=False) == file.lines["unchanged"]
    refused = lines_of(rows, RowOutcome.REFUSED, alike=False)
    assert refused == file.lines["refused"] | file.lines["repeated"]
    assert all(row.faults for row in rows if row.line in refused)

    promised = {row.ref: row.differences for row in rows if row.outcome is RowOutcome.CHANGED}
    fresh = {
        row.ref: row.differences["slug"][1]
        for row in rows
        if row.chosen and row.differences and row.outcome is RowOutcome.NEW
    }
    applied = desk.apply(batch_id)

    assert applied == (len(file.lines["new"]), len(file.lines["changed"]), 200)
    assert done(desk.session, batch_id) == (promised, fresh)

    assert desk.undo(batch_id) == (applied[1], applied[0], 0)
    assert desk.export() == before
    assert kept_listings(desk.session, batch_id) == []


def done(session: Session, batch_id: int) -> tuple[dict[str, dict[str, list[Any]]], dict[str, str]]:
    """Give what a batch did, from the histories: changes by ref, and new listings with slugs."""
    session.rollback()
    changes = session.execute(
        select(Listing.ref, Listing.slug, ListingChange.before, ListingChange.after)
        .join(Listing, Listing.id == ListingChange.listing_id)
        .where(ListingChange.batch_id == batch_id, ListingChange.cause == ChangeCause.IMPORT)
    ).all()
    changed = {
        row.ref: {key: [row.before[key], row.after[key]] for key in row.before}
        for row in changes
        if row.after is not None
    }
    return changed, {row.ref: row.slug for row in changes if row.after is None}


@pytest.mark.db
def test_a_rich_file_is_applied_and_undone_byte_for_byte(desk: ImportDesk) -> None:
    desk.bring(*RICH)
    before = desk.export()
    other = [{**document, "about": "Other words.", "checks": []} for document in RICH]
    fresh = practitioner("new:1", name="Bela Das", works_at=["new:2", "rich:8"])
    house = centre("new:2", name="Marigold House", locations=[{"locality": "dwarka"}])

    batch_id = desk.read(*other, fresh, house, practitioner("bad", name=""))

    assert desk.outcomes(batch_id) == ["changed"] * len(RICH) + ["new", "new", "refused"]
    assert desk.export() == before
    assert desk.apply(batch_id) == (2, len(RICH), 0)
    assert desk.document("new:1")["works_at"] == ["new:2", "rich:8"]
    assert desk.undo(batch_id) == (len(RICH), 2, 0)
    assert desk.export() == before
    assert [desk.facts_of(act) for act in ("batch.read", "batch.applied", "batch.undone")] == [
        [{"new": 2, "changed": len(RICH), "unchanged": 0, "refused": 1}],
        [{"new": 2, "changed": len(RICH), "left_out": 0}],
        [{"undone": len(RICH) + 2, "kept": 0}],
    ]
    assert len(desk.facts_of("listing.deleted")) == 2


def test_a_dry_run_says_what_changes_key_by_key(desk: ImportDesk) -> None:
    desk.bring(practitioner("a", fees=fees(900)), practitioner("b", name="Bela Das"))

    batch_id = desk.read(
        practitioner("a", fees=fees(1200)),
        practitioner("b", name="Bela Das"),
        practitioner("c", name="Chitra Iyer"),
        practitioner("d", locations=[{"locality": "sakett"}]),
    )

    assert [(row.outcome.value, row.differences, row.faults) for row in desk.rows(batch_id)] == [
        ("changed", {"fees": [fees(900), fees(1200)]}, []),
        ("unchanged", None, []),
        ("new", {"slug": [None, "chitra-iyer"], "state": [None, "published"]}, []),
        (
            "refused",
            None,
            [["locations[0].locality", "unknown locality 'sakett'; did you mean 'saket'?"]],
        ),
    ]


@pytest.mark.parametrize("brought", [(), ("a",)])
def test_the_second_row_of_a_ref_is_refused_whether_we_have_it_or_not(
    desk: ImportDesk, brought: tuple[str, ...]
) -> None:
    desk.bring(*(practitioner(ref, fees=fees(900)) for ref in brought))

    batch_id = desk.read(practitioner("a", fees=fees(1200)), practitioner("a", fees=fees(1500)))

    first, second = desk.rows(batch_id)
    assert first.outcome.value == ("changed" if brought else "new")
    assert second.faults == [["ref", "'a' is already on line 1 of this file"]]
    assert sum(desk.apply(batch_id)) == 1
    assert desk.document("a")["fees"] == fees(1200)


def test_a_likely_duplicate_is_left_out_until_it_is_chosen(desk: ImportDesk) -> None:
    phones = [{"locality": "saket", "phones": [{"use": "appointments", "number": "1155501234"}]}]
    desk.bring(practitioner("ours", name="Meenakshi Rawat", locations=phones))
    theirs = practitioner("theirs", name="Dr. Rawat, Minakshi", locations=phones)
    twin = practitioner("twin", name="Gauri Bhattacharjee", locations=phones)

    batch_id = desk.read(theirs, twin, {**twin, "ref": "twin-again"})

    listing_id = desk.id_of("ours")
    alike = [
        [each.get("id", each.get("line")) for each in row.lookalikes] for row in desk.rows(batch_id)
    ]
    assert alike == [[listing_id], [], [2]]
    assert desk.counts(batch_id) == BatchCounts(new=1, lookalike=2, chosen_new=1)
    [first, _second] = batch_rows(desk.session, batch_id, RowsShown.LOOKALIKE, limit=10)
    assert [each.listing.ref for each in first.lookalikes if each.listing] == ["ours"]

    choose_rows(batch_id=batch_id, lines=[1], among=[1, 3])

    assert desk.apply(batch_id) == (2, 0, 1)


def test_rows_are_left_out_by_line_and_by_sort(desk: ImportDesk) -> None:
    desk.bring(practitioner("a", fees=fees(900)))
    batch_id = desk.read(
        practitioner("a", fees=fees(1200)),
        practitioner("b", name="Bela Das"),
        practitioner("c", name="Chitra Iyer"),
        practitioner("d", name=" "),
    )

    choose_all(batch_id=batch_id, shown=RowsShown.NEW, chosen=False)
    choose_rows(batch_id=batch_id, lines=[2, 4], among=[1, 2, 3, 4])

    assert [row.chosen for row in desk.rows(batch_id)] == [False, True, False, False]
    assert desk.apply(batch_id) == (1, 0, 2)
    assert desk.document("a")["fees"] == fees(900)


def test_a_slug_is_the_one_that_was_promised_whoever_is_left_out(desk: ImportDesk) -> None:
    batch_id = desk.read(practitioner("a"), practitioner("b", locations=[{"locality": "dwarka"}]))
    choose_rows(batch_id=batch_id, lines=[2], among=[1, 2])

    desk.apply(batch_id)

    assert desk.document("b")["slug"] == "asha-rao-dwarka"


@pytest.mark.parametrize("works_at", [["c"], ["old", "c"]])
def test_who_works_at_a_new_centre_goes_in_with_it_or_not_at_all(
    desk: ImportDesk, works_at: list[str]
) -> None:
    desk.bring(centre("old", name="Old House"))
    batch_id = desk.read(practitioner("a", works_at=works_at), centre("c"))
    choose_rows(batch_id=batch_id, lines=[1], among=[1, 2])

    [row, _centre] = batch_rows(desk.session, batch_id, RowsShown.NEW, limit=2)
    assert (row.chosen, row.needs) == (False, (2,))
    with pytest.raises(InvalidError, match="nothing to apply"):
        desk.apply(batch_id)

    choose_all(batch_id=batch_id, shown=RowsShown.NEW, chosen=True)

    assert desk.apply(batch_id) == (2, 0, 0)


@pytest.mark.db
def test_what_changed_since_the_dry_run_is_told_and_the_plan_renewed(desk: ImportDesk) -> None:
    desk.bring(practitioner("a", fees=fees(900)), practitioner("b", name="Bela Das"))
    batch_id = desk.read(
        practitioner("a", fees=fees(1200)),
        practitioner("b", name="Bela Das", fees=fees(500)),
        practitioner("c", name="Chitra Iyer"),
    )
    choose_rows(batch_id=batch_id, lines=[1, 3], among=[1, 2, 3])
    desk.edit("a", fees=fees(1000))
    desk.bring(practitioner("other", name="Chitra Iyer", locations=[{"locality": "dwarka"}]))
    before = desk.export()

    with pytest.raises(OvertakenError, match=r"line 1 \(Asha Rao\), line 3 \(Chitra Iyer\) would"):
        desk.apply(batch_id)

    assert desk.export() == before
    rows = desk.rows(batch_id)
    assert rows[0].differences == {"fees": [fees(1000), fees(1200)]}
    assert rows[2].differences == {
        "slug": [None, "chitra-iyer-saket"],
        "state": [None, "published"],
    }
    assert [row.chosen for row in rows] == [True, False, True]
    assert desk.apply(batch_id) == (1, 1, 1)
    assert desk.document("a")["fees"] == fees(1200)


def test_a_dry_run_made_again_keeps_refusing_what_could_not_be_read(desk: ImportDesk) -> None:
    content = b'{"ref": "a", "name"\n' + json.dumps(practitioner("b")).encode() + b"\n"
    batch_id = desk.read_file(content + json.dumps(practitioner("b", name="Twice")).encode())
    told = [(row.outcome, row.faults, row.name) for row in desk.rows(batch_id)]

    renew_batch(batch_id=batch_id, **desk.as_command)

    assert [(row.outcome, row.faults, row.name) for row in desk.rows(batch_id)] == told
    assert [outcome.value for outcome, _faults, _name in told] == ["refused", "new", "refused"]


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        (["drop", "apply"], "thrown away"),
        (["drop", "undo"], "thrown away"),
        (["undo"], "has not been applied"),
        (["apply", "apply"], "applied already"),
        (["apply", "drop"], "applied already"),
        (["apply", "renew"], "applied already"),
        (["apply", "choose"], "applied already"),
        (["apply", "undo", "undo"], "undone already"),
        (["apply", "undo", "apply"], "undone already"),
    ],
)
def test_a_batch_goes_one_way(desk: ImportDesk, acts: list[str], words: str) -> None:
    batch_id = desk.read(practitioner("a"))
    ways: dict[str, Callable[[], object]] = {
        "apply": lambda: desk.apply(batch_id),
        "undo": lambda: desk.undo(batch_id),
        "drop": lambda: drop_batch(batch_id=batch_id, actor=COMMAND, now=desk.given["now"]),
        "renew": lambda: renew_batch(batch_id=batch_id, **desk.as_command),
        "choose": lambda: choose_rows(batch_id=batch_id, lines=[1], among=[1]),
    }
    for act in acts[:-1]:
        ways[act]()

    with pytest.raises(ConflictError, match=words):
        ways[acts[-1]]()


def test_what_nobody_applies_in_a_month_is_forgotten(desk: ImportDesk, now: datetime) -> None:
    old, applied = desk.read(practitioner("a")), desk.read(practitioner("b", name="Bela Das"))
    desk.apply(applied)
    assert forget_batches(now=now + READ_KEPT_FOR) == 0

    assert forget_batches(now=now + READ_KEPT_FOR * 2) == 1

    assert desk.rows(old) == []
    assert len(desk.rows(applied)) == 1


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_without_a_listing_makes_no_batch(desk: ImportDesk, content: bytes) -> None:
    with pytest.raises(InvalidError, match="holds no listing"):
        desk.read_file(content)


def test_a_batch_nobody_made_is_not_found(desk: ImportDesk) -> None:
    with pytest.raises(NotFoundError):
        desk.apply(77)
