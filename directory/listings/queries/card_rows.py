"""The rows behind cards, read for many listings at once. Called by `cards.py` and `nights.py`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select

from directory.listings.models import (
    Centre,
    Fee,
    Listing,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    PhoneUse,
    Practitioner,
    Registration,
    ScheduleException,
    Verification,
)
from directory.listings.opening import DAYS_AHEAD
from directory.listings.queries.doubts import doubts_of
from directory.listings.queries.visible import is_public

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from directory.listings.models import (
        Accepting,
        FeePurpose,
        Gender,
        ListingKind,
        RegistrationState,
        VerificationMethod,
    )
    from directory.listings.queries.doubts import DoubtView

    Newest = tuple[date, date | None, VerificationMethod]

CARD_FACTS = ("accepting", "phone", "night", "fee")
REGISTRATION_FACT = "registration:%"
# Which number a card calls when a place has several.
PHONE_ORDER = (
    PhoneUse.APPOINTMENTS,
    PhoneUse.ADMISSIONS,
    PhoneUse.EMERGENCY,
    PhoneUse.WARD,
)


class ListingRow(NamedTuple):
    """What stands in the listing itself and in its kind's table."""

    id: int
    slug: str
    kind: ListingKind
    name: str
    name_hi: str | None
    gender: Gender | None
    is_demo: bool
    accepting: Accepting
    accepting_checked_on: date | None
    has_source: bool
    role_id: int
    beds: int | None


class LocationRow(NamedTuple):
    """A place; `id` keys its phones and hours."""

    id: int
    listing_id: int
    position: int
    locality_id: int | None
    lat: float | None
    lon: float | None
    station_id: int | None
    station_m: int | None
    open_24x7: bool


class FeeRow(NamedTuple):
    """A fee of a listing."""

    listing_id: int
    purpose: FeePurpose
    amount_inr: int
    minutes: int | None


class RegistrationRow(NamedTuple):
    """A registration of a listing."""

    listing_id: int
    register_id: int
    state: RegistrationState
    checked_on: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CardRows:
    """All rows of some cards: by listing id; hours, exceptions and phones by location id.

    `checks` holds, for each fact, the newest check's day, the last day it counts, and how it was
    made.
    """

    listings: Mapping[int, ListingRow]
    locations: Mapping[int, Sequence[LocationRow]]
    terms: Mapping[int, Sequence[int]]
    fees: Mapping[int, Sequence[FeeRow]]
    registrations: Mapping[int, Sequence[RegistrationRow]]
    checks: Mapping[int, Mapping[str, Newest]]
    doubts: Mapping[int, Sequence[DoubtView]]
    phones: Mapping[int, str]
    hours: Mapping[int, Sequence[tuple[int, int, int]]]
    exceptions: Mapping[int, Sequence[tuple[date, int | None, int | None, str | None]]]


def read_card_rows(session: Session, ids: Sequence[int], today: date) -> CardRows:
    """Give the rows of the public listings among `ids`, in ten queries."""
    listings = _listings(session, ids)
    shown = list(listings)
    locations = _locations(session, shown)
    places = [place.id for group in locations.values() for place in group]
    return CardRows(
        listings=listings,
        locations=locations,
        terms=_terms(session, shown),
        fees=_fees(session, shown),
        registrations=_registrations(session, shown),
        checks=_checks(session, shown),
        doubts=doubts_of(session, shown),
        phones=_phones(session, places),
        hours=hours_at(session, places),
        exceptions=exceptions_at(session, places, today),
    )


def _listings(session: Session, ids: Sequence[int]) -> dict[int, ListingRow]:
    rows = session.execute(
        select(
            Listing.id,
            Listing.slug,
            Listing.kind,
            Listing.name,
            Listing.name_hi,
            Listing.gender,
            Listing.is_demo,
            Listing.accepting,
            Listing.accepting_checked_on,
            Listing.source_name.is_not(None),
            func.coalesce(Practitioner.profession_id, Centre.centre_type_id),
            Centre.beds,
        )
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .where(is_public(), Listing.id.in_(ids))
    )
    return {row[0]: ListingRow._make(row) for row in rows}


def _locations(session: Session, ids: Sequence[int]) -> dict[int, list[LocationRow]]:
    rows = session.execute(
        select(
            Location.id,
            Location.listing_id,
            Location.position,
            Location.locality_id,
            Location.lat,
            Location.lon,
            Location.station_id,
            Location.station_m,
            Location.open_24x7,
        )
        .where(Location.listing_id.in_(ids))
        .order_by(Location.listing_id, Location.position)
    )
    found: dict[int, list[LocationRow]] = defaultdict(list)
    for row in rows:
        found[row.listing_id].append(LocationRow(*row))
    return found


def _terms(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = session.execute(
        select(ListingTerm.listing_id, ListingTerm.term_id)
        .where(ListingTerm.listing_id.in_(ids))
        .order_by(ListingTerm.listing_id, ListingTerm.position)
    )
    for listing_id, term_id in rows:
        found[listing_id].append(term_id)
    return found


def _fees(session: Session, ids: Sequence[int]) -> dict[int, list[FeeRow]]:
    found: dict[int, list[FeeRow]] = defaultdict(list)
    rows = session.execute(
        select(Fee.listing_id, Fee.purpose, Fee.amount_inr, Fee.minutes)
        .where(Fee.listing_id.in_(ids))
        .order_by(Fee.listing_id, Fee.position)
    )
    for row in rows:
        found[row.listing_id].append(FeeRow(*row))
    return found


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
        .order_by(Registration.listing_id, Registration.position)
    )
    for row in rows:
        found[row.listing_id].append(RegistrationRow(*row))
    return found


def _checks(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Newest]]:
    """Give the newest check of each fact; of two on one day, the one that counts longer."""
    found: dict[int, dict[str, Newest]] = defaultdict(dict)
    rows = session.execute(
        select(
            Verification.listing_id,
            Verification.fact,
            Verification.checked_on,
            Verification.expires_on,
            Verification.method,
        )
        .where(
            Verification.listing_id.in_(ids),
            or_(Verification.fact.in_(CARD_FACTS), Verification.fact.like(REGISTRATION_FACT)),
        )
        .order_by(Verification.checked_on, Verification.expires_on, Verification.id)
    )
    for listing_id, fact, checked_on, expires_on, method in rows:
        found[listing_id][fact] = (checked_on, expires_on, method)
    return found


def _phones(session: Session, places: Sequence[int]) -> dict[int, str]:
    found: dict[int, tuple[int, str]] = {}
    rows = session.execute(
        select(Phone.location_id, Phone.use, Phone.number)
        .where(Phone.location_id.in_(places), Phone.use.in_(PHONE_ORDER))
        .order_by(Phone.location_id, Phone.position)
    )
    for location_id, use, number in rows:
        rank = PHONE_ORDER.index(use)
        if location_id not in found or rank < found[location_id][0]:
            found[location_id] = (rank, number)
    return {location_id: number for location_id, (_rank, number) in found.items()}


def hours_at(session: Session, places: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """Give the weekly hours of places, by location id; one query."""
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    rows = session.execute(
        select(
            OpeningHours.location_id,
            OpeningHours.weekday,
            OpeningHours.opens_minute,
            OpeningHours.closes_minute,
        ).where(OpeningHours.location_id.in_(places))
    )
    for location_id, weekday, opens, closes in rows:
        found[location_id].append((weekday, opens, closes))
    return found


def exceptions_at(
    session: Session, places: Sequence[int], today: date
) -> dict[int, list[tuple[date, int | None, int | None, str | None]]]:
    """Give the exceptions from yesterday (a night may last) to as far as hours are looked up."""
    found: dict[int, list[tuple[date, int | None, int | None, str | None]]] = defaultdict(list)
    first, last = today - timedelta(days=1), today + timedelta(days=DAYS_AHEAD)
    rows = session.execute(
        select(
            ScheduleException.location_id,
            ScheduleException.on_date,
            ScheduleException.opens_minute,
            ScheduleException.closes_minute,
            ScheduleException.note,
        ).where(
            ScheduleException.location_id.in_(places),
            ScheduleException.on_date.between(first, last),
        )
    )
    for location_id, on_date, opens, closes, note in rows:
        found[location_id].append((on_date, opens, closes, note))
    return found
