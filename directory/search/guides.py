"""Pages to read about what was searched for: the result group of its own.

Called by both doors with the answer of a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.search.written_guides import written_guides
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
    """A page to read, and the path where it stands.

    `is_unread`: it is a guide that no clinician has read yet, which is said wherever it stands.
    """

    title_en: str
    title_hi: str
    path: str
    is_unread: bool = False

    @property
    def is_written(self) -> bool:
        """Tell whether it is a guide somebody wrote, not the page of a term."""
        return self.path.startswith(f"/{WRITTEN}/")


# Pages of no single term that answer a question by themselves.
PAGES: Mapping[str, Guide] = {
    "/professions": Guide("Who does what", "कौन क्या करता है", "/professions"),
    "/self-check": Guide(
        "Self-check for low mood (PHQ-9)", "उदासी के लिए स्वयं-जांच (PHQ-9)", "/self-check"
    ),
}


def guides_of(
    asked: SearchRequest,
    vocabulary: Vocabulary,
    engine: Engine | None,
    session: Session | None = None,
) -> tuple[Guide, ...]:
    """Give at most three pages to read, the closest first.

    First the page that answers the question itself, or that of a term in force; then published
    guides that fit (two queries, and none without a session), pages of other terms, and those
    whose own words match; without an engine, no words are matched.
    """
    pages = list(_pages(asked, vocabulary))
    terms = {term.id: term for _page, term in pages if term is not None}
    lines = [] if session is None else written_guides(asked, terms.values(), session)
    found = [page for page, _term in pages]
    found[1:1] = map(_written, lines)
    found += _worded(asked, vocabulary, engine)
    once: dict[str, Guide] = {}
    for page in found:
        once.setdefault(page.path, page)
    return tuple(once.values())[:MOST_GUIDES]


def guide_of(term: TermView) -> Guide:
    """Give the page of a condition, treatment or profession."""
    return Guide(term.name_en, term.name_hi, f"/{FOLDERS[term.kind]}/{term.slug}")


def _written(line: GuideLine) -> Guide:
    """Give a published guide; one without a Hindi title goes by its own."""
    return Guide(
        line.title,
        line.title_hi or line.title,
        f"/{WRITTEN}/{line.slug}",
        is_unread=line.reviewed_on is None,
    )


def _pages(asked: SearchRequest, vocabulary: Vocabulary) -> Iterator[tuple[Guide, TermView | None]]:
    """Yield pages with the term each is of; the page of no single term has None."""
    answer = asked.reading.guide
    if answer is not None:
        term = _term_at(answer, vocabulary)
        page = PAGES.get(answer) or (None if term is None else guide_of(term))
        if page is not None:
            yield page, term
    for term in _terms(asked, vocabulary):
        yield guide_of(term), term


def _terms(asked: SearchRequest, vocabulary: Vocabulary) -> Iterator[TermView]:
    for kind in FOLDERS:
        for term_id in asked.query.filters.terms.get(kind, ()):
            yield vocabulary.term_by_id[term_id]
    for item in asked.reading.understood:
        if item.hint and item.parameter in FOLDERS:
            yield vocabulary.terms[TermKind(item.parameter)][item.value]


def _worded(asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None) -> Iterator[Guide]:
    if engine is not None and asked.query.words:
        for term_id in engine.pages(asked.query.words, MOST_GUIDES):
            yield guide_of(vocabulary.term_by_id[term_id])


def _term_at(path: str, vocabulary: Vocabulary) -> TermView | None:
    """Give the term whose page stands at a path."""
    folder, _, slug = path.strip("/").partition("/")
    kinds = [kind for kind, name in FOLDERS.items() if name == folder]
    return vocabulary.term(kinds[0], vocabulary.slug_today(kinds[0], slug)) if kinds else None
