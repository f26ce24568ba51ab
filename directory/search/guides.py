"""Pages to read about what was searched for: the result group of its own.

Called by both doors with the answer of a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.guides.queries import guides_of_terms
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from directory.guides.queries import GuideLine
    from directory.search.engine import Engine
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import TermView, Vocabulary

MOST_GUIDES = 3
# Where the guides stand that people wrote.
WRITTEN = "guides"
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
    asked: SearchRequest,
    vocabulary: Vocabulary,
    engine: Engine | None,
    session: Session | None = None,
) -> tuple[Guide, ...]:
    """Give at most three pages to read, the closest first.

    First the page that answers the question itself, then those of the terms in force, then
    those whose own words match; without an engine, no words are matched. After the page of a
    term come the published guides about it: one query, and none without a session.
    """
    pages: dict[str, tuple[Guide, TermView | None]] = {}
    for page, term in _pages(asked, vocabulary, engine):
        pages.setdefault(page.path, (page, term))
        if len(pages) == MOST_GUIDES:
            break
    terms = [term.id for _page, term in pages.values() if term is not None]
    written = {} if session is None else guides_of_terms(session, terms)
    found: dict[str, Guide] = {}
    for page, term in pages.values():
        lines = written.get(term.id, ()) if term is not None else ()
        for guide in (page, *map(_written, lines)):
            found.setdefault(guide.path, guide)
    return tuple(found.values())[:MOST_GUIDES]


def guide_of(term: TermView) -> Guide:
    """Give the page of a condition, treatment or profession."""
    return Guide(term.name_en, term.name_hi, f"/{FOLDERS[term.kind]}/{term.slug}")


def _written(line: GuideLine) -> Guide:
    """Give a published guide; one without a Hindi title goes by its own."""
    return Guide(line.title, line.title_hi or line.title, f"/{WRITTEN}/{line.slug}")


def _pages(
    asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None
) -> Iterator[tuple[Guide, TermView | None]]:
    """Yield pages with the term each is of; the page of no single term has None."""
    answer = asked.reading.guide
    if answer is not None:
        term = _term_at(answer, vocabulary)
        page = PAGES.get(answer) or (None if term is None else guide_of(term))
        if page is not None:
            yield page, term
    for term in _terms(asked, vocabulary, engine):
        yield guide_of(term), term


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


def _term_at(path: str, vocabulary: Vocabulary) -> TermView | None:
    """Give the term whose page stands at a path."""
    folder, _, slug = path.strip("/").partition("/")
    kinds = [kind for kind, name in FOLDERS.items() if name == folder]
    return vocabulary.term(kinds[0], vocabulary.slug_today(kinds[0], slug)) if kinds else None
