"""The same search without one of its filters, as the parameters that ask for it.

Called by both doors for a search that found nothing, and for what can be taken away.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from directory.search.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from directory.search.request import Reading, SearchRequest, Understood

    Parameters = dict[str, tuple[str, ...]]
    # Reads a search from its parameters, as the page that shows it would.
    ReadAgain = Callable[[Mapping[str, tuple[str, ...]]], SearchRequest]

# What goes with a parameter when it goes.
GOES_WITH: Mapping[str, tuple[str, ...]] = {
    "near": ("near", "lat", "lon", "within"),
    "fee_max": ("fee_max", "fee_unstated"),
}
# Small words that tie a meaning to the rest of a sentence, before it and after it.
BEFORE = "(?:for|in|near|at|with|of|who speaks|speaks|speaking)"
AFTER = "(?:के लिए|के पास|में|ke liye|ke paas|mein)"


def without(asked: SearchRequest, parameter: str) -> Parameters:
    """Give the parameters of the same search without one of them, from its first page.

    Where that changes what the words say, the words are not read again, because what is left of
    a sentence may mean something else: all that was understood becomes parameters, and `q`
    keeps the free words, as words. "q" itself drops the free words alone.
    """
    gone = {parameter, *GOES_WITH.get(parameter, ())}
    kept = _less(asked, [parameter])
    if "q" not in asked.given or not _words_say(asked, parameter):
        return kept
    left = replace(
        asked.reading,
        understood=tuple(item for item in asked.reading.understood if item.parameter not in gone),
    )
    if parameter == "q":
        left = replace(left, words=(), phrases=())
    return _spelled_out(kept, left)


def without_chosen(asked: SearchRequest, parameter: str, read_again: ReadAgain) -> Parameters:
    """Give the parameters of the same search without one that was chosen.

    The words stay as typed where they are read as before: what was chosen may have hidden
    another value in them.
    """
    kept = _less(asked, [parameter])
    if "q" not in kept or _says(read_again(kept).reading) == _says(asked.reading):
        return kept
    return without(asked, parameter)


def without_said(
    asked: SearchRequest, gone: Collection[Understood], read_again: ReadAgain
) -> Parameters:
    """Give the parameters of the same search without some of what its words say.

    The words lose those that say it if the rest is read as before; if not, the rest becomes
    parameters.
    """
    understood = tuple(item for item in asked.reading.understood if item not in gone)
    firm = [item.parameter for item in gone if not item.hint]
    texts = dict.fromkeys(item.text for item in gone)
    left = replace(asked.reading, understood=understood)
    return _shortened(_less(asked, firm), texts, left, read_again)


def without_word(asked: SearchRequest, word: str, read_again: ReadAgain) -> Parameters:
    """Give the parameters of the same search without one free word or phrase of it."""
    reading = asked.reading
    typed = [item.typed for item in reading.corrections if item.meant.lower() == word.lower()]
    left = replace(
        reading,
        words=tuple(other for other in reading.words if other != word),
        phrases=tuple(other for other in reading.phrases if other != word),
    )
    return _shortened(_less(asked, []), typed[:1] or [word], left, read_again)


def _less(asked: SearchRequest, parameters: Iterable[str]) -> Parameters:
    """Give what was chosen without some parameters and what hangs on them."""
    gone = {name for one in parameters for name in (one, *GOES_WITH.get(one, ()))}
    kept = {name: values for name, values in asked.given.items() if name not in gone}
    if "near" in gone and kept.get("sort") == ("distance",):
        del kept["sort"]
    return kept


def _shortened(
    kept: Parameters, texts: Iterable[str], left: Reading, read_again: ReadAgain
) -> Parameters:
    """Give a search with the shortest text that says what is left, or with that spelled out."""
    typed = " ".join(kept.get("q", ()))
    for cut in (_cut_with_its_links, without_words):
        shorter = _cut_all(typed, texts, cut)
        if shorter is None:
            continue
        candidate = {**kept, "q": (shorter,)} if shorter else _without_text(kept)
        if _says(read_again(candidate).reading) == _says(left):
            return candidate
    return _spelled_out(kept, left)


def _says(reading: Reading) -> tuple[object, ...]:
    """Give what a reading amounts to, however it was worded."""
    meanings = {(item.parameter, item.value, item.hint) for item in reading.understood}
    return meanings, Counter(reading.words), Counter(reading.phrases)


def _words_say(asked: SearchRequest, parameter: str) -> bool:
    """Say whether the words of a search bear on a parameter, or would once it is gone.

    A single value that was chosen may have overridden one in the words.
    """
    understood = any(item.parameter == parameter for item in _firm(asked.reading))
    return parameter == "q" or understood or not PARAMETERS[parameter].repeatable


def _spelled_out(kept: Parameters, left: Reading) -> Parameters:
    """Give what was understood from the words as parameters, beside what was chosen."""
    said: Parameters = {}
    for item in _firm(left):
        values = said.get(item.parameter) or kept.get(item.parameter, ())
        if not values or PARAMETERS[item.parameter].repeatable:
            said[item.parameter] = tuple(dict.fromkeys((*values, item.value)))
    return {**_without_text(kept), **said, **_free_words(left)}


def _without_text(kept: Parameters) -> Parameters:
    return {name: values for name, values in kept.items() if name not in {"q", "parse"}}


def _free_words(left: Reading) -> Parameters:
    phrases = (f'"{phrase}"' for phrase in left.phrases)
    text = " ".join((*left.words, *phrases))
    return {"q": (text,), "parse": ("0",)} if text else {}


def _firm(reading: Reading) -> Iterator[Understood]:
    return (item for item in reading.understood if not item.hint)


def _cut_all(text: str, texts: Iterable[str], cut: Callable[[str, str], str | None]) -> str | None:
    """Give a text without several of its parts; None when one does not stand there."""
    shorter: str | None = text
    for words in texts:
        shorter = None if shorter is None else cut(shorter, words)
    return shorter


def _cut_with_its_links(text: str, words: str) -> str | None:
    """Give a text without some words and the small word that ties them to the rest."""
    return _cut(text, rf"(?<!\S)(?:{BEFORE}\s+)?{_pattern(words)}(?:\s+{AFTER})?(?!\S)")


def without_words(text: str, words: str) -> str | None:
    """Give a text without some words of it; None when they do not stand there in a row."""
    whole = _cut(text, rf"(?<!\S){_pattern(words)}(?!\S)")
    return _cut(text, _pattern(words)) if whole is None else whole


def _pattern(words: str) -> str:
    return r"\W+".join(map(re.escape, words.split()))


def _cut(text: str, pattern: str) -> str | None:
    found = re.search(pattern, text, re.IGNORECASE)
    if found is None:
        return None
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
