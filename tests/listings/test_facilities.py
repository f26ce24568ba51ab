"""Public facilities become listings that say where they come from and claim no check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from directory.listings.exchange.exporting import all_documents
from directory.listings.facilities import add_public_facilities
from directory.listings.models import Listing, Verification
from directory.listings.operations import import_documents
from directory.vocabulary.reading import read_public_facilities

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db


@pytest.fixture
def facilities(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> dict[str, dict[str, Any]]:
    """Load the facilities and give their documents by ref."""
    assert add_public_facilities(now=now, vocabulary=vocabulary).errors == ()
    return {document["ref"]: document for document in all_documents(session, vocabulary)}


def test_every_row_is_a_listing_published_when_the_file_is_sure(
    facilities: dict[str, dict[str, Any]],
) -> None:
    expected = {
        f"public:{row['slug']}": "published" if row["confidence"] == "high" else "draft"
        for row in read_public_facilities()
    }

    assert {ref: document["state"] for ref, document in facilities.items()} == expected


def test_a_facility_says_what_the_file_says_and_no_more(
    facilities: dict[str, dict[str, Any]],
) -> None:
    document = facilities["public:aiims-psychiatry"]

    assert document["name"] == "AIIMS New Delhi, Department of Psychiatry"
    assert document["centre_type"] == "gh-psychiatry-unit"
    assert document["website"] == "https://aiims.edu"
    assert document["facilities"] == ["emergency-24x7", "general-emergency-24x7"]
    assert document["treatments"] == ["inpatient"]
    [place] = document["locations"]
    assert place["phones"] == [{"use": "appointments", "number": "+911126588500"}]
    assert (place["open_24x7"], place["hours"]) == (True, [])
    assert document["source"]["confidence"] == "high"
    assert (document["accepting"], document["beds"], document["demo"]) == ("unknown", None, False)


def test_nothing_of_a_facility_counts_as_checked(
    facilities: dict[str, dict[str, Any]], session: Session
) -> None:
    assert len(facilities) > 50
    assert session.scalar(select(func.count()).select_from(Verification)) == 0


def test_a_second_load_leaves_an_edited_facility_alone(
    facilities: dict[str, dict[str, Any]], session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    edited = {**facilities["public:ihbas"], "name": "IHBAS", "state": "suspended"}
    import_documents([edited], now=now, vocabulary=vocabulary)

    result = add_public_facilities(now=now, vocabulary=vocabulary)

    assert (result.new, result.changed) == (0, 0)
    listing = session.scalars(select(Listing).where(Listing.ref == "public:ihbas")).one()
    assert (listing.name, listing.state.value) == ("IHBAS", "suspended")
