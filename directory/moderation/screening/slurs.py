"""Finds insults, also with digits and signs for letters, or spelled out. Called by `screen`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import folded, plain
from directory.moderation.screening.names_of_signals import Signal, SignalName
from directory.moderation.screening.rules import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.moderation.screening.spoken import Spoken

WHY = "This word insults a person or a community."
SIGNS = str.maketrans(
    {"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t"}
)
DISGUISED = re.compile(
    r"(?<![\w@$*])(?=[^\s]*[a-z])(?=[^\s]*[@$*!0134578])[a-z0-9@$*!]{4,}(?![\w@])"
)
SEPARATED = re.compile(r"(?<![a-z0-9])[a-z](?:[-_*. ]{1,2}[a-z]){3,}(?![a-z0-9])")
SHORTEST_BEGINNING = 3
NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """The insults: whole words, beginnings of words, and those of several words."""

    whole: frozenset[str]
    beginnings: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    called_off: dict[str, frozenset[str]]
    never: frozenset[str]


def found_slurs(said: Spoken) -> Iterator[Signal]:
    """Yield every insult of a text."""
    heard = [word.folded for word in said.words]
    for at, word in enumerate(said.words):
        near = {*heard[max(0, at - NEIGHBOURS) : at], *heard[at + 1 : at + 1 + NEIGHBOURS]}
        calm = word.plain in _words().never or near & _words().called_off.get(
            word.folded, frozenset()
        )
        pair = tuple(heard[at : at + 2])
        if pair in _words().pairs:
            yield Signal(SignalName.SLUR, word.start, said.words[at + 1].end, WHY)
        elif not calm and _is_slur(word.folded):
            yield Signal(SignalName.SLUR, word.start, word.end, WHY)
    for match in (*DISGUISED.finditer(said.letters), *SEPARATED.finditer(said.letters)):
        if _is_disguised(match.group()):
            yield Signal(SignalName.SLUR, *said.span(*match.span()), WHY)


def _is_slur(word: str) -> bool:
    if word in _words().whole:
        return True
    lengths = range(SHORTEST_BEGINNING, len(word) + 1)
    return any(word[:length] in _words().beginnings for length in lengths)


def _is_disguised(letters: str) -> bool:
    """Say whether letters with signs between or instead are an insult; "*" is any letter."""
    cleaned = re.sub(r"[-_. ]", "", letters.strip("*!")).translate(SIGNS)
    if "*" not in cleaned:
        return _is_slur(folded(cleaned)) and not cleaned.isdecimal()
    hidden = re.compile(re.sub(r"\*+", "[a-z]{1,4}", re.sub(r"[^a-z*]", "", cleaned)) + "$")
    return any(hidden.match(word) for word in _spelled())


@cache
def _spelled() -> frozenset[str]:
    listed = (word.removesuffix("*") for word in read_data("slurs.yaml")["words"].split())
    return frozenset(word for word in listed if word.isascii() and "_" not in word)


@cache
def _words() -> Words:
    data = read_data("slurs.yaml")
    listed = data["words"].split()
    single = [word for word in listed if "_" not in word]
    return Words(
        whole=frozenset(_folded(word) for word in single if not word.endswith("*")),
        beginnings=frozenset(_folded(word[:-1]) for word in single if word.endswith("*")),
        pairs=frozenset(tuple(map(_folded, word.split("_"))) for word in listed if "_" in word),
        called_off={
            _folded(word): frozenset(map(_folded, (beside or "").split()))
            for word, beside in data["called_off"].items()
        },
        never=frozenset(data["never"].split()),
    )


def _folded(word: str) -> str:
    return folded("".join(map(plain, word)))
