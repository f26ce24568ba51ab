"""The frozen shapes of a listing's page. None and empty mean "not stated", never "no"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.listings.models import FeePurpose, ListingKind, PhoneUse
from directory.listings.opening import OpenKind, OpenState, Schedule
from directory.listings.queries.checks import Check, CheckState
from directory.listings.standing import REGISTER_OF_BEDS, has_beds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from directory.listings.costs import FeeView, UsualCost
    from directory.listings.models import (
        Accepting,
        Gender,
        RegistrationState,
    )
    from directory.listings.opening import DayException, Week
    from directory.listings.roster import RosterRow
    from directory.vocabulary.drawing import PlaceMap
    from directory.vocabulary.models import Confidence, TermKind
    from directory.vocabulary.queries import LocalityView, StationView, TermView

# Whom a reader calls first. A person's page: to ask for an appointment; a centre's: to be taken in.
PERSON_CALLS = (PhoneUse.APPOINTMENTS, PhoneUse.ADMISSIONS, PhoneUse.EMERGENCY)
CENTRE_CALLS = (PhoneUse.ADMISSIONS, PhoneUse.APPOINTMENTS, PhoneUse.EMERGENCY)
# Which sum stands first: what a first visit costs; in a centre with beds, a day in one.
PERSON_FEES = (FeePurpose.FIRST_SESSION, FeePurpose.FOLLOW_UP, FeePurpose.HOME_VISIT)
CENTRE_FEES = (FeePurpose.BED_DAY, FeePurpose.DEPOSIT, FeePurpose.FIRST_SESSION, FeePurpose.MONTH)
NOT_STATED = Schedule()
NO_HOURS = OpenState(OpenKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number, what it is for, and the label of its place when there are several."""

    use: PhoneUse
    number: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class StationAway:
    """A metro station and how far it is in a straight line."""

    station: StationView
    distance_m: int


@dataclass(frozen=True, slots=True)
class LocationView:
    """One place. Without a point of its own, stations are measured from the locality's middle.

    `opening` and `week` describe its hours at the moment of reading.
    """

    label: str | None
    address: str | None
    locality: LocalityView | None
    pincode: str | None
    lat: float | None
    lon: float | None
    open_24x7: bool
    phones: tuple[PhoneView, ...]
    opening: OpenState
    week: Week | None
    exceptions: tuple[DayException, ...]
    stations: tuple[StationAway, ...]
    map: PlaceMap | None
    schedule: Schedule = NOT_STATED

    @property
    def has_point(self) -> bool:
        """Whether the place itself is known, not only its locality."""
        return self.lat is not None

    @property
    def later_exceptions(self) -> tuple[DayException, ...]:
        """Give the exceptions that the table of the week does not show."""
        shown = {day.on for day in self.week.days} if self.week else set()
        return tuple(day for day in self.exceptions if day.on not in shown)

    @property
    def nearest(self) -> StationAway | None:
        """Give the nearest station; None when neither point nor locality is known."""
        return self.stations[0] if self.stations else None


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """A number in a register. `lapsed` when the registration itself has run out."""

    register: TermView
    number: str | None
    state: RegistrationState
    valid_until: date | None
    lapsed: bool
    check: Check


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where the facts come from."""

    name: str
    url: str | None
    retrieved_on: date | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class RelatedListing:
    """Another listing to go on with; the distance is in a straight line, None when unknown.

    `opening` holds for the place named here, whose id is `location_id`.
    """

    kind: ListingKind
    slug: str
    name: str
    name_hi: str | None
    role: TermView
    locality: LocalityView | None
    distance_m: int | None
    is_demo: bool
    location_id: int = 0
    open_24x7: bool = False
    opening: OpenState = NO_HOURS


@dataclass(frozen=True, slots=True)
class ListingView:
    """What a listing states once."""

    id: int
    kind: ListingKind
    slug: str
    name: str
    name_hi: str | None
    role: TermView
    gender: Gender | None
    practising_since: int | None
    headline: str | None
    about: str | None
    website: str | None
    beds: int | None
    accepting: Accepting
    is_demo: bool
    updated_at: datetime
    source: SourceView | None
    qualifications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Everything the page of one public listing says."""

    listing: ListingView
    terms: Mapping[TermKind, tuple[TermView, ...]]
    fees: tuple[FeeView, ...]
    costs: tuple[UsualCost, ...]
    locations: tuple[LocationView, ...]
    registrations: tuple[RegistrationView, ...]
    roster: tuple[RosterRow, ...]
    checks: Mapping[str, Check]
    colleagues: tuple[RelatedListing, ...]
    similar: tuple[RelatedListing, ...]

    @property
    def is_centre(self) -> bool:
        """Whether this is a place of care, not a person."""
        return self.listing.kind is ListingKind.CENTRE

    @property
    def phones(self) -> tuple[PhoneView, ...]:
        """Give every number once, in the order of its places."""
        found = {
            (phone.use, phone.number): phone for place in self.locations for phone in place.phones
        }
        return tuple(found.values())

    @property
    def main_phone(self) -> PhoneView | None:
        """Give the number to call first; wards and complaints are never that."""
        order = CENTRE_CALLS if self.is_centre else PERSON_CALLS
        callable_ones = [phone for phone in self.phones if phone.use in order]
        return min(callable_ones, key=lambda phone: order.index(phone.use), default=None)

    @property
    def first_fees(self) -> tuple[FeeView, ...]:
        """Give the two sums one asks for first, most asked first."""
        order = CENTRE_FEES if self.is_centre else PERSON_FEES
        ranks = {purpose: rank for rank, purpose in enumerate(order)}
        known: dict[FeePurpose, FeeView] = {}
        for fee in self.fees:
            known.setdefault(fee.purpose, fee)
        return tuple(sorted(known.values(), key=lambda fee: ranks.get(fee.purpose, len(order)))[:2])

    @property
    def main_registration(self) -> RegistrationView | None:
        """Give the registration that says most: looked up before not, latest look first.

        For a centre with beds only the mental health authority's certificate says anything.
        """
        return max(
            (found for found in self.registrations if self._counts(found)),
            key=lambda found: (
                found.check.checked_on is not None,
                found.check.checked_on.toordinal() if found.check.checked_on else 0,
            ),
            default=None,
        )

    @property
    def has_beds(self) -> bool:
        """Whether people stay overnight."""
        by_type = bool(self.listing.role.details.get("overnight_beds"))
        return self.is_centre and has_beds(self.listing.beds, by_type=by_type)

    def _counts(self, found: RegistrationView) -> bool:
        return not self.has_beds or found.register.slug == REGISTER_OF_BEDS

    @property
    def main_place(self) -> LocationView:
        """Give the first place; every listing has one."""
        return self.locations[0]

    @property
    def open_24x7(self) -> bool:
        """Whether any place says it is open day and night."""
        return any(place.open_24x7 for place in self.locations)

    @property
    def is_unchecked_public_source(self) -> bool:
        """Whether all this rests on a public source and nobody of ours has checked a thing."""
        checked = any(check.is_valid for check in self.checks.values())
        return self.listing.source is not None and not self.listing.is_demo and not checked

    def check(self, fact: str) -> Check:
        """Give the newest check of a fact; a "never" for one that has none."""
        return self.checks.get(fact, Check(fact, CheckState.NEVER))


@dataclass(frozen=True, slots=True)
class MovedListing:
    """The listing lives under another slug: redirect for ever."""

    kind: ListingKind
    slug: str


@dataclass(frozen=True, slots=True)
class ClosedListing:
    """The listing has closed: since when, and who does the same, nearest first."""

    kind: ListingKind
    slug: str
    name: str
    name_hi: str | None
    role: TermView
    locality: LocalityView | None
    closed_on: date
    is_demo: bool
    alternatives: tuple[RelatedListing, ...]
