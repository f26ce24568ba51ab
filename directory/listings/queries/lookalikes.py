"""Listings that may be one: among those stored, and for listings that are not stored yet.

Reads what is compared of every listing in five queries, whatever their number; the pairs of ten
thousand take some six seconds (`benchmarks/duplicates.py`). Called by the desk of duplicates, the
import desk and `flask listings duplicates`.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.listings.likeness.pairing import Crowd
from directory.listings.likeness.sketches import Sketch, Spot
from directory.listings.models import (
    Centre,
    Listing,
    ListingState,
    Location,
    Phone,
    Practitioner,
    Registration,
    ToldApart,
)
from directory.outbox.queries import feed_position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.listings.likeness.sketches import AlikePair, Lookalike
    from directory.outbox.queries import FeedPosition
    from directory.vocabulary.queries import Vocabulary


def lookalikes_of(
    session: Session, sketches: Iterable[Sketch], *, vocabulary: Vocabulary
) -> dict[int, tuple[Lookalike, ...]]:
    """Give, by key of each sketch, the stored listings it may be, the likeliest first.

    At most five of one; a sketch that may be nobody is absent. Closed listings are among them,
    for a file may bring them back; those merged into another are not, nor what has the same ref.
    """
    crowd = Crowd.of(stored_sketches(session, Listing.merged_into_id.is_(None), vocabulary))
    found = ((sketch.key, crowd.alike(sketch)) for sketch in sketches)
    return {key: alike for key, alike in found if alike}


def pairs_alike(session: Session, *, vocabulary: Vocabulary) -> list[AlikePair]:
    """Give the pairs of listings that may be one, closed ones left out, the likeliest first."""
    is_open = Listing.state != ListingState.CLOSED
    return Crowd.of(stored_sketches(session, is_open, vocabulary)).pairs()


def told_apart(session: Session) -> set[tuple[int, int]]:
    """Give the pairs somebody found to be two, the smaller id first."""
    rows = session.execute(select(ToldApart.lower_id, ToldApart.higher_id))
    return {(lower, higher) for lower, higher in rows}


@dataclass
class LookalikesCache:
    """The pairs of one process, found again when any listing has changed since."""

    _kept: list[AlikePair] = field(default_factory=list)
    _kept_at: FeedPosition | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def waiting(self, session: Session, vocabulary: Vocabulary) -> list[AlikePair]:
        """Give the pairs nobody has told apart, the likeliest first; two queries when kept."""
        with self._lock:
            position = feed_position(session)
            if self._kept_at != position:
                self._kept = pairs_alike(session, vocabulary=vocabulary)
                self._kept_at = position
            kept = self._kept
        apart = told_apart(session)
        return [pair for pair in kept if (pair.first, pair.second) not in apart]


def stored_sketches(
    session: Session, condition: ColumnElement[bool], vocabulary: Vocabulary
) -> list[Sketch]:
    """Give the listings a condition chooses as they are compared, in order of id."""
    phones = _phones(session)
    numbers = _numbers(session, vocabulary)
    spots = _spots(session, vocabulary)
    rows = session.execute(
        select(
            Listing.id,
            Listing.ref,
            Listing.kind,
            Listing.name,
            Listing.name_hi,
            func.coalesce(Practitioner.profession_id, Centre.centre_type_id).label("role_id"),
        )
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .where(condition)
        .order_by(Listing.id)
    )
    return [
        Sketch(
            key=row.id,
            ref=row.ref,
            kind=row.kind,
            role=vocabulary.term_by_id[row.role_id].slug,
            names=(row.name, row.name_hi) if row.name_hi else (row.name,),
            phones=frozenset(phones[row.id]),
            registrations=frozenset(numbers[row.id]),
            spots=tuple(spots[row.id]),
        )
        for row in rows
    ]


def _phones(session: Session) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(Location.listing_id, Phone.number).join(Location, Location.id == Phone.location_id)
    )
    for listing_id, number in rows:
        found[listing_id].add(number)
    return found


def _numbers(session: Session, vocabulary: Vocabulary) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = session.execute(
        select(Registration.listing_id, Registration.register_id, Registration.number).where(
            Registration.number.is_not(None)
        )
    )
    for listing_id, register_id, number in rows:
        found[listing_id].append((vocabulary.term_by_id[register_id].slug, number or ""))
    return found


def _spots(session: Session, vocabulary: Vocabulary) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = defaultdict(list)
    rows = session.execute(
        select(Location.listing_id, Location.lat, Location.lon, Location.locality_id).order_by(
            Location.listing_id, Location.position
        )
    )
    for listing_id, lat, lon, locality_id in rows:
        known = None if locality_id is None else vocabulary.locality_by_id[locality_id].slug
        found[listing_id].append(Spot(lat, lon, known))
    return found
