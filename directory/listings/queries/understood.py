"""Reads free text as filters, by exact names of the vocabulary and nothing cleverer.

"psychiatrist near hauz khas hindi" becomes a profession, a place and a language; words that
name nothing stay words. Called by the HTML door for `/search`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from directory.listings.queries.cards import Point
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from directory.vocabulary.queries import LocalityView, StationView, Vocabulary

# Kinds a word of a search may name; identities and registers are chosen, not guessed.
READ_KINDS = (
    TermKind.PROFESSION,
    TermKind.CENTRE_TYPE,
    TermKind.CONDITION,
    TermKind.TREATMENT,
    TermKind.LANGUAGE,
)
LONGEST_PHRASE = 6
# Combining marks are part of a Devanagari word, so words are cut at spaces and punctuation only.
CUTS = re.compile(r"[\s,;:()/\"“”|]+")
# fmt: off
FILLERS = frozenset(
    {
        "a", "an", "and", "at", "by", "centre", "centres", "delhi", "doctor", "doctors", "for",
        "from", "help", "in", "listing", "listings", "me", "my", "near", "of", "or", "session",
        "sessions", "speaking", "speaks", "that", "the", "therapist", "therapists", "therapy",
        "to", "who", "with", "के", "का", "की", "में", "पास", "से", "लिए", "और", "दिल्ली",
    }
)
# fmt: on
PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a search; `slug` is what `near` carries."""

    slug: str
    name_en: str
    name_hi: str | None
    point: Point


@dataclass(frozen=True, slots=True)
class Understood:
    """One phrase read as a filter: its words, the parameter and the value it stands for."""

    text: str
    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What free text says: filters, and the words that name nothing."""

    understood: tuple[Understood, ...]
    words: tuple[str, ...]


def read_words(text: str, vocabulary: Vocabulary) -> Reading:
    """Give the filters a text names, longest phrases first, and the words left over."""
    tokens = [token for token in CUTS.split(text) if token]
    if not tokens:
        return Reading((), ())
    index = _index(vocabulary)
    understood: list[Understood] = []
    words: list[str] = []
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at, index)
        if found is None:
            if tokens[at].lower() not in FILLERS:
                words.append(tokens[at])
            at += 1
            continue
        understood.append(found)
        at += len(CUTS.split(found.text))
    return Reading(tuple(understood), tuple(words))


def plain_words(text: str) -> tuple[str, ...]:
    """Give the words of a text, none of them read as a filter."""
    return tuple(token for token in CUTS.split(text) if token)


def place_named(text: str, vocabulary: Vocabulary) -> Place | None:
    """Give the locality, station or PIN code a text names (slug, name or other spelling)."""
    wanted = _plain(text)
    if wanted.isdigit() and len(wanted) == PIN_DIGITS:
        return _place_of_pin(wanted, vocabulary)
    for slug in (wanted, wanted.replace(" ", "-")):
        if slug in vocabulary.localities:
            return _place(vocabulary.localities[slug])
        if slug in vocabulary.stations:
            return _place(vocabulary.stations[slug])
    return next(
        (
            _place(place)
            for places in (vocabulary.localities, vocabulary.stations)
            for place in places.values()
            if wanted in _place_names(place)
        ),
        None,
    )


def places_like(text: str, vocabulary: Vocabulary) -> list[Place]:
    """Give up to four places whose names are spelled like a text."""
    if not text:
        return []
    named = {place.name_en.lower(): place for place in vocabulary.stations.values()}
    named_localities = {place.name_en.lower(): place for place in vocabulary.localities.values()}
    close = get_close_matches(_plain(text), [*named_localities, *named], n=4, cutoff=0.6)
    return [_place(named_localities.get(name) or named[name]) for name in dict.fromkeys(close)]


def _longest(tokens: list[str], at: int, index: Mapping[str, tuple[str, str]]) -> Understood | None:
    for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
        phrase = " ".join(tokens[at : at + length])
        found = index.get(_plain(phrase))
        if found is not None:
            return Understood(phrase, *found)
    return None


def _index(vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Give every name and shown synonym with what it stands for; the first to name it wins."""
    index: dict[str, tuple[str, str]] = {}
    for kind in READ_KINDS:
        for term in vocabulary.terms[kind].values():
            for name in (term.name_en, term.name_hi, *term.synonyms, term.slug.replace("-", " ")):
                for spelling in _spellings(name):
                    index.setdefault(spelling, (kind.value, term.slug))
    for places in (vocabulary.localities, vocabulary.stations):
        for place in places.values():
            for name in _place_names(place):
                index.setdefault(name, ("near", place.slug))
    return index


def _spellings(name: str) -> Iterator[str]:
    """Give a name as it may be typed: whole, without its bracket, and the plural."""
    whole = _plain(name)
    yield whole
    short = _plain(re.sub(r"\([^)]*\)", "", name))
    yield short
    if short.isascii() and short:
        yield short + "s"


def _place_names(place: LocalityView | StationView) -> set[str]:
    return {_plain(name) for name in (place.name_en, place.name_hi, *place.aliases)}


def _place(place: LocalityView | StationView) -> Place:
    return Place(place.slug, place.name_en, place.name_hi, Point(place.lat, place.lon))


def _place_of_pin(pin: str, vocabulary: Vocabulary) -> Place | None:
    found = [place for place in vocabulary.localities.values() if pin in place.pincodes]
    if not found:
        return None
    middle = Point(_mean(place.lat for place in found), _mean(place.lon for place in found))
    return Place(pin, f"{pin} ({found[0].name_en})", None, middle)


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)


def _plain(text: str) -> str:
    return " ".join(CUTS.split(text.lower())).strip()
