"""Quotes a listing's own words with the searched ones marked, as safe HTML.

Words are compared as the index compares them (endings, accents and case do not count), in any
script. Called by both doors with the texts of the listings shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from directory.search.analysis import ROUND_THE_CLOCK, WORD_EXPRESSION, folded, stem, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LENGTH = 160
# How much of a quote stands before the first marked word, as a part of its length.
BEFORE = 4
GAP = "…"
CLOCK_OR_WORD = re.compile(
    rf"(?P<clock>{ROUND_THE_CLOCK.pattern})|{WORD_EXPRESSION}", re.IGNORECASE
)
# A letter that joins what follows it: virama, and the joiners.
JOINING = "\u094d\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: words as indexed, and beginnings of words."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]

    def finds(self, word: str) -> str | None:
        """Give what a word of a text matches, or None."""
        stemmed = stem(word)
        if stemmed in self.stems:
            return stemmed
        plain = folded(word) if self.beginnings else ""
        return next((start for start in self.beginnings if plain.startswith(start)), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text to mark, and what it matches."""

    start: int
    end: int
    word: str


def snippet(texts: Sequence[str], words: Sequence[str], *, length: int = LENGTH) -> str:
    """Give a quote of about `length` characters with the searched words in `<mark>`.

    It comes from the text that holds most of the words (the first of equals), and is the
    beginning of the first text when none does. A word ending in `*` marks every word that
    begins so. The answer is escaped HTML; whole words, and whole letters of Devanagari.
    """
    wanted = _wanted(words)
    quoted, marks = "", list[Mark]()
    for text in map(_tidy, texts):
        found = list(_marks(text, wanted))
        if not quoted or len({mark.word for mark in found}) > len({mark.word for mark in marks}):
            quoted, marks = text, found
    start, end = _stretch(quoted, marks, length)
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    before = f"{GAP} " if start else ""
    after = f" {GAP}" if end < len(quoted) else ""
    return before + _marked(quoted, start, end, inside) + after


def marked(text: str, words: Sequence[str]) -> str:
    """Give a whole text as escaped HTML with the searched words in `<mark>`."""
    whole = unicodedata.normalize("NFC", text)
    return _marked(whole, 0, len(whole), list(_marks(whole, _wanted(words))))


def _wanted(words: Sequence[str]) -> Wanted:
    whole = [word for word in words if not word.endswith("*")]
    beginnings = [folded(word.rstrip("*")) for word in words if word.endswith("*")]
    return Wanted(
        frozenset(indexed for word in whole for indexed in stems(word)),
        tuple(filter(None, beginnings)),
    )


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _marks(text: str, wanted: Wanted) -> Iterator[Mark]:
    if not wanted.stems and not wanted.beginnings:
        return
    for match in CLOCK_OR_WORD.finditer(text):
        word = wanted.finds("24x7" if match["clock"] else match.group())
        if word is not None:
            yield Mark(match.start(), match.end(), word)


def _stretch(text: str, marks: Sequence[Mark], length: int) -> tuple[int, int]:
    """Give the stretch of a text to quote: the one with most of the words, cut between words."""
    if len(text) <= length:
        return 0, len(text)
    first = max(marks, key=lambda mark: _words_from(mark, marks, length), default=None)
    earliest = 0 if first is None else max(0, first.start - length // BEFORE)
    start = _word_start(text, min(earliest, len(text) - length), first.start if first else 0)
    return start, _word_end(text, start + length, first.end if first else start)


def _words_from(first: Mark, marks: Sequence[Mark], length: int) -> int:
    """Count the different words in a quote whose first mark is this one."""
    last = first.start + length - length // BEFORE
    return len({mark.word for mark in marks if first.start <= mark.start and mark.end <= last})


def _word_start(text: str, at: int, latest: int) -> int:
    """Give the first place from `at` to `latest` where a word begins after a space."""
    if at == 0:
        return 0
    space = text.find(" ", at - 1, latest)
    return space + 1 if space >= 0 else _whole_letter(text, at)


def _word_end(text: str, at: int, earliest: int) -> int:
    """Give the last place from `earliest` to `at` where a word ends before a space."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", earliest, at + 1)
    return space if space >= 0 else _whole_letter(text, max(at, earliest))


def _whole_letter(text: str, at: int) -> int:
    """Move a cut forward until it stands between two letters, with all their signs."""
    while at < len(text) and (
        unicodedata.category(text[at]).startswith("M")
        or text[at] in JOINING
        or text[at - 1] in JOINING
    ):
        at += 1
    return at


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    parts: list[str] = []
    at = start
    for mark in marks:
        parts += [escape(text[at : mark.start]), "<mark>", escape(text[mark.start : mark.end])]
        parts.append("</mark>")
        at = mark.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
