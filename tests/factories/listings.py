"""Listings for tests, made straight as rows so that a test of a page needs no import.

`make_practitioner(vocabulary, name="Dr Asha Verma", conditions=["depression"])`. Words are the
slugs of the vocabulary. Must run inside an application context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from directory.core.db import writing
from directory.listings.models import (
    Accepting,
    Centre,
    Fee,
    FeePurpose,
    Listing,
    ListingKind,
    ListingSlug,
    ListingState,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    PhoneUse,
    Practitioner,
    PractitionerRole,
    Qualification,
    Registration,
    RegistrationState,
    ScheduleException,
    Staffing,
    Verification,
    VerificationMethod,
)
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    # Register, number, state, day of the look-up; and, if it has one, its last valid day.
    Registered = tuple[str, str | None, RegistrationState, date | None, *tuple[Any, ...]]

    from directory.vocabulary.queries import Vocabulary

MADE_AT = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """What a test needs to find a listing again."""

    id: int
    slug: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location to make; hours are (weekday, opens, closes) in minutes, Monday is 0."""

    locality: str | None = "saket"
    label: str | None = None
    address: str | None = "12 Press Enclave Road"
    pincode: str | None = "110017"
    point: tuple[float, float] | None = None
    open_24x7: bool = False
    hours: tuple[tuple[int, int, int], ...] = ()
    exceptions: tuple[tuple[date, int | None, int | None, str | None], ...] = ()
    phones: tuple[tuple[PhoneUse, str], ...] = ((PhoneUse.APPOINTMENTS, "+911155501234"),)


@dataclass(frozen=True, slots=True)
class Facts:
    """What both kinds of listing may have; everything may be left out."""

    name: str = "Asha Verma"
    name_hi: str | None = None
    state: ListingState = ListingState.PUBLISHED
    closed_on: date | None = None
    is_demo: bool = False
    headline: str | None = None
    about: str | None = None
    accepting: Accepting = Accepting.UNKNOWN
    accepting_checked_on: date | None = None
    conditions: Sequence[str] = ()
    treatments: Sequence[str] = ()
    languages: Sequence[str] = ()
    modes: Sequence[str] = ()
    age_groups: Sequence[str] = ()
    facilities: Sequence[str] = ()
    accessibility: Sequence[str] = ()
    admission_types: Sequence[str] = ()
    payment: Sequence[str] = ()
    qualifications: Sequence[str] = ()
    fees: Sequence[tuple[FeePurpose, int]] = ()
    registrations: Sequence[Registered] = ()
    checks: Sequence[tuple[str, VerificationMethod, date]] = ()
    places: Sequence[Place] = field(default_factory=lambda: (Place(),))
    earlier_slugs: Sequence[str] = ()


TERM_LISTS = {
    "conditions": TermKind.CONDITION,
    "treatments": TermKind.TREATMENT,
    "languages": TermKind.LANGUAGE,
    "modes": TermKind.MODE,
    "age_groups": TermKind.AGE_GROUP,
    "facilities": TermKind.FACILITY,
    "accessibility": TermKind.ACCESSIBILITY,
    "admission_types": TermKind.ADMISSION_TYPE,
    "payment": TermKind.PAYMENT,
}


def make_practitioner(
    vocabulary: Vocabulary,
    facts: Facts | None = None,
    *,
    profession: str = "clinical-psychologist",
    practising_since: int | None = None,
    works_at: Sequence[Made] = (),
) -> Made:
    """Make a practitioner's listing; `works_at` are centres made before."""
    facts = facts or Facts()
    term = vocabulary.terms[TermKind.PROFESSION][profession]
    with writing() as session:
        listing = _listing(vocabulary, facts, ListingKind.PRACTITIONER, _number(session))
        listing.practitioner = Practitioner(
            profession_id=term.id,
            practising_since=practising_since,
            roles=[
                PractitionerRole(centre_id=centre.id, position=position)
                for position, centre in enumerate(works_at)
            ],
        )
        session.add(listing)
        session.flush()
        record_changes(session, ChangeNoun.LISTING, [listing.id], MADE_AT)
        return Made(listing.id, listing.slug, listing.name, f"/therapists/{listing.slug}")


def make_centre(
    vocabulary: Vocabulary,
    facts: Facts | None = None,
    *,
    centre_type: str | None = None,
    beds: int | None = None,
    staffing: Sequence[Staffing] = (),
) -> Made:
    """Make a centre's listing; the first type of the vocabulary unless one is named."""
    facts = facts or Facts(name="Jasmine House")
    types = vocabulary.terms[TermKind.CENTRE_TYPE]
    term = types[centre_type or next(iter(types))]
    with writing() as session:
        listing = _listing(vocabulary, facts, ListingKind.CENTRE, _number(session))
        listing.centre = Centre(centre_type_id=term.id, beds=beds, staffing=list(staffing))
        session.add(listing)
        session.flush()
        record_changes(session, ChangeNoun.LISTING, [listing.id], MADE_AT)
        return Made(listing.id, listing.slug, listing.name, f"/centres/{listing.slug}")


def _number(session: object) -> int:
    count: int = session.scalar(select(func.count()).select_from(Listing))  # type: ignore[attr-defined]
    return count + 1


def _listing(vocabulary: Vocabulary, facts: Facts, kind: ListingKind, number: int) -> Listing:
    slug = f"{re.sub('[^a-z0-9]+', '-', facts.name.lower()).strip('-')}-{number}"
    slugs = [slug, *facts.earlier_slugs]
    return Listing(
        ref=f"test:{number:04}",
        kind=kind,
        state=facts.state,
        slug=slug,
        name=facts.name,
        name_hi=facts.name_hi,
        headline=facts.headline,
        about=facts.about,
        accepting=facts.accepting,
        accepting_checked_on=facts.accepting_checked_on,
        is_demo=facts.is_demo,
        closed_on=facts.closed_on,
        created_at=MADE_AT,
        updated_at=MADE_AT,
        slugs=[ListingSlug(slug=one, created_at=MADE_AT) for one in slugs],
        terms=_terms(vocabulary, facts),
        locations=[_location(vocabulary, *pair) for pair in enumerate(facts.places)],
        qualifications=[
            Qualification(position=position, text=text)
            for position, text in enumerate(facts.qualifications)
        ],
        fees=[
            Fee(position=position, purpose=purpose, amount_inr=amount)
            for position, (purpose, amount) in enumerate(facts.fees)
        ],
        registrations=_registrations(vocabulary, facts),
        verifications=[
            Verification(
                fact=fact,
                method=method,
                checked_by="directory team",
                checked_on=checked_on,
                expires_on=checked_on + timedelta(days=90),
            )
            for fact, method, checked_on in facts.checks
        ],
    )


def _terms(vocabulary: Vocabulary, facts: Facts) -> list[ListingTerm]:
    terms = [
        vocabulary.terms[kind][slug]
        for name, kind in TERM_LISTS.items()
        for slug in getattr(facts, name)
    ]
    return [ListingTerm(term_id=term.id, position=place) for place, term in enumerate(terms)]


def _registrations(vocabulary: Vocabulary, facts: Facts) -> list[Registration]:
    return [
        Registration(
            position=position,
            register_id=vocabulary.terms[TermKind.REGISTER][register].id,
            number=number,
            state=state,
            checked_on=checked_on,
            valid_until=until[0] if until else None,
        )
        for position, (register, number, state, checked_on, *until) in enumerate(
            facts.registrations
        )
    ]


def _location(vocabulary: Vocabulary, position: int, place: Place) -> Location:
    locality = vocabulary.localities[place.locality] if place.locality else None
    lat, lon = place.point or (None, None)
    if place.point is not None:
        station, station_m = vocabulary.nearest_station(*place.point)
    elif locality is not None:
        station, station_m = locality.station, locality.station_m
    else:
        raise ValueError("a place needs a locality or a point")
    return Location(
        position=position,
        label=place.label,
        address=place.address,
        locality_id=locality.id if locality else None,
        pincode=place.pincode,
        lat=lat,
        lon=lon,
        station_id=station.id,
        station_m=station_m,
        open_24x7=place.open_24x7,
        phones=[
            Phone(position=index, use=use, number=number)
            for index, (use, number) in enumerate(place.phones)
        ],
        hours=[
            OpeningHours(position=index, weekday=day, opens_minute=opens, closes_minute=closes)
            for index, (day, opens, closes) in enumerate(place.hours)
        ],
        exceptions=[
            ScheduleException(
                position=index, on_date=on, opens_minute=opens, closes_minute=closes, note=note
            )
            for index, (on, opens, closes, note) in enumerate(place.exceptions)
        ],
    )
