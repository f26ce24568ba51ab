"""Documents of a full practitioner and a full centre, in the import format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.listings.operations import import_documents

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

SOURCE = {
    "name": "Directory editors",
    "url": "https://example.org/list",
    "retrieved_on": "2026-10-02",
    "confidence": "medium",
}


def check(fact: str, method: str, on: str, until: str, note: str | None = None) -> dict[str, Any]:
    """Give a check in the import format."""
    return {
        "fact": fact,
        "method": method,
        "by": "directory team",
        "checked_on": on,
        "expires_on": until,
        "note": note,
    }


CENTRE: dict[str, Any] = {
    "ref": "test:centre",
    "kind": "centre",
    "name": "Deer Park Centre for Mental Health",
    "name_hi": "डियर पार्क मानसिक स्वास्थ्य केंद्र",
    "centre_type": "private-nursing-home",
    "about": "Families may stay the first nights.\n\nपरिवार का एक सदस्य साथ रह सकता है।",
    "registrations": [
        {
            "register": "smha-delhi",
            "number": "SMHA/DL/0042",
            "state": "found",
            "checked_on": "2026-09-22",
            "valid_until": "2028-03-31",
        }
    ],
    "conditions": ["depression", "schizophrenia"],
    "treatments": ["detox", "ect"],
    "languages": ["hi", "en"],
    "payment": ["upi", "cashless"],
    "facilities": ["nurse-24x7", "lab", "visitors-daily", "no-seclusion"],
    "accessibility": ["step-free"],
    "fees": [
        {"for": "bed-day", "amount": 4200, "note": "shared room"},
        {"for": "deposit", "amount": 25000},
    ],
    "accepting": "yes",
    "locations": [
        {
            "address": "B-7, Safdarjung Enclave",
            "locality": "safdarjung-enclave",
            "pincode": "110029",
            "lat": 28.5630,
            "lon": 77.1975,
            "open_24x7": True,
            "phones": [
                {"use": "admissions", "number": "+911155501900"},
                {"use": "emergency", "number": "+911155501911"},
                {"use": "complaints", "number": "+911155501944"},
            ],
        }
    ],
    "beds": 42,
    "admission_types": ["independent", "supported", "emergency"],
    "staffing": [
        {"role": "psychiatrist", "presence": "on-site", "from": "00:00", "to": "00:00", "count": 1},
        {"role": "nurse", "presence": "on-site", "from": "20:00", "to": "08:00", "count": 3},
        {"role": "nurse", "presence": "on-site", "from": "08:00", "to": "20:00", "count": 5},
        {
            "role": "anaesthetist",
            "presence": "on-call",
            "from": "18:00",
            "to": "08:00",
            "count": 1,
            "within_minutes": 40,
        },
        {"role": "psychologist", "presence": "on-site", "from": "09:00", "to": "17:00", "count": 1},
    ],
    "source": SOURCE,
    "demo": True,
    "checks": [
        check("night", "night-call", "2026-10-12", "2027-01-10", "Answered after 4 rings"),
        check("accepting", "call", "2026-11-20", "2026-12-20"),
        check("access", "visit", "2025-05-02", "2026-05-02"),
    ],
}

PERSON: dict[str, Any] = {
    "ref": "test:person",
    "kind": "practitioner",
    "name": "Dr Meenakshi Rawat",
    "name_hi": "डॉ. मीनाक्षी रावत",
    "profession": "psychiatrist",
    "gender": "woman",
    "practising_since": 2010,
    "headline": "Begins with sleep",
    "about": "Medicine is one tool </script>, and I explain each one.\n\nआप किसी को साथ ला सकते हैं।",
    "qualifications": ["MBBS 2006", "MD Psychiatry 2010"],
    "registrations": [
        {"register": "dmc", "number": "DMC/R/00000", "state": "found", "checked_on": "2026-08-18"}
    ],
    "conditions": ["depression", "panic-disorder"],
    "treatments": ["cbt-i"],
    "languages": ["hi", "en"],
    "modes": ["in-person", "video"],
    "age_groups": ["young-adult", "adult"],
    "identities": ["lgbtq-affirming"],
    "payment": ["upi", "cash"],
    "accessibility": ["lift"],
    "fees": [
        {"for": "first-session", "amount": 1800, "minutes": 45},
        {"for": "follow-up", "amount": 1200, "minutes": 25},
        {"for": "letter", "amount": 500},
    ],
    "accepting": "yes",
    "accepting_checked_on": "2026-11-12",
    "locations": [
        {
            "address": "E-14, Padmini Enclave, Hauz Khas",
            "locality": "hauz-khas",
            "pincode": "110016",
            "lat": 28.5475,
            "lon": 77.2015,
            "hours": [
                {"days": ["mon", "wed"], "opens": "11:00", "closes": "14:00"},
                {"days": ["mon"], "opens": "16:00", "closes": "19:00"},
            ],
            "exceptions": [
                {"on": "2026-12-25", "opens": None, "closes": None, "note": "Christmas"}
            ],
            "phones": [{"use": "appointments", "number": "+911155501201"}],
        }
    ],
    "works_at": ["test:centre"],
    "source": SOURCE,
    "demo": True,
    "checks": [
        check("accepting", "call", "2026-11-12", "2026-12-12"),
        check("phone", "call", "2026-11-12", "2027-02-10"),
        check("fee", "call", "2026-01-12", "2026-07-11"),
    ],
}
PERSON_PATH = "/therapists/dr-meenakshi-rawat"
CENTRE_PATH = "/centres/deer-park-centre-for-mental-health"


def import_rich_listings(vocabulary: Vocabulary, now: datetime) -> None:
    """Import the full centre and the full practitioner who works there."""
    result = import_documents([CENTRE, PERSON], now=now, vocabulary=vocabulary)
    assert result.errors == ()
