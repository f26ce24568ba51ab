"""Reads the words of a search: what they mean, what is misspelt, and whether help is needed now.

`Reader.read` is the one way in; `plain` serves those who turn the reading off. No word is kept
or logged. Called through `search.parameters` and `search.local` by both doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.search.request import Correction, Reading
from directory.search.understanding import crisis, data
from directory.search.understanding.forms import QUOTED, changed, composed, tokens_of
from directory.search.understanding.lexicon import lexicon_of
from directory.search.understanding.matching import Matcher
from directory.search.understanding.parsing import Parser
from directory.search.understanding.phrases import Known, letters_key, read_tokens, sound_key
from directory.search.understanding.places import place_of
from directory.search.understanding.spelling import Speller
from directory.search.understanding.wording import reading_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import datetime

    from directory.search.request import Place
    from directory.search.understanding.forms import Token
    from directory.search.understanding.parsing import Parsed
    from directory.search.understanding.spelling import Guess
    from directory.vocabulary.queries import Vocabulary

MOST_PLACES = 4
LEAST_ALIKE = 0.6
# Endings of forms of one English word.
ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "er", "ers", "'s")
# Words after which a name of a place is whole.
AFTER_PLACES = frozenset({"metro", "station", "delhi", "dilli"})


class IndexWords(Protocol):
    """What the index says of words; `names` are the lower-case words of listings' names."""

    @property
    def names(self) -> Mapping[str, int]:
        """Give each word of a name, in both scripts, with the number of listings that bear it."""

    def knows(self, word: str) -> bool:
        """Tell whether some result holds a word, whatever its ending."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A correction that may be applied, and the place of its word."""

    at: int
    correction: Correction
    is_name: bool


class Reader:
    """Reads searches with one vocabulary and the words of one state of the index.

    `index_words` may be missing while there is no index; then fewer words are known. Making a
    reader is cheap: what comes from the vocabulary alone is kept for each of its states.
    """

    def __init__(self, vocabulary: Vocabulary, index_words: IndexWords | None) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon_of(vocabulary)
        self._index_words = index_words
        self._names: Mapping[str, int] = {} if index_words is None else index_words.names
        self._parser = Parser(
            self._lexicon, Matcher(self._lexicon, self._is_word, self._names.__contains__)
        )
        self._speller = Speller(self._lexicon.pool, self._names, self._lexicon.meaning_of)

    def read(self, text: str, *, now: datetime | None = None) -> Reading:
        """Give what free text says; at most 200 characters and 24 words of it are read."""
        whole = composed(text)
        phrases, rest = _without_quoted(whole)
        tokens, listed = self._spelled(read_tokens(rest))
        parsed = self._parser.parsed(tokens, now)
        is_cried_in_quotes = bool(phrases) and bool(crisis.heard(read_tokens(whole)))
        corrections: tuple[Correction, ...] = ()
        did_you_mean = None
        unknown = [at for at in parsed.left if self._is_unknown(tokens[at])]
        if unknown:
            cries = crisis.heard_loosely(tokens, unknown)
            mended, repairs, did_you_mean = self._mended(whole, tokens, unknown, parsed.names)
            if repairs:
                parsed = self._parser.parsed(mended, now, parsed.names)
                corrections = tuple(
                    repair.correction
                    for repair in repairs
                    if repair.is_name or repair.at in parsed.covered
                )
            parsed.add_cries([*cries, *crisis.heard(tokens)])
        parsed.crisis = parsed.crisis or is_cried_in_quotes
        self._pass_over_everyday_words(parsed, corrections)
        return reading_of(
            whole,
            parsed,
            phrases=phrases,
            corrections=(*listed, *corrections),
            did_you_mean=did_you_mean,
            is_word=self._is_word,
            implied=self._lexicon.implied,
        )

    def place_named(self, text: str) -> Place | None:
        """Give the locality, station or PIN code a text names: slug, name or other spelling."""
        words = composed(text).strip()
        if words.isdecimal():
            return self._lexicon.pins.get("".join(str(int(digit)) for digit in words))
        by_slug = place_of(words.lower().replace(" ", "-"), self._vocabulary)
        if by_slug is not None:
            return by_slug
        tokens = read_tokens(words)
        while len(tokens) > 1 and tokens[-1].letters in AFTER_PLACES:
            slug = self._place_slug(tokens)
            if slug is not None:
                return place_of(slug, self._vocabulary)
            tokens = tokens[:-1]
        slug = self._place_slug(tokens)
        return None if slug is None else place_of(slug, self._vocabulary)

    def places_like(self, text: str) -> list[Place]:
        """Give up to four places whose names are spelled or sound like a text, the likest first."""
        wanted = sound_key(read_tokens(composed(text)))
        if not wanted:
            return []
        near = extract(
            wanted,
            self._lexicon.place_sounds.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_ALIKE,
            limit=3 * MOST_PLACES,
        )
        slugs = dict.fromkeys(self._lexicon.place_sounds[name] for name, _, _ in near)
        found = [place_of(slug, self._vocabulary) for slug in slugs]
        return [place for place in found if place is not None][:MOST_PLACES]

    def _place_slug(self, tokens: Sequence[Token]) -> str | None:
        for key, phrases in (
            (letters_key(tokens), self._lexicon.places),
            (sound_key(tokens), self._lexicon.place_sounds),
        ):
            if key in phrases:
                return phrases[key]
        return None

    def _is_word(self, word: str) -> bool:
        return self._index_words is not None and self._index_words.knows(word)

    def _is_unknown(self, token: Token) -> bool:
        """Tell whether a word that was left over is known neither here nor to the index."""
        word = token.letters
        is_known = word in self._lexicon.spellings or word in data.ordinary_words()
        return not (is_known or self._is_word(token.text) or token.text.lower() in self._names)

    def _pass_over_everyday_words(self, parsed: Parsed, corrected: Sequence[Correction]) -> None:
        """Leave out stray words nobody can match when something else was understood.

        A name, a rare word and a word that a result holds are searched for all the same.
        """
        if not parsed.says_something():
            return
        kept = {correction.typed for correction in corrected}
        parsed.left = [
            at
            for at in parsed.left
            if at in parsed.names
            or parsed.tokens[at].text in kept
            or not self._is_stray(parsed.tokens[at])
        ]

    def _is_name(self, guess: Guess) -> bool:
        return guess.is_name or guess.word.lower() in self._names

    def _is_stray(self, token: Token) -> bool:
        if self._is_word(token.text) or token.text.lower() in self._names:
            return False
        word = token.letters
        is_small = len(word) == 1 or word in data.words().numbers
        return is_small or _is_everyday(word) or token.sound in data.ordinary_sounds()

    def _spelled(self, tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Correction, ...]]:
        """Give the words with those in a listed misspelling spelled right, and what was changed."""
        spelled = list(tokens)
        changes: list[Correction] = []
        for at, token in enumerate(tokens):
            phrase = self._lexicon.by_letters.get(token.letters)
            if phrase is not None and phrase.known is Known.MISSPELT and phrase.shown.isalpha():
                spelled[at] = changed(token, phrase.shown)
                changes.append(Correction(token.text, phrase.shown))
        return tuple(spelled), tuple(changes)

    def _mended(
        self, text: str, tokens: Sequence[Token], unknown: Sequence[int], names: Container[int]
    ) -> tuple[list[Token], list[Repair], str | None]:
        """Give the words corrected where that is sure, and the text with every guess in it.

        A word at one of the places in `names` stands for a person and becomes no other thing.
        """
        mended = list(tokens)
        sure: list[Repair] = []
        guesses: list[tuple[Token, str]] = []
        for at in unknown:
            is_verb = tokens[at].sound in data.verb_sounds() and tokens[at].letters.isascii()
            guess = None if is_verb else self._speller.guess(tokens[at].text)
            if guess is None or (at in names and not self._is_name(guess)):
                continue
            right = self._right(guess.word)
            word = right.title() if tokens[at].text.istitle() else right
            guesses.append((tokens[at], word))
            if guess.is_sure:
                mended[at] = changed(tokens[at], right if right.isalpha() else guess.word)
                is_name = at in names or guess.is_name
                sure.append(Repair(at, Correction(tokens[at].text, word), is_name))
        has_doubt = len(sure) < len(guesses)
        return mended, sure, _rewritten(text, guesses) if has_doubt else None

    def _right(self, word: str) -> str:
        """Give how a word is rightly spelled: a guess may be a spelling that is never shown."""
        phrase = self._lexicon.by_letters.get(word)
        if phrase is None:
            return word
        is_hidden = phrase.known is Known.MISSPELT or word in self._lexicon.hidden
        return phrase.shown if is_hidden else word


def _is_everyday(word: str) -> bool:
    """Tell whether a word is an everyday one of English, in any of its forms."""
    ordinary = data.ordinary_words()
    stems = (word.removesuffix(ending) for ending in ENDINGS)
    return any(stem in ordinary or f"{stem}e" in ordinary for stem in stems)


def plain(text: str) -> Reading:
    """Give the words of a text, none of them read as a filter; a cry for help is still heard."""
    phrases, rest = _without_quoted(composed(text))
    tokens = tokens_of(rest)
    return Reading(
        words=tuple(token.text for token in tokens),
        phrases=phrases,
        crisis=bool(crisis.heard(read_tokens(composed(text)))),
    )


def _without_quoted(text: str) -> tuple[tuple[str, ...], str]:
    """Give the quoted parts, and the text with spaces in their place."""
    quoted = tuple(match.group(1).strip() for match in QUOTED.finditer(text))
    rest = QUOTED.sub(lambda match: " " * len(match.group()), text)
    return tuple(part for part in quoted if part), rest


def _rewritten(text: str, guesses: Sequence[tuple[Token, str]]) -> str:
    """Give the text with each guess in the place of the word typed."""
    parts: list[str] = []
    at = 0
    for token, word in guesses:
        parts += [text[at : token.start], word]
        at = token.end
    return "".join([*parts, text[at:]])
