"""Writes Devanagari in Latin letters as it is spoken, so that both scripts can be compared.

Not a transliteration to show anybody: it only has to agree with the way people type Hindi in
Latin letters. Called by `sounds.py` and by the search.
"""

from __future__ import annotations

INHERENT = "a"
VIRAMA = "\u094d"
NUKTA = "\u093c"
# fmt: off
CONSONANTS = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j",
    "झ": "jh", "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t",
    "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh",
    "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "sh", "ष": "sh",
    "स": "s", "ह": "h",
}
SIGNS = {
    "ा": "aa", "ि": "i", "ी": "ee", "ु": "u", "ू": "oo", "ृ": "ri", "े": "e", "ै": "ai",
    "ो": "o", "ौ": "au", "ॅ": "e", "ॉ": "o", "ॆ": "e", "ॊ": "o",
}
VOWELS = {
    "अ": "a", "आ": "aa", "इ": "i", "ई": "ee", "उ": "u", "ऊ": "oo", "ऋ": "ri", "ए": "e",
    "ऐ": "ai", "ओ": "o", "औ": "au", "ऍ": "e", "ऑ": "o",
}
# fmt: on
SINGLE_SOUNDS = frozenset(CONSONANTS.values())
MARKS = {"\u0902": "n", "\u0903": "h", "\u0901": "n"}


def latin(word: str) -> str:
    """Give a word of Devanagari in Latin letters; other characters stay as they are."""
    sounds = _syllables(word)
    _drop_silent_vowels(sounds)
    return "".join(onset + vowel + coda for onset, vowel, coda in sounds)


def _syllables(word: str) -> list[list[str]]:
    """Give [consonants, vowel, nasal] of each syllable; a consonant without sign says "a"."""
    found: list[list[str]] = []
    is_joined = False
    for character in word:
        if character in CONSONANTS:
            if is_joined:
                found[-1][0] += CONSONANTS[character]
                found[-1][1] = INHERENT
            else:
                found.append([CONSONANTS[character], INHERENT, ""])
        elif character in SIGNS and found:
            found[-1][1] = SIGNS[character]
        elif character in MARKS and found:
            found[-1][2] += MARKS[character]
        elif character == VIRAMA and found:
            found[-1][1] = ""
        elif character != NUKTA:
            found.append(["", VOWELS.get(character, character), ""])
        is_joined = character == VIRAMA and bool(found)
    return found


def _drop_silent_vowels(sounds: list[list[str]]) -> None:
    """Leave out the inherent vowels Hindi does not speak: at the end, and in V-C-a-C-V."""
    if len(sounds) < 2:  # noqa: PLR2004 - a word of one syllable keeps its vowel
        return
    last = sounds[-1]
    if last[1] == INHERENT and last[0] and not last[2]:
        last[1] = ""
    for at in range(len(sounds) - 2, 0, -1):
        onset, vowel, coda = sounds[at]
        is_plain = vowel == INHERENT and not coda and onset in SINGLE_SOUNDS
        if is_plain and sounds[at + 1][1] and sounds[at - 1][1] and sounds[at + 1][0]:
            sounds[at][1] = ""
