"""Chips: each word understood and each filter in force, with the search that lacks it.

Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.search.parameters import REPEATABLE
from directory.search.ways import without_words
from directory.web.links import search_path
from directory.web.search_who import group_words
from directory.web.search_words import Named, parameter_words, value_named, values_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

# Parameters with one value, and what goes away with them.
SINGLE = {
    "kind": ("kind",),
    "fee_max": ("fee_max", "fee_unstated"),
    "accepting": ("accepting",),
    "registered": ("registered",),
    "rating_min": ("rating_min",),
    "within": ("within",),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, or a hint (`soft`: it comes first); `url` is the search without it."""

    parameter: str
    kind: str
    words: str
    hindi: str | None
    url: str
    soft: bool = False


def chips_of(asked: SearchRequest, vocabulary: Vocabulary) -> list[Chip]:
    """Give the chips of a search: what was read from words, then what was chosen, then hints."""
    return [
        *_understood(asked, vocabulary, hints=False),
        *_free_words(asked),
        *_place(asked),
        *_repeated(asked, vocabulary),
        *_single(asked, vocabulary),
        *_understood(asked, vocabulary, hints=True),
    ]


def _understood(asked: SearchRequest, vocabulary: Vocabulary, *, hints: bool) -> Iterator[Chip]:
    """Yield a chip for each parameter that the same words stand for."""
    items = [item for item in asked.reading.understood if item.hint is hints]
    for (words, parameter), group in groupby(items, lambda item: (item.text, item.parameter)):
        values = tuple(dict.fromkeys(item.value for item in group))
        named = _named(parameter, values, vocabulary)
        kind = gettext("Shown first:") if hints else parameter_words(parameter)
        url = _without_text(asked, words)
        yield Chip(parameter, kind, named.words, named.hindi, url, soft=hints)


def _named(parameter: str, values: Sequence[str], vocabulary: Vocabulary) -> Named:
    whole = group_words(values, vocabulary) if parameter == "profession" else None
    return Named(whole) if whole else values_named(parameter, values, vocabulary)


def _free_words(asked: SearchRequest) -> Iterator[Chip]:
    for word in (*asked.reading.words, *asked.reading.phrases):
        url = _without_text(asked, word)
        yield Chip("q", parameter_words("q"), word, None, url)


def _place(asked: SearchRequest) -> Iterator[Chip]:
    given = asked.given
    gone = dict.fromkeys(("near", "lat", "lon", "within"))
    url = search_path({**given, **gone, "sort": _sort_without_point(given.get("sort", ()))})
    if "lat" in given and "lon" in given:
        yield Chip("near", parameter_words("near"), gettext("where you are"), None, url)
    elif "near" in given and asked.place is not None:
        yield Chip("near", parameter_words("near"), asked.place.name_en, asked.place.name_hi, url)


def _sort_without_point(sort: Iterable[str]) -> tuple[str, ...]:
    return tuple(order for order in sort if order != "distance")


def _repeated(asked: SearchRequest, vocabulary: Vocabulary) -> Iterator[Chip]:
    for parameter in REPEATABLE:
        values = asked.given.get(parameter, ())
        whole = group_words(values, vocabulary) if parameter == "profession" and values else None
        if whole:
            url = search_path({**asked.given, parameter: None})
            yield Chip(parameter, parameter_words(parameter), whole, None, url)
            continue
        for value in values:
            kept = tuple(other for other in values if other != value)
            named = value_named(parameter, value, vocabulary)
            url = search_path({**asked.given, parameter: kept})
            yield Chip(parameter, parameter_words(parameter), named.words, named.hindi, url)


def _single(asked: SearchRequest, vocabulary: Vocabulary) -> Iterator[Chip]:
    for parameter, gone in SINGLE.items():
        values = asked.given.get(parameter, ())
        if not values or not _narrows(asked, parameter):
            continue
        named = value_named(parameter, values[0], vocabulary)
        url = search_path({**asked.given, **dict.fromkeys(gone)})
        yield Chip(parameter, parameter_words(parameter), named.words, None, url)


def _narrows(asked: SearchRequest, parameter: str) -> bool:
    """Say whether a single parameter does anything: a switch is on, a distance has a point."""
    if parameter in {"accepting", "registered"}:
        return asked.given[parameter] == ("1",)
    return parameter != "within" or asked.query.filters.within_m is not None


def _without_text(asked: SearchRequest, words: str) -> str:
    """Give the search without some of its words, which may stand apart from each other."""
    text = " ".join(asked.given.get("q", ()))
    shorter = without_words(text, words)
    if shorter is None:
        shorter = text
        for word in words.split():
            shorter = without_words(shorter, word) or shorter
    return search_path({**asked.given, "q": shorter})
