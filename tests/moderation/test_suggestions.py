"""Deciding suggestions of missing listings: a draft, or a listing that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.audit.policy import COMMAND
from directory.core.errors import ConflictError, InvalidError
from directory.listings.models import ListingState
from directory.listings.operations import edit_listing
from tests.moderation.reported import (
    ADDRESS,
    accepted,
    declined,
    listing_named,
    report,
    row_of,
    suggested,
)

if TYPE_CHECKING:
    from tests.moderation.desk import Desk


@pytest.mark.db
def test_an_accepted_suggestion_is_a_draft_and_gone_again_when_taken_back(desk: Desk) -> None:
    receipt = suggested(desk, address=ADDRESS)
    document = {
        "kind": "practitioner",
        "name": "Dr Farah Iqbal",
        "profession": "psychiatrist",
        "locations": [{"locality": "saket"}],
    }

    made = accepted(desk, receipt, document)

    listing = listing_named("Dr Farah Iqbal")
    assert listing is not None
    assert (listing.id, listing.state) == (made.listing_id, ListingState.DRAFT)
    assert row_of(receipt).listing_id == listing.id
    desk.undo("rani", made.decision_id)
    assert listing_named("Dr Farah Iqbal") is None
    assert (row_of(receipt).state, row_of(receipt).listing_id) == ("open", None)


def test_a_draft_somebody_works_on_is_not_taken_away_again(desk: Desk) -> None:
    document = {"kind": "practitioner", "name": "Farah", "profession": "psychiatrist"}
    made = accepted(desk, suggested(desk), {**document, "locations": [{"locality": "saket"}]})
    edit_listing(
        actor=COMMAND,
        listing_id=made.listing_id or 0,
        changes={"headline": "Sees adults"},
        seen=None,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )

    with pytest.raises(ConflictError, match="worked on the new listing"):
        desk.undo("rani", made.decision_id)


def test_a_suggestion_that_is_there_already_is_declined_with_the_listing(desk: Desk) -> None:
    receipt = suggested(desk, "Meenakshi Rawat")

    made = declined(desk, receipt, "She is here already.", found_id=desk.listing.id)

    assert row_of(receipt).listing_id == desk.listing.id
    desk.undo("rani", made.decision_id)
    assert row_of(receipt).listing_id is None
    with pytest.raises(InvalidError):
        declined(desk, receipt, "Here.", found_id=999)
    with pytest.raises(InvalidError):
        declined(desk, report(desk), "Here.", found_id=desk.listing.id)
