"""Terms that some words may stand for, in any spelling: for the desk of the vocabulary.

Not for readers (see `suggest.py`): what is found may be through a spelling that is never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extract

from directory.search.understanding.forms import composed, tokens_of
from directory.search.understanding.lexicon import READ_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import TermView, Vocabulary

# Of a hundred; less alike than this is no guess worth making.
LEAST_ALIKE = 64


def terms_holding(
    text: str, vocabulary: Vocabulary, limit: int, *, kind: TermKind | None = None
) -> list[TermView]:
    """Give the terms with a name or spelling that holds a text, those that begin so first."""
    wanted = _letters(text)
    if not wanted:
        return []
    kinds = vocabulary.terms if kind is None else (kind,)
    found: list[tuple[tuple[bool, int], TermView]] = []
    for each in kinds:
        for term in vocabulary.terms[each].values():
            held = [said for said in _said(term) if wanted in said]
            if held:
                found.append((min((not one.startswith(wanted), len(one)) for one in held), term))
    found.sort(key=lambda pair: pair[0])
    return [term for _, term in found[:limit]]


def terms_like(text: str, vocabulary: Vocabulary, limit: int) -> list[TermView]:
    """Give the terms some words are most alike to, of the lists a search reads; may be none."""
    wanted = _letters(text)
    spellings = [
        (said, term)
        for kind in READ_KINDS
        for term in vocabulary.terms[kind].values()
        for said in _said(term)
    ]
    near = extract(
        wanted,
        [said for said, _ in spellings],
        scorer=token_set_ratio,
        score_cutoff=LEAST_ALIKE,
        limit=limit * 8,
    )
    found = {spellings[at][1].id: spellings[at][1] for _, _, at in near}
    return list(found.values())[:limit]


def _said(term: TermView) -> Iterator[str]:
    for text in (term.slug, term.name_en, term.name_hi):
        yield _letters(text)
    for item in term.spellings:
        yield _letters(item.text)


def _letters(text: str) -> str:
    return " ".join(token.letters for token in tokens_of(composed(text)))
