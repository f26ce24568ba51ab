"""Chips: each word understood and each filter in force, with the search that lacks it.

Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.search.parameters import REPEATABLE
from directory.search.ways import without_chosen, without_said, without_word
from directory.web.links import search_path
from directory.web.search_who import group_words
from directory.web.search_words import Named, parameter_words, value_named, values_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from directory.search.request import SearchRequest
    from directory.search.ways import ReadAgain
    from directory.vocabulary.queries import Vocabulary

# Parameters whose values say what they are.
CLEAR = frozenset(("kind", "profession", "centre_type", "condition", "treatment", "fee_max", "q"))
# Parameters with one value.
SINGLE = ("kind", "fee_max", "accepting", "registered", "rating_min", "within")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, or a hint (`soft`: it comes first); `url` is the search without it."""

    parameter: str
    kind: str
    words: str
    hindi: str | None
    url: str
    soft: bool = False

    @property
    def says_itself(self) -> bool:
        """Whether the value is clear without the word before it."""
        return self.parameter in CLEAR


def chips_of(asked: SearchRequest, vocabulary: Vocabulary, read_again: ReadAgain) -> list[Chip]:
    """Give the chips of a search: what was read from words, then what was chosen, then hints.

    Taking one away changes nothing else: the words that stay are read again to make sure.
    """
    return [
        *_understood(asked, vocabulary, read_again, hints=False),
        *_free_words(asked, read_again),
        *_place(asked, read_again),
        *_repeated(asked, vocabulary),
        *_single(asked, vocabulary, read_again),
        *_understood(asked, vocabulary, read_again, hints=True),
    ]


def _understood(
    asked: SearchRequest, vocabulary: Vocabulary, read_again: ReadAgain, *, hints: bool
) -> Iterator[Chip]:
    """Yield a chip for each parameter that the same words stand for.

    What words with a meaning of their own suggest besides is worth no chip.
    """
    items = [item for item in asked.reading.understood if item.hint is hints]
    if hints:
        plain = {item.text for item in asked.reading.understood if not item.hint}
        items = [item for item in items if item.text not in plain]
    for (_, parameter), group in groupby(items, lambda item: (item.text, item.parameter)):
        gone = tuple(group)
        values = tuple(dict.fromkeys(item.value for item in gone))
        named = _named(parameter, values, vocabulary)
        kind = gettext("Shown first:") if hints else parameter_words(parameter)
        url = search_path(without_said(asked, gone, read_again))
        yield Chip(parameter, kind, named.words, named.hindi, url, soft=hints)


def _named(parameter: str, values: Sequence[str], vocabulary: Vocabulary) -> Named:
    whole = group_words(values, vocabulary) if parameter == "profession" else None
    return Named(whole) if whole else values_named(parameter, values, vocabulary)


def _free_words(asked: SearchRequest, read_again: ReadAgain) -> Iterator[Chip]:
    for word in (*asked.reading.words, *asked.reading.phrases):
        url = search_path(without_word(asked, word, read_again))
        yield Chip("q", parameter_words("q"), word, None, url)


def _place(asked: SearchRequest, read_again: ReadAgain) -> Iterator[Chip]:
    given = asked.given
    if "lat" in given and "lon" in given:
        words, hindi = gettext("where you are"), None
    elif "near" in given and asked.place is not None:
        words, hindi = asked.place.name_en, asked.place.name_hi
    else:
        return
    url = search_path(without_chosen(asked, "near", read_again))
    yield Chip("near", parameter_words("near"), words, hindi, url)


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


def _single(asked: SearchRequest, vocabulary: Vocabulary, read_again: ReadAgain) -> Iterator[Chip]:
    for parameter in SINGLE:
        values = asked.given.get(parameter, ())
        if not values or not _narrows(asked, parameter):
            continue
        named = value_named(parameter, values[0], vocabulary)
        url = search_path(without_chosen(asked, parameter, read_again))
        yield Chip(parameter, parameter_words(parameter), named.words, None, url)


def _narrows(asked: SearchRequest, parameter: str) -> bool:
    """Say whether a single parameter does anything: a switch is on, a distance has a point."""
    if parameter in {"accepting", "registered"}:
        return asked.given[parameter] == ("1",)
    return parameter != "within" or asked.query.filters.within_m is not None
