"""What a page says about how it read the words: corrections, choices, what it does not use.

Called by `search_page.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.search.ways import without_said
from directory.web import text
from directory.web.links import search_path
from directory.web.search_words import value_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.search.request import Choice, SearchRequest
    from directory.search.ways import ReadAgain
    from directory.vocabulary.queries import Vocabulary

# Words that ask for a rank, in three scripts. They are read and not used; the page says so.
RANKS = frozenset(
    (
        *("best", "top", "no1", "number1", "leading", "finest", "famous", "renowned", "reputed"),
        *("popular", "recommended", "sabse", "acha", "accha", "achha", "mashhoor", "mashhur"),
        *("सबसे", "अच्छा", "अच्छे", "अच्छी", "मशहूर", "प्रसिद्ध", "बेस्ट", "टॉप", "बेहतरीन"),
    )
)
# The page that tells professions apart.
COMPARISON = "/professions"
MOST_OTHERS = 4
ROUND_WORDS = " \t.,;:!?'\"“”()#"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another search, or to a page to read with a note on it."""

    words: str
    url: str
    note: str | None = None

    @property
    def is_guide(self) -> bool:
        """Tell whether it leads to a guide somebody wrote."""
        return self.url.startswith("/guides/")


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """Words that may mean several things: what was taken, and the searches for the others."""

    typed: str
    taken: str
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReadingNotes:
    """Everything worth saying of a reading; empty and None where there is nothing to say.

    `corrected` is the text searched for, in runs of (words, is corrected); `as_typed` is the
    search for the words as they stand, and `plain_url` too, where anything was understood.
    """

    corrected: tuple[tuple[str, bool], ...]
    as_typed: Link | None
    did_you_mean: Link | None
    choices: tuple[ShownChoice, ...]
    unused: tuple[str, ...]
    outside: str | None
    is_comparison: bool
    comforts: bool
    plain_url: str | None
    read_again_url: str | None


def notes_of(asked: SearchRequest, vocabulary: Vocabulary, read_again: ReadAgain) -> ReadingNotes:
    """Give what is to be said of how the words of a search were read."""
    reading = asked.reading
    typed = " ".join(asked.given.get("q", ()))
    is_plain = asked.given.get("parse") == ("0",)
    as_typed = Link(typed, search_path({**asked.given, "parse": "0"}))
    meant = reading.did_you_mean
    return ReadingNotes(
        corrected=tuple(_corrected(asked, typed)),
        as_typed=as_typed if reading.corrections else None,
        did_you_mean=Link(meant, search_path({**asked.given, "q": meant})) if meant else None,
        choices=tuple(_choice(asked, choice, vocabulary, read_again) for choice in reading.choices),
        unused=() if is_plain else rank_words(typed),
        outside=text.upper_first(reading.outside) if reading.outside else None,
        is_comparison=reading.guide == COMPARISON,
        comforts=reading.comforts and not reading.crisis,
        plain_url=as_typed.url if reading.understood else None,
        read_again_url=search_path({**asked.given, "parse": None}) if is_plain and typed else None,
    )


def rank_words(typed: str) -> tuple[str, ...]:
    """Give the words of a text that ask for a rank, each once, as typed."""
    words = dict.fromkeys(word.strip(ROUND_WORDS) for word in typed.split())
    found = {word.lower(): word for word in words if word.lower() in RANKS}
    return tuple(found.values())


def _corrected(asked: SearchRequest, typed: str) -> Iterator[tuple[str, bool]]:
    """Yield the text with its corrections in place, in runs."""
    at = 0
    for item in asked.reading.corrections:
        found = re.compile(re.escape(item.typed), re.IGNORECASE).search(typed, at)
        if found is None:
            continue
        if typed[at : found.start()].strip():
            yield typed[at : found.start()].strip(), False
        yield item.meant, True
        at = found.end()
    if at and typed[at:].strip():
        yield typed[at:].strip(), False


def _choice(
    asked: SearchRequest, choice: Choice, vocabulary: Vocabulary, read_again: ReadAgain
) -> ShownChoice:
    """Give a choice; another place takes over the distance and the order asked for."""
    parameter = choice.parameter
    gone = [
        item
        for item in asked.reading.understood
        if (item.parameter, item.value) == (parameter, choice.taken)
    ]
    rest = without_said(asked, gone, read_again)
    rest |= {name: asked.given[name] for name in ("within", "sort") if name in asked.given}
    kept = () if parameter == "near" else rest.get(parameter, ())
    return ShownChoice(
        typed=choice.text,
        taken=value_named(parameter, choice.taken, vocabulary).words,
        others=tuple(
            Link(
                value_named(parameter, other, vocabulary).words,
                search_path({**rest, parameter: (*kept, other)}),
            )
            for other in choice.others[:MOST_OTHERS]
        ),
    )
