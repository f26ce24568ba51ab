"""How text becomes the words the index holds: one analyser for documents and for queries.

English words lose their endings (Porter), accents and case; Devanagari keeps its marks but loses
what people leave out when typing (nukta, chandrabindu). `stems` is the bulk form of `ANALYSER`
and gives the same words; a test holds them together. Called by everything in this room that
touches text, and by nothing outside it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from whoosh.analysis import STOP_WORDS, Filter, RegexTokenizer
from whoosh.lang.porter import stem as porter

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whoosh's default expression destroys Devanagari, whose vowel signs are no \\w.
WORD_EXPRESSION = r"[\w\u0900-\u0963\u0966-\u097F\u200c\u200d]+"
WORD = re.compile(WORD_EXPRESSION)
ROUND_THE_CLOCK = re.compile(r"\b24\s*[/*x×]\s*7\b", re.IGNORECASE)
# Latin accents are combining marks of this block once a letter is taken apart.
ACCENTS = re.compile(r"[\u0300-\u036f]")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
JOINERS = {0x200C: None, 0x200D: None}
LEFT_OUT_IN_HINDI = {0x093C: None, 0x0901: 0x0902}
# Hindi words that hold a sentence together and say nothing of what is sought.
HINDI_STOP_WORDS = frozenset(
    (
        "का",
        "की",
        "के",
        "को",
        "में",
        "से",
        "पर",
        "और",
        "है",
        "हैं",
        "हो",
        "था",
        "थी",
        "थे",
        "यह",
        "वह",
        "ने",
        "भी",
        "तो",
        "कि",
        "या",
        "एक",
    )
)
STOPPED = STOP_WORDS | HINDI_STOP_WORDS
WORDS_KEPT = 65_536
LONGEST_WORD = 64


def normal(text: str) -> str:
    """Give text in the one form it is cut into words from; lengths may change."""
    composed = unicodedata.normalize("NFC", text)
    return ROUND_THE_CLOCK.sub("24x7", composed)


def folded(word: str) -> str:
    """Give a word in lower case without accents, nukta and joiners, but with its ending."""
    lower = word.lower()
    if lower.isascii():
        return lower[:LONGEST_WORD]
    if DEVANAGARI.search(lower):
        decomposed = unicodedata.normalize("NFD", lower).translate(JOINERS)
        return decomposed.translate(LEFT_OUT_IN_HINDI)[:LONGEST_WORD]
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", lower))
    return unicodedata.normalize("NFC", bare).translate(JOINERS)[:LONGEST_WORD]


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str | None:
    """Give the form under which a single word is indexed; None for a word that is left out."""
    plain = folded(word)
    if not plain or plain in STOPPED:
        return None
    return str(porter(plain)) if plain.isascii() else plain


def stems(text: str) -> list[str]:
    """Give the indexed words of a text in order, those left out skipped."""
    found = map(stem, WORD.findall(normal(text)))
    return [word for word in found if word is not None]


def plain_words(text: str) -> list[str]:
    """Give the words of a text folded but with their endings and nothing left out."""
    return [word for word in map(folded, WORD.findall(normal(text))) if word]


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and indexed form of each indexed word of a text already `normal`."""
    for match in WORD.finditer(text):
        word = stem(match.group())
        if word is not None:
            yield match.start(), match.end(), word


class StemmingFilter(Filter):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's place in the chain for `stem`: stop words, folding and endings in one."""

    def __call__(self, tokens: Any) -> Iterator[Any]:  # noqa: ANN401 - Whoosh's tokens have no type
        """Yield the tokens that are kept, with their indexed text."""
        position = None
        for token in tokens:
            word = stem(token.text)
            if word is None:
                continue
            token.text = word
            if token.positions:
                position = token.pos if position is None else position + 1
                token.pos = position
            yield token


ANALYSER = RegexTokenizer(WORD_EXPRESSION) | StemmingFilter()
