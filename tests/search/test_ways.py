"""The same search without one of its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.search.parameters import read_request
from directory.search.understanding import Reader
from directory.search.ways import without

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

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
