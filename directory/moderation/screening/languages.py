"""Which of the desk's languages a text is written in. Called by the desk when a case is opened."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from directory.moderation.screening.rules import read_data
from directory.moderation.screening.spoken import spoken

HINDI_LETTERS = re.compile(r"[\u0900-\u097f]")
LATIN_LETTERS = re.compile(r"[a-z]")
HINDI_SHARE = 0.3
LEAST_WORDS = 2
HINGLISH_SHARE = 0.12


def language_of(text: str) -> Literal["en", "hi", "hinglish"]:
    """Give "hi" for Devanagari, "hinglish" for Hindi words in Latin letters, else "en"."""
    letters = spoken(text).letters
    hindi, latin = len(HINDI_LETTERS.findall(letters)), len(LATIN_LETTERS.findall(letters))
    if hindi and hindi >= HINDI_SHARE * (hindi + latin):
        return "hi"
    words = [word.plain for word in spoken(text).words if word.plain.isalpha()]
    small = [word for word in words if word in _hindi_words()]
    sure = [word for word in small if word not in _english_too()]
    is_mixed = len(sure) >= LEAST_WORDS and len(small) >= HINGLISH_SHARE * len(words)
    return "hinglish" if is_mixed or (sure and len(small) * 2 >= len(words)) else "en"


@cache
def _hindi_words() -> frozenset[str]:
    return frozenset(read_data("languages.yaml")["hindi"].split())


@cache
def _english_too() -> frozenset[str]:
    return frozenset(read_data("languages.yaml")["english"].split())
