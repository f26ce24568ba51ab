"""Hears words that ask for help now, in three scripts and misspelt.

Nothing of such words is kept or logged. Called by `reader.py` for every search, also when its
words are not read as filters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from directory.search.understanding import data
from directory.search.understanding.expressions import BY_LETTERS, Said, prepared, said
from directory.search.understanding.forms import changed, letters, skeleton, sound, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from directory.search.understanding.expressions import Expressions
    from directory.search.understanding.forms import Token

# An unknown word this near to a word of crisis is heard as that word: better once too often.
NEAR = 0.72
SHORTEST = 4
PHRASE = data.Expression((), 0, frozenset(), frozenset(), data.Meaning())


def heard(tokens: Sequence[Token]) -> list[Said]:
    """Give every expression of crisis in a search; an empty list when there is none."""
    found = list(said(tokens, _expressions()))
    together = [token.sound for token in tokens]
    found += [
        Said(PHRASE, tuple(range(at, at + len(words))))
        for at, first in enumerate(together)
        for words in _phrases().get(first, ())
        if together[at : at + len(words)] == words
    ]
    return found


def heard_loosely(tokens: Sequence[Token], unknown: Collection[int]) -> list[Said]:
    """Give what is heard when unknown words are taken for the words of crisis nearest to them."""
    near = {at: _nearest(tokens[at]) for at in unknown}
    if not any(near.values()):
        return []
    taken = [changed(token, near.get(at) or token.text) for at, token in enumerate(tokens)]
    return heard(taken)


def _nearest(token: Token) -> str | None:
    if len(token.letters) < SHORTEST:
        return None
    spelled, consonants = _words()
    same = consonants.get(skeleton(token.sound)) if len(token.letters) > SHORTEST else None
    found = extractOne(token.letters, spelled, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    near = found[0] if found is not None else same
    return (
        near if near and _first_sound(sound(letters(near))) == _first_sound(token.sound) else None
    )


def _first_sound(heard: str) -> str:
    return skeleton(heard)[:1]


@lru_cache(maxsize=1)
def _words() -> tuple[list[str], dict[str, str]]:
    """Give all words of crisis, and the first of them with each row of consonants."""
    spelled = list(
        dict.fromkeys(
            word.removeprefix(BY_LETTERS)
            for item in data.crisis()
            for slot in item.slots
            for word in slot
            if len(word) >= SHORTEST
        )
    )
    consonants: dict[str, str] = {}
    for word in spelled:
        row = skeleton(sound(letters(word)))
        if len(row) >= SHORTEST - 1:
            consonants.setdefault(row, word)
    return [letters(word) for word in spelled], consonants


@lru_cache(maxsize=1)
def _expressions() -> Expressions:
    return prepared(data.crisis())


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[list[str]]]:
    """Give the sounds of each phrase by the first of them."""
    by_first: dict[str, list[list[str]]] = {}
    for text in data.crisis_phrases():
        sounds = [token.sound for token in words_of(text)]
        by_first.setdefault(sounds[0], []).append(sounds)
    return by_first
