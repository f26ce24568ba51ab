"""Editing one listing: what an edit keeps, what it takes away, what it may not say, undoing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.core.errors import ConflictError, InvalidError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import (
    ChangeCause,
    ListingChange,
    ListingState,
    RegistrationState,
    VerificationMethod,
)
from directory.listings.operations import (
    CheckRecord,
    RefusedListingError,
    create_listing,
    edit_listing,
    move_listing,
    record_checks,
    undo_change,
)
from directory.listings.policy import STATE_MOVES, expires_on
from directory.outbox.models import Change, ChangeNoun

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db

FEE = {"for": "first-session", "amount": 1500, "minutes": 40, "note": None}
REGISTER = "registration:nmc"
DAY = date(2026, 11, 20)


@pytest.fixture
def made(session: Session, vocabulary: Vocabulary, now: datetime) -> int:
    """Give a draft."""
    document = {
        "kind": "practitioner",
        "name": "Dr Meenakshi Rawat",
        "profession": "psychiatrist",
        "locations": [{"locality": "saket", "phones": []}],
        "fees": [FEE],
        "accepting": "yes",
        "registrations": [{"register": "nmc", "number": "DMC/R/12345"}],
    }
    return create_listing(actor=COMMAND, document=document, vocabulary=vocabulary, now=now)


@pytest.fixture
def said(session: Session, vocabulary: Vocabulary) -> Callable[[int], dict[str, Any]]:
    """Give what a listing says now."""

    def read(listing_id: int) -> dict[str, Any]:
        session.rollback()
        return document_of_draft(read_drafts(session, [listing_id], vocabulary)[listing_id])

    return read


def check(listing_id: int, vocabulary: Vocabulary, now: datetime, *facts: str) -> None:
    found = {REGISTER: RegistrationState.FOUND} if REGISTER in facts else None
    checks = CheckRecord(facts, VerificationMethod.CALL, DAY, "rang", found)
    record_checks(
        actor=COMMAND, listing_id=listing_id, checks=checks, vocabulary=vocabulary, now=now
    )


def edit(
    listing_id: int, vocabulary: Vocabulary, now: datetime, seen: int | None = None, **changes: Any
) -> int | None:
    return edit_listing(
        actor=COMMAND,
        listing_id=listing_id,
        changes=changes,
        seen=seen,
        vocabulary=vocabulary,
        now=now,
    )


def checked(document: dict[str, Any]) -> set[str]:
    return {found["fact"] for found in document["checks"]}


def test_a_new_listing_is_a_draft_and_nothing_of_it_is_checked(
    made: int, said: Callable[[int], dict[str, Any]]
) -> None:
    document = said(made)

    assert document["state"] == "draft"
    assert (document["checks"], document["accepting_checked_on"]) == ([], None)
    assert [found["state"] for found in document["registrations"]] == ["unchecked"]


def test_an_edit_leaves_checks_of_what_it_keeps_and_takes_those_of_what_it_changes(
    made: int,
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    check(made, vocabulary, now, "fee", "accepting", REGISTER)
    edit(made, vocabulary, now, fees=[{**FEE, "amount": 1800}])
    assert checked(said(made)) == {"accepting", REGISTER}

    edit(made, vocabulary, now, accepting="no")
    assert said(made)["accepting_checked_on"] is None

    edit(made, vocabulary, now, registrations=[{"register": "nmc", "number": "DMC/R/54321"}])
    document = said(made)
    assert document["registrations"][0]["state"] == "unchecked"
    assert checked(document) == set()


def test_a_check_counts_until_the_day_by_rule_and_shows_what_the_register_said(
    made: int,
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    check(made, vocabulary, now, "fee", "accepting", REGISTER)
    document = said(made)

    assert {found["fact"]: found["expires_on"] for found in document["checks"]} == {
        fact: expires_on(fact, DAY).isoformat() for fact in ("fee", "accepting", REGISTER)
    }
    assert document["accepting_checked_on"] == DAY.isoformat()
    assert document["registrations"][0]["state"] == "found"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (CheckRecord((), VerificationMethod.CALL, DAY), "facts"),
        (CheckRecord(("nonsense",), VerificationMethod.CALL, DAY), "facts"),
        (CheckRecord(("registration:rci",), VerificationMethod.REGISTER, DAY), "facts"),
        (CheckRecord((REGISTER,), VerificationMethod.REGISTER, DAY), "found"),
        (CheckRecord(("fee",), VerificationMethod.SOURCE, DAY), "method"),
        (CheckRecord(("night",), VerificationMethod.CALL, DAY), "method"),
        (CheckRecord(("fee",), VerificationMethod.CALL, date(2026, 11, 24)), "checked_on"),
        (CheckRecord(("fee",), VerificationMethod.CALL, DAY, "x" * 301), "note"),
    ],
)
def test_a_check_that_cannot_be_is_refused(
    made: int, record: CheckRecord, field: str, vocabulary: Vocabulary, now: datetime
) -> None:
    with pytest.raises(InvalidError) as refused:
        record_checks(actor=COMMAND, listing_id=made, checks=record, vocabulary=vocabulary, now=now)
    assert refused.value.field == field


def test_undoing_brings_back_the_value_and_its_check_and_nothing_else(
    made: int,
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    check(made, vocabulary, now, "fee")
    before = said(made)
    change = edit(made, vocabulary, now, fees=[{**FEE, "amount": 1800}])
    check(made, vocabulary, now, "accepting")
    assert change is not None

    undo = undo_change(actor=COMMAND, change_id=change, vocabulary=vocabulary, now=now)
    after = said(made)
    assert after["fees"] == before["fees"]
    assert checked(after) == {"fee", "accepting"}

    with pytest.raises(ConflictError):
        undo_change(actor=COMMAND, change_id=change, vocabulary=vocabulary, now=now)
    undo_change(actor=COMMAND, change_id=undo, vocabulary=vocabulary, now=now)
    assert said(made)["fees"][0]["amount"] == 1800


def test_what_changed_again_since_is_not_undone(
    made: int, vocabulary: Vocabulary, now: datetime
) -> None:
    first = edit(made, vocabulary, now, fees=[{**FEE, "amount": 1800}])
    edit(made, vocabulary, now, fees=[])
    assert first is not None

    with pytest.raises(ConflictError, match="fees"):
        undo_change(actor=COMMAND, change_id=first, vocabulary=vocabulary, now=now)


def test_of_two_who_edit_the_same_key_the_second_is_told_and_other_keys_go_in(
    made: int,
    session: Session,
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    seen = session.scalar(select(ListingChange.id).where(ListingChange.listing_id == made))
    edit(made, vocabulary, now, seen, fees=[])

    with pytest.raises(ConflictError, match="fees"):
        edit(made, vocabulary, now, seen, fees=[FEE])
    edit(made, vocabulary, now, seen, headline="Sees adults")
    assert (said(made)["fees"], said(made)["headline"]) == ([], "Sees adults")


def test_every_fault_of_an_edit_is_named_and_nothing_is_kept(
    made: int,
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    before = said(made)
    with pytest.raises(RefusedListingError) as refused:
        edit(made, vocabulary, now, name="", fees=[{"for": "first-session", "amount": -5}])

    assert {fault.field for fault in refused.value.faults} == {"name", "fees[0].amount"}
    assert said(made) == before


WAYS = {
    ListingState.DRAFT: (),
    ListingState.PUBLISHED: (ListingState.PUBLISHED,),
    ListingState.SUSPENDED: (ListingState.PUBLISHED, ListingState.SUSPENDED),
    ListingState.CLOSED: (ListingState.CLOSED,),
}


@pytest.mark.parametrize("move", [(a, b) for a in ListingState for b in ListingState])
def test_a_listing_moves_as_the_table_says_and_no_other_way(
    made: int,
    move: tuple[ListingState, ListingState],
    said: Callable[[int], dict[str, Any]],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    before, after = move

    def go(to: ListingState) -> int | None:
        return move_listing(actor=COMMAND, listing_id=made, to=to, vocabulary=vocabulary, now=now)

    for step in WAYS[before]:
        go(step)
    if after is before:
        assert go(after) is None
    elif after in STATE_MOVES[before]:
        assert go(after) is not None
        assert said(made)["closed_on"] == ("2026-11-23" if after is ListingState.CLOSED else None)
    else:
        with pytest.raises(RefusedListingError):
            go(after)
    assert said(made)["state"] == (after.value if after in STATE_MOVES[before] else before.value)


def test_every_change_leaves_one_row_of_history_and_tells_the_index(
    made: int, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    later = now + timedelta(days=1)
    check(made, vocabulary, later, "fee")
    edit(made, vocabulary, later, headline="Sees adults")
    assert edit(made, vocabulary, later, headline="Sees adults") is None

    session.rollback()
    rows = session.scalars(
        select(ListingChange).where(ListingChange.listing_id == made).order_by(ListingChange.id)
    ).all()
    assert [row.cause for row in rows] == [
        ChangeCause.CREATED,
        ChangeCause.CHECK,
        ChangeCause.EDIT,
    ]
    assert (rows[2].before, rows[2].after) == ({"headline": None}, {"headline": "Sees adults"})
    told = select(Change.seq).where(Change.noun == ChangeNoun.LISTING, Change.subject_id == made)
    assert len(session.scalars(told).all()) == len(rows)
