"""Turns a draft into plain rows for each table, ready for one bulk insert a table.

Not for deciding what is written, and not for writing (see `storing.py`, the only caller).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from directory.core.db import Base
from directory.listings.exchange.drafts import TERM_KEYS
from directory.listings.exchange.stored import NO_SOURCE
from directory.listings.models import (
    Centre,
    Fee,
    ListingKind,
    ListingTerm,
    OpeningHours,
    Phone,
    Practitioner,
    Qualification,
    Registration,
    ScheduleException,
    Staffing,
    Verification,
)
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from datetime import datetime

    from directory.listings.exchange.drafts import ListingDraft, LocationDraft
    from directory.listings.exchange.stations import NearestStation
    from directory.vocabulary.queries import Vocabulary

Row = dict[str, Any]
# The rows of each table.
Sheets = defaultdict[type[Base], list[Row]]


def listing_row(draft: ListingDraft, now: datetime) -> Row:
    """Give the listing's own columns but its id and `created_at`; slug and state are settled."""
    source = draft.source or NO_SOURCE
    return {
        "ref": draft.ref,
        "kind": draft.kind,
        "state": draft.state,
        "slug": draft.slug,
        "name": draft.name,
        "name_hi": draft.name_hi,
        "gender": draft.gender,
        "headline": draft.headline,
        "about": draft.about,
        "website": draft.website,
        "accepting": draft.accepting,
        "accepting_checked_on": draft.accepting_checked_on,
        "source_name": source.name,
        "source_url": source.url,
        "source_retrieved_on": source.retrieved_on,
        "source_confidence": source.confidence,
        "is_demo": draft.is_demo,
        "closed_on": draft.closed_on,
        "updated_at": now,
    }


def kind_row(draft: ListingDraft, listing_id: int, vocabulary: Vocabulary) -> Row:
    """Give the row of `practitioner` or `centre` that belongs to a listing."""
    if draft.practitioner is not None:
        professions = vocabulary.terms[TermKind.PROFESSION]
        return {
            "listing_id": listing_id,
            "kind": ListingKind.PRACTITIONER,
            "profession_id": professions[draft.practitioner.profession].id,
            "practising_since": draft.practitioner.practising_since,
        }
    if draft.centre is None:
        raise ValueError("a draft is of a practitioner or of a centre")
    return {
        "listing_id": listing_id,
        "kind": ListingKind.CENTRE,
        "centre_type_id": vocabulary.terms[TermKind.CENTRE_TYPE][draft.centre.centre_type].id,
        "beds": draft.centre.beds,
    }


def table_of_kind(draft: ListingDraft) -> type[Practitioner | Centre]:
    """Give the table `kind_row` is for."""
    return Centre if draft.practitioner is None else Practitioner


def add_facts(
    sheets: Sheets,
    draft: ListingDraft,
    listing_id: int,
    vocabulary: Vocabulary,
) -> None:
    """Add the rows of everything that hangs on the listing itself, but for its locations."""
    terms = sheets[ListingTerm]
    for key, kind in TERM_KEYS.items():
        known = vocabulary.terms[kind]
        for position, slug in enumerate(draft.terms[key]):
            terms.append(
                {"listing_id": listing_id, "term_id": known[slug].id, "position": position}
            )
    sheets[Qualification] += [
        {"listing_id": listing_id, "position": position, "text": text}
        for position, text in enumerate(draft.qualifications)
    ]
    sheets[Registration] += _registrations(draft, listing_id, vocabulary)
    sheets[Fee] += _fees(draft, listing_id)
    sheets[Staffing] += _staffing(draft, listing_id)
    sheets[Verification] += _checks(draft, listing_id)


def location_row(
    place: LocationDraft,
    listing_id: int,
    position: int,
    vocabulary: Vocabulary,
    stations: NearestStation,
) -> Row:
    """Give the row of a location, with the station nearest to its point or its locality."""
    locality = None if place.locality is None else vocabulary.localities[place.locality]
    if place.lat is not None and place.lon is not None:
        station, metres = stations.of(place.lat, place.lon)
    elif locality is not None:
        station, metres = locality.station, locality.station_m
    else:
        raise ValueError("a location has a locality or a point")
    return {
        "listing_id": listing_id,
        "position": position,
        "label": place.label,
        "address": place.address,
        "locality_id": None if locality is None else locality.id,
        "pincode": place.pincode,
        "lat": place.lat,
        "lon": place.lon,
        "station_id": station.id,
        "station_m": metres,
        "open_24x7": place.open_24x7,
    }


def add_place_facts(sheets: Sheets, place: LocationDraft, location_id: int) -> None:
    """Add the rows of everything that hangs on one location."""
    sheets[Phone] += [
        {
            "location_id": location_id,
            "position": position,
            "use": phone.use,
            "number": phone.number,
        }
        for position, phone in enumerate(place.phones)
    ]
    sheets[OpeningHours] += _hours(place, location_id)
    sheets[ScheduleException] += _exceptions(place, location_id)


def _hours(place: LocationDraft, location_id: int) -> list[Row]:
    return [
        {
            "location_id": location_id,
            "position": position,
            "weekday": weekday,
            "opens_minute": span.opens_minute,
            "closes_minute": span.closes_minute,
        }
        for position, span in enumerate(place.hours)
        for weekday in span.weekdays
    ]


def _exceptions(place: LocationDraft, location_id: int) -> list[Row]:
    return [
        {
            "location_id": location_id,
            "position": position,
            "on_date": item.on_date,
            "opens_minute": item.opens_minute,
            "closes_minute": item.closes_minute,
            "note": item.note,
        }
        for position, item in enumerate(place.exceptions)
    ]


def _registrations(draft: ListingDraft, listing_id: int, vocabulary: Vocabulary) -> list[Row]:
    registers = vocabulary.terms[TermKind.REGISTER]
    return [
        {
            "listing_id": listing_id,
            "position": position,
            "register_id": registers[item.register].id,
            "number": item.number,
            "state": item.state,
            "checked_on": item.checked_on,
            "valid_until": item.valid_until,
        }
        for position, item in enumerate(draft.registrations)
    ]


def _fees(draft: ListingDraft, listing_id: int) -> list[Row]:
    return [
        {
            "listing_id": listing_id,
            "position": position,
            "purpose": fee.purpose,
            "amount_inr": fee.amount_inr,
            "minutes": fee.minutes,
            "note": fee.note,
        }
        for position, fee in enumerate(draft.fees)
    ]


def _staffing(draft: ListingDraft, listing_id: int) -> list[Row]:
    return [
        {
            "listing_id": listing_id,
            "position": position,
            "role": item.role,
            "presence": item.presence,
            "from_minute": item.from_minute,
            "to_minute": item.to_minute,
            "count": item.count,
            "within_minutes": item.within_minutes,
        }
        for position, item in enumerate(draft.centre.staffing if draft.centre else ())
    ]


def _checks(draft: ListingDraft, listing_id: int) -> list[Row]:
    return [
        {
            "listing_id": listing_id,
            "fact": check.fact,
            "method": check.method,
            "checked_by": check.checked_by,
            "checked_on": check.checked_on,
            "expires_on": check.expires_on,
            "note": check.note,
        }
        for check in draft.checks
    ]
