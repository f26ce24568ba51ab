"""Documents with one fault each, the path of the field and the reason a person reads."""

from __future__ import annotations

from typing import Any

from tests.listings.documents import Document, centre, place, practitioner

ROLES = "psychiatrist, doctor, nurse, psychologist, anaesthetist or attendant"


def hours(**changes: Any) -> Document:
    return {"days": ["mon"], "opens": "10:00", "closes": "14:00", **changes}


def check(**changes: Any) -> Document:
    given = {"fact": "fee", "method": "call", "by": "directory team", "checked_on": "2026-11-01"}
    return {**given, **changes}


def staff(**changes: Any) -> Document:
    return {"role": "nurse", "presence": "on-site", "from": "08:00", "to": "20:00", **changes}


FAULTS: list[tuple[Document, str, str]] = [
    (practitioner(ref=None), "ref", "is missing; give the key this listing has in your files"),
    (practitioner(ref="a b"), "ref", "'a b' holds a space; a ref is one word such as src:0001"),
    (practitioner(ref="x" * 121), "ref", "is 121 characters long; 120 is the most"),
    (practitioner(kind="person"), "kind", "unknown kind 'person'; use practitioner or centre"),
    (practitioner(kind=None), "kind", "is missing; use practitioner or centre"),
    (practitioner(name="  "), "name", "is missing"),
    (practitioner(name=7), "name", "must be text, not 7"),
    (practitioner(name="a\x00b"), "name", "holds a character that cannot be shown (U+0000)"),
    (practitioner(name="a\u202eb"), "name", "holds a character that cannot be shown (U+202E)"),
    (practitioner(name="a\ud800"), "name", "holds a character that cannot be shown (U+D800)"),
    (
        practitioner(profession="psychiatrst"),
        "profession",
        "unknown profession 'psychiatrst'; did you mean 'psychiatrist'?",
    ),
    (
        practitioner(profession=None),
        "profession",
        "is missing; use a slug of the vocabulary, such as psychiatrist",
    ),
    (
        practitioner(centre_type="rtms-clinic"),
        "centre_type",
        "does not fit the kind; this listing has a profession instead",
    ),
    (
        centre(profession="psychiatrist"),
        "profession",
        "does not fit the kind; this listing has a centre_type instead",
    ),
    (
        practitioner(gender="female"),
        "gender",
        "unknown gender 'female'; use woman, man or non-binary",
    ),
    (
        practitioner(practising_since=1900),
        "practising_since",
        "must be from 1940 to 2026, not 1900",
    ),
    (
        practitioner(practising_since="2009"),
        "practising_since",
        "must be a whole number without quotes, commas or words, not '2009'",
    ),
    (
        practitioner(conditions=["depresion"]),
        "conditions[0]",
        "unknown condition 'depresion'; did you mean 'depression'?",
    ),
    (
        practitioner(modes=["video", "In person"]),
        "modes[1]",
        "unknown mode 'In person'; did you mean 'in-person'?",
    ),
    (practitioner(languages="hi"), "languages", "must be a list, not 'hi'"),
    (
        practitioner(languages=[{}]),
        "languages[0]",
        "unknown language an object; use a slug of the vocabulary, such as en",
    ),
    (practitioner(colour="red"), "colour", "unknown key"),
    (practitioner(conditons=[]), "conditons", "unknown key; did you mean 'conditions'?"),
    (practitioner(slug="Asha Rao"), "slug", "'Asha Rao' is not lower-case words joined by hyphens"),
    (
        practitioner(state="open"),
        "state",
        "unknown state 'open'; use draft, published, suspended or closed",
    ),
    (practitioner(state="closed"), "closed_on", "is missing; a closed listing says since when"),
    (practitioner(closed_on="2026-01-01"), "closed_on", "is given, but state is not closed"),
    (
        practitioner(accepting_checked_on="01-11-2026"),
        "accepting_checked_on",
        "must be a date such as 2026-11-01, not '01-11-2026'",
    ),
    (
        practitioner(accepting_checked_on="2026-02-30"),
        "accepting_checked_on",
        "must be a date such as 2026-11-01, not '2026-02-30'",
    ),
    (
        practitioner(accepting_checked_on="2026-11-24"),
        "accepting_checked_on",
        "2026-11-24 lies in the future",
    ),
    (
        practitioner(website="ftp://x.org"),
        "website",
        "'ftp://x.org' is not a web address such as https://example.org",
    ),
    (
        practitioner(website="javascript:alert(1)"),
        "website",
        "'https://javascript:alert(1)' is not a web address such as https://example.org",
    ),
    (practitioner(demo="perhaps"), "demo", "must be true or false, not 'perhaps'"),
    (
        practitioner(source="me"),
        "source",
        "must be an object with name, url, retrieved_on, not 'me'",
    ),
    (
        practitioner(source={"url": "https://x.org"}),
        "source.name",
        "is missing; name the source whose url is given",
    ),
    (practitioner(source={"name": "me", "on": 1}), "source.on", "unknown key"),
    (practitioner(works_at=[7]), "works_at[0]", "must be text, not 7"),
    (
        practitioner(locations=[]),
        "locations",
        "is missing; give one place with a locality or a point",
    ),
    (practitioner(locations=["saket"]), "locations[0]", "must be an object, not 'saket'"),
    (
        practitioner(locations=[{}]),
        "locations[0].locality",
        "is missing; give a locality, or a point (lat and lon)",
    ),
    (
        practitioner(locations=[place(locality="sakett")]),
        "locations[0].locality",
        "unknown locality 'sakett'; did you mean 'saket'?",
    ),
    (
        practitioner(locations=[place(lat=28.5)]),
        "locations[0].lon",
        "is missing; a point needs both lat and lon",
    ),
    (
        practitioner(locations=[place(lat=77.2, lon=28.6)]),
        "locations[0].lat",
        "and lon look swapped; in Delhi lat is near 28.6 and lon near 77.2",
    ),
    (
        practitioner(locations=[place(lat=19.0, lon=77.2)]),
        "locations[0].lat",
        "must be from 28.0 to 29.2, not 19.0",
    ),
    (
        practitioner(locations=[place(pincode="1100")]),
        "locations[0].pincode",
        "'1100' is not a PIN code; write six digits, such as 110017",
    ),
    (
        practitioner(locations=[place(open_24x7="y")]),
        "locations[0].open_24x7",
        "must be true or false, not 'y'",
    ),
    (
        practitioner(locations=[place(hours=[hours(days=[])])]),
        "locations[0].hours[0].days",
        "is empty; name weekdays: mon, tue, wed, thu, fri, sat, sun",
    ),
    (
        practitioner(locations=[place(hours=[hours(days=["monday"])])]),
        "locations[0].hours[0].days[0]",
        "unknown weekday 'monday'; did you mean 'mon'?",
    ),
    (
        practitioner(locations=[place(hours=[hours(), hours(days=["tue"], closes="25:00")])]),
        "locations[0].hours[1].closes",
        "must be a time such as 09:30, from 00:00 to 24:00, not '25:00'",
    ),
    (
        practitioner(locations=[place(hours=[hours(opens="24:00")])]),
        "locations[0].hours[0].opens",
        "24:00 is the end of a day; write 00:00",
    ),
    (
        practitioner(locations=[place(hours=[hours(opens=None)])]),
        "locations[0].hours[0].opens",
        "is missing; write a time such as 09:30",
    ),
    (
        practitioner(locations=[place(hours=[hours(), hours(closes="18:00")])]),
        "locations[0].hours[1].opens",
        "mon 10:00 is given twice",
    ),
    (
        practitioner(locations=[place(exceptions=[{"opens": "10:00", "closes": "11:00"}])]),
        "locations[0].exceptions[0].on",
        "is missing; write a date such as 2026-12-25",
    ),
    (
        practitioner(
            locations=[
                place(
                    exceptions=[
                        {"on": "2026-12-25"},
                        {"on": "2026-12-25", "opens": "10:00", "closes": "11:00"},
                    ]
                )
            ]
        ),
        "locations[0].exceptions[1].on",
        "2026-12-25 is given twice",
    ),
    (
        practitioner(locations=[place(phones=[{"use": "appointments", "number": "12"}])]),
        "locations[0].phones[0].number",
        "'12' is not an Indian number, such as +911155501234",
    ),
    (
        practitioner(locations=[place(phones=[{"number": "112"}])]),
        "locations[0].phones[0].use",
        "is missing; use appointments, admissions, emergency, ambulance, ward or complaints",
    ),
    (
        practitioner(locations=[place(phones=[{"use": "ward", "number": "112"}] * 2)]),
        "locations[0].phones[1].number",
        "112 is given twice for ward",
    ),
    (
        practitioner(fees=[{"for": "first-session"}]),
        "fees[0].amount",
        "is missing; leave the whole fee out when it is not stated",
    ),
    (
        practitioner(fees=[{"for": "other", "amount": 99.5}]),
        "fees[0].amount",
        "must be a whole number without quotes, commas or words, not 99.5",
    ),
    (
        practitioner(fees=[{"for": "other", "amount": -1}]),
        "fees[0].amount",
        "must be from 0 to 10000000, not -1",
    ),
    (
        practitioner(fees=[{"for": "other", "amount": 1, "minutes": 0}]),
        "fees[0].minutes",
        "must be from 1 to 1440, not 0",
    ),
    (
        practitioner(registrations=[{"register": "rcii"}]),
        "registrations[0].register",
        "unknown register 'rcii'; did you mean 'rci'?",
    ),
    (
        practitioner(registrations=[{"register": "rci", "state": "found"}]),
        "registrations[0].number",
        "is missing; a registration that is found has a number",
    ),
    (
        practitioner(
            registrations=[{"register": "rci", "number": "A1", "checked_on": "2026-10-01"}]
        ),
        "registrations[0].checked_on",
        "is given, but state says unchecked; say what the check found",
    ),
    (
        practitioner(
            registrations=[
                {
                    "register": "rci",
                    "number": "A1",
                    "state": "found",
                    "checked_on": "2026-10-01",
                    "valid_until": "2026-10-01",
                }
            ]
        ),
        "registrations[0].valid_until",
        "2026-10-01 is not after checked_on 2026-10-01",
    ),
    (
        practitioner(registrations=[{"register": "rci", "number": "A1"}] * 2),
        "registrations[1].number",
        "A1 is given twice for rci",
    ),
    (centre(beds=5001), "beds", "must be from 0 to 5000, not 5001"),
    (
        centre(staffing=[staff(role="cook")]),
        "staffing[0].role",
        f"unknown role 'cook'; use {ROLES}",
    ),
    (
        centre(staffing=[staff(within_minutes=5)]),
        "staffing[0].within_minutes",
        "is for people on call; someone on site is there",
    ),
    (centre(staffing=[staff(to=None)]), "staffing[0].to", "is missing; write a time such as 20:00"),
    (
        practitioner(checks=[check(fact="fees")]),
        "checks[0].fact",
        "unknown fact 'fees'; did you mean 'fee'?",
    ),
    (
        practitioner(checks=[check(fact="registration:abc")]),
        "checks[0].fact",
        "'registration:abc' needs a register, such as registration:rci",
    ),
    (
        practitioner(checks=[check(by=None)]),
        "checks[0].by",
        "is missing; say who checked, such as 'directory team'",
    ),
    (
        practitioner(checks=[check(checked_on=None)]),
        "checks[0].checked_on",
        "is missing; a check without a date is no check",
    ),
    (
        practitioner(checks=[check(expires_on="2026-11-01")]),
        "checks[0].expires_on",
        "2026-11-01 is not after checked_on 2026-11-01",
    ),
    (practitioner(checks=[check()] * 2), "checks[1].fact", "fee is given twice for 2026-11-01"),
]
