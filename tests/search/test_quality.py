"""The example searches are understood as their files say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality_of_search import examples_of, missing, own_sets, precision_at_10, score
from directory.search.request import Reading, Understood
from directory.search.understanding import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from directory.vocabulary.queries import Vocabulary

SETS = own_sets()
LEAST_UNDERSTOOD = 0.95


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_a_set_is_understood_and_every_crisis_heard_without_false_alarm(
    reader: Reader, file: Path
) -> None:
    made = score(examples_of(file), reader.read)

    assert made.understood >= LEAST_UNDERSTOOD, made.not_understood
    assert made.crises_missed == ()
    assert made.false_alarms == ()
    assert made.crisis_recall == 1


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_a_set_is_understood_without_an_index(lists: Vocabulary, file: Path) -> None:
    made = score(examples_of(file), Reader(lists, None).read)

    assert made.understood >= LEAST_UNDERSTOOD, made.not_understood
    assert (made.crises_missed, made.false_alarms) == ((), ())


def test_our_own_sets_are_large_and_of_three_languages() -> None:
    examples = [example for file in SETS[1:] for example in examples_of(file)]
    scripts = Counter(any("\u0900" <= c <= "\u097f" for c in one.query) for one in examples)

    assert len({example.query for example in examples}) == len(examples) >= 400
    assert sum(example.crisis for example in examples) >= 80
    assert sum(example.is_misspelt for example in examples) >= 90
    assert scripts[True] >= 80


def test_a_search_lacks_what_its_reading_does_not_say() -> None:
    example = examples_of(SETS[0])[0]
    reading = Reading(understood=(Understood("hauz khas", "near", "hauz-khas"),))

    assert missing(example, reading) == [
        "profession=clinical-psychologist",
        "profession=counselling-psychologist",
        "profession=psychologist",
    ]


def test_precision_counts_the_first_ten_results_that_carry_what_was_meant() -> None:
    depression = [one for one in examples_of(SETS[0]) if one.id == "d25"]
    right = frozenset({("profession", "psychiatrist"), ("condition", "depression")})
    wrong = frozenset({("profession", "psychiatrist"), ("condition", "ocd")})
    centre = frozenset({("centre_type", "day-care"), ("condition", "depression")})

    assert precision_at_10(depression, lambda _: [right, wrong, centre, right]) == 0.75
    assert precision_at_10(depression, lambda _: [right] * 10 + [wrong] * 90) == 1
    assert precision_at_10(depression, lambda _: []) == 0
