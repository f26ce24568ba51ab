"""How many public listings stand under each word and place.

`CountsCache` keeps the counts of the whole directory for a minute, because browsing pages
show them beside every word; the counts of one landing page are read each time. Called by the
HTML door.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, exists, func, select

from directory.listings.models import (
    Centre,
    Listing,
    ListingKind,
    ListingTerm,
    Location,
    Practitioner,
)
from directory.listings.queries.hours import always_open
from directory.listings.queries.visible import is_public
from directory.vocabulary.models import MetroLine, StationLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

NEAR_STATION_M = 1000
KEPT_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """Counts of public listings; a word or place without any is absent from its mapping.

    `by_term` holds professions, centre types and every term a listing carries, by term id.
    `by_station` and `by_line` count listings whose nearest station lies within a kilometre.
    """

    practitioners: int
    centres: int
    centres_open_24x7: int
    by_term: Mapping[int, int]
    by_locality: Mapping[int, int]
    by_district: Mapping[str, int]
    by_station: Mapping[int, int]
    by_line: Mapping[str, int]

    @property
    def total(self) -> int:
        """Give the number of all public listings."""
        return self.practitioners + self.centres


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Counts inside one landing page: by profession or centre type id, and by locality id."""

    total: int
    by_role: Mapping[int, int]
    by_locality: Mapping[int, int]


@dataclass
class CountsCache:
    """The counts of one process, read again when they are older than `kept_for`."""

    kept_for: timedelta = KEPT_FOR
    demo_last_seen: bool = False
    _kept: DirectoryCounts | None = None
    _kept_at: datetime | None = None
    _demo_at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def current(self, session: Session, vocabulary: Vocabulary, now: datetime) -> DirectoryCounts:
        """Give the counts; no query while they are young enough, nine when they are not."""
        kept = self._kept
        if kept is not None and self._is_young(self._kept_at, now):
            return kept
        with self._lock:
            if self._kept is None or not self._is_young(self._kept_at, now):
                self._kept = count_directory(session, vocabulary)
                self._kept_at = now
            return self._kept

    def has_demo(self, session: Session, now: datetime) -> bool:
        """Say whether a demo listing is public; at most one query."""
        if not self._is_young(self._demo_at, now):
            demo = exists().where(is_public(), Listing.is_demo.is_(True))
            self.demo_last_seen = bool(session.scalar(select(demo)))
            self._demo_at = now
        return self.demo_last_seen

    def _is_young(self, at: datetime | None, now: datetime) -> bool:
        return at is not None and timedelta(0) <= now - at < self.kept_for


def count_directory(session: Session, vocabulary: Vocabulary) -> DirectoryCounts:
    """Count the whole directory, in eight queries."""
    kinds = pairs(
        session, select(Listing.kind, func.count()).where(is_public()).group_by(Listing.kind)
    )
    by_term = pairs(
        session,
        select(ListingTerm.term_id, func.count())
        .join(Listing, Listing.id == ListingTerm.listing_id)
        .where(is_public())
        .group_by(ListingTerm.term_id),
    )
    by_locality = pairs(session, _by_locality(is_public()))
    by_district: dict[str, int] = {}
    for locality_id, number in by_locality.items():
        slug = vocabulary.locality_by_id[locality_id].district.slug
        by_district[slug] = by_district.get(slug, 0) + number
    return DirectoryCounts(
        practitioners=kinds.get(ListingKind.PRACTITIONER, 0),
        centres=kinds.get(ListingKind.CENTRE, 0),
        centres_open_24x7=session.scalar(_open_24x7()) or 0,
        by_term=MappingProxyType({**by_term, **_by_role(session, is_public())}),
        by_locality=MappingProxyType(by_locality),
        by_district=MappingProxyType(by_district),
        by_station=MappingProxyType(pairs(session, _by_station())),
        by_line=MappingProxyType(pairs(session, _by_line())),
    )


def count_group(session: Session, chosen: ColumnElement[bool]) -> GroupCounts:
    """Count the public listings a condition chooses, in three queries."""
    condition = and_(is_public(), chosen)
    by_role = _by_role(session, condition)
    return GroupCounts(
        total=sum(by_role.values()),
        by_role=MappingProxyType(by_role),
        by_locality=MappingProxyType(pairs(session, _by_locality(condition))),
    )


def _by_role(session: Session, condition: ColumnElement[bool]) -> dict[int, int]:
    professions = (
        select(Practitioner.profession_id, func.count())
        .join(Listing, Listing.id == Practitioner.listing_id)
        .where(condition)
        .group_by(Practitioner.profession_id)
    )
    centre_types = (
        select(Centre.centre_type_id, func.count())
        .join(Listing, Listing.id == Centre.listing_id)
        .where(condition)
        .group_by(Centre.centre_type_id)
    )
    return {**pairs(session, professions), **pairs(session, centre_types)}


def _by_locality(condition: ColumnElement[bool]) -> Select[int | None, int]:
    """Count each listing once, under the locality of its first place."""
    return (
        select(Location.locality_id, func.count())
        .join(Listing, Listing.id == Location.listing_id)
        .where(condition, Location.position == 0, Location.locality_id.is_not(None))
        .group_by(Location.locality_id)
    )


def _by_station() -> Select[int | None, int]:
    return (
        select(Location.station_id, func.count(Location.listing_id.distinct()))
        .join(Listing, Listing.id == Location.listing_id)
        .where(is_public(), Location.station_m <= NEAR_STATION_M)
        .group_by(Location.station_id)
    )


def _by_line() -> Select[str, int]:
    return (
        select(MetroLine.slug, func.count(Location.listing_id.distinct()))
        .select_from(Location)
        .join(Listing, Listing.id == Location.listing_id)
        .join(StationLine, StationLine.station_id == Location.station_id)
        .join(MetroLine, MetroLine.id == StationLine.line_id)
        .where(is_public(), Location.station_m <= NEAR_STATION_M)
        .group_by(MetroLine.slug)
    )


def _open_24x7() -> Select[int]:
    open_location = exists().where(Location.listing_id == Listing.id, always_open())
    return (
        select(func.count())
        .select_from(Listing)
        .where(is_public(), Listing.kind == ListingKind.CENTRE, open_location)
    )


def pairs(session: Session, statement: Select[Any, int]) -> dict[Any, int]:
    """Give the rows of a grouped count as a mapping."""
    return {row[0]: row[1] for row in session.execute(statement)}
