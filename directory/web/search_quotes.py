"""What a card shows of the searched words: the name and one line of its text, words marked.

The one place of this door that calls text safe: `highlight.py` gives escaped HTML with nothing
but `<mark>` in it. Called by `web/search.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from directory.listings.queries.results import result_facts
from directory.search.highlight import marked, snippet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from directory.search.request import SearchRequest

MARK = "<mark>"
TAG = re.compile(r"(</?mark>)")
HINDI_RUN = re.compile(r"[\u0900-\u097f\u200c\u200d]+(?:[\s,.–-]+[\u0900-\u097f\u200c\u200d]+)*")


@dataclass(frozen=True, slots=True)
class Quotes:
    """What the cards of one page mark: `words`, and a line by listing id where one has some."""

    words: tuple[str, ...]
    lines: Mapping[int, Markup]

    def name(self, name: str) -> Markup:
        """Give a name with the searched words marked."""
        return _safe(_tagged(marked(name, self.words)))


NO_QUOTES = Quotes((), {})


def quotes_of(session: Session, asked: SearchRequest, ids: Sequence[int]) -> Quotes:
    """Give what to mark for the listings of a page; nothing, at no cost, without free words."""
    words = (*asked.reading.words, *asked.reading.phrases)
    if not words:
        return NO_QUOTES
    meant = tuple(item.meant for item in asked.reading.corrections)
    wanted = (*words, *meant)
    lines = {
        listing_id: snippet(facts.texts, wanted)
        for listing_id, facts in result_facts(session, ids).items()
    }
    return Quotes(
        wanted,
        {number: _safe(_tagged(line)) for number, line in lines.items() if MARK in line},
    )


def _safe(escaped: str) -> Markup:
    return Markup(escaped)  # noqa: S704 - escaped by highlight.py


def _tagged(line: str) -> str:
    """Mark each run of Hindi as Hindi, inside and outside of marks."""
    parts = TAG.split(line)
    return "".join(
        part if TAG.fullmatch(part) else HINDI_RUN.sub(r'<span lang="hi">\g<0></span>', part)
        for part in parts
    )
