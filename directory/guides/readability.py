"""How hard a guide is to read, and the rule: a reading age from 11 to 13.

The rule is the project's own; the measure is Flesch-Kincaid (`core/readability.py`). Counted are
the summary, paragraphs and items of lists, each item at least a sentence. Headings, tables, the
numbers of sources and the addresses of links are left out, and so is Hindi: a block with more of
it than of English as a whole, single words elsewhere. Called by the terminal and by tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.readability import YEARS_BEFORE_SCHOOL, grade_of, sentences, words
from directory.guides.blocks import BlockKind, blocks_of
from directory.guides.policy import CITATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.guides.policy import GuideDraft

YOUNGEST, OLDEST = 11, 13
COUNTED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
HINDI = re.compile(r"[\u0900-\u097f]+")
LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a guide; `grade` is in years of school."""

    words: int
    sentences: int
    grade: float

    @property
    def words_in_a_sentence(self) -> float:
        """Give the mean length of a sentence in words."""
        return self.words / self.sentences

    @property
    def age(self) -> float:
        """Give the reading age in years, to a tenth, as the rule reads it."""
        return round(self.grade + YEARS_BEFORE_SCHOOL, 1)

    @property
    def is_plain(self) -> bool:
        """Tell whether it keeps the rule."""
        return YOUNGEST <= self.age <= OLDEST


def reading_of(draft: GuideDraft) -> Reading | None:
    """Give how hard a guide is to read; None for one without an English sentence."""
    counted = [said for said in _sentences(draft) if words(said)]
    if not counted:
        return None
    return Reading(sum(len(words(said)) for said in counted), len(counted), grade_of(counted))


def _sentences(draft: GuideDraft) -> Iterator[str]:
    yield from sentences(draft.summary)
    for block in blocks_of(draft.body):
        text = CITATION.sub("", block.text)
        is_english = len(LATIN.findall(text)) > sum(map(len, HINDI.findall(text)))
        if block.kind in COUNTED and is_english:
            yield from sentences(HINDI.sub("", text))
