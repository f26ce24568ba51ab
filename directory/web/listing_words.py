"""What a listing's facts are called on its page: enum values and keys into words, via `_()`.

Template filters of the listing pages. Not for numbers and days (`text.py`) nor for what the
law says (`listing_law.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from directory.listings.costs import CostBasis
from directory.listings.models import (
    Accepting,
    FeePurpose,
    Gender,
    PhoneUse,
    RegistrationState,
    VerificationMethod,
)
from directory.vocabulary.drawing import Bearing
from directory.vocabulary.models import Confidence
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from directory.listings.queries.page import LocationView
    from directory.vocabulary.drawing import PlaceMap
    from directory.vocabulary.queries import TermView

DEVANAGARI_RUN = re.compile(r"[\u0900-\u097f][\u0900-\u097f\u200c\u200d\s.,;:!?()–—…'\"0-9-]*")
# Names that begin with a capital wherever they stand.
PROPER_NAMES = ("Ayushman", "Niramaya")
ENDS = re.compile(r"[\s(]+$")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one script; `lang` is "hi" for Devanagari, None otherwise."""

    lang: str | None
    text: str


def by_script(words: str) -> list[Run]:
    """Give a text as runs, so that Hindi can carry its language; joined they give the text."""
    runs: list[Run] = []
    at = 0
    for found in DEVANAGARI_RUN.finditer(words):
        hindi = ENDS.sub("", found.group())
        end = found.start() + len(hindi)
        if found.start() > at:
            runs.append(Run(None, words[at : found.start()]))
        runs.append(Run("hi", hindi))
        at = end
    if at < len(words):
        runs.append(Run(None, words[at:]))
    return runs


def fee_words(purpose: FeePurpose) -> str:
    """Say what a sum is for."""
    return {
        FeePurpose.FIRST_SESSION: gettext("First visit"),
        FeePurpose.FOLLOW_UP: gettext("Follow-up visit"),
        FeePurpose.COUPLE_SESSION: gettext("Session for a couple"),
        FeePurpose.FAMILY_SESSION: gettext("Session for a family"),
        FeePurpose.GROUP_SESSION: gettext("Group session"),
        FeePurpose.HOME_VISIT: gettext("Home visit"),
        FeePurpose.ASSESSMENT: gettext("Testing or assessment"),
        FeePurpose.LETTER: gettext("Letter or certificate"),
        FeePurpose.TREATMENT_SESSION: gettext("Treatment session"),
        FeePurpose.BED_DAY: gettext("Bed, a day"),
        FeePurpose.MONTH: gettext("A month"),
        FeePurpose.DEPOSIT: gettext("Deposit"),
        FeePurpose.OTHER: gettext("Other"),
    }[purpose]


def times_words(purpose: FeePurpose, times: int) -> str:
    """Say how often a sum is counted: 3 visits, 7 days."""
    if purpose is FeePurpose.BED_DAY:
        return ngettext("%(num)s day", "%(num)s days", times)
    return str(times)


def cost_caption(basis: CostBasis) -> str:
    """Say what a cost table assumes."""
    return {
        CostBasis.FIRST_TWO_MONTHS: gettext(
            "A usual first two months, if you go once and come back three times"
        ),
        CostBasis.FIRST_WEEK_INSIDE: gettext(
            "A first week, if you stay seven days and pay the deposit"
        ),
    }[basis]


def cost_total(basis: CostBasis) -> str:
    """Name the sum of a cost table."""
    return {
        CostBasis.FIRST_TWO_MONTHS: gettext("Two months"),
        CostBasis.FIRST_WEEK_INSIDE: gettext("To have at hand"),
    }[basis]


def phone_words(use: PhoneUse) -> str:
    """Say what a number is for."""
    return {
        PhoneUse.APPOINTMENTS: gettext("Appointments"),
        PhoneUse.ADMISSIONS: gettext("Admissions"),
        PhoneUse.EMERGENCY: gettext("Emergency"),
        PhoneUse.AMBULANCE: gettext("Their ambulance"),
        PhoneUse.WARD: gettext("Ward phone"),
        PhoneUse.COMPLAINTS: gettext("Complaints desk"),
    }[use]


def accepting_words(accepting: Accepting, *, of_centre: bool = False) -> str:
    """Say whether new patients are taken."""
    if of_centre:
        return {
            Accepting.YES: gettext("Admitting"),
            Accepting.WAITING_LIST: gettext("Waiting list"),
            Accepting.NO: gettext("Not admitting now"),
            Accepting.UNKNOWN: gettext("Not stated whether it has room"),
        }[accepting]
    return {
        Accepting.YES: gettext("Taking new patients"),
        Accepting.WAITING_LIST: gettext("Waiting list"),
        Accepting.NO: gettext("Not taking new patients"),
        Accepting.UNKNOWN: gettext("Not stated whether taking new patients"),
    }[accepting]


def accepting_kind(accepting: Accepting) -> str:
    """Give the kind of the state sign for an answer that is confirmed."""
    return {
        Accepting.YES: "yes",
        Accepting.WAITING_LIST: "wait",
        Accepting.NO: "no",
        Accepting.UNKNOWN: "stale",
    }[accepting]


def method_words(method: VerificationMethod | None) -> str:
    """Say how a fact was checked, as the checks table does."""
    return {
        VerificationMethod.CALL: gettext("We rang and asked"),
        VerificationMethod.NIGHT_CALL: gettext("We rang at night"),
        VerificationMethod.LETTER: gettext("Told in writing"),
        VerificationMethod.REGISTER: gettext("Looked up in the register"),
        VerificationMethod.VISIT: gettext("Seen on a visit"),
        VerificationMethod.DOCUMENT: gettext("Paper seen"),
        VerificationMethod.SOURCE: gettext("Dated by the source, not by us"),
        None: gettext("Dated by the source, not by us"),
    }[method]


def asked_words(method: VerificationMethod | None) -> str:
    """Say in one word how the answer on taking patients was had."""
    if method is VerificationMethod.CALL:
        return gettext("asked")
    return gettext("dated") if method in {None, VerificationMethod.SOURCE} else gettext("told")


def method_short(method: VerificationMethod | None) -> str:
    """Say how a fact was checked, in the margin of a fact."""
    return {
        VerificationMethod.CALL: gettext("Asked by phone"),
        VerificationMethod.NIGHT_CALL: gettext("Rung at night"),
        VerificationMethod.LETTER: gettext("Told in writing"),
        VerificationMethod.REGISTER: gettext("Looked up"),
        VerificationMethod.VISIT: gettext("Seen on a visit"),
        VerificationMethod.DOCUMENT: gettext("Paper seen"),
        VerificationMethod.SOURCE: gettext("Dated by the source"),
        None: gettext("Dated by the source"),
    }[method]


def fact_words(fact: str) -> str:
    """Name a fact of `listings.facts.FACTS`, or of the checks table; unknown ones as they are."""
    key = fact.partition(":")[0]
    return {
        "name": gettext("Name"),
        "role": gettext("Profession or kind of place"),
        "about": gettext("Description and website"),
        "qualifications": gettext("Training"),
        "conditions": gettext("Concerns"),
        "treatments": gettext("Treatments"),
        "languages": gettext("Languages"),
        "who": gettext("Who it is for"),
        "modes": gettext("In person or by video"),
        "works_at": gettext("Works at"),
        "closed": gettext("It has closed"),
        "other": gettext("Something else"),
        "accepting": gettext("Taking patients"),
        "phone": gettext("Phone"),
        "night": gettext("Open at night"),
        "staffing": gettext("Who is there"),
        "fee": gettext("Fee"),
        "hours": gettext("Opening hours"),
        "payment": gettext("Ways to pay"),
        "registration": gettext("Registration"),
        "address": gettext("Address"),
        "access": gettext("Getting in"),
        "beds": gettext("Beds"),
        "facilities": gettext("Facilities"),
    }.get(key, key)


def confidence_words(confidence: Confidence) -> str:
    """Say how sure the compiler of a source was."""
    return {
        Confidence.HIGH: gettext("We are fairly sure of it."),
        Confidence.MEDIUM: gettext("We are not sure of all of it."),
        Confidence.LOW: gettext("We are unsure of it."),
    }[confidence]


def helps_heading(gender: Gender | None) -> str:
    """Head the section on what a practitioner helps with."""
    if gender is Gender.WOMAN:
        return gettext("What she helps with")
    if gender is Gender.MAN:
        return gettext("What he helps with")
    return gettext("What they help with")


def registration_badge(state: RegistrationState) -> str:
    """Give the kind of the badge sign for a registration."""
    return {
        RegistrationState.FOUND: "yes",
        RegistrationState.PROVISIONAL: "half",
        RegistrationState.NOT_FOUND: "no",
        RegistrationState.UNCHECKED: "open",
    }[state]


def registration_words(state: RegistrationState) -> str:
    """Say what looking in a register gave."""
    return {
        RegistrationState.FOUND: gettext("Registration found"),
        RegistrationState.PROVISIONAL: gettext("Registered for the time being"),
        RegistrationState.NOT_FOUND: gettext("Not found in the register"),
        RegistrationState.UNCHECKED: gettext("Registration not checked"),
    }[state]


def address_words(place: LocationView) -> str:
    """Give the address in one line, as far as it is stated."""
    parts = [place.address] if place.address else []
    name = place.locality.name_en if place.locality else None
    if name and name.lower() not in (place.address or "").lower():
        parts.append(name)
    if place.pincode and place.pincode not in (place.address or ""):
        parts.append(f"Delhi {place.pincode}" if place.pincode.startswith("110") else place.pincode)
    return ", ".join(parts)


def map_title(drawn: PlaceMap, *, of_centre: bool = False) -> str:
    """Say in words what a place's map draws."""
    lines = text.listed([line.name_en for line in drawn.station.lines])
    values = {
        "distance": text.distance(drawn.station_m),
        "bearing": bearing_words(drawn.bearing),
        "station": drawn.station.name_en,
        "lines": lines,
    }
    if of_centre:
        return gettext(
            "The centre lies %(distance)s %(bearing)s of %(station)s metro station (%(lines)s)",
            **values,
        )
    return gettext(
        "The place lies %(distance)s %(bearing)s of %(station)s metro station (%(lines)s)",
        **values,
    )


def bearing_words(bearing: Bearing) -> str:
    """Name a direction."""
    return {
        Bearing.NORTH: gettext("north"),
        Bearing.NORTH_EAST: gettext("north-east"),
        Bearing.EAST: gettext("east"),
        Bearing.SOUTH_EAST: gettext("south-east"),
        Bearing.SOUTH: gettext("south"),
        Bearing.SOUTH_WEST: gettext("south-west"),
        Bearing.WEST: gettext("west"),
        Bearing.NORTH_WEST: gettext("north-west"),
    }[bearing]


def names(terms: Iterable[TermView]) -> list[str]:
    """Give the English names of terms."""
    return [term.name_en for term in terms]


def in_line(terms: Iterable[TermView]) -> str:
    """Give names as one line reads them: "In person, video"; names of schemes keep their size."""
    words = names(terms)
    rest = [word if word.startswith(PROPER_NAMES) else text.lower_first(word) for word in words[1:]]
    return ", ".join([*words[:1], *rest])


FILTERS: dict[str, Callable[..., Any]] = {
    "accepting_kind": accepting_kind,
    "accepting_words": accepting_words,
    "address_words": address_words,
    "asked_words": asked_words,
    "by_script": by_script,
    "confidence_words": confidence_words,
    "cost_caption": cost_caption,
    "cost_total": cost_total,
    "fact_words": fact_words,
    "fee_words": fee_words,
    "helps_heading": helps_heading,
    "in_line": in_line,
    "map_title": map_title,
    "method_short": method_short,
    "method_words": method_words,
    "names": names,
    "phone_words": phone_words,
    "registration_badge": registration_badge,
    "registration_words": registration_words,
    "times_words": times_words,
}
