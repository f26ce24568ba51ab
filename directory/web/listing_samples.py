"""A made-up listing page for the page of components. Called by `web/components.py` only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.listings.costs import FeeView, first_two_months
from directory.listings.models import (
    Accepting,
    FeePurpose,
    Gender,
    ListingKind,
    PhoneUse,
    Presence,
    RegistrationState,
    StaffRole,
    VerificationMethod,
)
from directory.listings.opening import coming_exceptions, open_state, schedule_of, week
from directory.listings.queries.checks import Check, CheckState
from directory.listings.queries.page import (
    ListingPage,
    ListingView,
    LocationView,
    PhoneView,
    RegistrationView,
    RelatedListing,
    SourceView,
    StationAway,
)
from directory.listings.roster import Shift, night_roster
from directory.vocabulary.drawing import place_map
from directory.vocabulary.models import Confidence, TermKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from directory.vocabulary.queries import Vocabulary

POINT = (28.5475, 77.2015)
FEES = (
    FeeView(FeePurpose.FIRST_SESSION, 1800, 45),
    FeeView(FeePurpose.FOLLOW_UP, 1200, 25),
    FeeView(FeePurpose.LETTER, 500, None, "two days’ notice"),
)
HOURS = ((0, 660, 840), (0, 960, 1140), (2, 660, 840), (4, 1200, 1560), (5, 600, 780))
SHIFTS = (
    Shift(StaffRole.PSYCHIATRIST, Presence.ON_SITE, 0, 0, 1),
    Shift(StaffRole.NURSE, Presence.ON_SITE, 1200, 480, 3),
    Shift(StaffRole.PSYCHOLOGIST, Presence.ON_SITE, 540, 1200, 2),
    Shift(StaffRole.ANAESTHETIST, Presence.ON_CALL, 1080, 480, 1, 40),
)


def page(vocabulary: Vocabulary, now: datetime) -> ListingPage:
    """Give a page with something in every part, its checks in every state."""
    today = delhi_day(now)
    checks = _checks(today)
    terms = vocabulary.terms
    return ListingPage(
        listing=_listing(vocabulary, now),
        terms={TermKind.MODE: tuple(terms[TermKind.MODE].values())[:2]},
        fees=FEES,
        costs=(first_two_months(FEES), first_two_months(FEES[:1])),
        locations=(_location(vocabulary, now),),
        registrations=_registrations(vocabulary, checks),
        roster=night_roster(SHIFTS),
        checks=checks,
        colleagues=(),
        similar=_similar(vocabulary),
    )


def _listing(vocabulary: Vocabulary, now: datetime) -> ListingView:
    return ListingView(
        id=9,
        kind=ListingKind.PRACTITIONER,
        slug="sample",
        name="Dr Meenakshi Rawat",
        name_hi="डॉ. मीनाक्षी रावत",
        role=vocabulary.terms[TermKind.PROFESSION]["psychiatrist"],
        gender=Gender.WOMAN,
        practising_since=2010,
        headline=None,
        about="We begin with sleep.\n\nबात हिंदी में भी हो सकती है।",
        website=None,
        beds=None,
        accepting=Accepting.YES,
        is_demo=True,
        updated_at=now,
        source=SourceView("Directory editors", None, delhi_day(now), Confidence.MEDIUM),
        qualifications=(),
    )


def _location(vocabulary: Vocabulary, now: datetime) -> LocationView:
    holiday = delhi_day(now) + timedelta(days=12)
    schedule = schedule_of(HOURS, [(holiday, None, None, "Holiday")])
    station, station_m = vocabulary.nearest_station(*POINT)
    return LocationView(
        label=None,
        address="E-14, Padmini Enclave",
        locality=vocabulary.localities["hauz-khas"],
        pincode="110016",
        lat=POINT[0],
        lon=POINT[1],
        open_24x7=False,
        phones=(PhoneView(PhoneUse.APPOINTMENTS, "+911155501201"),),
        opening=open_state(schedule, now),
        week=week(schedule, now),
        exceptions=coming_exceptions(schedule, delhi_day(now)),
        stations=(StationAway(station, station_m),),
        map=place_map(vocabulary, *POINT, station),
    )


def _checks(today: date) -> dict[str, Check]:
    recent, long_ago = today - timedelta(days=11), today - timedelta(days=400)
    return {
        "accepting": _check("accepting", VerificationMethod.CALL, recent, today),
        "night": _check("night", VerificationMethod.NIGHT_CALL, recent, today),
        "registration:dmc": _check("registration:dmc", VerificationMethod.REGISTER, recent, today),
        "fee": _check("fee", VerificationMethod.CALL, long_ago, today),
        "address": Check("address", CheckState.NEVER),
    }


def _check(fact: str, method: VerificationMethod, on: date, today: date) -> Check:
    expires = on + timedelta(days=90)
    state = CheckState.VALID if expires >= today else CheckState.EXPIRED
    return Check(fact, state, method, "directory team", on, expires)


def _registrations(
    vocabulary: Vocabulary, checks: dict[str, Check]
) -> tuple[RegistrationView, ...]:
    registers = vocabulary.terms[TermKind.REGISTER]
    found = RegistrationView(
        register=registers["dmc"],
        number="DMC/R/00000",
        state=RegistrationState.FOUND,
        valid_until=None,
        lapsed=False,
        check=checks["registration:dmc"],
    )
    unchecked = RegistrationView(
        register=registers["nmc"],
        number=None,
        state=RegistrationState.UNCHECKED,
        valid_until=None,
        lapsed=False,
        check=Check("registration:nmc", CheckState.NEVER),
    )
    return found, unchecked


def _similar(vocabulary: Vocabulary) -> tuple[RelatedListing, ...]:
    role = vocabulary.terms[TermKind.PROFESSION]["psychiatrist"]
    green_park = vocabulary.localities["green-park"]
    return (
        RelatedListing(
            kind=ListingKind.PRACTITIONER,
            slug="one",
            name="Dr Anil Bhatt",
            name_hi=None,
            role=role,
            locality=green_park,
            distance_m=1200,
            is_demo=True,
        ),
    )
