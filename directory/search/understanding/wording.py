"""Puts a search that was taken apart into the words the doors use: a `Reading`.

Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from directory.search.request import Choice, Correction, Reading, Understood
from directory.search.understanding import data
from directory.search.understanding.meaning import Found, resolved
from directory.search.understanding.parsing import shown_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from directory.search.understanding.data import Implied
    from directory.search.understanding.matching import Match
    from directory.search.understanding.parsing import Parsed

PAGES = {"condition": "conditions", "treatment": "treatments", "profession": "professions"}
COMPARED = "/professions"
LEAST_COMPARED = 2
SUICIDAL = ("condition", "suicidal-thoughts", False)
COMFORTED = frozenset({"self-harm"})


def reading_of(
    text: str,
    parsed: Parsed,
    *,
    phrases: tuple[str, ...],
    corrections: tuple[Correction, ...],
    did_you_mean: str | None,
    is_word: Callable[[str], bool],
    implied: Iterable[Implied],
) -> Reading:
    """Give the reading of a text that was taken apart."""
    taken = _taken_place(parsed.matches)
    matches = [match for match in parsed.matches if match is taken or not _place(match)]
    found = [Found(_typed(text, parsed, match), match.meaning) for match in matches]
    understood = resolved(found, implied)
    is_crisis = parsed.crisis or any(
        (item.parameter, item.value, item.hint) == SUICIDAL for item in understood
    )
    reading = Reading(
        understood=understood,
        words=tuple(_words(parsed, corrections, matches, is_word)),
        phrases=phrases,
        choices=tuple(_choices(text, parsed, taken)),
        corrections=_in_order(text, [*_misspelt(text, parsed, matches), *corrections]),
        did_you_mean=did_you_mean,
        crisis=is_crisis,
        comforts=not is_crisis and _comforts(matches, understood),
        guide=_guide(parsed, understood),
        outside=next((match.meaning.outside for match in matches if match.meaning.outside), None),
    )
    if reading.guide == COMPARED:
        return replace(reading, understood=(), words=())
    return reading


def _typed(text: str, parsed: Parsed, match: Match) -> str:
    return text[parsed.tokens[match.first].start : parsed.tokens[match.last - 1].end]


def _taken_place(matches: Sequence[Match]) -> Match | None:
    """Give the one place a search is near: the one of most words, else the first."""
    places = [match for match in matches if _place(match)]
    return max(places, key=lambda match: (match.last - match.first, -match.first), default=None)


def _place(match: Match) -> str | None:
    return next((value for name, value in match.meaning.firm if name == "near"), None)


def _words(
    parsed: Parsed,
    corrections: Sequence[Correction],
    matches: Sequence[Match],
    is_word: Callable[[str], bool],
) -> Iterator[str]:
    """Yield the words left over, spelled right, and those that stand for words read."""
    meant = {item.typed: item.meant for item in corrections}
    for at in parsed.left:
        typed = parsed.tokens[at].text
        yield meant.get(typed, typed)
    for word in dict.fromkeys(match.meaning.word for match in matches):
        if word is not None and is_word(word):
            yield word


def _choices(text: str, parsed: Parsed, taken: Match | None) -> Iterator[Choice]:
    """Yield what else the place's name may mean, and the other places that were named."""
    if taken is None:
        return
    slug = _place(taken) or ""
    if taken.phrase is not None and taken.phrase.others:
        yield Choice(_typed(text, parsed, taken), "near", slug, taken.phrase.others)
    for match in parsed.matches:
        other = _place(match)
        if other not in {None, slug}:
            yield Choice(_typed(text, parsed, match), "near", slug, (other or "",))


def _in_order(text: str, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Give corrections in the order of the words typed, each once."""
    return tuple(sorted(dict.fromkeys(corrections), key=lambda item: text.find(item.typed)))


def _misspelt(text: str, parsed: Parsed, matches: Sequence[Match]) -> Iterator[Correction]:
    """Yield the corrections of words found under a listed misspelling."""
    for match in matches:
        phrase = shown_phrase(match)
        if phrase is not None:
            yield Correction(_typed(text, parsed, match), phrase.shown)


def _comforts(matches: Sequence[Match], understood: Sequence[Understood]) -> bool:
    return any(match.meaning.comforts for match in matches) or any(
        item.parameter == "condition" and item.value in COMFORTED for item in understood
    )


def _guide(parsed: Parsed, understood: Sequence[Understood]) -> str | None:
    """Give the page that answers a question asked in words."""
    words = [token.letters for token in parsed.tokens]
    questions = data.words().questions
    professions = {item.text for item in understood if item.parameter == "profession"}
    if questions["compare"].intersection(words) and len(professions) >= LEAST_COMPARED:
        return COMPARED
    said = next((match.meaning.guide for match in parsed.matches if match.meaning.guide), None)
    if said is not None:
        return said
    if not _asks_what(words, questions):
        return None
    return next(
        (
            f"/{PAGES[item.parameter]}/{item.value}"
            for item in understood
            if item.parameter in PAGES and not item.hint
        ),
        None,
    )


def _asks_what(words: Sequence[str], questions: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a search asks what something is, or for its signs."""
    asks = any(
        word in questions["asking"] and after in questions["being"]
        for word, after in pairwise(words)
    )
    return asks or not questions["what"].isdisjoint(words)
