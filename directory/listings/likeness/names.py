"""Names as they are compared: by the sound of their words, without titles, in any order.

"Dr. Meenakshi Rawat", "RAWAT, Minakshi" and "डॉ. मीनाक्षी रावत" are one name. A word that only
says what kind of place it is counts little. Called by `scoring.py` and `pairing.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from directory.core.sounds import skeleton, sound

WORD = re.compile(r"[a-z]+|\d+|[\u0900-\u0963\u0970-\u097f]+")
APOSTROPHES = re.compile(r"['’`\u200c\u200d]")
ACCENTS = re.compile(r"[\u0300-\u036f]")
# Degrees stand behind the name of a person, after a comma or in brackets.
BEHIND_A_NAME = re.compile(r"[,(\[].*$", re.DOTALL)
COMMA = ","

TITLES = frozenset(
    {
        *("dr", "drs", "doc", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"),
        *("shri", "shree", "smt", "shrimati", "sushri", "sardar", "col", "maj", "lt", "brig"),
        *("mbbs", "phd", "mphil", "psyd", "retd", "डॉ", "डा", "डॉक्टर", "डाक्टर", "प्रो"),
        *("श्री", "श्रीमती", "सुश्री", "प्रोफेसर", "प्रोफ़ेसर"),
    }
)
ALSO_WRITTEN = {
    "mohd": "mohammad",
    "md": "mohammad",
    "mohammed": "mohammad",
    "muhammad": "mohammad",
}
# What says the kind of a place, its legal form or nothing; such words are no name by themselves.
GENERIC_WORDS = (
    *("hospital", "hospitals", "clinic", "clinics", "centre", "center", "nursing", "home", "house"),
    *("de", "addiction", "deaddiction", "rehab", "rehabilitation", "nasha", "mukti", "kendra"),
    *("mental", "mind", "health", "care", "healthcare", "wellness", "psychiatric", "psychiatry"),
    *("neuropsychiatric", "psychological", "psychology", "counselling", "counseling", "therapy"),
    *("treatment", "medical", "institute", "foundation", "trust", "society", "ngo", "private"),
    *("pvt", "limited", "ltd", "llp", "india", "delhi", "new", "the", "of", "for", "and", "in"),
    *("services", "unit", "branch", "day", "half", "way", "group", "speciality", "multispeciality"),
    *(
        "अस्पताल",
        "क्लिनिक",
        "केंद्र",
        "नशा",
        "मुक्ति",
        "मानसिक",
        "स्वास्थ्य",
        "मनोरोग",
        "पुनर्वास",
        "गृह",
        "सेवा",
    ),
)

# Initials that sound otherwise in a word: "C." is Chandrima or Catherine, "Y." is Yashpal.
BEGINNINGS = {"c": "Ck", "y": "y"}
SAME = 1.0
INITIAL_ONLY = 0.7
# One slip in a word of six sounds, two in one of nine: "Agarval" and "Agraval".
SLIPS = ((1, 6, 0.9), (2, 9, 0.85))
# Two sounds that changed places: "Anli" for "Anil".
SHORTEST_SWAPPED = 4
WEIGHT_OF_INITIAL = 0.5
WEIGHT_OF_GENERIC = 0.25
# One name holds all of the other and more: "Anil Sharma", "Anil Kumar Sharma".
CONTAINED = 0.9
OTHER_FIGURES = 0.5
# Below two whole words, or one and an initial, a person's name is only half known.
LEAST_OF_A_PERSON = 1.5
LEAST_OF_A_PLACE = 1.0
HALF_KNOWN = 0.5
SHORTEST_JOINED = 6
NAMES_KEPT = 65_536


def _plain(text: str) -> str:
    """Give a text in small letters without accents and apostrophes."""
    folded = ACCENTS.sub("", unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).lower()))
    return unicodedata.normalize("NFC", folded)


GENERIC = frozenset(sound(_plain(word)) for word in GENERIC_WORDS)


@dataclass(frozen=True, slots=True)
class Name:
    """A name by its sounds, in order; `bones` are the consonants of the words that tell most."""

    words: tuple[str, ...]
    bones: tuple[str, ...]
    is_person: bool

    @property
    def joined(self) -> str:
        """Give the whole name as one sound: "Ram Pal" and "Rampal" are the same."""
        return "".join(self.words)


@lru_cache(maxsize=NAMES_KEPT)
def read_name(text: str, *, is_person: bool) -> Name:
    """Give a name as it is compared; without any word when the text has none to go by."""
    plain = _plain(text)
    if is_person:
        plain = _without_degrees(plain)
    found = [ALSO_WRITTEN.get(word, word) for word in WORD.findall(plain) if word not in TITLES]
    words = tuple(word if word in BEGINNINGS else sound(word) for word in found)
    generic = _generic(is_person=is_person)
    telling = [word for word in words if _tells(word, generic)] or words
    return Name(words, tuple(dict.fromkeys(map(skeleton, telling))), is_person)


def _without_degrees(plain: str) -> str:
    """Give a person's name without what stands behind it; "Rawat, Meenakshi" stays whole."""
    before, comma, after = plain.partition(COMMA)
    told = [word for word in WORD.findall(before) if word not in TITLES]
    if comma and len(told) == 1:
        return f"{before} {BEHIND_A_NAME.sub('', after)}"
    return BEHIND_A_NAME.sub("", plain)


def _generic(*, is_person: bool) -> frozenset[str]:
    """Give the words that are no name by themselves; people are called Khare and Dey."""
    return frozenset() if is_person else GENERIC


def _tells(word: str, generic: frozenset[str]) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in generic


def name_likeness(one: Name, other: Name) -> float:
    """Give how alike two names are, from 0 to 1; equal only when every word sounds the same."""
    if not one.words or not other.words:
        return 0.0
    if sorted(one.words) == sorted(other.words):
        return SAME
    if len(one.joined) >= SHORTEST_JOINED and one.joined == other.joined:
        return SAME
    short, long = sorted((one, other), key=lambda name: (len(name.words), len(name.joined)))
    generic = _generic(is_person=one.is_person)
    matched, telling, left = _matched(short.words, long.words, generic)
    whole = sum(_weight(word, generic) for word in short.words)
    likeness = matched / whole if whole else 0.0
    if any(_tells(word, generic) for word in left):
        likeness *= CONTAINED
    if _figures(one) != _figures(other):
        likeness *= OTHER_FIGURES
    least = LEAST_OF_A_PERSON if one.is_person else LEAST_OF_A_PLACE
    if min(least, sum(_weight(word, generic) for word in long.words)) > telling:
        return min(likeness, HALF_KNOWN)
    return min(likeness, CONTAINED)


def _matched(
    short: tuple[str, ...], long: tuple[str, ...], generic: frozenset[str]
) -> tuple[float, float, list[str]]:
    """Give the weight that matches, that of telling words in it, and the long name's other words.

    Each word takes the likest of those still free.
    """
    left, matched, telling = list(long), 0.0, 0.0
    for word in sorted(short, key=len, reverse=True):
        likest = max(left, key=lambda each, word=word: word_likeness(word, each))  # type: ignore[misc]
        found = word_likeness(word, likest)
        if not found:
            continue
        left.remove(likest)
        matched += found * _weight(word, generic)
        if _tells(word, generic):
            telling += SAME if min(len(word), len(likest)) > 1 else WEIGHT_OF_INITIAL
        elif len(word) == 1:
            telling += WEIGHT_OF_INITIAL
    return matched, telling, left


def _weight(word: str, generic: frozenset[str]) -> float:
    if len(word) == 1:
        return WEIGHT_OF_INITIAL
    return WEIGHT_OF_GENERIC if word in generic else SAME


def word_likeness(one: str, other: str) -> float:
    """Give how alike two sounds are: the same, one the initial of the other, or a slip apart."""
    if one == other:
        return SAME
    if 1 in (len(one), len(other)):
        initial, word = sorted((one, other), key=len)
        return INITIAL_ONLY if word[0] in BEGINNINGS.get(initial, initial[:1]) else 0.0
    if one.isdigit() or other.isdigit() or skeleton(one)[:1] != skeleton(other)[:1]:
        return 0.0
    longest = max(len(one), len(other))
    slips = OSA.distance(one, other, score_cutoff=SLIPS[-1][0])
    if slips == 1 and longest >= SHORTEST_SWAPPED and sorted(one) == sorted(other):
        return SLIPS[0][-1]
    fitting = (likeness for most, least, likeness in SLIPS if slips <= most and longest >= least)
    return next(fitting, 0.0)


def _figures(name: Name) -> set[str]:
    return {word for word in name.words if word.isdigit()}
