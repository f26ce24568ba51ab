"""Hears words that ask for help now, in three scripts, misspelt, run together or broken up.

Nothing of such words is kept or logged. Called by `reader.py` for every search, also when its
words are not read as filters. The words are in `data/crisis.yaml`; what is done here holds for
all of them: forms of verbs, words without spaces, numbers of pills, misspellings.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from directory.core.sounds import skeleton, sound
from directory.search.analysis import DEVANAGARI
from directory.search.understanding import data
from directory.search.understanding.expressions import BY_LETTERS, Said, prepared, said
from directory.search.understanding.forms import changed, letters, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from directory.search.understanding.expressions import Expressions
    from directory.search.understanding.forms import Token

# An unknown word this near to a word of crisis is heard as that word: better once too often.
NEAR = 0.72
SHORTEST = 4
# Words run together are at least so long, and so is a word that was broken in two.
SHORTEST_JOINED = 6
SHORTEST_BROKEN = 7
PHRASE = data.Expression((), 0, frozenset(), frozenset(), data.Meaning())

# After the stem of a Hindi verb: infinitive, future and subjunctive, as they are spoken and typed.
# Not the past and not the habit, which tell what somebody did or does.
ALL_FORMS = "~"
# After the stem of an English verb; a last consonant may be doubled and a last "e" is left out.
ENGLISH_FORMS = "+"
# A number of pills or of hours: from this number on it says "many", unless a unit follows.
MANY = 5
MANY_WORD = "many"


def heard(tokens: Sequence[Token]) -> list[Said]:
    """Give every expression of crisis in a search; an empty list when there is none."""
    parts = _counted([(at, part) for at, token in enumerate(tokens) for part in _parts(token)])
    mended = _mended_breaks(parts)
    return [*_found(parts), *(_found(mended) if mended != parts else ())]


def heard_loosely(tokens: Sequence[Token], unknown: Collection[int]) -> list[Said]:
    """Give what is heard when unknown words are taken for the words of crisis nearest to them."""
    near = {at: _nearest(tokens[at]) for at in unknown}
    if not any(near.values()):
        return []
    taken = [changed(token, near.get(at) or token.text) for at, token in enumerate(tokens)]
    return heard(taken)


def _found(parts: Sequence[tuple[int, Token]]) -> Iterator[Said]:
    """Yield what is said by words, each with its place in the search."""
    tokens = [token for _, token in parts]
    for one in (*said(tokens, _expressions()), *_phrases_in(tokens)):
        places = dict.fromkeys(parts[place][0] for place in one.places)
        yield replace(one, places=tuple(places))


def _phrases_in(tokens: Sequence[Token]) -> Iterator[Said]:
    together = [token.sound for token in tokens]
    for at, first in enumerate(together):
        for words in _phrases().get(first, ()):
            if together[at : at + len(words)] == words:
                yield Said(PHRASE, tuple(range(at, at + len(words))))


def _parts(token: Token) -> list[Token]:
    """Give the words a word is made of when it is several, run together; else itself."""
    word = token.letters
    is_word = word in _vocabulary() or word in data.ordinary_words()
    if len(word) < SHORTEST_JOINED or is_word:
        return [token]
    pieces = _split(word)
    if not any(len(piece) >= SHORTEST and piece in _cries() for piece in pieces):
        return [token]
    return [changed(token, piece) for piece in pieces]


def _split(word: str) -> tuple[str, ...]:
    """Give the fewest known words that make up a word, or none."""
    known = _vocabulary()
    ways: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(end):
            before = ways[start]
            if before is None or word[start:end] not in known:
                continue
            best = ways[end]
            if best is None or len(before) + 1 < len(best):
                ways[end] = (*before, word[start:end])
    return ways[-1] or ()


def _counted(parts: list[tuple[int, Token]]) -> list[tuple[int, Token]]:
    """Give words with a number that counts pills as "many"."""
    after = [*(token.letters for _, token in parts), ""][1:]
    return [
        (at, changed(token, MANY_WORD)) if _is_many(token.letters, following) else (at, token)
        for (at, token), following in zip(parts, after, strict=True)
    ]


def _is_many(word: str, following: str) -> bool:
    is_number = word.isascii() and word.isdecimal()
    return is_number and int(word) >= MANY and following not in data.crisis_lists()["units"]


def _mended_breaks(parts: list[tuple[int, Token]]) -> list[tuple[int, Token]]:
    """Give words with those put together that a space broke: "sui cide", "over dose"."""
    mended = list(parts)
    for number, ((_, first), (_, second)) in enumerate(pairwise(parts)):
        whole = first.letters + second.letters
        if len(whole) >= SHORTEST_BROKEN and whole in _cries():
            mended[number] = (parts[number][0], changed(first, whole))
    return mended


def _nearest(token: Token) -> str | None:
    """Give the word nearest to an unknown one; a word that calls off counts before a cry."""
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
    slots = [word for item in _spelled_out() for slot in item.slots for word in sorted(slot)]
    calm = [word for item in _spelled_out() for word in sorted(item.unless)]
    plain = dict.fromkeys(letters(word.removeprefix(BY_LETTERS)) for word in (*calm, *slots))
    spelled = [word for word in plain if len(word) >= SHORTEST]
    consonants: dict[str, str] = {}
    for word in (word.removeprefix(BY_LETTERS) for word in dict.fromkeys(slots)):
        row = skeleton(sound(letters(word)))
        if len(word) >= SHORTEST and len(row) >= SHORTEST - 1:
            consonants.setdefault(row, word)
    return spelled, consonants


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Give the letters of all words that may stand in a word run together."""
    listed = [
        word.removeprefix(BY_LETTERS)
        for item in _spelled_out()
        for words in (*item.slots, item.unless, item.with_any)
        for word in words
    ]
    two_or_more = (letters(word) for word in listed)
    return frozenset(
        {word for word in two_or_more if len(word) > 1}
        | set(map(letters, data.crisis_lists()["joining"]))
    )


@lru_cache(maxsize=1)
def _cries() -> frozenset[str]:
    """Give the letters of the words of crisis alone, without those that call one off."""
    calm = {word for item in _spelled_out() for word in item.unless}
    return frozenset(
        letters(word.removeprefix(BY_LETTERS))
        for item in _spelled_out()
        for slot in item.slots
        for word in slot - calm
    )


@lru_cache(maxsize=1)
def _expressions() -> Expressions:
    return prepared(_spelled_out())


@lru_cache(maxsize=1)
def _spelled_out() -> tuple[data.Expression, ...]:
    """Give the expressions of crisis with every form of their verbs."""
    return tuple(
        replace(
            item,
            slots=tuple(frozenset(_with_forms(slot)) for slot in item.slots),
            unless=frozenset(_with_forms(item.unless)),
            with_any=frozenset(_with_forms(item.with_any)),
        )
        for item in data.crisis()
    )


def _with_forms(words: Collection[str]) -> Iterator[str]:
    for word in words:
        stem, mark = word[:-1], word[-1]
        if mark not in {ALL_FORMS, ENGLISH_FORMS}:
            yield word
            continue
        yield stem
        yield from (stem + ending for ending in data.crisis_lists()[_endings(stem, mark)])
        if mark == ENGLISH_FORMS:
            yield from (stem + stem[-1] + ending for ending in data.crisis_lists()["doubling"])


def _endings(stem: str, mark: str) -> str:
    """Give the name of the list of endings a stem takes."""
    if mark == ENGLISH_FORMS:
        return "english"
    return "devanagari" if DEVANAGARI.search(stem) else "latin"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[list[str]]]:
    """Give the sounds of each phrase by the first of them."""
    by_first: dict[str, list[list[str]]] = {}
    for text in data.crisis_phrases():
        sounds = [token.sound for token in words_of(text)]
        by_first.setdefault(sounds[0], []).append(sounds)
    return by_first
