"""What the parameters of a search and their values are called on a page.

Called by the other `search_*` modules of this door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import ListingKind
from directory.listings.queries.search import OpenFilter
from directory.search.parameters import TERM_PARAMETERS
from directory.vocabulary.models import TermKind
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

TERMS = frozenset(kind.value for kind in TERM_PARAMETERS)
PLACES = frozenset(("near", "locality", "district"))
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Named:
    """What a value is called; Hindi where the vocabulary has it."""

    words: str
    hindi: str | None = None


def parameter_words(parameter: str) -> str:
    """Give the short name of a parameter, as a chip shows it before the value; some have none."""
    return {
        "kind": gettext("Who"),
        "profession": gettext("Who"),
        "centre_type": gettext("Place"),
        "condition": gettext("For"),
        "treatment": gettext("Treatment"),
        "language": gettext("Speaks"),
        "mode": gettext("How"),
        "age_group": gettext("Age"),
        "identity": gettext("Understands"),
        "payment": gettext("Payment"),
        "facility": gettext("Has"),
        "accessibility": gettext("Access"),
        "gender": gettext("Is a"),
        "district": gettext("District"),
        "locality": gettext("In"),
        "near": gettext("Near"),
        "fee_max": gettext("Fee"),
        "rating_min": gettext("Rating"),
        "q": gettext("Word"),
    }.get(parameter, "")


def value_named(parameter: str, value: str, vocabulary: Vocabulary) -> Named:
    """Give what one value of a parameter is called."""
    if parameter in TERMS:
        term = vocabulary.terms[TermKind(parameter)][value]
        return Named(term.name_en, term.name_hi)
    if parameter in PLACES:
        return _place_named(value, vocabulary)
    words = {
        "kind": kind_words,
        "gender": gender_words,
        "open": open_words,
        "fee_max": fee_words,
        "rating_min": rating_words,
        "within": within_words,
        "accepting": _taking_words,
        "registered": _registered_words,
        "fee_unstated": _unstated_words,
    }
    return Named(words[parameter](value) if parameter in words else value)


def values_named(parameter: str, values: Sequence[str], vocabulary: Vocabulary) -> Named:
    """Give what several values of one parameter are called together: any of them will do."""
    named = [value_named(parameter, value, vocabulary) for value in values]
    if len(named) == 1:
        return named[0]
    first = ", ".join(item.words for item in named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        more = len(named) - MOST_NAMED
        return Named(gettext("%(names)s or %(number)s more", names=first, number=more))
    return Named(gettext("%(one)s or %(other)s", one=named[0].words, other=named[1].words))


def in_force(asked: SearchRequest, parameter: str) -> tuple[str, ...]:
    """Give the values of a parameter that narrow a search: those chosen, then those in words."""
    from_words = (
        item.value
        for item in asked.reading.understood
        if item.parameter == parameter and not item.hint
    )
    return tuple(dict.fromkeys((*asked.given.get(parameter, ()), *from_words)))


def plural(name: str) -> str:
    """Give the English plural of a profession or a kind of centre; all of them take an "s"."""
    bare, bracket, rest = name.partition(" (")
    return f"{bare}s{bracket}{rest}"


def kind_words(kind: str) -> str:
    """Give the word for people or for places of care."""
    return gettext("Centres") if kind == ListingKind.CENTRE else gettext("People")


def open_words(when: str) -> str:
    """Give the words for a time of being open."""
    return {
        OpenFilter.NOW: gettext("Open now"),
        OpenFilter.ROUND_THE_CLOCK: gettext("Says it is open day and night"),
        OpenFilter.EVENINGS: gettext("Open after 18:00"),
        OpenFilter.SUNDAY: gettext("Open on Sunday"),
    }[OpenFilter(when)]


def gender_words(gender: str) -> str:
    """Give the word for the gender a practitioner states."""
    return {
        "woman": gettext("Woman"),
        "man": gettext("Man"),
        "non-binary": gettext("Non-binary person"),
    }[gender]


def fee_words(rupees: str) -> str:
    """Give the words for the most a first visit may cost."""
    most = int(rupees)
    return gettext("Up to %(sum)s", sum=text.inr(most)) if most else gettext("Free")


def rating_words(least: str) -> str:
    """Give the words for the least rating."""
    return gettext("%(number)s of 5 or more", number=f"{float(least):g}")


def within_words(kilometres: str) -> str:
    """Give the words for the farthest distance."""
    return gettext("Within %(km)s km", km=f"{float(kilometres):g}")


def suggestion_words() -> dict[str, str]:
    """Give what the list of suggestions says (`static/js/suggest.js`); "%" is their number."""
    return {
        "list": gettext("Suggestions"),
        "none": gettext("No suggestions"),
        "one": gettext("1 suggestion, reach it with the down arrow"),
        "many": gettext("%% suggestions, reach them with the arrow keys"),
        "condition": gettext("Concern"),
        "treatment": gettext("Treatment"),
        "profession": gettext("Profession"),
        "centre_type": gettext("Kind of centre"),
        "locality": gettext("Place"),
        "station": gettext("Metro station"),
        "listing": gettext("Open the page"),
    }


def _taking_words(_value: str) -> str:
    return gettext("Taking new patients")


def _registered_words(_value: str) -> str:
    return gettext("Found in the register")


def _unstated_words(_value: str) -> str:
    return gettext("Keep those with no fee stated")


def _place_named(value: str, vocabulary: Vocabulary) -> Named:
    for places in (vocabulary.localities, vocabulary.stations, vocabulary.districts):
        place = places.get(value)
        if place is not None:
            return Named(place.name_en, place.name_hi)
    return Named(value)
