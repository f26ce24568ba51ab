"""How a word sounds, so that both scripts and the many ways to write one sound fall together.

"Neend", "nind" and "नींद" sound the same, as do "Saxena", "Saksena" and "सक्सेना". Only for
comparing, never for showing. Called by the search and by what tells listings apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from directory.core.hindi import latin

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
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
SILENT_IN_SKELETON = str.maketrans("", "", "aeiouhy")
WORDS_KEPT = 32_768


@lru_cache(maxsize=WORDS_KEPT)
def sound(plain: str) -> str:
    """Give how a word sounds; equal for spellings of one sound.

    `plain` is in small letters without accents. What is neither Latin nor Hindi stays as it is.
    """
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
