"""Corrects a word that nothing here knows: by sound, by consonants, by letters.

Never asked about a word that matches as typed. Words of the vocabulary and of places come before
names of listings. Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.core.hindi import latin
from directory.core.sounds import skeleton, sound
from directory.search.understanding.forms import letters
from directory.search.understanding.phrases import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

# How alike the letters of two words must be, by the length of the one typed: with the same
# consonants in the same order, and without. A short word has less to go by.
ALIKE = {4: (0.75, 1.0), 5: (0.75, 1.0), 6: (0.66, 1.0), 7: (0.66, 0.83)}
ALIKE_WHEN_LONG = (0.6, 0.77)
# From this length on, words that sound the same are the same.
SHORTEST_SOUND = 5
SHORTEST = 4
# Fewer consonants without vowels are an abbreviation.
SHORTEST_CONSONANTS = 3
VOWELS = frozenset("aeiou")
# A guess below this needs the reader's word.
SURE = 0.74
# A guess that begins with another sound must be this near.
SURE_ELSEWHERE = 0.84
# Two guesses nearer to each other than this leave a doubt.
DOUBT = 0.03
SAME_CONSONANTS = 0.08
SAME_FIRST_LETTER = 0.02
RARE_NAME = 0.05
HINDI = "\u0915"
# First letters that are heard as one; all vowels are one, as in `skeleton`.
FIRST_SOUNDS = {
    **dict.fromkeys("aeiou", "a"), "w": "v", "z": "j", "q": "k", "c": "k", "x": "k",
}  # fmt: skip
# A word that says nothing is a poor guess.
WEIGHTS = {Known.DROPPED: -0.06, Known.SPOKEN: -0.02}
# A word that means something by itself is likelier meant than a part of a name.
WHOLE = 0.04
MOST_GUESSES = 6
LOWEST = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A word taken for another one; `is_sure` ones may be applied."""

    word: str
    likeness: float
    is_sure: bool
    is_name: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Words of one script and first sound, how each sounds, and what is added to a likeness."""

    words: list[str]
    sounds: list[str]
    weights: list[float]


class Pool:
    """Words to guess among, on shelves by script and first sound.

    `known` maps words to what is added to a likeness. A shelf is filled when it is first asked
    for, so that making a pool of ten thousand names costs next to nothing.
    """

    def __init__(self, known: Mapping[str, float]) -> None:
        self._known = known
        self._shelves: dict[str, Shelf] = {}
        self._by_letter: dict[str, list[str]] = {}
        self._by_consonants: dict[str, list[str]] = {}

    @property
    def labels(self) -> Collection[str]:
        """Give the labels of all shelves that hold a word."""
        return self._letters().keys()

    def shelf(self, label: str) -> Shelf:
        """Give the words under a label of `label_of`."""
        kept = self._shelves.get(label)
        if kept is None:
            words = self._letters().get(label, [])
            sounds = [sound(letters(word)) for word in words]
            kept = Shelf(words, sounds, [self._known[word] for word in words])
            self._shelves[label] = kept
        return kept

    def of_consonants(self, consonants: str) -> Sequence[str]:
        """Give the likeliest words of Latin letters with these consonants, of equal weight."""
        if not self._by_consonants:
            for word in self._known:
                if word.isascii() and word.isalpha():
                    key = skeleton(sound(word))
                    self._by_consonants.setdefault(key, []).append(word)
        found = self._by_consonants.get(consonants, [])
        most = max((self._known[word] for word in found), default=0.0)
        return [word for word in found if self._known[word] == most]

    def _letters(self) -> dict[str, list[str]]:
        if not self._by_letter:
            for word in self._known:
                if len(word) >= SHORTEST and (word.isalpha() or not word.isascii()):
                    self._by_letter.setdefault(label_of(word), []).append(word)
        return self._by_letter


class Speller:
    """Guesses among the words of a lexicon, then among names."""

    def __init__(
        self, known: Pool, names: Mapping[str, int], meaning_of: Callable[[str], object]
    ) -> None:
        self._known = known
        self._names = names
        self._named: Pool | None = None
        self._meaning_of = meaning_of

    def guess(self, word: str) -> Guess | None:
        """Give the word most likely meant, or None when none is near enough."""
        plain = letters(word)
        if not VOWELS.intersection(plain) and plain.isascii() and plain.isalpha():
            return self._with_vowels(plain)
        if len(plain) < SHORTEST or plain.isdecimal():
            return None
        found = self._best(plain, self._known, is_name=False)
        if found is not None and found.is_sure:
            return found
        if self._named is None:
            self._named = Pool({name: _weight(n) for name, n in self._names.items()})
        return _better(found, self._best(plain, self._named, is_name=True))

    def _with_vowels(self, plain: str) -> Guess | None:
        """Give the word of which somebody in a hurry typed the consonants only ("drd" for dard)."""
        consonants = skeleton(sound(plain))
        found = self._known.of_consonants(consonants)
        if not found or len(consonants) < SHORTEST_CONSONANTS:
            return None
        best, *others = found
        is_sure = all(self._is_same(best, other) for other in others)
        return Guess(best, SURE, is_sure, is_name=False)

    def _best(self, plain: str, pool: Pool, *, is_name: bool) -> Guess | None:
        """Give the likest word of the same script; for Hindi also one of Latin letters."""
        heard = sound(plain)
        shelves = [label_of(plain)]
        if not plain.isascii():
            shelves.append(shelves[0].removeprefix(HINDI))
        scores: dict[str, float] = {}
        for shelf in shelves:
            scores |= _scores(plain, heard, pool, shelf, LOWEST)
        if not scores and not is_name:
            for shelf in shelves:
                scores |= _elsewhere(plain, heard, pool, shelf)
        return self._likest(scores, is_name=is_name)

    def _likest(self, scores: Mapping[str, float], *, is_name: bool) -> Guess | None:
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        word, likeness = ranked[0]
        second = next((score for other, score in ranked[1:] if not self._is_same(other, word)), 0.0)
        is_sure = likeness >= SURE and likeness - second >= DOUBT
        return Guess(word, likeness, is_sure, is_name)

    def _is_same(self, one: str, other: str) -> bool:
        """Tell whether two words are forms of one word or mean the same."""
        meaning = self._meaning_of(one)
        return _is_form(one, other) or (meaning is not None and meaning == self._meaning_of(other))


def _better(one: Guess | None, other: Guess | None) -> Guess | None:
    found = [guess for guess in (one, other) if guess is not None]
    return max(found, key=lambda guess: guess.likeness, default=None)


def words_pool(spellings: Mapping[str, Known], telling: Collection[str]) -> Pool:
    """Give the words of a lexicon to guess among; `telling` ones mean something by themselves."""
    return Pool(
        {
            word: WEIGHTS.get(known, 0.0) + (WHOLE if word in telling else 0.0)
            for word, known in spellings.items()
        }
    )


def label_of(word: str) -> str:
    """Give the shelf of a word: its script, and its first letter as it sounds."""
    first = latin(word[:2])[:1] if not word.isascii() else word[0]
    return (HINDI if not word.isascii() else "") + FIRST_SOUNDS.get(first, first)


def _weight(number: int) -> float:
    """Give what counts for a name that many listings bear."""
    return min(RARE_NAME, log10(number + 1) / 40)


def _elsewhere(plain: str, heard: str, pool: Pool, shelf: str) -> dict[str, float]:
    """Give scores of words of another initial, in the same script; they must be very near."""
    scores: dict[str, float] = {}
    for other in pool.labels:
        if other != shelf and other.startswith(HINDI) == shelf.startswith(HINDI):
            scores |= _scores(plain, heard, pool, other, SURE_ELSEWHERE)
    return scores


def _scores(plain: str, heard: str, pool: Pool, label: str, cutoff: float) -> dict[str, float]:
    """Give how alike the words of one shelf are to a word, those near enough only."""
    shelf = pool.shelf(label)
    consonants = skeleton(heard)
    best: dict[str, float] = {}
    for query, among in ((plain, shelf.words), (heard, shelf.sounds)):
        for _, likeness, at in extract(
            query, among, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=MOST_GUESSES
        ):
            word = shelf.words[at]
            is_same_row = skeleton(shelf.sounds[at]) == consonants
            if not _is_near(plain, heard, word, shelf.sounds[at], is_same_row=is_same_row):
                continue
            extra = SAME_CONSONANTS if is_same_row else 0.0
            extra += SAME_FIRST_LETTER if word[0] == plain[0] else 0.0
            total = min(1.0, likeness + extra) + shelf.weights[at]
            best[word] = max(best.get(word, 0.0), total)
    return best


def _is_near(plain: str, heard: str, word: str, sounds: str, *, is_same_row: bool) -> bool:
    """Tell whether a word is near enough to be meant at all; across scripts the sound decides."""
    if heard == sounds and len(plain) >= SHORTEST_SOUND:
        return True
    if plain.isascii() != word.isascii():
        plain, word = heard, sounds
    same_row, other_row = ALIKE.get(len(plain), ALIKE_WHEN_LONG)
    return OSA.normalized_similarity(plain, word) >= (same_row if is_same_row else other_row)


@lru_cache(maxsize=4096)
def _is_form(one: str, other: str) -> bool:
    """Tell whether two words are one word with and without an ending, or sound the same."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or sound(letters(one)) == sound(letters(other))
