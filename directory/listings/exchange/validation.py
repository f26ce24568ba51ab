"""Turns a document into a checked, normalised draft, or says everything that is wrong with it.

The rules are those of `docs/import-format.md` and of the tables' own constraints: a draft made
here can be stored. Not for what needs the database (whose ref, whose slug, which centre): see
`listings/operations/`, which calls this for every row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from directory.listings.exchange.checking import Fault, Part, shown
from directory.listings.exchange.drafts import (
    TERM_KEYS,
    CentreDraft,
    ListingDraft,
    PractitionerDraft,
    SourceDraft,
)
from directory.listings.exchange.facts import (
    read_checks,
    read_fees,
    read_registrations,
    read_staffing,
    with_stated_dates,
)
from directory.listings.exchange.places import LOCATION_KEYS, read_location
from directory.listings.exchange.stored import NO_SOURCE
from directory.listings.models import Accepting, Gender, ListingKind, ListingState
from directory.listings.policy import is_slug
from directory.vocabulary.models import Confidence, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from directory.listings.exchange.drafts import LocationDraft
    from directory.vocabulary.queries import TermView, Vocabulary

LISTING_KEYS = frozenset(
    {
        *("ref", "kind", "slug", "state", "closed_on", "name", "name_hi", "profession"),
        *("centre_type", "gender", "practising_since", "headline", "about", "qualifications"),
        *("registrations", "fees", "accepting", "accepting_checked_on", "locations", "beds"),
        *("staffing", "works_at", "website", "source", "checks", "demo", *TERM_KEYS),
    }
)
SOURCE_KEYS = frozenset(("name", "url", "retrieved_on", "confidence"))

REF = re.compile(r"\S+")
REF_LENGTH, SLUG_LENGTH, NAME_LENGTH, HEADLINE_LENGTH = 120, 120, 200, 300
ABOUT_LENGTH, QUALIFICATION_LENGTH, WEB_LENGTH, SOURCE_LENGTH = 20_000, 200, 500, 300
FIRST_YEAR_OF_PRACTICE, MOST_BEDS = 1940, 5000

KINDS: Mapping[str, ListingKind] = {item.value: item for item in ListingKind}
STATES: Mapping[str, ListingState] = {item.value: item for item in ListingState}
GENDERS: Mapping[str, Gender] = {item.value: item for item in Gender}
ACCEPTING: Mapping[str, Accepting] = {item.value: item for item in Accepting}
CONFIDENCES: Mapping[str, Confidence] = {item.value: item for item in Confidence}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a document is checked against: the vocabulary and the day in Delhi."""

    vocabulary: Vocabulary
    today: date

    @property
    def registers(self) -> Mapping[str, TermView]:
        """The legal registers by slug."""
        return self.vocabulary.terms[TermKind.REGISTER]


def read_draft(document: object, rules: Rules) -> tuple[ListingDraft | None, tuple[Fault, ...]]:
    """Give the draft a document describes, or None and all its faults."""
    if not isinstance(document, dict):
        return None, (Fault("", f"a listing is one JSON object, not {shown(document)}"),)
    faults: list[Fault] = []
    part = Part(document, "", faults)
    part.expect(LISTING_KEYS)
    draft = _listing(part, rules)
    return (None, tuple(faults)) if faults else (draft, ())


def _listing(part: Part, rules: Rules) -> ListingDraft:
    practitioner, centre = _kinds(part, rules)
    state, closed_on = _state(part)
    registrations = read_registrations(part, rules.registers, rules.today)
    accepting_on = part.day("accepting_checked_on", not_after=rules.today)
    return ListingDraft(
        ref=_ref(part, "ref"),
        practitioner=practitioner,
        centre=centre,
        slug=_slug(part),
        state=state,
        closed_on=closed_on,
        name=_name(part),
        name_hi=part.line("name_hi", NAME_LENGTH),
        gender=None if centre else part.choice("gender", GENDERS),
        headline=part.line("headline", HEADLINE_LENGTH),
        about=part.paragraphs("about", ABOUT_LENGTH),
        qualifications=part.lines("qualifications", QUALIFICATION_LENGTH),
        registrations=registrations,
        terms=_terms(part, rules.vocabulary, has_admissions=practitioner is None),
        fees=read_fees(part),
        accepting=part.choice("accepting", ACCEPTING) or Accepting.UNKNOWN,
        accepting_checked_on=accepting_on,
        locations=_locations(part, rules.vocabulary),
        website=_web_address(part, "website"),
        source=_source(part),
        checks=with_stated_dates(
            read_checks(part, rules.registers, rules.today), accepting_on, registrations
        ),
        is_demo=part.yes_or_no("demo"),
    )


def _kinds(part: Part, rules: Rules) -> tuple[PractitionerDraft | None, CentreDraft | None]:
    """Give the part that belongs to the kind; what belongs to the other is checked and left out."""
    kind = part.needed_choice("kind", KINDS)
    since = part.whole("practising_since", FIRST_YEAR_OF_PRACTICE, rules.today.year)
    beds, staffing, refs = part.whole("beds", 0, MOST_BEDS), read_staffing(part), _refs(part)
    if kind is ListingKind.PRACTITIONER:
        profession = _needed_term(part, "profession", rules, unless="centre_type")
        return PractitionerDraft(profession, since, refs), None
    if kind is ListingKind.CENTRE:
        centre_type = _needed_term(part, "centre_type", rules, unless="profession")
        return None, CentreDraft(centre_type, beds, staffing)
    return None, None


def _needed_term(part: Part, key: str, rules: Rules, *, unless: str) -> str:
    if not part.lacks(unless):
        part.refuse(unless, f"does not fit the kind; this listing has a {key} instead")
    found = part.needed_choice(key, rules.vocabulary.terms_once(TermKind(key)))
    return found.slug if found else ""


def _ref(part: Part, key: str) -> str:
    text = part.line(key, REF_LENGTH)
    if part.lacks(key):
        part.refuse(key, "is missing; give the key this listing has in your files")
    if text is not None and REF.fullmatch(text) is None:
        part.refuse(key, f"{shown(text)} holds a space; a ref is one word such as src:0001")
    return text or ""


def _refs(part: Part) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for number, value in enumerate(part.items("works_at")):
        one = Part({f"works_at[{number}]": value}, part.path, part.faults)
        found[_ref(one, f"works_at[{number}]")] = None
    return tuple(found)


def _slug(part: Part) -> str | None:
    text = part.line("slug", SLUG_LENGTH)
    if text is not None and not is_slug(text):
        part.refuse("slug", f"{shown(text)} is not lower-case words joined by hyphens")
    return text


def _name(part: Part) -> str:
    text = part.line("name", NAME_LENGTH)
    if part.lacks("name"):
        part.refuse("name", "is missing")
    return text or ""


def _state(part: Part) -> tuple[ListingState | None, date | None]:
    state, closed_on = part.choice("state", STATES), part.day("closed_on")
    given = part.values.get("closed_on") is not None
    if state is ListingState.CLOSED and not given:
        part.refuse("closed_on", "is missing; a closed listing says since when")
    if state is not ListingState.CLOSED and given:
        part.refuse("closed_on", "is given, but state is not closed")
    return state, closed_on


def _terms(
    part: Part, vocabulary: Vocabulary, *, has_admissions: bool
) -> dict[str, tuple[str, ...]]:
    terms = {
        key: part.terms(key, kind.value.replace("_", " "), vocabulary.terms_once(kind))
        for key, kind in TERM_KEYS.items()
    }
    return terms if has_admissions else {**terms, "admission_types": ()}


def _locations(part: Part, vocabulary: Vocabulary) -> tuple[LocationDraft, ...]:
    places = part.parts("locations", LOCATION_KEYS)
    if not part.values.get("locations"):
        part.refuse("locations", "is missing; give one place with a locality or a point")
    return tuple(read_location(place, vocabulary.localities) for place in places)


def _web_address(part: Part, key: str) -> str | None:
    text = part.line(key, WEB_LENGTH)
    if text is None:
        return None
    if "://" not in text:
        text = f"https://{text}"
    if not _is_web_address(text):
        part.refuse(key, f"{shown(text)} is not a web address such as https://example.org")
        return None
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and " " not in text


def _source(part: Part) -> SourceDraft | None:
    value = part.values.get("source")
    if value is None:
        return None
    if not isinstance(value, dict):
        part.refuse("source", f"must be an object with name, url, retrieved_on, not {shown(value)}")
        return None
    inner = Part(value, f"{part.path}source.", part.faults)
    inner.expect(SOURCE_KEYS)
    name, url = inner.line("name", SOURCE_LENGTH), _web_address(inner, "url")
    if name is None and url is not None:
        inner.refuse("name", "is missing; name the source whose url is given")
    source = SourceDraft(
        name, url, inner.day("retrieved_on"), inner.choice("confidence", CONFIDENCES)
    )
    return None if source == NO_SOURCE else source
