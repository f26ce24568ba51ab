"""Linked data (schema.org, JSON-LD) of listing pages: only what is stated, nothing rated.

There is no `aggregateRating`, however many reviews there are: other sites would show the number
without its count, its window and its method, and stars on a page of results would rank people
who may not advertise. A review that is withdrawn must be gone within a minute, and a copy
elsewhere is not.

A doctor's page is a Physician, another practitioner's a Person with a place of work, a centre's
a Hospital, MedicalClinic or MedicalBusiness. Called by `listings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.listings.models import Accepting
from directory.vocabulary.models import TermKind
from directory.web.links import listing_url, search_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.listings.queries.page import ListingPage, LocationView

CONTEXT = "https://schema.org"
HOSPITALS = {"psychiatric-hospital", "gh-psychiatry-unit", "private-nursing-home"}
CLINICS = {"outpatient-clinic", "ketamine-infusion-clinic", "rtms-clinic", "day-care"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_IN_A_DAY = 1440
Data = dict[str, Any]
Step = tuple[str, str | None]


def crumbs_of(page: ListingPage) -> list[Step]:
    """Give the way to a listing: its profession or kind, then its locality."""
    steps: list[Step] = [
        (gettext("Centres"), search_url(kind="centre"))
        if page.is_centre
        else (page.listing.role.name_en, f"/professions/{page.listing.role.slug}")
    ]
    locality = page.main_place.locality
    if locality is not None:
        steps.append((locality.name_en, f"/localities/{locality.slug}"))
    return steps


def of_crumbs(steps: Sequence[Step], name: str, site_url: str) -> Data:
    """Give the way to a page as a BreadcrumbList; the page itself comes last."""
    trail: list[Step] = [(gettext("Home"), "/"), *steps, (name, None)]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            _stated(
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": words,
                    "item": site_url + address if address else None,
                }
            )
            for position, (words, address) in enumerate(trail, start=1)
        ],
    }


def of_listing(page: ListingPage, site_url: str) -> Data:
    """Give what a listing's page says about its subject."""
    data = _centre(page) if page.is_centre else _practitioner(page)
    return _stated(
        {
            "@context": CONTEXT,
            "url": site_url + listing_url(page.listing.kind, page.listing.slug),
            "name": page.listing.name,
            "alternateName": page.listing.name_hi,
            "description": page.listing.headline,
            "disambiguatingDescription": (
                gettext("A demo listing: made up, it reaches nobody.")
                if page.listing.is_demo
                else None
            ),
            "telephone": page.main_phone.number if page.main_phone else None,
            "sameAs": page.listing.website,
            **data,
        }
    )


def _practitioner(page: ListingPage) -> Data:
    languages = [term.name_en for term in page.terms.get(TermKind.LANGUAGE, ())]
    if page.listing.role.details.get("may_prescribe") == "yes":
        return {
            "@type": "Physician",
            "medicalSpecialty": "https://schema.org/Psychiatric",
            "availableLanguage": languages,
            "isAcceptingNewPatients": _accepting(page),
            **_place(page.main_place),
            "identifier": _identifiers(page),
        }
    return {
        "@type": "Person",
        "jobTitle": page.listing.role.name_en,
        "knowsLanguage": languages,
        "workLocation": [
            _stated({"@type": "Place", "name": place.label, **_place(place)})
            for place in page.locations
        ],
        "identifier": _identifiers(page),
    }


def _centre(page: ListingPage) -> Data:
    kind = "MedicalBusiness"
    if page.listing.role.slug in HOSPITALS:
        kind = "Hospital"
    elif page.listing.role.slug in CLINICS:
        kind = "MedicalClinic"
    return {
        "@type": kind,
        "medicalSpecialty": "https://schema.org/Psychiatric",
        "isAcceptingNewPatients": _accepting(page) if kind != "MedicalBusiness" else None,
        **_place(page.main_place),
        "identifier": _identifiers(page),
    }


def _demo_words() -> str:
    return gettext("A demo listing: made up, it reaches nobody.")


def _accepting(page: ListingPage) -> bool | None:
    """Give yes or no only where a check still counts."""
    if not page.check("accepting").is_valid:
        return None
    return {Accepting.YES: True, Accepting.NO: False}.get(page.listing.accepting)


def _identifiers(page: ListingPage) -> list[Data]:
    return [
        {"@type": "PropertyValue", "name": found.register.name_en, "value": found.number}
        for found in page.registrations
        if found.number
    ]


def _place(place: LocationView) -> Data:
    point = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return {
        "address": _stated(
            {
                "@type": "PostalAddress",
                "streetAddress": place.address,
                "addressLocality": place.locality.name_en if place.locality else None,
                "addressRegion": "Delhi",
                "postalCode": place.pincode,
                "addressCountry": "IN",
            }
        ),
        "geo": point if place.has_point else None,
        "openingHoursSpecification": _hours(place),
        "specialOpeningHoursSpecification": _special_hours(place),
    }


def _hours(place: LocationView) -> list[Data]:
    if place.open_24x7:
        return [_opens(0, MINUTES_IN_A_DAY - 1) | {"dayOfWeek": list(WEEKDAYS)}]
    days = place.week.days if place.week else ()
    return [
        _opens(span.opens, span.closes) | {"dayOfWeek": WEEKDAYS[day.on.weekday()]}
        for day in days
        if day.exception is None
        for span in day.spans
    ]


def _special_hours(place: LocationView) -> list[Data]:
    found = []
    for day in place.exceptions:
        dated = {"validFrom": day.on.isoformat(), "validThrough": day.on.isoformat()}
        spans = [(span.opens, span.closes) for span in day.spans] or [(0, 0)]
        found += [_opens(*span) | dated for span in spans]
    return found


def _opens(opens: int, closes: int) -> Data:
    return {
        "@type": "OpeningHoursSpecification",
        "opens": _clock(opens),
        "closes": _clock(closes),
    }


def _clock(minute: int) -> str:
    """Give a time of day; closing before opening means the next day to a reader of schema.org."""
    minute %= MINUTES_IN_A_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _stated(data: Data) -> Data:
    """Leave out what is not stated."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
