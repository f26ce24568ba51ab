"""The labelled texts are sound, and screening agrees with the people who labelled them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.screening import (
    LANGUAGES,
    Labelled,
    counted,
    disagreements,
    labelled_in,
    milliseconds,
    sets,
)
from directory.moderation.screening import TEXT_SIGNALS, screen

SETS = {file.stem: labelled_in(file) for file in sets()}
TEXTS = [one for texts in SETS.values() for one in texts]
LEAST_TEXTS, LEAST_OF_A_SIGNAL, LEAST_CLEAN = 450, 9, 200
# What screening is known to judge otherwise than the labels, so that a change is seen.
KNOWN: dict[str, list[str]] = {}
GENEROUS_MS = 30  # a guard against a rule that runs away, not the aim, which is 3 ms


def test_the_sets_are_large_and_of_three_languages() -> None:
    languages = Counter(one.language for one in TEXTS)

    assert set(SETS) == {"development", "fresh", "held_out", "hostile"}
    assert len(TEXTS) >= LEAST_TEXTS
    assert len({one.text for one in TEXTS}) == len({one.id for one in TEXTS}) == len(TEXTS)
    assert min(languages[language] for language in LANGUAGES) >= 100


def test_every_signal_has_texts_and_many_texts_have_none() -> None:
    signals = Counter(name for one in TEXTS for name in one.names)

    assert set(signals) == {name.value for name in TEXT_SIGNALS}
    assert min(signals.values()) >= LEAST_OF_A_SIGNAL
    assert sum(not one.names for one in TEXTS) >= LEAST_CLEAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_signal_has_texts_in_each_language(language: str) -> None:
    names = {name for one in TEXTS if one.language == language for name in one.names}

    assert names == {name.value for name in TEXT_SIGNALS}


def test_every_snippet_stands_once_in_its_text() -> None:
    astray = [one.id for one in TEXTS for _, part in one.signals if one.text.count(part) != 1]

    assert astray == []


@pytest.mark.parametrize("name", SETS)
def test_screening_agrees_with_the_labels_but_for_what_is_known(name: str) -> None:
    found = {
        one.id: wrong
        for one in SETS[name]
        if (wrong := disagreements(one, screen(one.text, listed=one.listed)))
    }

    assert found == {id_: wrong for id_, wrong in KNOWN.items() if id_ in ids(SETS[name])}


def ids(texts: list[Labelled]) -> set[str]:
    return {one.id for one in texts}


def test_a_signal_elsewhere_than_its_label_counts_as_missed() -> None:
    text = "Ring 98100 12345, or ask Anita."
    label = Labelled("t1", "en", None, text, (("phone", "Anita"), ("dose", "98100 12345")))

    wrong = disagreements(label, screen(text))

    assert wrong == ["-dose", "-phone", "+third_person_name"]


def test_counting_tells_precision_and_recall() -> None:
    right = Labelled("t1", "en", None, "Ring 98100 12345.", (("phone", "98100 12345"),))
    missed = Labelled("t2", "en", None, "It was calm.", (("slur", "calm"),))
    wrong = Labelled("t3", "en", None, "Ring 98100 54321.", ())

    made = counted([right, missed, wrong])

    assert (made.precision, made.recall) == (0.5, 0.5)
    assert counted([right], "phone").precision == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_is_screened_quickly(language: str) -> None:
    text = " ".join(one.text for one in TEXTS if one.language == language)[:1000]

    assert milliseconds(text) < GENEROUS_MS
