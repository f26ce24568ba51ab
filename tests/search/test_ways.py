"""The same search without one of its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.search.parameters import read_request
from directory.search.understanding import Reader
from directory.search.ways import without, without_chosen, without_said, without_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

    Ask = Callable[[Mapping[str, Sequence[str]]], SearchRequest]

SENTENCE = "psychiatrist near hauz khas hindi"
CASES = {
    "a filter": ({"condition": "ocd", "mode": "video"}, "mode", {"condition": ("ocd",)}),
    "a filter, from page three": ({"mode": "video", "page": "3"}, "mode", {}),
    "a place, with what hangs on it": (
        {"near": "saket", "within": "5", "sort": "distance", "mode": "video"},
        "near",
        {"mode": ("video",)},
    ),
    "a fee, with those who state none": ({"fee_max": "500", "fee_unstated": "1"}, "fee_max", {}),
    "words that were understood": (
        {"q": SENTENCE},
        "near",
        {"profession": ("psychiatrist",), "language": ("hi",)},
    ),
    "all words that were understood": ({"q": "hindi"}, "language", {}),
    "a filter chosen and said": (
        {"q": "hindi quetzal", "language": "en"},
        "language",
        {"q": ("quetzal",), "parse": ("0",)},
    ),
    "free words": (
        {"q": "quetzal psychiatrist zibibbo"},
        "q",
        {"profession": ("psychiatrist",)},
    ),
    "a place that hid another": (
        {"q": "psychiatrist dwarka", "near": "saket"},
        "near",
        {"profession": ("psychiatrist",)},
    ),
    "what the words do not bear on": (
        {"q": "quetzal psychiatrist", "mode": "video"},
        "mode",
        {"q": ("quetzal psychiatrist",)},
    ),
    "a sentence that would mean something else": (
        {"q": "sar dard se mar raha hoon"},
        "condition",
        {},
    ),
    "free words alone": ({"q": "quetzal"}, "q", {}),
}


@pytest.mark.parametrize(("given", "parameter", "left"), CASES.values(), ids=CASES.keys())
def test_what_is_left_without(
    vocabulary: Vocabulary,
    now: datetime,
    given: Mapping[str, str],
    parameter: str,
    left: Mapping[str, tuple[str, ...]],
) -> None:
    reader = Reader(vocabulary, None)
    given_lists = {name: [value] for name, value in given.items()}
    asked = read_request(given_lists, vocabulary, reader, now=now)

    assert without(asked, parameter) == left


@pytest.fixture
def ask(vocabulary: Vocabulary, now: datetime) -> Ask:
    """Give what reads a search from its parameters."""
    reader = Reader(vocabulary, None)
    return lambda given: read_request(given, vocabulary, reader, now=now)


SAID: dict[str, tuple[dict[str, str], str, dict[str, tuple[str, ...]]]] = {
    "with the small word before it": (
        {"q": SENTENCE},
        "near",
        {"q": ("psychiatrist hindi",)},
    ),
    "with the small words after it": (
        {"q": "अवसाद के लिए मनोचिकित्सक"},
        "condition",
        {"q": ("मनोचिकित्सक",)},
    ),
    "one of two meanings of the same words": (
        {"q": "child psychologist"},
        "age_group",
        {"profession": ("child-psychologist",)},
    ),
    "where the rest would mean something else": (
        {"q": "sar dard se mar raha hoon"},
        "condition",
        {},
    ),
    "a misspelt one": ({"q": "psyciatrist sakte"}, "near", {"q": ("psyciatrist",)}),
    "a place, with the order that needs one": (
        {"q": "psychiatrist near saket", "sort": "distance", "within": "5"},
        "near",
        {"q": ("psychiatrist",)},
    ),
}


@pytest.mark.parametrize(("given", "parameter", "left"), SAID.values(), ids=SAID.keys())
def test_what_the_words_say_is_taken_out_of_them_and_the_rest_stays(
    ask: Ask,
    given: Mapping[str, str],
    parameter: str,
    left: Mapping[str, tuple[str, ...]],
) -> None:
    asked = ask({name: [value] for name, value in given.items()})
    gone = [item for item in asked.reading.understood if item.parameter == parameter]

    assert gone
    assert without_said(asked, gone, ask) == left


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "best therapist for depression in Delhi",
        "couple counselling saket under 2000 women",
        "child psychologist for anxiety quetzal",
        "तनाव के लिए डॉक्टर",
        "nasha mukti kendra dwarka",
        "psychologist for teenagers near nehru place evening",
        "marriage counselling south delhi",
    ],
)
def test_taking_one_meaning_away_leaves_every_other(ask: Ask, text: str) -> None:
    asked = ask({"q": [text]})
    firm = [item for item in asked.reading.understood if not item.hint]

    for gone in firm:
        less = ask(without_said(asked, [gone], ask))

        left = {(item.parameter, item.value) for item in firm if item != gone}
        said = {(item.parameter, item.value) for item in less.reading.understood if not item.hint}
        chosen = {
            (name, value)
            for name, values in less.given.items()
            if name not in {"q", "parse"}
            for value in values
        }
        assert said | chosen == left
        assert less.reading.words == asked.reading.words


def test_a_free_word_goes_and_the_others_stay(ask: Ask) -> None:
    asked = ask({"q": ["quetzal psychiatrist zibibbo"]})

    assert without_word(asked, "quetzal", ask) == {"q": ("psychiatrist zibibbo",)}


def test_a_quoted_phrase_goes_as_one(ask: Ask) -> None:
    asked = ask({"q": ['psychiatrist "warm and slow"']})

    left = ask(without_word(asked, "warm and slow", ask))

    assert left.reading.phrases == ()
    assert [item.value for item in left.reading.understood] == ["psychiatrist"]


def test_a_chosen_value_goes_and_the_words_stay_as_typed(ask: Ask) -> None:
    asked = ask({"q": ["psychiatrist"], "near": ["saket"], "within": ["5"]})

    assert without_chosen(asked, "near", ask) == {"q": ("psychiatrist",)}


def test_a_chosen_value_that_hid_another_lets_neither_in(ask: Ask) -> None:
    asked = ask({"q": ["psychiatrist dwarka"], "near": ["saket"]})

    assert without_chosen(asked, "near", ask) == {"profession": ("psychiatrist",)}
