"""The room's own language data: fillers, groups of words, expressions, words of crisis.

Reads `directory/search/data/*.yaml` once for a process. Called by `lexicon.py` and `crisis.py`;
the files say what each list is for and where it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from directory.core.sounds import sound
from directory.search.understanding.forms import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
ANY = "any"
ORDINARY = ("ordinary.txt", "ordinary_hindi.txt")
# The sound of a shorter everyday word is that of too many others.
SHORTEST_ORDINARY = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words stand for: firm (parameter, value) pairs, implied ones, and what else follows.

    A `soft` meaning filters only when nothing else clinical is said. `word` stands as a free
    word for the one typed; `outside` is a town beyond Delhi; `is_dropped` words say nothing.
    """

    firm: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    soft: bool = False
    comforts: bool = False
    is_dropped: bool = False
    word: str | None = None
    outside: str | None = None
    guide: str | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """A phrase of meanings.yaml; `shown` is the first of its group, rightly spelled."""

    text: str
    meaning: Meaning
    shown: str
    is_misspelt: bool


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that must all stand near each other, in any order, and what they mean together.

    Each slot is a set of words of which one must stand; `unless` words call the whole off;
    of `with_any`, when given, one must stand anywhere.
    """

    slots: tuple[frozenset[str], ...]
    within: int
    unless: frozenset[str]
    with_any: frozenset[str]
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Implied:
    """What meanings imply: when one value of each parameter in `when` was read, `hints` follow.

    `also` widens a parameter of `when` and is as firm as what was said.
    """

    when: Mapping[str, frozenset[str]]
    hints: tuple[tuple[str, str], ...]
    also: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of words.yaml, each word by its letters."""

    small: frozenset[str]
    dropped: frozenset[str]
    titles: frozenset[str]
    weak: frozenset[str]
    short_forms: Mapping[str, str]
    place_parts: frozenset[str]
    not_heads: frozenset[str]
    amounts: Mapping[str, frozenset[str]]
    ages: Mapping[str, frozenset[str]]
    hours: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    numbered: frozenset[str]
    questions: Mapping[str, frozenset[str]]
    days: Mapping[str, frozenset[str]]
    for_whom: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def words() -> Words:
    """Give the lists of single words."""
    read = _read("words.yaml")
    return Words(
        small=_set(read["small"]),
        dropped=frozenset().union(*map(_set, read["drop"].values())),
        titles=_set(read["titles"]),
        weak=_set(read["weak"]),
        short_forms={letters(word): long for word, long in read["short_forms"].items()},
        place_parts=_set(read["place_parts"]),
        not_heads=_set(read["not_heads"]),
        amounts=_sets(read["amounts"]),
        ages=_sets(read["ages"]),
        hours=_sets(read["hours"]),
        numbers={letters(word): number for word, number in read["numbers"].items()},
        numbered=_set(read["numbered"]),
        questions=_sets(read["questions"]),
        days=_sets(read["days"]),
        for_whom=_sets(read["for_whom"]),
    )


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Give everyday words that are nobody's misspelling."""
    return frozenset(word for name in ORDINARY for word in _lines(name))


@lru_cache(maxsize=1)
def verb_sounds() -> frozenset[str]:
    """Give how the forms of everyday verbs of Hindi sound."""
    verbs = _read("words.yaml")["verbs"]
    forms = (stem + end for stem in verbs["stems"].split() for end in verbs["endings"].split())
    return _sounds(forms)


@lru_cache(maxsize=1)
def ordinary_sounds() -> frozenset[str]:
    """Give how everyday words of Hindi sound, which are written in many ways."""
    return verb_sounds() | _sounds(_lines(ORDINARY[1]))


@lru_cache(maxsize=1)
def phrases() -> tuple[Grouped, ...]:
    """Give the room's phrases; a later one replaces an earlier one of the same words."""
    return tuple(
        Grouped(phrase, _meaning(entry), entry["words"][0], key == "misspelt")
        for entry in _read("meanings.yaml")["phrases"]
        for key in ("words", "misspelt")
        for phrase in entry.get(key, [])
    )


@lru_cache(maxsize=1)
def implied() -> tuple[Implied, ...]:
    """Give what meanings imply beside themselves."""
    return tuple(
        Implied(
            when={name: frozenset(_values(value)) for name, value in entry["when"].items()},
            hints=tuple(_pairs(entry.get("hint", {}))),
            also=tuple(_pairs(entry.get("also", {}))),
        )
        for entry in _read("meanings.yaml")["implied"]
    )


@lru_cache(maxsize=1)
def expressions() -> tuple[Expression, ...]:
    """Give the sentences people say instead of a name, those of despair without death first."""
    return (
        *_expressions("crisis.yaml", "comforts"),
        *_expressions("expressions.yaml", "expressions"),
    )


@lru_cache(maxsize=1)
def crisis() -> tuple[Expression, ...]:
    """Give the words that ask for help now."""
    return tuple(_expressions("crisis.yaml", "crisis"))


@lru_cache(maxsize=1)
def crisis_phrases() -> tuple[str, ...]:
    """Give the phrases that ask for help now by themselves."""
    return tuple(_read("crisis.yaml")["phrases"])


@lru_cache(maxsize=1)
def crisis_words() -> tuple[str, ...]:
    """Give the words of crisis that a misspelling may be taken for."""
    return tuple(_read("crisis.yaml")["spelled"].split())


@lru_cache(maxsize=1)
def crisis_lists() -> Mapping[str, tuple[str, ...]]:
    """Give what the words of crisis are made of: endings of verbs, joining words and units."""
    return {name: tuple(text.split()) for name, text in _read("crisis.yaml")["lists"].items()}


def _expressions(name: str, key: str) -> Iterator[Expression]:
    read = _read(name)
    sets = {f"${label}": text.split() for label, text in read["sets"].items()}

    def spelled(text: str) -> frozenset[str]:
        return frozenset(word for part in text.split() for word in sets.get(part, [part]))

    for entry in read[key]:
        yield Expression(
            slots=tuple(spelled(slot) for slot in entry["all"]),
            within=entry["within"],
            unless=spelled(entry.get("unless", "")),
            with_any=spelled(entry.get("with_any", "")),
            meaning=_meaning({**entry.get("means", {}), **entry}),
        )


def _meaning(entry: Mapping[str, Any]) -> Meaning:
    apart = {
        "words", "misspelt", "hint", "soft", "comforts", "drop", "word", "outside", "guide",
        "all", "within", "unless", "with_any", "means",
    }  # fmt: skip
    return Meaning(
        firm=tuple(_pairs({name: value for name, value in entry.items() if name not in apart})),
        hints=tuple(_pairs(entry.get("hint", {}))),
        soft=entry.get("soft", False),
        comforts=entry.get("comforts", False),
        is_dropped=entry.get("drop", False),
        word=entry.get("word"),
        outside=entry.get("outside"),
        guide=entry.get("guide"),
    )


def _pairs(entry: Mapping[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        for one in _values(value):
            yield name, one


def _values(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _sets(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: _set(text) for name, text in texts.items()}


def _set(text: str) -> frozenset[str]:
    return frozenset(map(letters, text.split()))


def _sounds(forms: Iterable[str]) -> frozenset[str]:
    heard = (sound(letters(word)) for word in forms)
    return frozenset(one for one in heard if len(one) >= SHORTEST_ORDINARY)


def _lines(name: str) -> Iterator[str]:
    """Yield the words of a file of words, by their letters."""
    for line in (DATA_FOLDER / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from map(letters, line.split())


def _read(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (DATA_FOLDER / name).open(encoding="utf-8") as file:
        read: dict[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader
    return read
