"""Other listings a page leads on to: colleagues, centres, and the same nearby.

Each is one query and bounded. Called by `read.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Float, and_, func, or_, select

from directory.core.geo import distance_m
from directory.listings.models import (
    Centre,
    Listing,
    ListingKind,
    Location,
    Practitioner,
    PractitionerRole,
)
from directory.listings.queries.distances import metres_to
from directory.listings.queries.page.shapes import RelatedListing
from directory.listings.queries.visible import is_public
from directory.vocabulary.models import Locality

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

MOST_RELATED = 40
MOST_SIMILAR = 3
MOST_ALTERNATIVES = 6
NEARBY_KM = 6
# A listing has a handful of places; so many rows hold the nearest listings for certain.
PLACES_EACH = 6
KILOMETRES_IN_A_DEGREE = 111.2
# The square of how much shorter a degree of longitude is than one of latitude in Delhi.
EAST_SQUARED = 0.7706


class Point(NamedTuple):
    """A place distances are measured from (WGS 84 degrees)."""

    lat: float
    lon: float


class Origin(NamedTuple):
    """The listing one starts from: its id, kind, role and point."""

    listing_id: int
    kind: ListingKind
    role_id: int
    point: Point


class Related(NamedTuple):
    """Where a page leads on to."""

    colleagues: tuple[RelatedListing, ...]
    similar: tuple[RelatedListing, ...]


def related_to(session: Session, origin: Origin, vocabulary: Vocabulary) -> Related:
    """Give colleagues and a few of the same nearby, in two queries."""
    return Related(
        colleagues(session, origin.listing_id, origin.kind, vocabulary),
        nearby(session, origin, vocabulary),
    )


def colleagues(
    session: Session, listing_id: int, kind: ListingKind, vocabulary: Vocabulary
) -> tuple[RelatedListing, ...]:
    """Give who works at a centre, or at which centres a practitioner works, as stated."""
    of_centre = kind is ListingKind.CENTRE
    here, there = PractitionerRole.practitioner_id, PractitionerRole.centre_id
    if of_centre:
        here, there = there, here
    rows = session.execute(
        _columns(ListingKind.PRACTITIONER if of_centre else ListingKind.CENTRE)
        .join(PractitionerRole, there == Listing.id)
        .where(is_public(), here == listing_id, Location.position == 0)
        .order_by(PractitionerRole.position, Listing.name, Listing.id)
        .limit(MOST_RELATED)
    )
    return tuple(_related(row, vocabulary, None) for row in rows)


def nearby(session: Session, origin: Origin, vocabulary: Vocabulary) -> tuple[RelatedListing, ...]:
    """Give a few listings of the same profession or type within a walk or ride, nearest first."""
    chosen = _same_role(origin).where(_within(origin.point, NEARBY_KM, vocabulary))
    return _nearest(session, chosen, origin.point, MOST_SIMILAR, vocabulary)


def alternatives(
    session: Session, origin: Origin, vocabulary: Vocabulary
) -> tuple[RelatedListing, ...]:
    """Give listings of the same profession or type, nearest first, however far."""
    return _nearest(session, _same_role(origin), origin.point, MOST_ALTERNATIVES, vocabulary)


def _columns(kind: ListingKind) -> Select[*tuple[Any, ...]]:
    """Select what a related listing shows, one row a place."""
    role = Practitioner.profession_id if kind is ListingKind.PRACTITIONER else Centre.centre_type_id
    of_role = Practitioner if kind is ListingKind.PRACTITIONER else Centre
    return (
        select(
            Listing.id,
            Listing.kind,
            Listing.slug,
            Listing.name,
            Listing.name_hi,
            Listing.is_demo,
            role.label("role_id"),
            Location.id.label("location_id"),
            Location.open_24x7,
            Location.locality_id,
            Location.lat,
            Location.lon,
        )
        .select_from(Listing)
        .join(of_role, of_role.listing_id == Listing.id)
        .join(Location, Location.listing_id == Listing.id)
    )


def _same_role(origin: Origin) -> Select[*tuple[Any, ...]]:
    of_person = origin.kind is ListingKind.PRACTITIONER
    role = Practitioner.profession_id if of_person else Centre.centre_type_id
    lat = func.coalesce(Location.lat, Locality.lat, type_=Float)
    lon = func.coalesce(Location.lon, Locality.lon, type_=Float)
    north, east = lat - origin.point.lat, lon - origin.point.lon
    return (
        _columns(origin.kind)
        .outerjoin(Locality, Locality.id == Location.locality_id)
        .where(is_public(), role == origin.role_id, Listing.id != origin.listing_id)
        .order_by(north * north + east * east * EAST_SQUARED, Listing.id)
    )


def _within(origin: Point, kilometres: float, vocabulary: Vocabulary) -> ColumnElement[bool]:
    """Give the condition of lying in a box round a point, or in a locality whose middle does."""
    degrees = kilometres / KILOMETRES_IN_A_DEGREE
    localities = [
        place.id
        for place in vocabulary.localities.values()
        if distance_m(origin.lat, origin.lon, place.lat, place.lon) <= kilometres * 1000
    ]
    return or_(
        and_(
            Location.lat.between(origin.lat - degrees, origin.lat + degrees),
            Location.lon.between(origin.lon - degrees, origin.lon + degrees),
        ),
        and_(Location.lat.is_(None), Location.locality_id.in_(localities)),
    )


def _nearest(
    session: Session,
    chosen: Select[*tuple[Any, ...]],
    origin: Point,
    most: int,
    vocabulary: Vocabulary,
) -> tuple[RelatedListing, ...]:
    found: dict[int, RelatedListing] = {}
    for row in session.execute(chosen.limit(most * PLACES_EACH)):
        if row.id not in found and len(found) < most:
            found[row.id] = _related(row, vocabulary, origin)
    return tuple(found.values())


def _related(
    row: Row[*tuple[Any, ...]], vocabulary: Vocabulary, origin: Point | None
) -> RelatedListing:
    locality = vocabulary.locality_by_id.get(row.locality_id or 0)
    away = None
    if origin is not None:
        place = {"lat": row.lat, "lon": row.lon, "locality_id": row.locality_id}
        away = metres_to(origin, vocabulary, **place)
    return RelatedListing(
        kind=row.kind,
        slug=row.slug,
        name=row.name,
        name_hi=row.name_hi,
        role=vocabulary.term_by_id[row.role_id],
        locality=locality,
        distance_m=away,
        is_demo=row.is_demo,
        location_id=row.location_id,
        open_24x7=row.open_24x7,
    )
