"""No path makes a fact checked but recording a check: every write is walked, and the source is.

An import keeps what its rows say of checks their source made, each with its day; that is the
import format's, and told apart below.
"""

from __future__ import annotations

import ast
import io
import json
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.listings.exchange.jsonl import read_json_lines
from directory.listings.models import (
    CallOutcome,
    Listing,
    ListingState,
    Registration,
    RegistrationState,
    Verification,
    VerificationMethod,
)
from directory.listings.operations import (
    CheckRecord,
    create_listing,
    edit_listing,
    import_documents,
    move_listing,
    record_checks,
    undo_change,
)
from directory.listings.operations.batches import apply_batch, read_batch, undo_batch
from directory.listings.operations.editing import newest_change
from directory.moderation.merging import merge_listings
from directory.moderation.terms import merge_terms
from directory.vocabulary.models import TermKind
from directory.vocabulary.operations import load_reference
from tests.factories.rich_listings import PERSON, import_rich_listings
from tests.moderation.reported import accepted, called, declined, report, suggested
from tests.support.project import PROJECT, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.moderation.desk import Desk

    Check = tuple[str, ...]

TODAY = date(2026, 11, 23)
FEES = [{"for": "first-session", "amount": 2100, "minutes": 45}]
UNCHECKED: dict[str, Any] = {"checks": [], "accepting_checked_on": None}
# What anybody may send along, in vain: a fact made checked by the way.
SMUGGLED: dict[str, Any] = {
    **PERSON,
    "ref": "test:smuggled",
    "accepting_checked_on": "2026-11-22",
    "checks": [
        {"fact": "phone", "method": "call", "by": "us", "checked_on": "2026-11-22"},
    ],
}


def checks_of_all() -> set[Check]:
    """Give every check there is, and every register that was looked up, whoever's it is."""
    session = db.session()
    session.rollback()
    facts = session.execute(
        select(
            Verification.fact,
            Verification.method,
            Verification.checked_by,
            Verification.checked_on,
            Verification.expires_on,
        )
    )
    registers = session.execute(
        select(Registration.number, Registration.state, Registration.checked_on).where(
            Registration.state != RegistrationState.UNCHECKED
        )
    )
    accepting = session.execute(
        select(Listing.accepting, Listing.accepting_checked_on).where(
            Listing.accepting_checked_on.is_not(None)
        )
    )
    return {tuple(map(str, row)) for rows in (facts, registers, accepting) for row in rows}


def listing_id(ref: str) -> int:
    return db.session().scalars(select(Listing.id).where(Listing.ref == ref)).one()


def given(desk: Desk) -> dict[str, Any]:
    return {"actor": COMMAND, "vocabulary": desk.vocabulary, "now": desk.now}


def edit(desk: Desk, changes: dict[str, Any], ref: str = "test:person") -> int | None:
    return edit_listing(listing_id=listing_id(ref), changes=changes, seen=None, **given(desk))


def edit_everything(desk: Desk) -> None:
    edit(desk, {"fees": FEES, "accepting": "waiting-list", "locations": PERSON["locations"]})
    found = {"register": "dmc", "number": "DMC/R/77777", "state": "found"}
    edit(desk, {"registrations": [{**found, "checked_on": "2026-11-22"}]})


def edit_and_undo(desk: Desk) -> None:
    edit(desk, {"fees": FEES, "accepting": "no"})
    change_id = newest_change(db.session(), listing_id("test:person"))
    assert change_id is not None
    undo_change(change_id=change_id, **given(desk))


def move(desk: Desk) -> None:
    for state in (ListingState.SUSPENDED, ListingState.PUBLISHED, ListingState.CLOSED):
        move_listing(listing_id=listing_id("test:person"), to=state, **given(desk))


def accept_report(desk: Desk) -> None:
    accepted(desk, report(desk), {"fees": FEES})


def accept_call(desk: Desk) -> None:
    accepted(desk, called(desk, CallOutcome.NO_ANSWER))


def call_answered(desk: Desk) -> None:
    for network in "abcd":
        called(desk, CallOutcome.ANSWERED, network)


def decline_report(desk: Desk) -> None:
    declined(desk, report(desk))


def accept_suggestion(desk: Desk) -> None:
    document = {key: PERSON[key] for key in ("kind", "name", "profession", "locations")}
    accepted(desk, suggested(desk), {**document, "registrations": PERSON["registrations"]})


def merge(desk: Desk) -> None:
    twin = {**PERSON, "ref": "test:twin", "accepting": "no", **UNCHECKED}
    import_documents(
        [twin],
        now=desk.now,
        vocabulary=desk.vocabulary,
    )
    merge_listings(
        keep_id=listing_id("test:person"),
        other_id=listing_id("test:twin"),
        choices={},
        **given(desk),
    )


def merge_words(desk: Desk) -> None:
    merge_terms(
        actor=COMMAND, kind=TermKind.CONDITION, slug="panic-disorder", into="grief", now=desk.now
    )


def import_a_change(desk: Desk) -> None:
    row = {**PERSON, "fees": FEES, **UNCHECKED}
    import_documents([row], now=desk.now, vocabulary=desk.vocabulary)


def read_of(desk: Desk, *rows: dict[str, Any]) -> int:
    content = "".join(json.dumps(row) + "\n" for row in rows)
    told = read_json_lines(io.BytesIO(content.encode()))
    return read_batch(name="x.jsonl", rows=told, **given(desk))


def batch(desk: Desk) -> None:
    row = {**PERSON, "fees": FEES, **UNCHECKED}
    batch_id = read_of(desk, row)
    apply_batch(batch_id=batch_id, **given(desk))
    undo_batch(batch_id=batch_id, **given(desk))


# Every operation that writes listings, by the function that stores for it.
WALK: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "create": ("editing._write", lambda desk: create_listing(document=SMUGGLED, **given(desk))),
    "edit": ("editing._write", edit_everything),
    "move": ("editing._write", move),
    "undo": ("undoing.undo_within", edit_and_undo),
    "accept a report": ("editing._write", accept_report),
    "accept a call": ("editing._write", accept_call),
    "calls that were answered": ("editing._write", call_answered),
    "decline a report": ("editing._write", decline_report),
    "accept a suggestion": ("editing._write", accept_suggestion),
    "merge listings": ("merging.merge_rows", merge),
    "merge terms": ("terms.carry_over", merge_words),
    "import": ("importing.store", import_a_change),
    "a batch and its undoing": ("batches.applying", batch),
    "reference files": ("", lambda desk: load_reference(now=desk.now + timedelta(days=1))),
}


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Give a desk beside a practitioner and a centre with checks of many facts."""
    import_rich_listings(desk.vocabulary, desk.now)
    fact = ("phone",)
    checks = CheckRecord(fact, VerificationMethod.CALL, date(2026, 11, 1))
    record_checks(listing_id=desk.listing.id, checks=checks, **given(desk))
    return desk


@pytest.mark.parametrize("name", WALK)
def test_no_write_makes_a_fact_checked(told: Desk, name: str) -> None:
    before = checks_of_all()

    WALK[name][1](told)

    assert checks_of_all() - before == set()
    assert before


def test_recording_a_check_does(told: Desk) -> None:
    before = checks_of_all()
    checks = CheckRecord(("fee",), VerificationMethod.CALL, TODAY)

    record_checks(listing_id=listing_id("test:person"), checks=checks, **given(told))

    until = TODAY + timedelta(days=180)
    assert checks_of_all() - before == {
        ("fee", "call", "directory team", str(TODAY), str(until)),
    }


def test_a_file_keeps_the_checks_it_states_and_adds_none(told: Desk) -> None:
    stated = {"fact": "fee", "method": "call", "by": "their registry", "checked_on": "2026-11-10"}
    before = checks_of_all()

    row = {**PERSON, "checks": [*PERSON["checks"], stated]}
    import_documents([row], now=told.now, vocabulary=told.vocabulary)

    assert {check[:4] for check in checks_of_all() - before} == {
        ("fee", "call", "their registry", "2026-11-10"),
    }


# Where the source stores listings, and where it sets what says "checked": nowhere else.
STORES = {
    "directory/listings/operations/batches/applying.py",
    "directory/listings/operations/batches/undoing.py",
    "directory/listings/operations/checks.py",
    "directory/listings/operations/editing.py",
    "directory/listings/operations/importing.py",
    "directory/listings/operations/merging.py",
    "directory/listings/operations/terms.py",
    "directory/listings/operations/undoing.py",
}
SETS_CHECKS = {
    "directory/demo/centres.py",  # made up, and comes in as a file does
    "directory/demo/people.py",
    "directory/listings/exchange/merging.py",  # the checks of two, each with its own value
    "directory/listings/operations/checks.py",
    "directory/listings/operations/editing.py",  # takes them away
}
CHECKED = {"checks", "checked_on", "accepting_checked_on"}
ROWS_OF_CHECKS = {"Verification", "Registration"}


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in files("directory", "*.py")
    )


def calls(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.args


def test_listings_are_stored_by_these_operations_alone() -> None:
    found = {path for path, tree in sources() for name, _args in calls(tree) if name == "Storer"}

    assert found == STORES


def test_no_other_statement_writes_rows_of_checks() -> None:
    found = {
        path
        for path, tree in sources()
        for name, args in calls(tree)
        if name in ROWS_OF_CHECKS
        or (name in {"insert", "update"} and args and _name(args[0]) in ROWS_OF_CHECKS)
    }

    assert found == set()


def test_what_says_checked_is_set_in_these_files_alone() -> None:
    found = set()
    for path, tree in sources():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(_key(each) in CHECKED for target in targets for each in _each(target)):
                found.add(path)

    assert found == SETS_CHECKS


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _each(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def _key(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return ""
