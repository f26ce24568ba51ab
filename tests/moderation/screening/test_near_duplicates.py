"""Whether two texts are nearly the same words."""

from __future__ import annotations

import pytest

from directory.moderation.screening import NEAR, same_words, shingles, similarity

TEXT = (
    "The first visit was long and he asked about sleep, food and work before he said a word about "
    "tablets. He told me to keep a diary for six weeks and to call if the headaches did not stop."
)
OTHER = (
    "The psychologist was patient with my eight year old. She drew with him, explained to us what "
    "the tests mean and gave us a written plan. The assessment took three visits in all."
)


def alike(one: str, other: str) -> float:
    return similarity(shingles(one), shingles(other))


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper(),
        TEXT.replace(",", "").replace(".", "!!"),
        TEXT.replace(" ", "  \n"),
        TEXT.replace("e", "\u0435"),
        TEXT.replace("sleep", "sle\u200bep"),
    ],
    ids=["case", "punctuation", "blanks", "look-alikes", "zero width"],
)
def test_what_does_not_show_does_not_matter(copy: str) -> None:
    assert alike(TEXT, copy) >= 0.95


def test_small_edits_keep_two_texts_near() -> None:
    edited = TEXT.replace("long", "quite lengthy").replace("six weeks", "a month") + " Thank you."

    assert alike(TEXT, edited) >= NEAR


def test_two_honest_reviews_are_far_apart() -> None:
    assert alike(TEXT, OTHER) < NEAR / 2


def test_nothing_is_like_nothing() -> None:
    assert shingles("…") == frozenset()
    assert alike("", "") == 0


def test_numbers_are_the_same_in_every_run() -> None:
    assert min(shingles("calm room")) == 13373080097354800262


def test_the_nearest_text_comes_first() -> None:
    texts = [(1, OTHER), (2, TEXT.replace("diary", "note")), (3, TEXT), (4, "")]

    assert [number for number, _ in same_words(TEXT, texts)] == [3, 2]
