"""The table of parameters: name, kind of value, choices, range, and what each one means.

The reader of addresses (`reading.py`) and the description of the API are both made from it, so
what is refused and what is described cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.geo import EAST, NORTH, SOUTH, WEST
from directory.listings.models import Gender, ListingKind
from directory.listings.queries.search import OpenFilter, Sort
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from directory.vocabulary.queries import Vocabulary

MOST_LETTERS = 200
MOST_LETTERS_OF_A_PLACE = 80
PER_PAGE = 20
MOST_PER_PAGE = 100
MOST_PAGES = 10_000
LEAST_KILOMETRES = 0.1
MOST_KILOMETRES = 100
DEFAULT_KILOMETRES = 10
MOST_RUPEES = 10_000_000
LEAST_RATING = 1
MOST_RATING = 5
# About a hundred metres: as exactly as anybody's position is read, whoever asks.
DECIMALS_OF_A_POSITION = 3

TERM_PARAMETERS = (
    TermKind.PROFESSION,
    TermKind.CENTRE_TYPE,
    TermKind.CONDITION,
    TermKind.TREATMENT,
    TermKind.LANGUAGE,
    TermKind.MODE,
    TermKind.AGE_GROUP,
    TermKind.IDENTITY,
    TermKind.PAYMENT,
    TermKind.FACILITY,
    TermKind.ACCESSIBILITY,
)


class Value(StrEnum):
    """What the values of a parameter look like."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a search. Values of a repeatable one are ORed.

    `least` and `most` are the range of a number, rounded to `decimals`; `most` is the greatest
    length of a text.
    `choices` gives the values a choice may have. `default` is in force when none is given.
    """

    name: str
    value: Value
    meaning: str
    repeatable: bool = False
    choices: Callable[[Vocabulary], Iterable[str]] | None = None
    least: float | None = None
    most: float | None = None
    decimals: int | None = None
    default: str | None = None


def choices_of(parameter: Parameter, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the values a choice may have, in the order they are shown; empty for all else."""
    return tuple(parameter.choices(vocabulary)) if parameter.choices is not None else ()


def unknown(given: Iterable[str]) -> list[str]:
    """Give the names that are no parameter of a search, each once, in the order given."""
    return [name for name in dict.fromkeys(given) if name not in PARAMETERS]


def _terms(kind: TermKind, meaning: str) -> Parameter:
    return Parameter(
        kind.value,
        Value.CHOICE,
        meaning,
        repeatable=True,
        choices=lambda vocabulary: vocabulary.terms[kind],
    )


def _fixed(
    name: str,
    values: Iterable[str],
    meaning: str,
    *,
    repeatable: bool = False,
    default: str | None = None,
) -> Parameter:
    kept = tuple(str(value) for value in values)
    return Parameter(
        name,
        Value.CHOICE,
        meaning,
        repeatable=repeatable,
        choices=lambda _vocabulary: kept,
        default=default,
    )


def _places(name: str, choices: Callable[[Vocabulary], Iterable[str]], meaning: str) -> Parameter:
    return Parameter(name, Value.CHOICE, meaning, repeatable=True, choices=choices)


_WORDS_AND_PLACE = (
    Parameter(
        "q",
        Value.TEXT,
        "Words in English, Hindi or Hinglish. What they name becomes a filter; the rest is "
        'searched for. A phrase in "quotes" is kept together; a word ending in * matches every '
        "word that begins so. At most 8 words, of 100 characters together, are searched for.",
        most=MOST_LETTERS,
    ),
    Parameter(
        "near",
        Value.TEXT,
        "The place distances are measured from: the slug, name or other spelling of a locality "
        "or metro station, or a PIN code.",
        most=MOST_LETTERS_OF_A_PLACE,
    ),
    Parameter(
        "lat",
        Value.NUMBER,
        "Latitude of the point distances are measured from (WGS 84 degrees), always with lon; "
        "it counts before near. Both are rounded to three decimals, about a hundred metres.",
        least=SOUTH,
        most=NORTH,
        decimals=DECIMALS_OF_A_POSITION,
    ),
    Parameter(
        "lon",
        Value.NUMBER,
        "Longitude of that point, always with lat.",
        least=WEST,
        most=EAST,
        decimals=DECIMALS_OF_A_POSITION,
    ),
    Parameter(
        "within",
        Value.NUMBER,
        "Kilometres from the point. Without it, 10 when sort is distance and no limit otherwise; "
        "it does nothing without a point.",
        least=LEAST_KILOMETRES,
        most=MOST_KILOMETRES,
    ),
)
_FILTERS = (
    _fixed("kind", ListingKind, "People or places of care."),
    _terms(TermKind.PROFESSION, "What the practitioner is."),
    _terms(TermKind.CENTRE_TYPE, "What the centre is."),
    _terms(TermKind.CONDITION, "What the listing works with."),
    _terms(TermKind.TREATMENT, "What the listing offers."),
    _terms(TermKind.LANGUAGE, "A language spoken."),
    _terms(TermKind.MODE, "In person, by video and so on."),
    _terms(TermKind.AGE_GROUP, "The age of the person seeking care."),
    _terms(TermKind.IDENTITY, "Whom the listing says it welcomes."),
    _terms(TermKind.PAYMENT, "How care can be paid for."),
    _terms(TermKind.FACILITY, "What the centre has."),
    _terms(TermKind.ACCESSIBILITY, "How the place can be reached and used."),
    _fixed("gender", Gender, "The gender a practitioner states.", repeatable=True),
    _places("district", lambda vocabulary: vocabulary.districts, "A district of Delhi."),
    _places("locality", lambda vocabulary: vocabulary.localities, "A neighbourhood of Delhi."),
    Parameter(
        "fee_max",
        Value.WHOLE,
        "The most a first visit may cost, in rupees; 0 is free of charge.",
        least=0,
        most=MOST_RUPEES,
    ),
    Parameter(
        "fee_unstated", Value.SWITCH, "1 keeps, under fee_max, those who state no fee.", default="0"
    ),
    _fixed("open", OpenFilter, "When a place must be open.", repeatable=True),
    Parameter("accepting", Value.SWITCH, "1 for those who take new patients.", default="0"),
    Parameter("registered", Value.SWITCH, "1 for those who were found in a register.", default="0"),
    Parameter(
        "rating_min",
        Value.NUMBER,
        "The least rating; it leaves out those without one.",
        least=LEAST_RATING,
        most=MOST_RATING,
    ),
)
_ORDER_AND_PAGE = (
    _fixed(
        "sort",
        Sort,
        "The order. distance needs a point: near, or lat and lon, or a place named in q.",
        default=Sort.BEST,
    ),
    Parameter("page", Value.WHOLE, "Which page, from 1.", least=1, most=MOST_PAGES, default="1"),
    Parameter(
        "per_page",
        Value.WHOLE,
        "How many results a page has.",
        least=1,
        most=MOST_PER_PAGE,
        default=str(PER_PAGE),
    ),
    _fixed("view", ("list", "map"), "How the page /search shows results.", default="list"),
    Parameter("parse", Value.SWITCH, "0 takes q as words alone, without meaning.", default="1"),
)

PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {parameter.name: parameter for parameter in (*_WORDS_AND_PLACE, *_FILTERS, *_ORDER_AND_PAGE)}
)
# What `/api/v1/suggest` takes: a table of its own, because the names mean other things there.
SUGGESTION_KINDS = (
    *("condition", "treatment", "profession"),
    *("locality", "station", "listing"),
)
SUGGESTING: Mapping[str, Parameter] = MappingProxyType(
    {
        "q": Parameter("q", Value.TEXT, "What has been typed so far.", most=MOST_LETTERS),
        "kind": _fixed("kind", SUGGESTION_KINDS, "Only things of this kind.", repeatable=True),
    }
)
REPEATABLE = tuple(name for name, parameter in PARAMETERS.items() if parameter.repeatable)
