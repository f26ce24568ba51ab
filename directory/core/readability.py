"""How hard an English text is to read: sentences, words and the Flesch-Kincaid school grade.

The formula of Kincaid, Fishburne, Rogers and Chissom (1975), with syllables by groups of vowels.
Somebody in grade 6 is about 11, so the reading age is the grade and five years. Not for Hindi.
Called by the guides room and by the tests of the vocabulary's plain words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d+")
VOWELS = re.compile(r"[aeiouy]+")
YEARS_BEFORE_SCHOOL = 5


def sentences(text: str) -> list[str]:
    """Give the sentences of a text."""
    return SENTENCE_END.split(text.strip())


def words(text: str) -> list[str]:
    """Give the words of a text."""
    return WORD.findall(text)


def school_grade(text: str) -> float:
    """Give the years of school a text asks for."""
    return grade_of(sentences(text))


def grade_of(read: Sequence[str]) -> float:
    """Give the years of school some sentences ask for; at least one of them has a word."""
    found = [word for sentence in read for word in words(sentence)]
    syllables = sum(_syllables(word) for word in found)
    return 0.39 * len(found) / len(read) + 11.8 * syllables / len(found) - 15.59


def _syllables(word: str) -> int:
    lowered = word.lower()
    groups = len(VOWELS.findall(lowered))
    if lowered.endswith("e") and not lowered.endswith("le") and groups > 1:
        groups -= 1
    return max(groups, 1)
