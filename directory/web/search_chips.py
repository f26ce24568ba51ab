"""Chips: each word understood and each filter in force, with the search that lacks it.

Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.queries.search import OpenFilter
from directory.listings.queries.understood import CUTS
from directory.vocabulary.models import TermKind
from directory.web import text
from directory.web.forms.search import REPEATABLE, TERM_PARAMETERS
from directory.web.links import search_path
from directory.web.search_words import gender_words, kind_words, open_words, parameter_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.listings.queries.understood import Understood
    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.search import SearchRequest

METRES_IN_A_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; `url` is the search without it."""

    parameter: str
    kind: str
    words: str
    hindi: str | None
    url: str


def chips_of(asked: SearchRequest, vocabulary: Vocabulary) -> list[Chip]:
    """Give the chips of a search: what was read from words first, then what was chosen."""
    return [
        *(_understood(asked, item, vocabulary) for item in asked.reading.understood),
        *(
            Chip("q", gettext("Words"), word, None, _without_word(asked, word))
            for word in asked.reading.words
        ),
        *_place(asked),
        *_repeated(asked, vocabulary),
        *_single(asked),
    ]


def _understood(asked: SearchRequest, item: Understood, vocabulary: Vocabulary) -> Chip:
    words, hindi = _value_words(item.parameter, item.value, vocabulary)
    kind = parameter_words(item.parameter)
    return Chip(item.parameter, kind, words, hindi, _without_word(asked, item.text))


def _place(asked: SearchRequest) -> Iterator[Chip]:
    place = asked.place
    if "near" in asked.given and place is not None:
        url = search_path({**asked.given, "near": None, "within": None})
        yield Chip("near", gettext("Near"), place.name_en, place.name_hi, url)


def _repeated(asked: SearchRequest, vocabulary: Vocabulary) -> Iterator[Chip]:
    for parameter in REPEATABLE:
        values = asked.given.get(parameter, ())
        for value in values:
            kept = tuple(other for other in values if other != value)
            words, hindi = _value_words(parameter, value, vocabulary)
            url = search_path({**asked.given, parameter: kept})
            yield Chip(parameter, parameter_words(parameter), words, hindi, url)


def _single(asked: SearchRequest) -> Iterator[Chip]:
    for parameter, words, cleared in _single_filters(asked):
        url = search_path({**asked.given, **dict.fromkeys(cleared)})
        yield Chip(parameter, parameter_words(parameter), words, None, url)


def _single_filters(asked: SearchRequest) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give the filters with one value: parameter, words, and what removing it clears."""
    search, given = asked.search, asked.given
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if search.kind is not None:
        found.append(("kind", kind_words(search.kind), ("kind",)))
    if search.fee_max is not None:
        words = (
            gettext("up to %(sum)s", sum=text.inr(search.fee_max))
            if search.fee_max
            else gettext("free")
        )
        found.append(("fee_max", words, ("fee_max", "fee_unstated")))
    if search.accepting:
        found.append(("accepting", gettext("Taking new patients"), ("accepting",)))
    if search.registered:
        found.append(("registered", gettext("Found in the register"), ("registered",)))
    if search.rating_min is not None:
        words = gettext("at least %(number)s", number=f"{search.rating_min:g}")
        found.append(("rating_min", words, ("rating_min",)))
    if "within" in given and search.within_m is not None:
        kilometres = f"{search.within_m / METRES_IN_A_KILOMETRE:g}"
        found.append(("within", gettext("within %(km)s km", km=kilometres), ("within",)))
    return found


def _without_word(asked: SearchRequest, phrase: str) -> str:
    tokens = [token for token in CUTS.split(" ".join(asked.given.get("q", ()))) if token]
    gone = phrase.split(" ")
    for at in range(len(tokens) - len(gone) + 1):
        if tokens[at : at + len(gone)] == gone:
            del tokens[at : at + len(gone)]
            break
    return search_path({**asked.given, "q": " ".join(tokens)})


def _value_words(parameter: str, value: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    if parameter in {kind.value for kind in TERM_PARAMETERS}:
        term = vocabulary.terms[TermKind(parameter)][value]
        return term.name_en, term.name_hi
    if parameter == "district":
        district = vocabulary.districts[value]
        return district.name_en, district.name_hi
    if parameter in {"locality", "near"}:
        place = vocabulary.localities.get(value) or vocabulary.stations[value]
        return place.name_en, place.name_hi
    if parameter == "open":
        return open_words(OpenFilter(value)), None
    return gender_words(value), None
