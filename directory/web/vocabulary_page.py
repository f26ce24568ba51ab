"""What the pages of the vocabulary's desk show: lists, one term, and what a change would do.

Called by `vocabulary.py`, which reads the forms and makes the one call that writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import render_template
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import InvalidError
from directory.guides.terms import guides_about
from directory.listings.queries.terms import Carried, carried, count_with_both
from directory.search.finding_terms import terms_like
from directory.search.rereading import Change, clashes, reread
from directory.search.unmet import unmet_words
from directory.vocabulary.changing import draft_of_view, with_merged, with_term
from directory.vocabulary.operations.editing import parts_changed
from directory.vocabulary.policy import HAS_PLAIN_WORDS, SHELVES, why_not_merged
from directory.vocabulary.queries import edited_at
from directory.web import current
from directory.web.entries import PAGES, term_url
from directory.web.forms.term import MergeForm, TermForm, fingerprint
from directory.web.search_words import TERMS, parameter_words, values_named
from directory.web.vocabulary_words import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from directory.search.rereading import Clash, ReadOtherwise, Side
    from directory.search.unmet import Unmet
    from directory.vocabulary.models import TermKind
    from directory.vocabulary.policy import TermDraft
    from directory.vocabulary.queries import TermView, Vocabulary

VOCABULARY = "/admin/vocabulary"
UNMET = f"{VOCABULARY}/unmet"
MOST_SHOWN = 30
MOST_UNMET = 200
MOST_GUESSES = 2
NOBODY = Carried(0, 0)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list: how many terms it has, and how many of them no public listing carries."""

    kind: TermKind
    terms: int
    unused: int | None


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term in a list; `count` is how many public listings carry it, None where none can."""

    term: TermView
    url: str
    count: int | None


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """Words that found nothing, and the terms they may stand for, each with where to say so."""

    unmet: Unmet
    guesses: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing a search is read as: the parameter's word, if it needs one, and the value's."""

    kind: str
    words: str
    is_hint: bool


@dataclass(frozen=True, slots=True)
class SideLine:
    """How a search is read on one side of a change; `hits` is None while there is no index."""

    meant: tuple[Meant, ...]
    hits: int | None


@dataclass(frozen=True, slots=True)
class SearchLine:
    """Searches that are read otherwise, all of them alike."""

    texts: tuple[str, ...]
    before: SideLine
    after: SideLine


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A spelling that stands for something else already, in words."""

    text: str
    meant: list[Meant]
    is_lost: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do; `parts` are those of the term that change."""

    parts: tuple[str, ...]
    listings: Carried
    guides: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    clashes: list[ClashLine]
    tried: int
    otherwise: int
    searches: list[SearchLine]
    more: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do; `both` listings carry the two already."""

    into: TermView
    does: Preview
    both: int


def list_lines(vocabulary: Vocabulary) -> list[ListLine]:
    """Give every list in the order of the desk."""
    counted = current.counts().by_term
    found: list[ListLine] = []
    for kind in LISTS:
        terms = vocabulary.terms[kind].values()
        unused = sum(term.id not in counted for term in terms) if kind.value in TERMS else None
        found.append(ListLine(kind, len(terms), unused))
    return found


def term_line(term: TermView, *, words: str = "") -> TermLine:
    """Give a term as a line of a list; `words` are to be put among its spellings."""
    is_carried = term.kind.value in TERMS
    count = current.counts().by_term.get(term.id, 0) if is_carried else None
    return TermLine(term, desk_url(term, words), count)


def unmet_lines(vocabulary: Vocabulary, most: int = MOST_UNMET) -> list[UnmetLine]:
    """Give the words that found nothing, the most wanted first, each with guesses."""
    return [
        UnmetLine(
            one,
            [
                (term.name_en, desk_url(term, one.words))
                for term in terms_like(one.words, vocabulary, MOST_GUESSES)
            ],
        )
        for one in unmet_words(db.session(), most)
    ]


def desk_url(term: TermView, words: str = "") -> str:
    """Give where a term is edited; with `words`, filled in with them as another name."""
    asked = f"?{urlencode({'add': words})}" if words else ""
    return f"{VOCABULARY}/{term.kind.value}/{term.slug}{asked}"


def public_url(term: TermView) -> str | None:
    """Give where readers see a term: its page, or the search for it; None where they cannot."""
    return term_url(term) if term.kind in PAGES or term.kind.value in TERMS else None


def term_form(term: TermView, words: str = "") -> TermForm:
    """Give the form of a term as it is, with `words` put among its other names."""
    form = TermForm.showing(draft_of_view(term))
    last = edited_at(db.session(), term.id)
    form.seen.data = last.isoformat() if last else ""
    if words:
        form.add_words(words)
    return form


def read_seen(form: TermForm) -> datetime | None:
    """Give when the term was edited last, as the form knew it; raises `InvalidError`."""
    try:
        return datetime.fromisoformat(form.seen.data) if form.seen.data else None
    except ValueError:
        raise InvalidError("seen", gettext("Open the term anew.")) from None


def new_answer(form: TermForm, kind: TermKind) -> str:
    """Give the page of a new term; with what it would do once it is sound."""
    is_sound = form.is_sent and not any(form.faults())
    slug = form.slug.data or ""
    return render_template(
        "admin/vocabulary_new.html",
        kind=kind,
        form=form,
        here=f"{VOCABULARY}/new?{urlencode({'kind': kind.value})}",
        does=preview(kind, slug, form.draft(), current.vocabulary()) if is_sound else None,
        looked=fingerprint(form.draft()),
        **_offered(kind),
    )


def term_answer(term: TermView, form: TermForm, merging: MergeForm | None = None) -> str:
    """Give the page of a term, with what its change or its merge would do once that is sound."""
    vocabulary = current.vocabulary()
    is_sound = form.is_sent and not any(form.faults())
    into = None
    if merging is not None and not any(merging.faults()):
        into = vocabulary.term(term.kind, merging.into.data or "")
    return render_template(
        "admin/vocabulary_term.html",
        kind=term.kind,
        term=term,
        form=form,
        here=desk_url(term),
        public=public_url(term),
        does=preview(term.kind, term.slug, form.draft(), vocabulary) if is_sound else None,
        looked=fingerprint(form.draft()),
        merging=merging or MergeForm(),
        merges=merge_preview(term, into, vocabulary) if into else None,
        others=_others(term, vocabulary),
        listings=carried(db.session(), term.id),
        **_offered(term.kind),
    )


def shelves_of(kind: TermKind, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the slugs of the shelves a term of a kind can stand on; empty where there are none."""
    shelf = SHELVES.get(kind)
    return () if shelf is None else tuple(vocabulary.terms[shelf])


def _offered(kind: TermKind) -> dict[str, Any]:
    """Give the shelves to choose from, and whether the kind has plain words."""
    vocabulary = current.vocabulary()
    shelf = SHELVES.get(kind)
    shelves = [] if shelf is None else list(vocabulary.terms[shelf].values())
    return {"shelves": shelves, "has_plain": kind in HAS_PLAIN_WORDS}


def _others(term: TermView, vocabulary: Vocabulary) -> list[TermView]:
    """Give the terms this one could be merged into, by name; none where it must stay."""
    others = [
        other
        for other in vocabulary.terms[term.kind].values()
        if why_not_merged(term.kind, term.slug, other.slug) is None
    ]
    return sorted(others, key=lambda other: other.name_en.casefold())


def preview(kind: TermKind, slug: str, draft: TermDraft, vocabulary: Vocabulary) -> Preview:
    """Give what saving a draft would do; a slug that is none yet is a new term's."""
    term = vocabulary.term(kind, slug)
    change = Change(vocabulary, with_term(vocabulary, kind, slug, draft), kind, slug)
    parts = ("new",) if term is None else parts_changed(draft_of_view(term), draft)
    return _preview(change, term, parts)


def merge_preview(term: TermView, into: TermView, vocabulary: Vocabulary) -> MergePreview:
    """Give what merging a term into another would do."""
    after = with_merged(vocabulary, term.kind, term.slug, into.slug)
    change = Change(vocabulary, after, term.kind, term.slug)
    both = count_with_both(db.session(), term.id, into.id)
    return MergePreview(into, _preview(change, term, ("merge",)), both)


def _preview(change: Change, term: TermView | None, parts: tuple[str, ...]) -> Preview:
    session = db.session()
    also = [one.words for one in unmet_words(session, MOST_UNMET)]
    read = reread(change, also, current.search().engine(), current.now())
    lines = _searches(read.changed, change)
    return Preview(
        parts=parts,
        listings=NOBODY if term is None else carried(session, term.id),
        guides=0 if term is None else guides_about(session, term.id),
        gained=change.gained,
        lost=change.lost,
        clashes=[_clash(one, change.before) for one in clashes(change)],
        tried=read.tried,
        otherwise=len(read.changed),
        searches=lines[:MOST_SHOWN],
        more=sum(len(line.texts) for line in lines[MOST_SHOWN:]),
    )


def _clash(clash: Clash, vocabulary: Vocabulary) -> ClashLine:
    return ClashLine(clash.text, list(_meant(clash.meant, vocabulary)), clash.is_lost)


def _searches(changed: Iterable[ReadOtherwise], change: Change) -> list[SearchLine]:
    """Give searches with the same two sides on one line."""
    alike: dict[tuple[SideLine, SideLine], list[str]] = {}
    for one in changed:
        sides = _side(one.before, change.before), _side(one.after, change.after)
        alike.setdefault(sides, []).append(one.text)
    return [SearchLine(tuple(texts), *sides) for sides, texts in alike.items()]


def _side(side: Side, vocabulary: Vocabulary) -> SideLine:
    """Give one reading in words: what filters, then free words, then what only comes first."""
    understood = side.reading.understood
    firm = [(item.parameter, item.value) for item in understood if not item.hint]
    hints = [(item.parameter, item.value) for item in understood if item.hint]
    free = [
        Meant(parameter_words("q"), word, is_hint=False)
        for word in (*side.reading.words, *side.reading.phrases)
    ]
    meant = (*_meant(firm, vocabulary), *free, *_meant(hints, vocabulary, is_hint=True))
    return SideLine(meant, side.hits)


def _meant(
    pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary, *, is_hint: bool = False
) -> Iterator[Meant]:
    """Yield the values of each parameter together."""
    for parameter, group in groupby(pairs, lambda pair: pair[0]):
        values = tuple(dict.fromkeys(value for _, value in group))
        named = values_named(parameter, values, vocabulary)
        yield Meant(parameter_words(parameter), named.words, is_hint)
