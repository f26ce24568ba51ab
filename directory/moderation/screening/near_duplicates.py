"""Finds texts that say nearly the same in the same words: runs of three words, compared as sets.

Robust to capitals, punctuation and a few changed words. Called by the patterns of the desk.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS_IN_A_SHINGLE = 3
# From here on two texts are called nearly the same (Jaccard likeness of their shingles). Two
# honest reviews of one place share a phrase; they do not share every second run of words.
NEAR = 0.5
WORD = re.compile(r"[\w\u0900-\u097f]+")
HASH_BYTES = 8


def shingles(text: str) -> frozenset[int]:
    """Give the runs of three words of a text as numbers, the same on every machine."""
    words = WORD.findall("".join(map(plain, text)).casefold())
    if len(words) < WORDS_IN_A_SHINGLE:
        return frozenset({_number(" ".join(words))} if words else ())
    runs = zip(*(words[start:] for start in range(WORDS_IN_A_SHINGLE)), strict=False)
    return frozenset(_number(" ".join(run)) for run in runs)


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Give how alike two texts are by their shingles: 0 (no run in common) to 1 (all)."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def same_words(text: str, others: Iterable[tuple[int, str]]) -> list[tuple[int, float]]:
    """Give (id, likeness) of the texts that are nearly the same, the most alike first."""
    own = shingles(text)
    alike = [(number, similarity(own, shingles(other))) for number, other in others]
    near = [pair for pair in alike if pair[1] >= NEAR]
    return sorted(near, key=lambda pair: (-pair[1], pair[0]))


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=HASH_BYTES).digest(), "big")
