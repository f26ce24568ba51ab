"""Listing documents for tests: small ones by hand, a rich set, and any that hypothesis makes."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]


def practitioner(ref: str | None = "t:1", **changes: Any) -> Document:
    """Give the smallest document of a practitioner, with what the test names changed."""
    return {
        "ref": ref,
        "kind": "practitioner",
        "name": "Asha Rao",
        "profession": "psychiatrist",
        "locations": [{"locality": "saket"}],
        **changes,
    }


def centre(ref: str = "c:1", **changes: Any) -> Document:
    """Give the smallest document of a centre, with what the test names changed."""
    return {
        "ref": ref,
        "kind": "centre",
        "name": "Yamuna House",
        "centre_type": "psychiatric-hospital",
        "locations": [{"lat": 28.6, "lon": 77.2}],
        **changes,
    }


def place(**changes: Any) -> Document:
    """Give a location with what the test names changed."""
    return {"locality": "saket", **changes}


RICH = (
    practitioner(
        "rich:1",
        name="Dr. Asha Rao",
        name_hi="डॉ. आशा राव",
        gender="woman",
        practising_since=2009,
        headline="हिंदी में बातचीत; also English | and Punjabi",
        about='First line.\nSecond line with "quotes", commas; and | marks.\n\n=1+1',
        qualifications=["M.Phil. | Clinical", "back\\slash; semicolon", "'quoted'"],
        registrations=[
            {
                "register": "nmc",
                "number": "12/34 | A",
                "state": "found",
                "checked_on": "2026-10-01",
            },
            {
                "register": "dmc",
                "number": "DMC/R/1",
                "state": "provisional",
                "checked_on": "2026-09-01",
                "valid_until": "2028-01-01",
            },
            {"register": "rci", "number": None, "state": "not-found", "checked_on": "2026-09-02"},
            {"register": "dnc"},
        ],
        conditions=["depression", "ocd"],
        treatments=["cbt"],
        languages=["hi", "en"],
        modes=["video", "in-person"],
        age_groups=["adult"],
        identities=["lgbtq-affirming"],
        payment=["upi"],
        accessibility=["step-free"],
        fees=[
            {"for": "first-session", "amount": 1800, "minutes": 50, "note": "less; on request"},
            {"for": "follow-up", "amount": 0},
        ],
        accepting="waiting-list",
        accepting_checked_on="2026-11-01",
        locations=[
            place(
                label="Main | first",
                address="12, First Floor; Saket",
                pincode="110017",
                lat=28.5245,
                lon=77.2066,
                hours=[
                    {"days": ["wed", "mon"], "opens": "10:00", "closes": "14:00"},
                    {"days": ["mon"], "opens": "20:00", "closes": "02:00"},
                    {"days": ["sun"], "opens": "00:00", "closes": "24:00"},
                    {"days": ["sat"], "opens": "09:00", "closes": "09:00"},
                ],
                exceptions=[
                    {"on": "2026-12-25", "note": "Christmas; closed"},
                    {"on": "2026-12-31", "opens": "10:00", "closes": "24:00"},
                ],
                phones=[
                    {"use": "appointments", "number": "011-5550 1234"},
                    {"use": "emergency", "number": "14416"},
                    {"use": "complaints", "number": "1800 11 2345"},
                ],
            ),
            {"lat": 28.6, "lon": 77.25, "open_24x7": True},
        ],
        works_at=["rich:9", "rich:8"],
        website="example.org/asha",
        source={
            "name": "=A source",
            "url": "http://example.org",
            "retrieved_on": "2026-10-01",
            "confidence": "low",
        },
        checks=[
            {"fact": "fee", "method": "call", "by": "directory team", "checked_on": "2026-11-02"},
            {
                "fact": "registration:nmc",
                "method": "register",
                "by": "directory team",
                "checked_on": "2026-10-01",
                "expires_on": "2026-12-01",
                "note": "by | phone",
            },
        ],
        demo=True,
    ),
    centre(
        "rich:8",
        name="यमुना सदन",
        facilities=["nurse-24x7", "ambulance"],
        beds=40,
        admission_types=["independent", "supported"],
        staffing=[
            {
                "role": "psychiatrist",
                "presence": "on-call",
                "from": "20:00",
                "to": "08:00",
                "within_minutes": 30,
            },
            {"role": "nurse", "presence": "on-site", "from": "00:00", "to": "24:00", "count": 4},
        ],
        state="suspended",
    ),
    centre("rich:9", state="closed", closed_on="2026-05-01"),
    practitioner("rich:10", state="draft", slug="my-own-slug"),
)

_NO_CONTROLS = st.characters(
    blacklist_categories=("Cs", "Cc"),
    blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
)
_words = st.text(_NO_CONTROLS, min_size=1, max_size=20).filter(lambda text: text.strip())
_days = st.dates(date(2020, 1, 1), date(2026, 11, 1)).map(date.isoformat)
_minutes = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")
_phones = st.integers(1_000_000_000, 9_999_999_999).map(lambda number: f"+91{number}")


def _or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _some(*slugs: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(slugs), max_size=3)


_hours = st.fixed_dictionaries(
    {
        "days": st.lists(st.sampled_from(("mon", "tue", "sat", "sun")), min_size=1),
        "opens": _minutes,
        "closes": _minutes,
    }
)
_exceptions = st.fixed_dictionaries({"on": _days, "note": _or_none(_words)}).map(dict)
_fees = st.fixed_dictionaries(
    {
        "for": st.sampled_from(("first-session", "bed-day", "other")),
        "amount": st.integers(0, 10_000_000),
        "minutes": _or_none(st.integers(1, 1440)),
        "note": _or_none(_words),
    }
)
_places = st.fixed_dictionaries(
    {
        "label": _or_none(_words),
        "address": _or_none(_words),
        "locality": st.sampled_from(("saket", "hauz-khas")),
        "lat": st.floats(28.0, 29.2),
        "lon": st.floats(76.5, 78.0),
        "open_24x7": st.booleans(),
        "hours": st.lists(_hours, max_size=1),
        "exceptions": st.lists(_exceptions, max_size=1),
        "phones": st.lists(
            st.fixed_dictionaries({"use": st.just("ward"), "number": _phones}), max_size=1
        ),
    }
)
_shared = {
    "name": _words,
    "name_hi": _or_none(_words),
    "headline": _or_none(_words),
    "about": _or_none(st.lists(_words, max_size=3).map("\n".join)),
    "qualifications": st.lists(_words, max_size=2),
    "conditions": _some("depression", "ocd", "panic-disorder"),
    "treatments": _some("cbt", "medication"),
    "languages": _some("hi", "en", "ur"),
    "fees": st.lists(_fees, max_size=2),
    "accepting": _or_none(st.sampled_from(("yes", "no", "unknown"))),
    "accepting_checked_on": _or_none(_days),
    "locations": st.lists(_places, min_size=1, max_size=2),
    "source": _or_none(st.fixed_dictionaries({"name": _words, "retrieved_on": _or_none(_days)})),
    "demo": st.booleans(),
}
_people = st.fixed_dictionaries(
    {
        **_shared,
        "kind": st.just("practitioner"),
        "profession": st.just("psychiatrist"),
        "practising_since": _or_none(st.integers(1940, 2026)),
        "gender": _or_none(st.sampled_from(("woman", "man", "non-binary"))),
        "registrations": st.lists(
            st.fixed_dictionaries(
                {
                    "register": st.just("rci"),
                    "number": _words,
                    "state": st.just("found"),
                    "checked_on": _or_none(_days),
                }
            ),
            max_size=1,
        ),
    }
)
_houses = st.fixed_dictionaries(
    {
        **_shared,
        "kind": st.just("centre"),
        "centre_type": st.just("rtms-clinic"),
        "beds": _or_none(st.integers(0, 5000)),
        "staffing": st.lists(
            st.fixed_dictionaries(
                {
                    "role": st.just("nurse"),
                    "presence": st.just("on-call"),
                    "from": _minutes,
                    "to": _minutes,
                    "count": st.integers(1, 500),
                    "within_minutes": _or_none(st.integers(1, 1440)),
                }
            ),
            max_size=2,
        ),
    }
)


def any_documents(most: int = 4) -> st.SearchStrategy[list[Document]]:
    """Give lists of any good documents, with refs of their own."""
    numbered = st.lists(st.one_of(_people, _houses), min_size=1, max_size=most)
    return numbered.map(
        lambda found: [{**document, "ref": f"any:{n}"} for n, document in enumerate(found)]
    )
