"""Which published guides a search leads to: by its terms, by its filters, by the guides' own words.

Words are compared as the index compares them. Guides are few, so one query reads all and nothing of
them stands in the index. Called by `guides.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from directory.guides.queries import published_guides, terms_of_guides
from directory.guides.shelves import is_told_of, place_of, shelved
from directory.search.analysis import stem, stems
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from directory.guides.queries import GuideLine
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import TermView

TEXTS_KEPT = 512
# What a search of its own is worth beside single words, so that the guide to it comes first.
OF_ITS_SEARCH = 10
NAMED = 3
# Beside a guide that fits, those worth less than a quarter of it say nothing more.
FAR_BEHIND = 4
# Words that hold titles and questions together and find nothing by themselves.
JOINING = frozenset(map(stem, ("when", "how", "why", "does", "today", "after", "someone", "लिए")))


def written_guides(
    asked: SearchRequest, terms: Collection[TermView], session: Session
) -> list[GuideLine]:
    """Give the guides about some terms or told of by the search, the closest first; two queries."""
    if not asked.given:
        return []
    lines, about = published_guides(session), terms_of_guides(session)
    chosen, searches = _chosen(asked), _searches(asked)
    worth = {
        line.id: max(_hits(line, words) for words in searches)
        + OF_ITS_SEARCH * is_told_of(line.slug, chosen)
        + sum(closeness(line, term) for term in terms if term.id in about.get(line.id, ()))
        for line in lines
    }
    least = max(worth.values(), default=0) / FAR_BEHIND
    fitting = [line for line in lines if worth[line.id] and worth[line.id] >= least]
    return sorted(fitting, key=lambda line: (-worth[line.id], place_of(line.slug)))


def closeness(line: GuideLine, term: TermView) -> int:
    """Give how much a guide says of a term it is about: most where its title has the name.

    Nothing for a profession that it does not name: whoever looks for a psychiatrist has not said
    for what.
    """
    if _words_of_ours(term.name_en) <= _named(line):
        return NAMED
    return 0 if term.kind is TermKind.PROFESSION else 1


def _chosen(asked: SearchRequest) -> Mapping[str, set[str]]:
    """Give the values in force by parameter, chosen or said."""
    chosen = {name: set(values) for name, values in asked.given.items()}
    for item in asked.reading.understood:
        chosen.setdefault(item.parameter, set()).add(item.value)
    return chosen


def _searches(asked: SearchRequest) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words typed, and those of them that nothing else was read from."""
    typed = " ".join(asked.given.get("q", ()))
    return _words(typed), _words(" ".join(asked.reading.words))


def _hits(line: GuideLine, words: frozenset[str]) -> int:
    """Give how many words name a guide, provided that it knows them all; 0 for no match."""
    own = _named(line)
    return len(words & own) if words <= own | _words_of_ours(line.summary) else 0


def _named(line: GuideLine) -> frozenset[str]:
    """Give the words a guide goes by: those of its titles, and those told of it."""
    told = shelved().get(line.slug)
    names = (line.title, line.title_hi or "", *(told.words if told else ()))
    return _words_of_ours(" ".join(names))


@lru_cache(maxsize=TEXTS_KEPT)
def _words_of_ours(text: str) -> frozenset[str]:
    """Give the words of a guide or a term; kept, so never call it with a search."""
    return _words(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - JOINING
