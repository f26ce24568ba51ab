"""A text as a row of words, each with its place in the text as it was typed.

The rules read `words` (plain letters) and `folded` (one spelling for Hindi of both scripts), both
with one blank between words and " ." where a sentence ends. Nothing here judges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from directory.moderation.screening.folding import folded, plain

WORD = re.compile(
    r"[a-z]+(?:[013457@$]+[a-z]+)+(?![\w.@])|[a-z]+|[\u0900-\u0963\u0970-\u097f]+|\d+|[.!?।\n]|['’]"
)
# Digits and signs typed for letters inside a word, and words after which a full stop ends nothing.
AS_LETTERS = str.maketrans("013457@$", "oieastas")
SHORTENED = frozenset(
    {
        "dr",
        "mr",
        "mrs",
        "ms",
        "st",
        "smt",
        "prof",
        "no",
        "nos",
        "num",
        "rs",
        "approx",
        "vs",
        "डॉ",
        "डो",
    }
)
END = frozenset(".!?।\n")
MARKS = frozenset("'’")
CLITICS = {"ll": "will", "m": "am", "ve": "have", "re": "are", "d": "would", "s": "s"}
LONG = re.compile(r"([a-z])\1{2,}")
LEAST_SPELLED_OUT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word: in plain letters, folded, and from where to where it stands in the text."""

    plain: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text, its plain letters with their places, and its words as two rows."""

    text: str
    letters: str
    places: tuple[int, ...]
    words: tuple[Word, ...]
    plain: str
    folded: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where letters `start` to `end` of `letters` stand in the text."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=8)
def spoken(text: str) -> Spoken:
    """Give the words of a text. The last few texts are kept, because several readers ask."""
    pairs = [(letter, at) for at, given in enumerate(text) for letter in plain(given)]
    letters = "".join(letter for letter, _ in pairs)
    places = tuple(at for _, at in pairs)
    words = tuple(_joined(_words(letters, places)))
    return Spoken(
        text=text,
        letters=letters,
        places=places,
        words=words,
        plain=_row([word.plain for word in words]),
        folded=_row([word.folded for word in words]),
    )


def _row(words: list[str]) -> str:
    return f" {' '.join(words)} " if words else " "


def _words(letters: str, places: tuple[int, ...]) -> list[Word]:
    """Give the words in order; "I'll" is "i" and "will", "don't" is "dont"."""
    found: list[Word] = []
    after_mark = False
    for match in WORD.finditer(letters):
        said = match.group()
        if said in MARKS:
            after_mark = bool(found) and found[-1].end == places[match.start()]
            continue
        start, end = places[match.start()], places[match.end() - 1] + 1
        if after_mark and said == "t":
            found[-1] = _word(f"{found[-1].plain}t", found[-1].start, end)
        elif after_mark and said in CLITICS:
            found.append(_word(CLITICS[said], start, end))
        elif said == "." and found and found[-1].plain in SHORTENED:
            pass
        elif said in END:
            found.append(Word(".", ".", start, end))
        else:
            found.append(
                _word(
                    LONG.sub(r"\1", said if said.isdecimal() else said.translate(AS_LETTERS)),
                    start,
                    end,
                )
            )
        after_mark = False
    return found


def _spelled(said: str) -> str:
    """Give a word with letters for the signs and digits in it, none many times over."""
    return said if said.isdecimal() else LONG.sub(r"\1", said.translate(AS_LETTERS))


def _word(said: str, start: int, end: int) -> Word:
    return Word(said, folded(said), start, end)


def _joined(words: list[Word]) -> list[Word]:
    """Put together words that were spelled out, letter by letter: "k i l l", "k.i.l.l"."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        run = _run_of_letters(words, at)
        if len(run) >= LEAST_SPELLED_OUT:
            whole = "".join(word.plain for word in run)
            found.append(_word(whole, run[0].start, run[-1].end))
            at = words.index(run[-1], at) + 1
        else:
            found.append(words[at])
            at += 1
    return found


def _run_of_letters(words: list[Word], at: int) -> list[Word]:
    run: list[Word] = []
    for word in words[at:]:
        is_letter = len(word.plain) == 1 and word.plain.isalpha()
        is_gap = word.plain == "." and run and word.start == run[-1].end
        if not is_letter and not is_gap:
            break
        if is_letter:
            run.append(word)
    return run
