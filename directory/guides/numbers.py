"""Every number in a guide has its source: the rule, and the places that break it.

A paragraph, an item of a list, a heading or a row of a table that holds a digit, or a measure in
letters ("two weeks"), names a source, `[2]`. Numbers one can call, in links such as
`[112](tel:112)`, and "24x7" need none, nor do the addresses of links. A summary stands where no
source does, so it holds no number at all. Called by the desk, the terminal and the tests of the
guides that ship.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.guides.blocks import blocks_of
from directory.guides.policy import CITATION

if TYPE_CHECKING:
    from directory.guides.policy import GuideDraft

DIGIT = re.compile(r"\d")
ROUND_THE_CLOCK = re.compile(r"(?<!\d)24\s?[/x×]\s?7(?!\d)", re.IGNORECASE)
IN_LETTERS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twice)(?: (?:or|to|and) \w+)? "
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|sessions?|visits?|of \w+)\b",
    re.IGNORECASE,
)
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
    told = ROUND_THE_CLOCK.sub("", text)
    return DIGIT.search(told) is not None or IN_LETTERS.search(told) is not None


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rstrip() + "…"
