"""Every number in a guide has its source: the rule, and the places that break it.

A paragraph, an item of a list, a heading or a row of a table that holds a digit, or a number in
English letters, names a source, `[2]`. In letters these are numbers: a measure ("two weeks", "a
year"), a share ("half", "a third of", "one in ten", "forty per cent"), a bound ("at least two") and
all above ten ("a dozen"). A small count, as in "two papers", is none, and "a day" is none.

Numbers one can call, in links such as `[112](tel:112)`, and "24x7" need no source, nor do the
addresses of links. A summary stands where no source does, so it holds no number at all. Called by
the desk, the terminal and the tests of the guides that ship.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.guides.blocks import blocks_of
from directory.guides.policy import CITATION

if TYPE_CHECKING:
    from directory.guides.policy import GuideDraft

ROUND_THE_CLOCK = re.compile(r"(?<!\d)24\s?[/x×]\s?7(?!\d)", re.IGNORECASE)
SMALL = "two|three|four|five|six|seven|eight|nine|ten"
LARGE = (
    "eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|"
    "hundreds?|thousands?|lakhs?|crores?|millions?|dozens?"
)
MEASURES = (
    "seconds|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|"
    "sessions?|visits?|times|doses|rupees"
)
PART = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth"
# What makes a number of a word, each with an example.
IN_LETTERS = (
    rf"\b(?:{LARGE})\b",  # a dozen, forty-one
    rf"\b(?:{SMALL})(?: (?:or|to|and) \w+)?(?: \w+)? (?:{MEASURES})\b",
    r"\b(?:once|twice) (?:(?:an?|per|each|every) (?:day|night)|daily|weekly|monthly)\b",
    r"\b(?:an?|one|per|each|every) (?:hour|week|month|year|decade)\b",
    rf"\b(?:{SMALL})(?: (?:or|to|and) \w+)? of \w+",  # two of them
    rf"\b(?:one|{SMALL})(?: \w+)? (?:in|of|out of) (?:every )?(?:{SMALL})\b",  # one in ten
    rf"\b(?:at least|at most|up to|(?:more|less|fewer) than|nearly|almost|within) (?:{SMALL})\b",
    rf"\b(?:half|halves|halved|(?:one|{SMALL})[ -](?:{PART})s?)\b|[¼½¾⅓⅔⅛]",
    rf"\b(?:about |nearly |almost |over |than )an? (?:{PART})\b|\ban? (?:{PART}) of\b",
    rf"\b(?:twice|(?:{SMALL}) times) as\b",  # twice as many
    r"\bper ?cent\b",
)
NUMBER = re.compile("|".join((r"\d", *IN_LETTERS)), re.IGNORECASE)
LONGEST_SHOWN = 60


def numbers_without_source(draft: GuideDraft) -> list[str]:
    """Give the beginning of each part with a number but no source, the summary first."""
    summary = [draft.summary] if _holds_number(draft.summary) else []
    parts = [
        block.text
        for block in blocks_of(draft.body)
        if _holds_number(CITATION.sub("", block.without_calls)) and not CITATION.search(block.text)
    ]
    return [_beginning(part) for part in (*summary, *parts)]


def _holds_number(text: str) -> bool:
    return NUMBER.search(ROUND_THE_CLOCK.sub("", text)) is not None


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rstrip() + "…"
