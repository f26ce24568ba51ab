"""Stored listings as documents: the one builder of what export, API and demo show.

`load_listings` reads whole listings in a constant number of queries; `document_of` gives the
document of one in canonical key order. Not for reading documents (see `validation.py`), and
not for thousands of listings (see `stored.py`, which reads those without building objects).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from directory.listings.exchange.drafts import TERM_KEYS
from directory.listings.exchange.stored import StoredListing, StoredPlace, draft_of_rows
from directory.listings.models import (
    Centre,
    Listing,
    Location,
    Practitioner,
    PractitionerRole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from enum import StrEnum

    from sqlalchemy.orm import Session

    from directory.listings.exchange.drafts import (
        CheckDraft,
        ExceptionDraft,
        FeeDraft,
        HoursDraft,
        ListingDraft,
        LocationDraft,
        RegistrationDraft,
        SourceDraft,
        StaffingDraft,
    )
    from directory.vocabulary.queries import Vocabulary

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_IN_A_DAY = 1440

WHOLE_LISTING = (
    joinedload(Listing.practitioner)
    .selectinload(Practitioner.roles)
    .joinedload(PractitionerRole.centre)
    .joinedload(Centre.listing),
    joinedload(Listing.centre).selectinload(Centre.staffing),
    selectinload(Listing.terms),
    selectinload(Listing.qualifications),
    selectinload(Listing.registrations),
    selectinload(Listing.fees),
    selectinload(Listing.verifications),
    selectinload(Listing.locations).options(
        selectinload(Location.phones),
        selectinload(Location.hours),
        selectinload(Location.exceptions),
    ),
)


def load_listings(session: Session, ids: Sequence[int]) -> list[Listing]:
    """Give the listings with these ids, whole, in the order of `ids`; twelve queries."""
    found = {
        listing.id: listing
        for listing in session.scalars(
            select(Listing)
            .where(Listing.id.in_(ids))
            .options(*WHOLE_LISTING)
            .execution_options(populate_existing=True)
        )
    }
    return [found[listing_id] for listing_id in ids if listing_id in found]


def document_of(listing: Listing, vocabulary: Vocabulary) -> dict[str, Any]:
    """Give the document of a listing read by `load_listings`, keys in canonical order."""
    return document_of_draft(draft_of(listing, vocabulary))


def draft_of(listing: Listing, vocabulary: Vocabulary) -> ListingDraft:
    """Give what a listing read by `load_listings` says, in the shape an import compares with."""
    practitioner, centre = listing.practitioner, listing.centre
    roles = sorted(practitioner.roles, key=attrgetter("position")) if practitioner else ()
    rows = StoredListing(
        listing=listing,
        practitioner=practitioner,
        centre=centre,
        works_at=[role.centre.listing.ref for role in roles],
        staffing=centre.staffing if centre else (),
        terms=[row.term_id for row in listing.terms],
        qualifications=[row.text for row in listing.qualifications],
        registrations=listing.registrations,
        fees=listing.fees,
        verifications=listing.verifications,
        places=[
            StoredPlace(row, row.phones, row.hours, row.exceptions) for row in listing.locations
        ],
    )
    return draft_of_rows(rows, vocabulary)


def document_of_draft(draft: ListingDraft) -> dict[str, Any]:
    """Give the document that says what a draft says; every key is there, in canonical order."""
    practitioner, centre = draft.practitioner, draft.centre
    terms = {key: list(draft.terms[key]) for key in TERM_KEYS}
    admission_types = terms.pop("admission_types")
    return {
        **_naming_document(draft),
        **terms,
        "fees": [_fee_document(item) for item in draft.fees],
        "accepting": draft.accepting.value,
        "accepting_checked_on": _day(draft.accepting_checked_on),
        "locations": [_location_document(item) for item in draft.locations],
        "beds": centre.beds if centre else None,
        "admission_types": admission_types,
        "staffing": [_staffing_document(item) for item in centre.staffing] if centre else [],
        "works_at": list(practitioner.works_at) if practitioner else [],
        "website": draft.website,
        "source": _source_document(draft.source) if draft.source else None,
        "checks": [_check_document(item) for item in draft.checks],
        "demo": draft.is_demo,
    }


def clock_time(minute: int) -> str:
    """Give a minute of the day as `HH:MM`; the end of the day is `24:00`, later ones wrap."""
    if minute > MINUTES_IN_A_DAY:
        minute -= MINUTES_IN_A_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _naming_document(draft: ListingDraft) -> dict[str, Any]:
    practitioner, centre = draft.practitioner, draft.centre
    return {
        "ref": draft.ref,
        "kind": draft.kind.value,
        "slug": draft.slug,
        "state": _value(draft.state),
        "closed_on": _day(draft.closed_on),
        "name": draft.name,
        "name_hi": draft.name_hi,
        "profession": practitioner.profession if practitioner else None,
        "centre_type": centre.centre_type if centre else None,
        "gender": _value(draft.gender),
        "practising_since": practitioner.practising_since if practitioner else None,
        "headline": draft.headline,
        "about": draft.about,
        "qualifications": list(draft.qualifications),
        "registrations": [_registration_document(item) for item in draft.registrations],
    }


def _location_document(place: LocationDraft) -> dict[str, Any]:
    return {
        "label": place.label,
        "address": place.address,
        "locality": place.locality,
        "pincode": place.pincode,
        "lat": place.lat,
        "lon": place.lon,
        "open_24x7": place.open_24x7,
        "hours": [_hours_document(span) for span in place.hours],
        "exceptions": [_exception_document(item) for item in place.exceptions],
        "phones": [{"use": item.use.value, "number": item.number} for item in place.phones],
    }


def _hours_document(span: HoursDraft) -> dict[str, Any]:
    return {
        "days": [WEEKDAYS[day] for day in span.weekdays],
        "opens": clock_time(span.opens_minute),
        "closes": clock_time(span.closes_minute),
    }


def _exception_document(item: ExceptionDraft) -> dict[str, Any]:
    return {
        "on": item.on_date.isoformat(),
        "opens": None if item.opens_minute is None else clock_time(item.opens_minute),
        "closes": None if item.closes_minute is None else clock_time(item.closes_minute),
        "note": item.note,
    }


def _registration_document(item: RegistrationDraft) -> dict[str, Any]:
    return {
        "register": item.register,
        "number": item.number,
        "state": item.state.value,
        "checked_on": _day(item.checked_on),
        "valid_until": _day(item.valid_until),
    }


def _fee_document(item: FeeDraft) -> dict[str, Any]:
    return {
        "for": item.purpose.value,
        "amount": item.amount_inr,
        "minutes": item.minutes,
        "note": item.note,
    }


def _staffing_document(item: StaffingDraft) -> dict[str, Any]:
    return {
        "role": item.role.value,
        "presence": item.presence.value,
        "from": clock_time(item.from_minute),
        "to": clock_time(item.to_minute),
        "count": item.count,
        "within_minutes": item.within_minutes,
    }


def _source_document(source: SourceDraft) -> dict[str, Any]:
    return {
        "name": source.name,
        "url": source.url,
        "retrieved_on": _day(source.retrieved_on),
        "confidence": _value(source.confidence),
    }


def _check_document(item: CheckDraft) -> dict[str, Any]:
    return {
        "fact": item.fact,
        "method": item.method.value,
        "by": item.checked_by,
        "checked_on": item.checked_on.isoformat(),
        "expires_on": _day(item.expires_on),
        "note": item.note,
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _value(member: StrEnum | None) -> str | None:
    return None if member is None else member.value
