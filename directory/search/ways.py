"""The same search without one of its filters, as the parameters that ask for it.

Called by both doors for a search that found nothing, and for what can be taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.search.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from directory.search.request import SearchRequest, Understood

# What goes with a parameter when it goes.
GOES_WITH: Mapping[str, tuple[str, ...]] = {
    "near": ("near", "lat", "lon", "within"),
    "fee_max": ("fee_max", "fee_unstated"),
}


def without(asked: SearchRequest, parameter: str) -> dict[str, tuple[str, ...]]:
    """Give the parameters of the same search without one of them, from its first page.

    Where that changes what the words say, the words are not read again, because what is left of
    a sentence may mean something else: all that was understood becomes parameters, and `q`
    keeps the free words, as words. "q" itself drops the free words alone.
    """
    gone = {parameter, *GOES_WITH.get(parameter, ())}
    kept = {name: values for name, values in asked.given.items() if name not in gone}
    if "near" in gone and kept.get("sort") == ("distance",):
        del kept["sort"]
    if "q" in asked.given and _words_say(asked, parameter):
        kept.pop("q", None)
        kept |= _said(asked, kept, gone)
        if parameter != "q":
            kept |= _free_words(asked)
    return kept


def _words_say(asked: SearchRequest, parameter: str) -> bool:
    """Say whether the words of a search bear on a parameter, or would once it is gone.

    A single value that was chosen may have overridden one in the words.
    """
    understood = any(item.parameter == parameter for item in _firm(asked))
    return parameter == "q" or understood or not PARAMETERS[parameter].repeatable


def _said(
    asked: SearchRequest, kept: Mapping[str, tuple[str, ...]], gone: set[str]
) -> dict[str, tuple[str, ...]]:
    """Give what was understood from the words as parameters, beside what was chosen."""
    said: dict[str, tuple[str, ...]] = {}
    for item in _firm(asked):
        if item.parameter in gone:
            continue
        values = said.get(item.parameter) or kept.get(item.parameter, ())
        if not values or PARAMETERS[item.parameter].repeatable:
            said[item.parameter] = tuple(dict.fromkeys((*values, item.value)))
    return said


def _free_words(asked: SearchRequest) -> dict[str, tuple[str, ...]]:
    phrases = (f'"{phrase}"' for phrase in asked.reading.phrases)
    text = " ".join((*asked.reading.words, *phrases))
    return {"q": (text,), "parse": ("0",)} if text else {}


def _firm(asked: SearchRequest) -> Iterator[Understood]:
    return (item for item in asked.reading.understood if not item.hint)


def without_words(text: str, words: str) -> str | None:
    """Give a text without some words of it; None when they do not stand there in a row."""
    pattern = r"\W+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\S){pattern}(?!\S)", text, re.IGNORECASE) or re.search(
        pattern, text, re.IGNORECASE
    )
    if found is None:
        return None
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
