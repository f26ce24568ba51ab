"""The vocabulary as an edit would leave it, in memory: for looking before saving.

Writes nothing and asks no database. Called by `search/rereading.py` and by the doors.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.vocabulary.models import SpellingUse
from directory.vocabulary.policy import TermDraft, tidied
from directory.vocabulary.queries import SpellingView, TermView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import Vocabulary

# No row has it: the id of a term that is only being thought of.
NOT_YET = -1


def draft_of_view(term: TermView) -> TermDraft:
    """Give what a term says, as a draft would."""
    return TermDraft(
        name_en=term.name_en,
        name_hi=term.name_hi,
        group=term.group,
        note=term.note,
        plain_en=term.details.get("plain_en"),
        plain_hi=term.details.get("plain_hi"),
        spellings=tuple((item.use, item.text) for item in term.spellings),
    )


def with_term(vocabulary: Vocabulary, kind: TermKind, slug: str, draft: TermDraft) -> Vocabulary:
    """Give a vocabulary in which a term says what a draft does; a new one stands last."""
    known = vocabulary.terms[kind].get(slug)
    wanted = tidied(draft)
    details = {} if known is None else known.details
    term = TermView(
        id=NOT_YET if known is None else known.id,
        kind=kind,
        slug=slug,
        name_en=wanted.name_en,
        name_hi=wanted.name_hi,
        group=wanted.group,
        note=wanted.note,
        synonyms=wanted.of_use(SpellingUse.SYNONYM),
        details=details,
        spellings=tuple(SpellingView(text, use) for use, text in wanted.spellings),
    )
    terms = {**vocabulary.terms[kind], slug: term}
    return _with(vocabulary, kind, terms, vocabulary.merged)


def with_merged(vocabulary: Vocabulary, kind: TermKind, slug: str, into: str) -> Vocabulary:
    """Give a vocabulary in which one term stands for another of its kind; raises `KeyError`."""
    terms = dict(vocabulary.terms[kind])
    goes, stays = terms.pop(slug), terms[into]
    every = _spellings_of_both(goes, stays)
    shown = tuple(item.text for item in every if item.use is SpellingUse.SYNONYM)
    terms[into] = replace(stays, spellings=every, synonyms=shown)
    before = vocabulary.merged.get(kind, {})
    slugs = {old: into if today == slug else today for old, today in before.items()}
    merged = {**vocabulary.merged, kind: {**slugs, slug: into}}
    return _with(vocabulary, kind, terms, merged, {goes.id: terms[into]})


def _spellings_of_both(goes: TermView, stays: TermView) -> tuple[SpellingView, ...]:
    names = [SpellingView(name, SpellingUse.SYNONYM) for name in (goes.name_en, goes.name_hi)]
    known = {item.text.casefold() for item in stays.spellings}
    more = [item for item in (*names, *goes.spellings) if item.text.casefold() not in known]
    return (*stays.spellings, *dict.fromkeys(more))


def _with(
    vocabulary: Vocabulary,
    kind: TermKind,
    terms: Mapping[str, TermView],
    merged: Mapping[TermKind, Mapping[str, str]],
    replaced: Mapping[int, TermView] | None = None,
) -> Vocabulary:
    """Give the vocabulary with another list of one kind, under a name of its own."""
    by_id = {**vocabulary.term_by_id, **{term.id: term for term in terms.values()}}
    return replace(
        vocabulary,
        digest=f"{vocabulary.digest}~{_fingerprint(terms.values())}",
        terms=MappingProxyType({**vocabulary.terms, kind: MappingProxyType(dict(terms))}),
        term_by_id=MappingProxyType({**by_id, **(replaced or {})}),
        merged=MappingProxyType(dict(merged)),
    )


def _fingerprint(terms: Iterable[TermView]) -> str:
    said = [(term.slug, term.name_en, term.name_hi, term.spellings) for term in terms]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
