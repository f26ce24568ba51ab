"""Pages to read about what was searched for: the result group of its own.

Called by both doors with the answer of a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from directory.search.engine import Engine
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import TermView, Vocabulary

MOST_GUIDES = 3
# Where the plain-words page of a term stands, by the term's kind.
FOLDERS: Mapping[TermKind, str] = {
    TermKind.CONDITION: "conditions",
    TermKind.TREATMENT: "treatments",
    TermKind.PROFESSION: "professions",
}


@dataclass(frozen=True, slots=True)
class Guide:
    """A page to read, and the path where it stands."""

    title_en: str
    title_hi: str
    path: str


# Pages of no single term that answer a question by themselves.
PAGES: Mapping[str, Guide] = {
    "/professions": Guide("Who does what", "कौन क्या करता है", "/professions"),
}


def guides_of(
    asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None
) -> tuple[Guide, ...]:
    """Give at most three pages to read, the closest first.

    First the page that answers the question itself, then those of the terms in force, then
    those whose own words match; without an engine, no words are matched.
    """
    found: dict[str, Guide] = {}
    for guide in _guides(asked, vocabulary, engine):
        found.setdefault(guide.path, guide)
        if len(found) == MOST_GUIDES:
            break
    return tuple(found.values())


def guide_of(term: TermView) -> Guide:
    """Give the page of a condition, treatment or profession."""
    return Guide(term.name_en, term.name_hi, f"/{FOLDERS[term.kind]}/{term.slug}")


def _guides(asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None) -> Iterator[Guide]:
    answer = asked.reading.guide
    if answer is not None:
        found = PAGES.get(answer) or _guide_at(answer, vocabulary)
        if found is not None:
            yield found
    yield from map(guide_of, _terms(asked, vocabulary, engine))


def _terms(
    asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None
) -> Iterator[TermView]:
    for kind in FOLDERS:
        for term_id in asked.query.filters.terms.get(kind, ()):
            yield vocabulary.term_by_id[term_id]
    for item in asked.reading.understood:
        if item.hint and item.parameter in FOLDERS:
            yield vocabulary.terms[TermKind(item.parameter)][item.value]
    if engine is not None and asked.query.words:
        for term_id in engine.pages(asked.query.words, MOST_GUIDES):
            yield vocabulary.term_by_id[term_id]


def _guide_at(path: str, vocabulary: Vocabulary) -> Guide | None:
    """Give the page of a term by its path."""
    folder, _, slug = path.strip("/").partition("/")
    kinds = [kind for kind, name in FOLDERS.items() if name == folder]
    term = vocabulary.terms[kinds[0]].get(slug) if kinds else None
    return None if term is None else guide_of(term)
