"""The forms in which words of a search are compared: letters, sound, consonants.

Letters: case, accents, nukta, chandrabindu and apostrophes do not count. Sound: both scripts and
the many ways to write one Hindi or English sound fall together ("neend", "nind", "नींद").
Consonants: the first sound and the consonants after it, the loosest. Called by this package only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from directory.core.sounds import sound
from directory.search.analysis import folded

LONGEST_TEXT = 200
MOST_WORDS = 24
# Hours round the clock, a number, or a run of letters; combining marks stay in their word.
TOKEN = re.compile(
    r"(?P<clock>\b24\s*[/*x×]\s*7\b)|(?P<money>₹)"
    r"|(?P<number>\d+(?:,\d{2,3})*(?:\.\d+)?)"
    r"|(?P<word>(?:[^\W\d_]|[\u0900-\u0963\u0970-\u097F\u200c\u200d])+"
    r"(?:['’](?:[^\W\d_])+)?)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
APOSTROPHES = str.maketrans("", "", "'’")
# Nasals before a consonant are written half, as a dot, or as another half letter.
HALF_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])")
WORDS_KEPT = 32_768


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a search: as typed, where it stands in the text, its letters and its sound."""

    text: str
    start: int
    end: int
    letters: str
    sound: str


def composed(text: str) -> str:
    """Give the part of a text that is read, in one Unicode form."""
    return unicodedata.normalize("NFC", text)[:LONGEST_TEXT]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Give the words of a `composed` text in order, at most `MOST_WORDS`."""
    found = []
    for match in TOKEN.finditer(text):
        typed = match.group()
        token = Token(typed, match.start(), match.end(), *_forms(typed, match.lastgroup or ""))
        found.append(token)
        if len(found) == MOST_WORDS:
            break
    return tuple(found)


def changed(token: Token, word: str) -> Token:
    """Give a token that stands where another stood and means `word`."""
    return Token(token.text, token.start, token.end, letters(word), sound(letters(word)))


@lru_cache(maxsize=WORDS_KEPT)
def letters(word: str) -> str:
    """Give a word without what people leave out or vary when typing."""
    plain = folded(word.translate(APOSTROPHES))
    if plain.isascii():
        return plain
    return HALF_NASAL.sub("\u0902", plain)


def words_of(phrase: str) -> tuple[Token, ...]:
    """Give the words of a phrase of the vocabulary or of the room's data, in all forms."""
    return tokens_of(unicodedata.normalize("NFC", phrase))


def _forms(typed: str, group: str) -> tuple[str, str]:
    if group == "clock":
        return "24x7", "24x7"
    if group == "number":
        digits = "".join(str(int(c)) if c.isdecimal() else c for c in typed if c != ",")
        return digits, digits
    plain = letters(typed)
    return plain, sound(plain)
