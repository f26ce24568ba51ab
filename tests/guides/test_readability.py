"""How hard a guide is to read: what is counted, and the rule."""

from __future__ import annotations

import pytest

from directory.core.readability import grade_of, school_grade
from directory.guides.readability import Reading, reading_of
from tests.factories.guides import draft

COUNTED = {
    "two sentences": ("You sleep. You wake.", 4, 2),
    "an item is a sentence": ("- you sleep\n- you wake", 4, 2),
    "headings and tables are left out": ("## Head\n\nYou sleep.\n\n|a|b|\n|-|-|\n|c|d|", 2, 1),
    "sources and addresses are left out": ("You [sleep](/treatments/cbt-i) [1].", 2, 1),
    "a block of Hindi is left out": ("You sleep.\n\nनींद आती है (sleep)।", 2, 1),
    "a word of Hindi is left out": ("You sleep नींद well.", 3, 1),
}


@pytest.mark.parametrize(("body", "words", "sentences"), COUNTED.values(), ids=COUNTED.keys())
def test_what_is_counted(body: str, words: int, sentences: int) -> None:
    found = reading_of(draft(summary="", body=body))

    assert found is not None
    assert (found.words, found.sentences) == (words, sentences)
    assert found.words_in_a_sentence == words / sentences


def test_a_guide_in_hindi_is_not_counted() -> None:
    assert reading_of(draft(summary="नींद", body="नींद आती है।")) is None


@pytest.mark.parametrize(
    ("grade", "age", "is_plain"),
    [
        (5.94, 10.9, False),
        (5.96, 11.0, True),
        (7.2, 12.2, True),
        (8.04, 13.0, True),
        (8.06, 13.1, False),
    ],
)
def test_the_rule_is_eleven_to_thirteen(grade: float, age: float, *, is_plain: bool) -> None:
    read = Reading(100, 8, grade)

    assert (read.age, read.is_plain) == (age, is_plain)


def test_the_formula_is_that_of_flesch_and_kincaid() -> None:
    # 0.39 * 6 words / 1 sentence + 11.8 * 6 syllables / 6 words - 15.59
    assert school_grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert grade_of(["Ask.", "Go."]) == pytest.approx(0.39 + 11.8 - 15.59)
