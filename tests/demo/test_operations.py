"""Loading demo listings into a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.core.errors import InvalidError
from directory.demo.operations import load_demo
from directory.listings.models import Listing, ListingKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


@pytest.mark.db
def test_demo_listings_go_in_whole(session: Session, vocabulary: Vocabulary, now: datetime) -> None:
    result = load_demo(listings=110, seed=7, now=now, vocabulary=vocabulary)

    assert result.errors == ()
    assert (result.new, result.refused) == (110, 0)
    centres = select(func.count(Listing.id)).where(Listing.kind == ListingKind.CENTRE)
    assert session.scalar(centres) == 10
    assert session.scalar(select(func.count(Listing.id)).where(Listing.is_demo)) == 110


def test_a_second_load_on_the_same_day_changes_nothing(
    vocabulary: Vocabulary, now: datetime
) -> None:
    load_demo(listings=66, seed=7, now=now, vocabulary=vocabulary)

    again = load_demo(listings=66, seed=7, now=now + timedelta(hours=3), vocabulary=vocabulary)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 66)


def test_a_load_of_more_listings_adds_to_those_there(vocabulary: Vocabulary, now: datetime) -> None:
    load_demo(listings=44, seed=7, now=now, vocabulary=vocabulary)

    more = load_demo(listings=88, seed=7, now=now, vocabulary=vocabulary)

    assert more.errors == ()
    assert more.new == 44


def test_a_load_on_a_later_day_moves_dates_and_adds_nobody(
    vocabulary: Vocabulary, now: datetime
) -> None:
    load_demo(listings=44, seed=7, now=now, vocabulary=vocabulary)

    later = load_demo(listings=44, seed=7, now=now + timedelta(days=5), vocabulary=vocabulary)

    assert later.errors == ()
    assert later.new == 0
    assert later.changed == 44


@pytest.mark.parametrize("listings", [0, -1, 1_000_001])
def test_a_count_out_of_range_is_refused(
    vocabulary: Vocabulary, now: datetime, listings: int
) -> None:
    with pytest.raises(InvalidError, match="from 1 to 1000000"):
        load_demo(listings=listings, seed=7, now=now, vocabulary=vocabulary)


def test_without_reference_data_the_message_says_what_to_do(
    vocabulary: Vocabulary, now: datetime
) -> None:
    empty = replace(vocabulary, localities={})

    with pytest.raises(InvalidError, match="flask reference load"):
        load_demo(listings=1, seed=7, now=now, vocabulary=empty)
