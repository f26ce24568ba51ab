"""No path makes a fact checked but recording a check: every write is walked, and the source is.

An import keeps what its rows say of checks their source made, each with its day; that is the
import format's, and told apart below.
"""

from __future__ import annotations

import ast
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.listings.exchange.jsonl import read_json_lines
from directory.listings.exchange.merging import Side
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
from directory.vocabulary.changing import draft_of_view
from directory.vocabulary.models import TermKind
from directory.vocabulary.operations import change_term, load_reference
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
    merge_listings(
        keep_id=listing_id("test:person"),
        other_id=listing_id("test:twin"),
        choices={"accepting": Side.OTHER},
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
    changed = {**PERSON, "fees": FEES, **UNCHECKED}
    fresh = {**PERSON, "ref": "test:fresh", "name": "Bela Sethi", **UNCHECKED}
    batch_id = read_of(desk, changed, {**fresh, "registrations": []})
    apply_batch(batch_id=batch_id, **given(desk))
    undo_batch(batch_id=batch_id, **given(desk))


def undo_decision(desk: Desk) -> None:
    made = accepted(desk, report(desk), {"fees": FEES})
    desk.undo("rani", made.decision_id)


def rename(desk: Desk) -> None:
    known = desk.vocabulary.terms[TermKind.CONDITION]["depression"]
    draft = replace(draft_of_view(known), name_en="Low mood")
    change_term(
        actor=COMMAND, kind=known.kind, slug=known.slug, draft=draft, seen=None, now=desk.now
    )


# Every operation that writes listings, and the file of `operations` that stores for it.
WALK: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "create": ("editing.py", lambda desk: create_listing(document=SMUGGLED, **given(desk))),
    "edit": ("editing.py", edit_everything),
    "move": ("editing.py", move),
    "undo": ("undoing.py", edit_and_undo),
    "accept a report": ("editing.py", accept_report),
    "take a decision back": ("undoing.py", undo_decision),
    "accept a call": ("editing.py", accept_call),
    "calls that were answered": ("", call_answered),
    "decline a report": ("", decline_report),
    "accept a suggestion": ("editing.py", accept_suggestion),
    "merge listings": ("merging.py", merge),
    "merge terms": ("terms.py", merge_words),
    "rename a term": ("", rename),
    "import": ("importing.py", import_a_change),
    "apply a batch": ("batches/applying.py", batch),
    "undo a batch": ("batches/undoing.py", batch),
    "reference files": ("", lambda desk: load_reference(now=desk.now + timedelta(days=1))),
}


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Give a desk beside a practitioner and a centre with checks of many facts."""
    import_rich_listings(desk.vocabulary, desk.now)
    twin = {**PERSON, "ref": "test:twin", "accepting": "no", "accepting_checked_on": "2026-11-20"}
    import_documents([twin], now=desk.now, vocabulary=desk.vocabulary)
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


OPERATIONS = "directory/listings/operations/"
CHECKED = {"checks", "checked_on", "accepting_checked_on"}
ROWS_OF_CHECKS = {"Verification", "Registration"}
# Where what says "checked" is set, besides the doors and the queries, which cannot write.
SETS_CHECKS = {
    "directory/listings/operations/checks.py",  # the one way
    "directory/listings/operations/editing.py",  # takes them away
    "directory/listings/operations/undoing.py",  # brings back what an undone change took away
    "directory/listings/exchange/merging.py",  # the checks of two, each with its own value
    "directory/listings/exchange/planning.py",  # an import without a word on checks keeps them
    # From a file's row or a stored listing to a draft, and from a draft to rows and documents:
    "directory/listings/exchange/columns.py",
    "directory/listings/exchange/document.py",
    "directory/listings/exchange/example.py",
    "directory/listings/exchange/rows.py",
    "directory/listings/exchange/stored.py",
    "directory/listings/exchange/validation.py",
    # The day a helpline was rung, which is no fact of a listing:
    "directory/vocabulary/operations/checking.py",
    "directory/vocabulary/queries.py",
    # Made up, and brought in as a file is:
    "directory/demo/centres.py",
    "directory/demo/checks.py",
    "directory/demo/facts.py",
    "directory/demo/people.py",
}
CANNOT_WRITE = re.compile(r"directory/(web|api|cli|search)/|/queries/")


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in files("directory", "*.py")
    )


def calls(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield _last(node.func), node.args


def test_every_operation_that_stores_listings_is_walked() -> None:
    stores = {path for path, tree in sources() for name, _ in calls(tree) if name == "Storer"}
    walked = {f"{OPERATIONS}{path}" for path, _ in WALK.values() if path}

    assert stores - {f"{OPERATIONS}checks.py"} == walked


def test_no_statement_writes_rows_of_checks() -> None:
    found = {
        path
        for path, tree in sources()
        for name, args in calls(tree)
        if name in ROWS_OF_CHECKS
        or (name in {"insert", "update"} and args and _last(args[0]) in ROWS_OF_CHECKS)
    }

    assert found == set()


def test_what_says_checked_is_set_in_these_files_alone() -> None:
    found = {
        path
        for path, tree in sources()
        if not CANNOT_WRITE.search(path)
        and any(not CHECKED.isdisjoint(_sets(node)) for node in ast.walk(tree))
    }

    assert found == SETS_CHECKS


def _sets(node: ast.AST) -> set[str]:
    """Give the keys, keywords and attributes a piece of source gives a value."""
    if isinstance(node, ast.Call):
        return {str(keyword.arg) for keyword in node.keywords}
    if isinstance(node, ast.Dict):
        return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    targets = node.targets if isinstance(node, ast.Assign) else []
    each = [part for one in targets for part in (one.elts if isinstance(one, ast.Tuple) else [one])]
    return {_last(part) for part in each if not isinstance(part, ast.Name)}


def _last(node: ast.expr) -> str:
    """Give the last part of a name: `x` of `a.x`, `a["x"]` or plain `x`."""
    if isinstance(node, ast.Subscript):
        return str(node.slice.value) if isinstance(node.slice, ast.Constant) else ""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
