"""Turns the rows of one listing into the frozen shapes of its page. Called by `read.py`."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.core.errors import NotFoundError
from directory.core.geo import distance_m
from directory.listings.costs import FeeView, UsualCost, first_two_months, first_week_inside
from directory.listings.models import Accepting, FeePurpose, ListingKind, RegistrationState
from directory.listings.opening import coming_exceptions, open_state, schedule_of, week
from directory.listings.policy import REGISTRATION, expires_on
from directory.listings.queries.checks import Check, CheckState, check_state, newest_checks
from directory.listings.queries.finding import NOT_FOUND
from directory.listings.queries.page.related import Point, Related
from directory.listings.queries.page.shapes import (
    ListingPage,
    ListingView,
    LocationView,
    PhoneView,
    RegistrationView,
    SourceView,
    StationAway,
)
from directory.listings.roster import Shift, night_roster
from directory.listings.standing import has_lapsed
from directory.vocabulary.drawing import place_map
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from directory.listings.models import Listing, Location, Registration
    from directory.listings.opening import Schedule
    from directory.listings.queries.doubts import DoubtView
    from directory.vocabulary.drawing import PlaceMap
    from directory.vocabulary.queries import TermView, Vocabulary

NEAR_STATIONS = 3
# Stations after the nearest are named only when one might walk to them.
WALKABLE_M = 2500
STAY_FEES = {FeePurpose.BED_DAY, FeePurpose.DEPOSIT}


def build_page(
    listing: Listing,
    related: Related,
    doubts: Sequence[DoubtView],
    *,
    vocabulary: Vocabulary,
    now: datetime,
) -> ListingPage:
    """Give the page of a listing whose rows are all loaded; asks the database nothing."""
    today = delhi_day(now)
    newest = newest_checks(listing.verifications, today, doubts)
    registrations = tuple(
        _registration(row, newest, vocabulary, today) for row in listing.registrations
    )
    terms = _terms(listing, vocabulary)
    fees = tuple(
        FeeView(row.purpose, row.amount_inr, row.minutes, row.note) for row in listing.fees
    )
    return ListingPage(
        listing=_listing(listing, vocabulary),
        terms=terms,
        fees=fees,
        costs=_costs(fees, of_centre=listing.kind is ListingKind.CENTRE),
        locations=_locations(listing, vocabulary, now, today),
        registrations=registrations,
        roster=night_roster(_shifts(listing)),
        checks=_checks(listing, terms, registrations, newest),
        colleagues=related.colleagues,
        similar=related.similar,
    )


def role_of(listing: Listing, vocabulary: Vocabulary) -> TermView:
    """Give a practitioner's profession or a centre's type."""
    if listing.practitioner is not None:
        return vocabulary.term_by_id[listing.practitioner.profession_id]
    if listing.centre is not None:
        return vocabulary.term_by_id[listing.centre.centre_type_id]
    raise NotFoundError(NOT_FOUND)


def point_of(listing: Listing, vocabulary: Vocabulary) -> Point:
    """Give the point of a listing's first place, or the middle of its locality."""
    place = listing.locations[0]
    if place.lat is not None and place.lon is not None:
        return Point(place.lat, place.lon)
    locality = vocabulary.locality_by_id[place.locality_id or 0]
    return Point(locality.lat, locality.lon)


def _listing(listing: Listing, vocabulary: Vocabulary) -> ListingView:
    person, centre = listing.practitioner, listing.centre
    return ListingView(
        id=listing.id,
        kind=listing.kind,
        slug=listing.slug,
        name=listing.name,
        name_hi=listing.name_hi,
        role=role_of(listing, vocabulary),
        gender=listing.gender,
        practising_since=person.practising_since if person else None,
        headline=listing.headline,
        about=listing.about,
        website=listing.website,
        beds=centre.beds if centre else None,
        accepting=listing.accepting,
        is_demo=listing.is_demo,
        updated_at=listing.updated_at,
        source=_source(listing),
        qualifications=tuple(row.text for row in listing.qualifications),
    )


def _registration(
    row: Registration, newest: Mapping[str, Check], vocabulary: Vocabulary, today: date
) -> RegistrationView:
    """Give a registration; a dated look-up without a check row of its own counts by the rule."""
    register = vocabulary.term_by_id[row.register_id]
    fact = f"{REGISTRATION}:{register.slug}"
    check = newest.get(fact, Check(fact, CheckState.NEVER))
    if row.state is RegistrationState.UNCHECKED:
        check = Check(fact, CheckState.NEVER)
    elif check.state is CheckState.NEVER and row.checked_on is not None:
        expires = expires_on(fact, row.checked_on)
        check = replace(
            check,
            state=CheckState.EXPIRED if check.doubt else check_state(expires, today),
            checked_on=row.checked_on,
            expires_on=expires,
        )
    return RegistrationView(
        register=register,
        number=row.number,
        state=row.state,
        valid_until=row.valid_until,
        lapsed=has_lapsed(row.valid_until, today),
        check=check,
    )


def _checks(
    listing: Listing,
    terms: Mapping[TermKind, tuple[TermView, ...]],
    registrations: Sequence[RegistrationView],
    newest: Mapping[str, Check],
) -> Mapping[str, Check]:
    """Give the state of every fact this listing states, checked or not, in the order shown."""
    places, centre = listing.locations, listing.centre
    stated = {
        "accepting": listing.accepting is not Accepting.UNKNOWN,
        "phone": any(place.phones for place in places),
        "night": centre is not None and any(_schedule(place).is_always for place in places),
        "staffing": centre is not None and bool(centre.staffing),
        "fee": bool(listing.fees),
        "hours": any(place.hours or place.open_24x7 for place in places),
        "payment": bool(terms.get(TermKind.PAYMENT)),
        **{found.check.fact: True for found in registrations},
        "address": any(place.address for place in places),
        "access": bool(terms.get(TermKind.ACCESSIBILITY)),
        "beds": centre is not None and centre.beds is not None,
        "facilities": bool(terms.get(TermKind.FACILITY)),
    }
    by_register = {found.check.fact: found.check for found in registrations}
    known = {**newest, **by_register}
    return MappingProxyType(
        {
            fact: known.get(fact, Check(fact, CheckState.NEVER))
            for fact, is_stated in stated.items()
            if is_stated
        }
    )


def _terms(listing: Listing, vocabulary: Vocabulary) -> Mapping[TermKind, tuple[TermView, ...]]:
    kinds: dict[TermKind, tuple[TermView, ...]] = {}
    for row in listing.terms:
        term = vocabulary.term_by_id[row.term_id]
        kinds[term.kind] = (*kinds.get(term.kind, ()), term)
    return MappingProxyType(kinds)


def _costs(fees: Sequence[FeeView], *, of_centre: bool) -> tuple[UsualCost, ...]:
    """Give the cost tables: visits for a person; for a centre a stay, visits, or both."""
    stay = [fee for fee in fees if fee.purpose in STAY_FEES]
    visits = [fee for fee in fees if fee.purpose not in STAY_FEES]
    if not of_centre or not stay:
        return (first_two_months(fees),) if fees else ()
    has_visits = any(fee.purpose is FeePurpose.FIRST_SESSION for fee in visits)
    if not has_visits:
        return (first_week_inside(fees),)
    return first_week_inside(stay), first_two_months(visits)


def _shifts(listing: Listing) -> list[Shift]:
    rows = listing.centre.staffing if listing.centre else ()
    return [
        Shift(row.role, row.presence, row.from_minute, row.to_minute, row.count, row.within_minutes)
        for row in rows
    ]


def _source(listing: Listing) -> SourceView | None:
    if listing.source_name is None:
        return None
    return SourceView(
        name=listing.source_name,
        url=listing.source_url,
        retrieved_on=listing.source_retrieved_on,
        confidence=listing.source_confidence,
    )


def _locations(
    listing: Listing, vocabulary: Vocabulary, now: datetime, today: date
) -> tuple[LocationView, ...]:
    several = len(listing.locations) > 1
    return tuple(_location(row, vocabulary, now, today, named=several) for row in listing.locations)


def _location(
    row: Location, vocabulary: Vocabulary, now: datetime, today: date, *, named: bool
) -> LocationView:
    schedule = _schedule(row)
    locality = vocabulary.locality_by_id.get(row.locality_id or 0)
    place = row.label or (locality.name_en if locality else None)
    stations = _stations(row, vocabulary)
    return LocationView(
        label=row.label,
        address=row.address,
        locality=locality,
        pincode=row.pincode,
        lat=row.lat,
        lon=row.lon,
        open_24x7=schedule.is_always,
        phones=tuple(
            PhoneView(phone.use, phone.number, place if named else None) for phone in row.phones
        ),
        opening=open_state(schedule, now),
        week=week(schedule, now) if schedule.is_stated and not schedule.is_always else None,
        exceptions=coming_exceptions(schedule, today),
        stations=stations,
        map=_map(row, stations, vocabulary),
        schedule=schedule,
    )


def _schedule(row: Location) -> Schedule:
    return schedule_of(
        [(span.weekday, span.opens_minute, span.closes_minute) for span in row.hours],
        [(day.on_date, day.opens_minute, day.closes_minute, day.note) for day in row.exceptions],
        round_the_clock=row.open_24x7,
    )


def _map(row: Location, stations: Sequence[StationAway], vocabulary: Vocabulary) -> PlaceMap | None:
    """Give the map of a place that has a point of its own; the others are said in words."""
    if row.lat is None or row.lon is None or not stations:
        return None
    return place_map(vocabulary, row.lat, row.lon, stations[0].station)


def _stations(row: Location, vocabulary: Vocabulary) -> tuple[StationAway, ...]:
    """Give the nearest station, and up to two more within a long walk."""
    locality = vocabulary.locality_by_id.get(row.locality_id or 0)
    if row.lat is None or row.lon is None:
        return (StationAway(locality.station, locality.station_m),) if locality else ()
    measured = sorted(
        (
            StationAway(station, distance_m(row.lat, row.lon, station.lat, station.lon))
            for station in vocabulary.stations.values()
        ),
        key=lambda away: (away.distance_m, away.station.slug),
    )
    nearest, others = measured[:1], measured[1:NEAR_STATIONS]
    return (*nearest, *(away for away in others if away.distance_m <= WALKABLE_M))
