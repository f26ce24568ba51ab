"""A batch that is undone: what somebody changed since, and what hangs on it, stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import writing
from directory.listings.exchange.merging import Side
from directory.listings.models import (
    Correction,
    CorrectionKind,
    CorrectionState,
    Listing,
    ListingState,
)
from directory.listings.operations import move_listing
from directory.listings.operations.batches import choose_rows
from directory.listings.queries.batches import kept_listings
from directory.moderation.merging import merge_listings
from tests.listings.documents import centre, practitioner
from tests.listings.import_desk import fees

if TYPE_CHECKING:
    from datetime import datetime

    from tests.listings.import_desk import ImportDesk


def test_an_undoing_keeps_what_somebody_changed_since_key_by_key(desk: ImportDesk) -> None:
    desk.bring(practitioner("a", fees=fees(900), headline="Before"))
    batch_id = desk.read(
        practitioner("a", fees=fees(1200), headline="After"),
        practitioner("b", name="Bela Das"),
        practitioner("c", name="Chitra Iyer"),
    )
    desk.apply(batch_id)
    desk.edit("a", fees=fees(1000))
    desk.edit("b", headline="Ours by now")

    assert desk.undo(batch_id) == (0, 1, 2)

    assert desk.document("a")["fees"] == fees(1000)
    assert desk.document("a")["headline"] == "Before"
    desk.session.rollback()
    kept = kept_listings(desk.session, batch_id)
    assert [(each.listing.ref, each.keys, each.is_changed) for each in kept] == [
        ("a", ("fees",), True),
        ("b", (), True),
    ]


@pytest.mark.parametrize("tie", ["report", "work", "merge", "check"])
def test_a_listing_of_the_batch_stays_when_something_hangs_on_it(
    desk: ImportDesk, now: datetime, tie: str
) -> None:
    desk.bring(practitioner("a"))
    batch_id = desk.read(centre("c", locations=[{"locality": "saket", "open_24x7": True}]))
    desk.apply(batch_id)
    listing_id = desk.id_of("c")
    if tie == "work":
        desk.edit("a", works_at=["c"])
    elif tie == "check":
        desk.check("c", "hours")
    else:
        with writing() as session:
            session.add_all(hung_on(listing_id, tie, now))
            other = session.get_one(Listing, 1 if listing_id != 1 else 2)
            if tie == "merge":
                other.state, other.closed_on = ListingState.CLOSED, now.date()
                other.merged_into_id = listing_id

    assert desk.undo(batch_id) == (0, 0, 1)

    desk.session.rollback()
    [kept] = kept_listings(desk.session, batch_id)
    assert (kept.listing.ref, kept.is_changed) == ("c", tie == "check")


def hung_on(listing_id: int, tie: str, now: datetime) -> list[Correction]:
    if tie != "report":
        return []
    return [
        Correction(
            receipt="ABCDEFGH",
            kind=CorrectionKind.WRONG_DETAIL,
            state=CorrectionState.OPEN,
            listing_id=listing_id,
            fact="phone",
            proposed="Another number",
            language="en",
            made_at=now,
        )
    ]


@pytest.mark.db
def test_an_undoing_leaves_what_was_merged_since_and_names_it(desk: ImportDesk) -> None:
    desk.bring(practitioner("a", fees=fees(900)), practitioner("b", fees=fees(700)))
    batch_id = desk.read(
        practitioner("a", fees=fees(1200), headline="After"),
        practitioner("b", fees=fees(800)),
        practitioner("c"),
    )
    choose_rows(batch_id=batch_id, lines=[1, 2, 3], among=[1, 2, 3])
    desk.apply(batch_id)
    keep_id = desk.id_of("a")
    for ref, choices in (("b", {"fees": Side.OTHER}), ("c", {})):
        merge_listings(
            keep_id=keep_id, other_id=desk.id_of(ref), choices=choices, **desk.as_command
        )

    assert desk.undo(batch_id) == (0, 0, 3)

    assert desk.document("a")["fees"] == fees(800)
    assert desk.document("a")["headline"] is None
    assert [desk.document(ref)["state"] for ref in "abc"] == ["published", "closed", "closed"]
    desk.session.rollback()
    kept = {each.listing.ref: each for each in kept_listings(desk.session, batch_id)}
    assert {ref: (each.keys, each.is_changed) for ref, each in kept.items()} == {
        "a": (("fees",), True),
        "b": (("fees",), True),
        "c": ((), True),
    }


def test_an_undoing_brings_a_check_back_only_to_the_value_it_was_made_of(desk: ImportDesk) -> None:
    place = [{"locality": "saket", "phones": [{"use": "appointments", "number": "1155501234"}]}]
    desk.bring(practitioner("a", fees=fees(900), locations=place, accepting="yes"))
    desk.check("a", "fee", "accepting", "phone")
    checked = desk.document("a")
    batch_id = desk.read(
        practitioner("a", fees=fees(1200), locations=[{"locality": "dwarka"}], accepting="no")
    )
    desk.apply(batch_id)
    assert desk.document("a")["checks"] == []
    desk.edit("a", fees=fees(1000), accepting="waiting-list")

    desk.undo(batch_id)

    after = desk.document("a")
    assert [check["fact"] for check in after["checks"]] == ["phone"]
    assert (after["accepting"], after["accepting_checked_on"]) == ("waiting-list", None)
    assert after["locations"] == checked["locations"]


def test_an_import_by_hand_undone_on_its_own_is_not_undone_twice(
    desk: ImportDesk, now: datetime
) -> None:
    desk.bring(practitioner("a", fees=fees(900)))
    batch_id = desk.read(practitioner("a", fees=fees(1200), state="suspended"))
    desk.apply(batch_id)
    move_listing(listing_id=desk.id_of("a"), to=ListingState.PUBLISHED, **desk.as_command)

    assert desk.undo(batch_id) == (0, 0, 1)

    assert desk.document("a")["state"] == "published"
    assert desk.document("a")["fees"] == fees(900)
