"""One whole example of a listing document, for `flask listings template` and the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE: Mapping[str, Any] = {
    "ref": "example:0001",
    "kind": "practitioner",
    "slug": None,
    "state": "draft",
    "closed_on": None,
    "name": "Asha Example",
    "name_hi": "आशा उदाहरण",
    "profession": "clinical-psychologist",
    "centre_type": None,
    "gender": "woman",
    "practising_since": 2009,
    "headline": "Talking therapy for low mood and worry, in Hindi and English",
    "about": "What a person reads before calling.\nMay have several lines.",
    "qualifications": ["M.Phil. Clinical Psychology", "MA Psychology"],
    "registrations": [
        {
            "register": "rci",
            "number": "A00000",
            "state": "unchecked",
            "checked_on": None,
            "valid_until": None,
        }
    ],
    "conditions": ["depression", "generalised-anxiety"],
    "treatments": ["cbt"],
    "languages": ["hi", "en"],
    "modes": ["in-person", "video"],
    "age_groups": ["adult"],
    "identities": ["lgbtq-affirming"],
    "payment": ["upi", "cash"],
    "facilities": [],
    "accessibility": ["step-free"],
    "fees": [
        {"for": "first-session", "amount": 1800, "minutes": 50, "note": None},
        {"for": "follow-up", "amount": 1500, "minutes": 50, "note": "lower fee on request"},
    ],
    "accepting": "yes",
    "accepting_checked_on": None,
    "locations": [
        {
            "label": "Main clinic",
            "address": "12 Example Road, first floor",
            "locality": "saket",
            "pincode": "110017",
            "lat": 28.5245,
            "lon": 77.2066,
            "open_24x7": False,
            "hours": [
                {"days": ["mon", "wed", "fri"], "opens": "10:00", "closes": "14:00"},
                {"days": ["mon", "wed"], "opens": "17:00", "closes": "20:00"},
            ],
            "exceptions": [
                {"on": "2026-12-25", "opens": None, "closes": None, "note": "Christmas"}
            ],
            "phones": [{"use": "appointments", "number": "+911155501234"}],
        }
    ],
    "beds": None,
    "admission_types": [],
    "staffing": [],
    "works_at": [],
    "website": "https://example.org",
    "source": {
        "name": "The practitioner's own form",
        "url": None,
        "retrieved_on": "2026-10-01",
        "confidence": "high",
    },
    "checks": [],
    "demo": False,
}
