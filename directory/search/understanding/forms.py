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

from directory.search.analysis import DEVANAGARI, folded
from directory.search.understanding.hindi import latin

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
# The order matters: the longest spelling of a sound comes first.
SOUNDS = {
    "tch": "C", "chh": "C", "cch": "C", "ch": "C", "ck": "k", "sh": "s", "ph": "f", "kh": "k",
    "gh": "g", "th": "t", "dh": "d", "bh": "b", "jh": "j", "zh": "j", "ce": "se", "ci": "si",
    "cy": "si", "ee": "i", "ii": "i", "ie": "i", "oo": "u", "uu": "u", "ou": "o", "au": "o",
    "ow": "o", "aa": "a", "ai": "e", "ay": "e", "ei": "e", "ey": "e", "w": "v", "z": "j",
    "q": "k", "x": "ks", "c": "k",
}  # fmt: skip
SOUND = re.compile("|".join(SOUNDS))
DOUBLED = re.compile(r"([a-zA-Z])\1+")
# Nasals before a consonant are written half, as a dot, or as another half letter.
HALF_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])")
SILENT_IN_SKELETON = str.maketrans("", "", "aeiouhy")
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


@lru_cache(maxsize=WORDS_KEPT)
def sound(plain: str) -> str:
    """Give how a word sounds, from its `letters`; equal for spellings of one sound."""
    heard = latin(plain) if DEVANAGARI.search(plain) else plain
    if not heard.isalpha() or not heard.isascii():
        return heard
    heard = SOUND.sub(lambda match: SOUNDS[match.group()], heard)
    heard = DOUBLED.sub(r"\1", heard)
    if len(heard) > 2 and heard[-1] == "h" and heard[-2] in "aeiou":  # noqa: PLR2004
        heard = heard[:-1]
    if len(heard) > 4 and heard[-1] == "e" and heard[-2] not in "aeiou":  # noqa: PLR2004
        heard = heard[:-1]
    return heard[:-1] + "i" if heard[-1:] == "y" else heard


@lru_cache(maxsize=WORDS_KEPT)
def skeleton(heard: str) -> str:
    """Give the first letter and the consonants of a sound; all vowels at the start are one."""
    first = "a" if heard[:1] in "aeiou" else heard[:1]
    return first + DOUBLED.sub(r"\1", heard[1:].translate(SILENT_IN_SKELETON))


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
