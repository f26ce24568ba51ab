"""Whether other listings are open now, read for all of a page's at once. Called by `read.py`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.listings.opening import open_state, schedule_of
from directory.listings.queries.card_rows import exceptions_at, hours_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.opening import Schedule
    from directory.listings.queries.page.shapes import RelatedListing


def with_openings(
    session: Session, listings: Sequence[RelatedListing], now: datetime
) -> tuple[RelatedListing, ...]:
    """Give the same listings with what holds at the place each names; two queries, or none."""
    if not listings:
        return ()
    places = [listing.location_id for listing in listings]
    hours, exceptions = hours_at(session, places), exceptions_at(session, places, delhi_day(now))
    return tuple(
        _with_opening(
            listing,
            schedule_of(
                hours.get(listing.location_id, ()),
                exceptions.get(listing.location_id, ()),
                round_the_clock=listing.open_24x7,
            ),
            now,
        )
        for listing in listings
    )


def _with_opening(listing: RelatedListing, schedule: Schedule, now: datetime) -> RelatedListing:
    return replace(listing, open_24x7=schedule.is_always, opening=open_state(schedule, now))
