"""The shape of one listing: the import format's document, and what the API adds to it.

The document itself is built in `listings/exchange/document.py`.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from directory.api.schemas.about import About, clock_time, day, one_of
from directory.listings.exchange.document import WEEKDAYS
from directory.listings.models import (
    Accepting,
    CallOutcome,
    FeePurpose,
    Gender,
    ListingKind,
    ListingState,
    PhoneUse,
    Presence,
    RegistrationState,
    StaffRole,
    VerificationMethod,
)
from directory.listings.queries.checks import CheckState
from directory.listings.standing import Standing
from directory.vocabulary.models import Confidence


class Rating(TypedDict):
    """What reviews give a listing."""

    score: Annotated[
        float | None,
        About("From 1 to 5; null until five reviews count.", least=1, most=5),
    ]
    count: Annotated[int, About("How many reviews count.", least=0)]


class Checked(TypedDict):
    """The newest check of one fact."""

    state: Annotated[str, one_of("Whether the check still counts.", CheckState)]
    method: Annotated[str | None, one_of("How it was made.", VerificationMethod)]
    by: Annotated[str | None, About("Who made it.")]
    checked_on: Annotated[str | None, day("The day it was made.")]
    expires_on: Annotated[str | None, day("The last day on which it counts.")]


class Doubted(TypedDict):
    """A fact that readers found to be otherwise, and that nobody has checked since."""

    fact: Annotated[str, About("Which: phone, accepting, fee and so on.")]
    outcome: Annotated[str, one_of("What came of their calls.", CallOutcome)]
    reports: Annotated[int, About("How many readers told so.", least=1)]
    since: Annotated[str, day("The day since which it is in doubt.")]


class ListedRegistration(TypedDict):
    """A number in a register, and what the register gave when it was asked."""

    register: Annotated[str, About("The register's slug.")]
    number: Annotated[str | None, About("The number, as stated.")]
    state: Annotated[str, one_of("What the last look-up gave.", RegistrationState)]
    checked_on: Annotated[str | None, day("The day of the last look-up.")]
    valid_until: Annotated[str | None, day("The last day of the registration.")]


ListedFee = TypedDict(
    "ListedFee",
    {
        "for": Annotated[str, one_of("What the sum is for.", FeePurpose)],
        "amount": Annotated[int, About("Whole rupees; 0 is free of charge.", least=0)],
        "minutes": Annotated[int | None, About("How long a session is.")],
        "note": Annotated[str | None, About("What else there is to say.")],
    },
)
ListedFee.__doc__ = "A sum of money for one thing."


class ListedHours(TypedDict):
    """A span of opening hours on some days of the week."""

    days: Annotated[list[str], About(f"The days: {', '.join(WEEKDAYS)}.")]
    opens: Annotated[str, clock_time("When it opens, in Delhi time.")]
    closes: Annotated[str, clock_time("When it closes; before `opens` is on the next day.")]


class ListedException(TypedDict):
    """A dated day with hours of its own."""

    on: Annotated[str, day("The day.")]
    opens: Annotated[str | None, clock_time("When it opens; null is closed all day.")]
    closes: Annotated[str | None, clock_time("When it closes.")]
    note: Annotated[str | None, About("Why.")]


class ListedPhone(TypedDict):
    """A telephone number."""

    use: Annotated[str, one_of("What it is for.", PhoneUse)]
    number: Annotated[str, About("The number.")]


class ListedLocation(TypedDict):
    """A place where the listing can be visited."""

    label: Annotated[str | None, About("What it is called.")]
    address: Annotated[str | None, About("House and street.")]
    locality: Annotated[str | None, About("The locality's slug.")]
    pincode: Annotated[str | None, About("The PIN code.")]
    lat: Annotated[float | None, About("Latitude (WGS 84 degrees).", least=-90, most=90)]
    lon: Annotated[float | None, About("Longitude.", least=-180, most=180)]
    open_24x7: Annotated[bool, About("Whether someone is there day and night.")]
    hours: Annotated[list[ListedHours], About("Opening hours.")]
    exceptions: Annotated[list[ListedException], About("Days with hours of their own.")]
    phones: Annotated[list[ListedPhone], About("Telephone numbers.")]


ListedStaffing = TypedDict(
    "ListedStaffing",
    {
        "role": Annotated[str, one_of("Who.", StaffRole)],
        "presence": Annotated[str, one_of("In the building, or on call.", Presence)],
        "from": Annotated[str, clock_time("The beginning; the same as `to` is round the clock.")],
        "to": Annotated[str, clock_time("The end.")],
        "count": Annotated[int, About("How many people.", least=0)],
        "within_minutes": Annotated[int | None, About("How soon someone on call comes.")],
    },
)
ListedStaffing.__doc__ = "Who is at a centre from one time of day to another."


class ListedSource(TypedDict):
    """Where the facts were found."""

    name: Annotated[str | None, About("Its name.")]
    url: Annotated[str | None, About("Its address.")]
    retrieved_on: Annotated[str | None, day("The day it was read.")]
    confidence: Annotated[str | None, one_of("How sure the compiler was.", Confidence)]


class ListedCheck(TypedDict):
    """A dated check of one fact."""

    fact: Annotated[str, About("What was checked: accepting, phone, fee and so on.")]
    method: Annotated[str, one_of("How.", VerificationMethod)]
    by: Annotated[str, About("Who checked it.")]
    checked_on: Annotated[str, day("When.")]
    expires_on: Annotated[str | None, day("The last day on which it counts.")]
    note: Annotated[str | None, About("What else there is to say.")]


class Listing(TypedDict):
    """One listing, as the import format has it, with its page, its rating and its checks."""

    ref: Annotated[str, About("Its key in files.")]
    kind: Annotated[str, one_of("A person or a place of care.", ListingKind)]
    slug: Annotated[str, About("Its name in addresses.")]
    state: Annotated[str, one_of("Its state; only published ones are shown.", ListingState)]
    closed_on: Annotated[str | None, day("The day it closed.")]
    name: Annotated[str, About("Its name.")]
    name_hi: Annotated[str | None, About("Its name in Devanagari.")]
    profession: Annotated[str | None, About("A practitioner's profession, as a slug.")]
    centre_type: Annotated[str | None, About("What kind of centre it is, as a slug.")]
    gender: Annotated[str | None, one_of("The gender a practitioner states.", Gender)]
    practising_since: Annotated[int | None, About("The year practice began.")]
    headline: Annotated[str | None, About("What it says of itself in a line.")]
    about: Annotated[str | None, About("What it says of itself.")]
    qualifications: Annotated[list[str], About("Degrees and training, as stated.")]
    registrations: Annotated[list[ListedRegistration], About("Numbers in registers.")]
    conditions: Annotated[list[str], About("What it works with, as slugs.")]
    treatments: Annotated[list[str], About("What it offers, as slugs.")]
    languages: Annotated[list[str], About("Languages spoken, as slugs.")]
    modes: Annotated[list[str], About("In person, by video and so on, as slugs.")]
    age_groups: Annotated[list[str], About("Whom it sees, as slugs.")]
    identities: Annotated[list[str], About("Whom it says it welcomes, as slugs.")]
    payment: Annotated[list[str], About("How care can be paid for, as slugs.")]
    facilities: Annotated[list[str], About("What the centre has, as slugs.")]
    accessibility: Annotated[list[str], About("How the place can be used, as slugs.")]
    fees: Annotated[list[ListedFee], About("What things cost.")]
    accepting: Annotated[str, one_of("Whether new patients are taken.", Accepting)]
    accepting_checked_on: Annotated[str | None, day("The day someone asked.")]
    locations: Annotated[list[ListedLocation], About("Its places, the main one first.")]
    beds: Annotated[int | None, About("How many beds a centre has.", least=0)]
    admission_types: Annotated[list[str], About("Ways to be admitted, as slugs.")]
    staffing: Annotated[list[ListedStaffing], About("Who is there, and when.")]
    works_at: Annotated[list[str], About("The refs of centres a practitioner works at.")]
    website: Annotated[str | None, About("Its own website.")]
    source: Annotated[ListedSource | None, About("Where the facts were found.")]
    checks: Annotated[list[ListedCheck], About("Every dated check.")]
    demo: Annotated[bool, About("Whether it is made up, to show how the site works.")]
    url: Annotated[str, About("The path of its page on this site.")]
    rating: Annotated[Rating, About("What reviews give it.")]
    checked: Annotated[
        dict[str, Checked], About("The newest check of each fact that was ever checked.")
    ]
    doubts: Annotated[list[Doubted], About("The facts that readers found to be otherwise.")]
    registered: Annotated[
        str | None,
        one_of(
            "What says most of the registrations that count, today; null when it states none.",
            Standing,
        ),
    ]
