"""Finds the phrases of a search: longest first, by letters, then by sound.

Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.search.understanding import data
from directory.search.understanding.forms import letters
from directory.search.understanding.lexicon import SHORTEST_SOUND
from directory.search.understanding.phrases import Known, is_small, letters_key, sound_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from directory.search.understanding.data import Meaning
    from directory.search.understanding.forms import Token
    from directory.search.understanding.lexicon import Lexicon
    from directory.search.understanding.phrases import Phrase

LONGEST_PHRASE = 8
# A phrase typed with other gaps than it has must be this long to be believed.
SHORTEST_JOINED = 6


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens from `first` up to, not including, `last`, and what they mean together."""

    first: int
    last: int
    meaning: Meaning
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """Looks phrases up; `is_word` tells words of listings, which sound alone may not change."""

    lexicon: Lexicon
    is_word: Callable[[str], bool]
    is_name: Callable[[str], bool]

    def matches(self, tokens: Sequence[Token], taken: Collection[int]) -> Iterator[Match]:
        """Yield the phrases found from left to right, none of them over a `taken` token."""
        at = 0
        while at < len(tokens):
            found = None if at in taken else self._longest(tokens, at, taken)
            if found is None:
                at += 1
                continue
            yield found
            at = found.last

    def within(self, tokens: Sequence[Token], match: Match) -> Iterator[tuple[str, str]]:
        """Yield what phrases inside a longer one mean by themselves ("dementia" in its clinic)."""
        for first in range(match.first, match.last):
            for last in range(first + 1, match.last + 1):
                if last - first == match.last - match.first:
                    continue
                inner = self.lexicon.by_letters.get(letters_key(tokens[first:last]))
                if inner is not None and self._tells(inner, tokens[first:last]):
                    yield from inner.meaning.firm

    def _tells(self, inner: Phrase, tokens: Sequence[Token]) -> bool:
        """Tell whether a phrase inside another is sure enough to put first what it means."""
        is_sure = inner.known <= Known.SPOKEN and not inner.meaning.soft
        is_weak = len(tokens) == 1 and tokens[0].letters in data.words().weak
        return is_sure and not is_weak and inner.words == len(tokens)

    def _longest(self, tokens: Sequence[Token], at: int, taken: Collection[int]) -> Match | None:
        most = min(len(tokens), at + LONGEST_PHRASE)
        for last in range(at + 1, most):
            if last in taken:
                most = last
                break
        for last in range(most, at, -1):
            phrase = self._phrase(tokens[at:last], is_whole=len(tokens) == last - at)
            if phrase is not None:
                return Match(at, last, phrase.meaning, phrase)
        return None

    def _phrase(self, tokens: Sequence[Token], *, is_whole: bool) -> Phrase | None:
        key = letters_key(tokens)
        phrase = self.lexicon.by_letters.get(key)
        if phrase is not None and _has_its_gaps(phrase, len(tokens), key):
            if self._is_believed(phrase, tokens, is_whole=is_whole):
                return phrase
            return None
        return self._by_sound(tokens)

    def _by_sound(self, tokens: Sequence[Token]) -> Phrase | None:
        """Find a phrase by its sound; it may not begin or end with a small word."""
        if is_small(tokens[0]) or is_small(tokens[-1]):
            return None
        if len(tokens) == 1 and self._is_plain(tokens[0]):
            return None
        phrase = self.lexicon.by_sound.get(sound_key(tokens))
        if phrase is None or phrase.known is Known.HEAD:
            return None
        return phrase

    def _is_plain(self, token: Token) -> bool:
        """Tell whether a word means itself and is not to be heard as another."""
        is_short = len(token.sound) < SHORTEST_SOUND
        return is_short or token.letters in self.lexicon.dropped or self.is_word(token.text)

    def _is_believed(self, phrase: Phrase, tokens: Sequence[Token], *, is_whole: bool) -> bool:
        if len(tokens) > 1:
            return True
        token = tokens[0]
        if phrase.known is Known.HEAD:
            is_typed = letters(token.text) == token.letters
            return is_typed and not self.is_name(token.text.lower())
        return token.letters not in data.words().weak or is_whole or token.text.isupper()


def _has_its_gaps(phrase: Phrase, words: int, key: str) -> bool:
    return phrase.words == words or len(key) >= SHORTEST_JOINED or not key.isascii()
