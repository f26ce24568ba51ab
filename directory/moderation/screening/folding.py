"""Letters as they are heard: look-alikes, width, zero-width and Hindi in either script.

`plain` keeps the script and gives one or no letter for each; `folded` writes a word of Hindi, in
either script, in one spelling. Used by `spoken.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Cyrillic and Greek letters that look Latin, as spammers type them.
LOOK_ALIKES = dict(zip("аеорсухіјѕкмтвнԁɡ", "aeopcyxijskmtbhdg", strict=True)) | dict(
    zip("αερονικτυχ", "aepoviktux", strict=True)
)
NUKTA, HALANT, ANUSVARA = "\u093c", "\u094d", "\u0902"
NASALS = {"\u0901": ANUSVARA}
CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसह",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "f",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
        ],
        strict=True,
    )
)
VOWELS = dict(
    zip(
        "अआइईउऊएऐओऔऑऍऋ",
        ["a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "o", "e", "ri"],
        strict=True,
    )
)
SIGNS = dict(
    zip("ािीुूेैोौॉॅृ", ["a", "i", "i", "u", "u", "e", "e", "o", "o", "o", "e", "ri"], strict=True)
)
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
# One spelling for the many of roman Hindi; longest first where it matters.
SPELLINGS = (
    ("chh", "ch"),
    ("nb", "mb"),
    ("np", "mp"),
    ("iye", "ie"),
    ("iya", "ia"),
    ("eh", "ah"),
    ("ph", "f"),
    ("w", "v"),
    ("z", "j"),
    ("q", "k"),
    ("x", "ks"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "o"),
    ("au", "o"),
    ("ai", "e"),
    ("ay", "e"),
    ("ei", "e"),
)
# After another consonant these keep their vowel at the end of a word: "shunya", "kendra".
SONORANTS = frozenset({"y", "r", "v"})
TWICE = re.compile(r"(.)\1+")
C_ALONE = re.compile(r"c(?!h)")
# Words as they are typed in haste.
WHOLE = {
    "mn": "man",
    "kr": "kar",
    "krta": "karta",
    "krti": "karti",
    "krna": "karna",
    "krdo": "kardo",
    "krke": "karke",
    "krne": "karne",
    "mrna": "marna",
    "mrne": "marne",
    "h": "hai",
    "nhi": "nahi",
    "nai": "nahi",
    "mje": "mujhe",
    "mjhe": "mujhe",
    "dwai": "davai",
    "dwa": "dava",
    "dwaiya": "davaiya",
    "jna": "jana",
    "rha": "raha",
    "rhi": "rahi",
    "jaun": "jau",
    "jaaun": "jau",
    "jaoon": "jau",
    "main": "me",
    "mein": "me",
    "mai": "me",
    "hun": "hu",
    "hoon": "hu",
    "maa": "ma",
}
SHORTEST_WITH_NASAL = 4


@lru_cache(maxsize=4096)
def plain(letter: str) -> str:
    """Give a letter without width, accent, case or look; nothing for marks that do not show."""
    found = []
    for one in unicodedata.normalize("NFKD", letter).lower():
        kind = unicodedata.category(one)
        if one == NUKTA or kind == "Cf" or (kind == "Mn" and not DEVANAGARI.match(one)):
            continue
        if kind == "Nd":
            found.append(str(unicodedata.digit(one)))
        else:
            found.append(LOOK_ALIKES.get(one) or NASALS.get(one, one))
    return "".join(found)


@lru_cache(maxsize=16384)
def folded(word: str) -> str:
    """Give the one spelling of a plain word: "dawaai", "davai" and "दवाई" are the same."""
    roman = _in_roman(word) if DEVANAGARI.search(word) else WHOLE.get(word, word)
    for spelling, usual in SPELLINGS:
        roman = roman.replace(spelling, usual)
    roman = TWICE.sub(r"\1", C_ALONE.sub("k", roman).replace("ch", "c"))
    if len(roman) >= SHORTEST_WITH_NASAL and (
        roman[-2:] in {"en", "on", "un"} or roman.endswith("hin")
    ):
        roman = roman[:-1]
    is_breathed = len(roman) >= SHORTEST_WITH_NASAL and roman[-2:] in {"ah", "eh", "oh"}
    return roman[:-1] if is_breathed else roman


def _in_roman(word: str) -> str:
    """Give a word of Devanagari in Latin letters, without the vowels that are not spoken."""
    parts: list[list[str]] = []
    for at, letter in enumerate(word):
        if letter in CONSONANTS:
            parts.append([CONSONANTS[letter], "_"])
        elif letter in SIGNS and parts:
            parts[-1][1] = SIGNS[letter]
        elif letter == HALANT and parts:
            parts[-1][1] = ""
        elif letter in VOWELS:
            parts.append(["", VOWELS[letter]])
        elif letter == ANUSVARA and at < len(word) - 1:
            parts.append(["n", ""])
        elif letter.isascii():
            parts.append([letter, ""])
    return "".join(consonant + vowel for consonant, vowel in _spoken_vowels(parts))


def _spoken_vowels(parts: list[list[str]]) -> list[list[str]]:
    """Drop the inherent vowel at the end, and between a spoken vowel and a spoken syllable."""
    if len(parts) > 1 and parts[-1][1] == "_" and (parts[-2][1] or parts[-1][0] not in SONORANTS):
        parts[-1][1] = ""
    for at in range(len(parts) - 2, 0, -1):
        if parts[at][1] == "_" and parts[at - 1][1] and parts[at + 1][1]:
            parts[at][1] = ""
    return [[consonant, "a" if vowel == "_" else vowel] for consonant, vowel in parts]
