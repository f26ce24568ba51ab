"""Checks the locations of a document: point, PIN code, telephones, hours, exceptions.

Called by `validation.py` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.geo import EAST, NORTH, SOUTH, WEST
from directory.listings.exchange.checking import MINUTES_IN_A_DAY, shown, unknown
from directory.listings.exchange.document import WEEKDAYS
from directory.listings.exchange.drafts import (
    ExceptionDraft,
    HoursDraft,
    LocationDraft,
    PhoneDraft,
)
from directory.listings.models import PhoneUse
from directory.listings.policy import phone_number, pincode_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from directory.listings.exchange.checking import Part
    from directory.vocabulary.queries import LocalityView

LOCATION_KEYS = frozenset(
    {
        *("label", "address", "locality", "pincode", "lat", "lon", "open_24x7"),
        *("hours", "exceptions", "phones"),
    }
)
HOURS_KEYS = frozenset(("days", "opens", "closes"))
EXCEPTION_KEYS = frozenset(("on", "opens", "closes", "note"))
PHONE_KEYS = frozenset(("use", "number"))

LABEL_LENGTH, ADDRESS_LENGTH, NOTE_LENGTH, PHONE_TEXT_LENGTH = 120, 300, 120, 40

PHONE_USES: Mapping[str, PhoneUse] = {use.value: use for use in PhoneUse}
WEEKDAY_NUMBERS: Mapping[str, int] = {day: number for number, day in enumerate(WEEKDAYS)}


def read_location(part: Part, localities: Mapping[str, LocalityView]) -> LocationDraft:
    """Give one location in its clean form; what is wrong is noted on the part."""
    locality = part.choice("locality", localities)
    lat, lon = _point(part)
    if part.values.get("locality") is None and lat is None and part.values.get("lat") is None:
        part.refuse("locality", "is missing; give a locality, or a point (lat and lon)")
    return LocationDraft(
        label=part.line("label", LABEL_LENGTH),
        address=part.line("address", ADDRESS_LENGTH),
        locality=locality.slug if locality else None,
        pincode=_pincode(part),
        lat=lat,
        lon=lon,
        open_24x7=part.yes_or_no("open_24x7"),
        hours=_hours(part),
        exceptions=_exceptions(part),
        phones=_phones(part),
    )


def _point(part: Part) -> tuple[float | None, float | None]:
    given = part.values.get("lat"), part.values.get("lon")
    if (given[0] is None) != (given[1] is None):
        absent = "lat" if given[0] is None else "lon"
        part.refuse(absent, "is missing; a point needs both lat and lon")
        return None, None
    if _looks_swapped(*given):
        part.refuse("lat", "and lon look swapped; in Delhi lat is near 28.6 and lon near 77.2")
        return None, None
    lat = part.decimal("lat", SOUTH, NORTH)
    lon = part.decimal("lon", WEST, EAST)
    return (None, None) if lat is None or lon is None else (lat, lon)


def _looks_swapped(lat: object, lon: object) -> bool:
    return (
        isinstance(lat, float)
        and isinstance(lon, float)
        and WEST <= lat <= EAST
        and SOUTH <= lon <= NORTH
    )


def _pincode(part: Part) -> str | None:
    value = part.values.get("pincode")
    if part.lacks("pincode"):
        return None
    text = str(value).replace(" ", "") if type(value) in (str, int) else shown(value)
    fault = pincode_fault(text)
    if fault is not None:
        part.refuse("pincode", fault)
        return None
    return text


def _phones(place: Part) -> tuple[PhoneDraft, ...]:
    found: dict[PhoneDraft, None] = {}
    for part in place.parts("phones", PHONE_KEYS):
        use = part.needed_choice("use", PHONE_USES)
        text = part.line("number", PHONE_TEXT_LENGTH)
        number = phone_number(text) if text else None
        if number is None:
            given = part.values.get("number")
            part.refuse("number", f"{shown(given)} is not an Indian number, such as +911155501234")
        if use is None or number is None:
            continue
        phone = PhoneDraft(use, number)
        if phone in found:
            part.refuse("number", f"{number} is given twice for {use.value}")
        found[phone] = None
    return tuple(found)


def _hours(place: Part) -> tuple[HoursDraft, ...]:
    spans = []
    starts: set[tuple[int, int]] = set()
    for part in place.parts("hours", HOURS_KEYS):
        weekdays = _weekdays(part)
        opens, closes = _span(part)
        if not weekdays or opens is None or closes is None:
            continue
        again = [day for day in weekdays if (day, opens) in starts]
        if again:
            part.refuse("opens", f"{WEEKDAYS[again[0]]} {part.values['opens']} is given twice")
        starts.update((day, opens) for day in weekdays)
        spans.append(HoursDraft(weekdays, opens, closes))
    return tuple(spans)


def _weekdays(part: Part) -> tuple[int, ...]:
    found = set()
    days = part.items("days")
    if not days:
        part.refuse("days", "is empty; name weekdays: mon, tue, wed, thu, fri, sat, sun")
    for number, day in enumerate(days):
        if isinstance(day, str) and day in WEEKDAY_NUMBERS:
            found.add(WEEKDAY_NUMBERS[day])
        else:
            part.refuse(f"days[{number}]", unknown("weekday", day, WEEKDAYS))
    return tuple(sorted(found))


def _span(part: Part) -> tuple[int | None, int | None]:
    """Give opening and closing minutes; closing at or before opening lies on the next day."""
    opens, closes = part.minute("opens"), part.minute("closes")
    for key in ("opens", "closes"):
        if part.values.get(key) is None:
            part.refuse(key, "is missing; write a time such as 09:30")
    if opens == MINUTES_IN_A_DAY:
        part.refuse("opens", "24:00 is the end of a day; write 00:00")
        return None, None
    if opens is not None and closes is not None and closes <= opens:
        closes += MINUTES_IN_A_DAY
    return opens, closes


def _exceptions(place: Part) -> tuple[ExceptionDraft, ...]:
    found = []
    seen: dict[date, set[int | None]] = {}
    for part in place.parts("exceptions", EXCEPTION_KEYS):
        on_date = part.day("on")
        if part.values.get("on") is None:
            part.refuse("on", "is missing; write a date such as 2026-12-25")
        closed = part.values.get("opens") is None and part.values.get("closes") is None
        opens, closes = (None, None) if closed else _span(part)
        note = part.line("note", NOTE_LENGTH)
        if on_date is None:
            continue
        others = seen.setdefault(on_date, set())
        if opens in others or (others and (opens is None or None in others)):
            part.refuse("on", f"{on_date} is given twice")
        others.add(opens)
        found.append(ExceptionDraft(on_date, opens, closes, note))
    return tuple(found)
