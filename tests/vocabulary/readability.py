"""How hard an English text is to read: sentences, words and the Flesch-Kincaid school grade."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d+")
VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """Give the sentences of a text."""
    return SENTENCE_END.split(text.strip())


def words(text: str) -> list[str]:
    """Give the words of a text."""
    return WORD.findall(text)


def school_grade(text: str) -> float:
    """Give the years of school a text asks for (Flesch-Kincaid, syllables by groups of vowels)."""
    found = words(text)
    syllables = sum(_syllables(word) for word in found)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * syllables / len(found) - 15.59


def _syllables(word: str) -> int:
    lowered = word.lower()
    groups = len(VOWELS.findall(lowered))
    if lowered.endswith("e") and not lowered.endswith("le") and groups > 1:
        groups -= 1
    return max(groups, 1)
