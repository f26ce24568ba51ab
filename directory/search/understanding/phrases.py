"""What a phrase of a search is known to mean, and the keys it is found under.

Called by `lexicon.py` and `places.py`, which make phrases, and by `matching.py`, which finds them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from directory.search.understanding import data
from directory.search.understanding.forms import changed, composed, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.search.understanding.data import Meaning
    from directory.search.understanding.forms import Token

PHRASES_KEPT = 16_384


class Known(IntEnum):
    """How a phrase came to be known; the lower the surer."""

    MEANING = 0  # the room's own groups of words
    NAME = 1
    PLACE = 2
    SPOKEN = 3  # Hinglish
    MISSPELT = 4
    HIDDEN = 5  # for matching only, never shown
    HEAD = 6  # the beginning of a place's name
    DROPPED = 7  # says nothing of what is sought


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that means something: how many words it has, and a text that may be shown.

    `others` are the slugs of other places the same words may mean; nobody is corrected to an
    `is_plural` one.
    """

    words: int
    meaning: Meaning
    known: Known
    shown: str
    others: tuple[str, ...] = ()
    is_plural: bool = False


def read_tokens(text: str) -> tuple[Token, ...]:
    """Give the words of a `composed` search, short forms and numbers of sectors written out."""
    short_forms = data.words().short_forms
    numbers, numbered = data.words().numbers, data.words().numbered
    read: list[Token] = []
    for token in tokens_of(text):
        written = short_forms.get(token.letters)
        if read and read[-1].letters in numbered and token.letters in numbers:
            written = str(int(numbers[token.letters]))
        read.append(token if written is None else changed(token, written))
    return tuple(read)


@lru_cache(maxsize=PHRASES_KEPT)
def phrase_tokens(phrase: str) -> tuple[Token, ...]:
    """Give the words of a phrase of the vocabulary; kept, so never call it with a search."""
    return read_tokens(composed(phrase))


def letters_key(tokens: Sequence[Token]) -> str:
    """Give the key of a phrase by its letters: all its words, without spaces."""
    return "".join([token.letters for token in tokens])


def sound_key(tokens: Sequence[Token]) -> str:
    """Give the key of a phrase by its sound, without the small words inside it."""
    return "".join([token.sound for token in tokens if not is_small(token)])


def is_small(token: Token) -> bool:
    """Tell whether a word only holds others together."""
    return token.letters in data.words().small


def merged(one: Phrase, other: Phrase) -> Phrase:
    """Give one phrase for two of the same words: the first one's meaning stays firm.

    Values of the same parameter are ORed, those of another are implied only.
    """
    parameters = {parameter for parameter, _ in one.meaning.firm}
    same = tuple(pair for pair in other.meaning.firm if pair[0] in parameters)
    apart = tuple(pair for pair in other.meaning.firm if pair[0] not in parameters)
    meaning = replace(
        one.meaning,
        firm=tuple(dict.fromkeys([*one.meaning.firm, *same])),
        hints=tuple(dict.fromkeys([*one.meaning.hints, *apart])),
    )
    return replace(one, meaning=meaning)
