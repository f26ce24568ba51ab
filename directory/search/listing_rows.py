"""The rows behind documents, read for many listings at once: thirteen plain queries.

Every list is in an order of its own, so that a document only changes when a fact does. Called
by `gathering.py` only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import case, func, select

from directory.listings.models import (
    Centre,
    Fee,
    Listing,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    Practitioner,
    Qualification,
    Registration,
    ScheduleException,
    Verification,
)
from directory.listings.queries.doubts import doubts_of
from directory.listings.queries.search import VISIT_FEES
from directory.listings.queries.visible import is_public
from directory.reviews.queries.ratings import ratings_of
from directory.reviews.queries.texts import newest_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from directory.listings.models import Accepting, Gender, ListingKind, RegistrationState
    from directory.listings.queries.doubts import DoubtView
    from directory.reviews.queries.ratings import RatingFacts

    NewestCheck = tuple[date, date | None]
    Span = tuple[int, int, int]
    DatedSpan = tuple[date, int | None, int | None]


class ListingRow(NamedTuple):
    """What stands in the listing itself; `role_id` is its profession or its type of centre.

    `beds` are a centre's, as stated.
    """

    id: int
    kind: ListingKind
    name: str
    name_hi: str | None
    gender: Gender | None
    headline: str | None
    about: str | None
    accepting: Accepting
    accepting_checked_on: date | None
    role_id: int
    beds: int | None


class RegistrationRow(NamedTuple):
    """A registration of a listing."""

    register_id: int
    state: RegistrationState
    checked_on: date | None
    valid_until: date | None


class PlaceRow(NamedTuple):
    """A location; `id` keys its hours and exceptions."""

    id: int
    listing_id: int
    locality_id: int | None
    lat: float | None
    lon: float | None
    station_id: int | None
    open_24x7: bool


@dataclass(frozen=True, slots=True)
class ListingRows:
    """All rows of some public listings: by listing id; hours and exceptions by location id.

    `fees` holds the lowest fee of a first visit, None where only others are stated; `checks` the
    newest check of each fact, its day and the last day it counts; `phoned` the listings with a
    number; `doubts` what readers found otherwise; `reviews` the newest published texts.
    """

    listings: Sequence[ListingRow]
    terms: Mapping[int, Sequence[int]]
    qualifications: Mapping[int, Sequence[str]]
    fees: Mapping[int, int | None]
    registrations: Mapping[int, Sequence[RegistrationRow]]
    checks: Mapping[int, Mapping[str, NewestCheck]]
    phoned: frozenset[int]
    doubts: Mapping[int, Sequence[DoubtView]]
    ratings: Mapping[int, RatingFacts]
    reviews: Mapping[int, Sequence[str]]
    places: Mapping[int, Sequence[PlaceRow]]
    hours: Mapping[int, Sequence[Span]]
    exceptions: Mapping[int, Sequence[DatedSpan]]


def public_ids(session: Session, *, after: int, limit: int) -> list[int]:
    """Give the ids of the next public listings after an id, in order; for a walk over all."""
    statement = select(Listing.id).where(is_public(), Listing.id > after)
    return list(session.scalars(statement.order_by(Listing.id).limit(limit)))


def count_public(session: Session) -> int:
    """Give how many listings are public."""
    return session.scalar(select(func.count()).select_from(Listing).where(is_public())) or 0


def read_listing_rows(session: Session, ids: Sequence[int]) -> ListingRows:
    """Give the rows of the public listings among `ids`, in thirteen queries."""
    listings = _listings(session, ids)
    shown = [listing.id for listing in listings]
    places = _places(session, shown)
    place_ids = [place.id for group in places.values() for place in group]
    return ListingRows(
        listings=listings,
        terms=_terms(session, shown),
        qualifications=_qualifications(session, shown),
        fees=_fees(session, shown),
        registrations=_registrations(session, shown),
        checks=_checks(session, shown),
        phoned=_phoned(session, shown),
        doubts=doubts_of(session, shown),
        ratings=ratings_of(session, shown),
        reviews=newest_texts(session, shown),
        places=places,
        hours=_hours(session, place_ids),
        exceptions=_exceptions(session, place_ids),
    )


def _listings(session: Session, ids: Sequence[int]) -> list[ListingRow]:
    rows = session.execute(
        select(
            Listing.id,
            Listing.kind,
            Listing.name,
            Listing.name_hi,
            Listing.gender,
            Listing.headline,
            Listing.about,
            Listing.accepting,
            Listing.accepting_checked_on,
            func.coalesce(Practitioner.profession_id, Centre.centre_type_id),
            Centre.beds,
        )
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .where(is_public(), Listing.id.in_(ids))
        .order_by(Listing.id)
    )
    return [ListingRow._make(row) for row in rows]


def _terms(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = session.execute(
        select(ListingTerm.listing_id, ListingTerm.term_id)
        .where(ListingTerm.listing_id.in_(ids))
        .order_by(ListingTerm.position, ListingTerm.term_id)
    )
    for listing_id, term_id in rows:
        found[listing_id].append(term_id)
    return found


def _qualifications(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Qualification.listing_id, Qualification.text)
        .where(Qualification.listing_id.in_(ids))
        .order_by(Qualification.position)
    )
    for listing_id, text in rows:
        found[listing_id].append(text)
    return found


def _fees(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    of_a_visit = case((Fee.purpose.in_(VISIT_FEES), Fee.amount_inr))
    rows = session.execute(
        select(Fee.listing_id, func.min(of_a_visit))
        .where(Fee.listing_id.in_(ids))
        .group_by(Fee.listing_id)
    )
    return {listing_id: amount for listing_id, amount in rows}  # noqa: C416 - rows are no pairs to mypy


def _registrations(session: Session, ids: Sequence[int]) -> dict[int, list[RegistrationRow]]:
    found: dict[int, list[RegistrationRow]] = defaultdict(list)
    rows = session.execute(
        select(
            Registration.listing_id,
            Registration.register_id,
            Registration.state,
            Registration.checked_on,
            Registration.valid_until,
        )
        .where(Registration.listing_id.in_(ids))
        .order_by(Registration.position, Registration.id)
    )
    for listing_id, register_id, state, checked_on, valid_until in rows:
        found[listing_id].append(RegistrationRow(register_id, state, checked_on, valid_until))
    return found


def _checks(session: Session, ids: Sequence[int]) -> dict[int, dict[str, NewestCheck]]:
    """Give the newest check of each fact; of two on one day, the one that counts longer."""
    found: dict[int, dict[str, NewestCheck]] = defaultdict(dict)
    rows = session.execute(
        select(
            Verification.listing_id,
            Verification.fact,
            Verification.checked_on,
            Verification.expires_on,
        )
        .where(Verification.listing_id.in_(ids))
        .order_by(Verification.checked_on, Verification.expires_on, Verification.id)
    )
    for listing_id, fact, checked_on, until in rows:
        found[listing_id][fact] = (checked_on, until)
    return found


def _phoned(session: Session, ids: Sequence[int]) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(Location.listing_id)
            .join(Phone, Phone.location_id == Location.id)
            .where(Location.listing_id.in_(ids))
            .distinct()
        )
    )


def _places(session: Session, ids: Sequence[int]) -> dict[int, list[PlaceRow]]:
    found: dict[int, list[PlaceRow]] = defaultdict(list)
    rows = session.execute(
        select(
            Location.id,
            Location.listing_id,
            Location.locality_id,
            Location.lat,
            Location.lon,
            Location.station_id,
            Location.open_24x7,
        )
        .where(Location.listing_id.in_(ids))
        .order_by(Location.position)
    )
    for row in rows:
        found[row.listing_id].append(PlaceRow._make(row))
    return found


def _hours(session: Session, places: Sequence[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = session.execute(
        select(
            OpeningHours.location_id,
            OpeningHours.weekday,
            OpeningHours.opens_minute,
            OpeningHours.closes_minute,
        )
        .where(OpeningHours.location_id.in_(places))
        .order_by(OpeningHours.location_id, OpeningHours.weekday, OpeningHours.opens_minute)
    )
    for location_id, weekday, opens, closes in rows:
        found[location_id].append((weekday, opens, closes))
    return found


def _exceptions(session: Session, places: Sequence[int]) -> dict[int, list[DatedSpan]]:
    found: dict[int, list[DatedSpan]] = defaultdict(list)
    rows = session.execute(
        select(
            ScheduleException.location_id,
            ScheduleException.on_date,
            ScheduleException.opens_minute,
            ScheduleException.closes_minute,
        )
        .where(ScheduleException.location_id.in_(places))
        .order_by(
            ScheduleException.location_id,
            ScheduleException.on_date,
            ScheduleException.position,
        )
    )
    for location_id, on_date, opens, closes in rows:
        found[location_id].append((on_date, opens, closes))
    return found
