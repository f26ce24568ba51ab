"""What a listing's document says, in words: its keys, and its values line by line.

For differences, histories, reports and previews of imports. A value may be anything somebody
typed or proposed, so what cannot be read is shown as it is. Not for the listing's own page.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext

from directory.core.db import db
from directory.listings.exchange.drafts import TERM_KEYS
from directory.listings.models import (
    Accepting,
    FeePurpose,
    Gender,
    ListingState,
    Presence,
    RegistrationState,
    StaffRole,
    VerificationMethod,
)
from directory.listings.queries.editing import centres_by_ref
from directory.vocabulary.models import Confidence, TermKind
from directory.web import current, listing_words, schedule_words, text
from directory.web.place_words import place_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from flask_babel.speaklater import LazyString

    from directory.vocabulary.queries import Vocabulary

    Lines = list[str]

KEYS: Mapping[str, LazyString] = {
    "ref": lazy_gettext("Reference"),
    "kind": lazy_gettext("Kind"),
    "slug": lazy_gettext("End of its address"),
    "state": lazy_gettext("State"),
    "closed_on": lazy_gettext("Closed on"),
    "name": lazy_gettext("Name"),
    "name_hi": lazy_gettext("Name in Hindi"),
    "profession": lazy_gettext("Profession"),
    "centre_type": lazy_gettext("Kind of place"),
    "gender": lazy_gettext("Gender"),
    "practising_since": lazy_gettext("Practising since"),
    "headline": lazy_gettext("One line about them"),
    "about": lazy_gettext("About"),
    "qualifications": lazy_gettext("Training and degrees"),
    "registrations": lazy_gettext("Registrations"),
    "conditions": lazy_gettext("Concerns"),
    "treatments": lazy_gettext("Treatments"),
    "languages": lazy_gettext("Languages"),
    "modes": lazy_gettext("In person, video and so on"),
    "age_groups": lazy_gettext("Ages"),
    "identities": lazy_gettext("Understands"),
    "payment": lazy_gettext("Ways to pay"),
    "facilities": lazy_gettext("Facilities"),
    "accessibility": lazy_gettext("Getting in"),
    "fees": lazy_gettext("Fees"),
    "accepting": lazy_gettext("New patients"),
    "accepting_checked_on": lazy_gettext("New patients, asked on"),
    "locations": lazy_gettext("Places"),
    "beds": lazy_gettext("Beds"),
    "admission_types": lazy_gettext("Kinds of admission"),
    "staffing": lazy_gettext("Who is there, and when"),
    "works_at": lazy_gettext("Works at"),
    "website": lazy_gettext("Website"),
    "source": lazy_gettext("Source"),
    "checks": lazy_gettext("Checks"),
    "demo": lazy_gettext("Made up for show"),
}
STATES: Mapping[str, LazyString] = {
    ListingState.DRAFT: lazy_gettext("draft"),
    ListingState.PUBLISHED: lazy_gettext("published"),
    ListingState.SUSPENDED: lazy_gettext("suspended"),
    ListingState.CLOSED: lazy_gettext("closed"),
}


def key_words(key: str) -> str:
    """Name a key of the document; an unknown one is shown as it is."""
    return str(KEYS.get(key, key))


def state_words(state: str) -> str:
    """Name the state of a listing."""
    return str(STATES.get(state, state))


def genders() -> dict[str, str]:
    """Give the genders somebody may state."""
    return {
        Gender.WOMAN.value: gettext("Woman"),
        Gender.MAN.value: gettext("Man"),
        Gender.NON_BINARY.value: gettext("Non-binary"),
    }


def confidences() -> dict[str, str]:
    """Give how sure one may be of a source."""
    return {
        Confidence.HIGH.value: gettext("Fairly sure"),
        Confidence.MEDIUM.value: gettext("Not sure of all of it"),
        Confidence.LOW.value: gettext("Unsure"),
    }


def value_lines(value: Any, key: str, vocabulary: Vocabulary | None = None) -> Lines:  # noqa: ANN401 - a value of a document
    """Give what a key says, a line for each thing; nothing stated gives no line."""
    if value is None or value in ("", []):
        return []
    known = vocabulary or current.vocabulary()
    try:
        return READ.get(key, _plain)(value, key, known)
    except (AttributeError, KeyError, TypeError, ValueError):
        return [str(value)]


def looked_up(registration: Mapping[str, Any]) -> str:
    """Say what a look-up in a register showed, and when."""
    words = listing_words.registration_words(RegistrationState(registration["state"]))
    day = registration.get("checked_on")
    return f"{words}, {day_words(day)}" if day else words


def day_words(day: str) -> str:
    """Say a day of a document."""
    return text.on_date(date.fromisoformat(day))


def _plain(value: Any, key: str, _known: Vocabulary) -> Lines:  # noqa: ANN401 - a value of a document
    if isinstance(value, bool):
        return [gettext("Yes") if value else gettext("No")]
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value).splitlines() if key == "about" else [str(value)]


def _term(value: str, key: str, known: Vocabulary) -> Lines:
    term = known.term(TermKind(key), value)
    return [term.name_en if term else value]


def _terms(value: list[str], key: str, known: Vocabulary) -> Lines:
    terms = known.terms[TERM_KEYS[key]]
    return [terms[slug].name_en if slug in terms else slug for slug in value]


def _registrations(value: list[dict[str, Any]], _key: str, known: Vocabulary) -> Lines:
    registers = known.terms[TermKind.REGISTER]
    lines = []
    for each in value:
        term = registers.get(each["register"])
        words = [f"{term.name_en if term else each['register']} {each.get('number') or ''}".strip()]
        until = each.get("valid_until")
        words += [gettext("valid until %(day)s", day=day_words(until))] if until else []
        words += [looked_up(each)] if each.get("state") else []
        lines.append(", ".join(words))
    return lines


def _fees(value: list[dict[str, Any]], _key: str, _known: Vocabulary) -> Lines:
    lines = []
    for each in value:
        sum_words = text.inr(each["amount"]) if each["amount"] else gettext("free")
        words = [sum_words]
        if each.get("minutes"):
            words.append(gettext("%(minutes)s minutes", minutes=each["minutes"]))
        words += [each["note"]] if each.get("note") else []
        lines.append(f"{listing_words.fee_words(FeePurpose(each['for']))}: {', '.join(words)}")
    return lines


def _staffing(value: list[dict[str, Any]], _key: str, _known: Vocabulary) -> Lines:
    lines = []
    for each in value:
        many = int(each.get("count") or 1)
        role = schedule_words.staff_words(StaffRole(each["role"]), many)
        on_site = Presence(each["presence"]) is Presence.ON_SITE
        where = gettext("on site") if on_site else gettext("on call")
        is_always = each["from"] == each["to"]
        times = gettext("round the clock") if is_always else f"{each['from']}–{each['to']}"
        words = f"{many} {role}, {where}, {times}"
        if each.get("within_minutes"):
            words += ", " + gettext("within %(minutes)s minutes", minutes=each["within_minutes"])
        lines.append(words)
    return lines


def _centres(value: list[str], _key: str, _known: Vocabulary) -> Lines:
    named = centres_by_ref(db.session(), value)
    return [named[ref].name if ref in named else ref for ref in value]


def _checks(value: list[dict[str, Any]], _key: str, _known: Vocabulary) -> Lines:
    return [
        gettext(
            "%(fact)s: %(how)s, %(day)s",
            fact=listing_words.fact_words(each["fact"]),
            how=text.lower_first(listing_words.method_short(VerificationMethod(each["method"]))),
            day=day_words(each["checked_on"]),
        )
        for each in value
    ]


def _source(value: dict[str, Any], _key: str, _known: Vocabulary) -> Lines:
    day, sure = value.get("retrieved_on"), value.get("confidence")
    lines = [value.get("name"), value.get("url")]
    lines += [gettext("Read on %(day)s", day=day_words(day)) if day else None]
    return [line for line in (*lines, confidences()[sure] if sure else None) if line]


def _one_of(words: Callable[[], Mapping[str, str]]) -> Callable[[Any, str, Vocabulary], Lines]:
    return lambda value, _key, _known: [words()[value]]


def _accepting() -> dict[str, str]:
    every: type[StrEnum] = Accepting
    return {each.value: listing_words.accepting_words(Accepting(each)) for each in every}


READ: Mapping[str, Callable[[Any, str, Vocabulary], Lines]] = {
    **dict.fromkeys(TERM_KEYS, _terms),
    "profession": _term,
    "centre_type": _term,
    "gender": _one_of(genders),
    "accepting": _one_of(_accepting),
    "state": _one_of(lambda: {key: str(words) for key, words in STATES.items()}),
    "closed_on": lambda value, _key, _known: [day_words(value)],
    "accepting_checked_on": lambda value, _key, _known: [day_words(value)],
    "registrations": _registrations,
    "fees": _fees,
    "staffing": _staffing,
    "locations": place_lines,
    "works_at": _centres,
    "source": _source,
    "checks": _checks,
}

FILTERS: dict[str, Callable[..., Any]] = {
    "key_words": key_words,
    "listing_state_words": state_words,
    "value_lines": value_lines,
}
