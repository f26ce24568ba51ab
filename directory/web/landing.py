"""Pages of conditions, treatments and professions: one each, and the index of all.

Plain words, who does it, where, and the first listings. Words come with the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template
from flask_babel import gettext

from directory.core.db import db
from directory.listings.queries.counts import count_group
from directory.listings.queries.nearby import search_of_term
from directory.listings.queries.search import find_listings, matches
from directory.vocabulary.models import TermKind
from directory.web import current, self_check
from directory.web.access import access
from directory.web.cards import rated_cards
from directory.web.entries import PAGES, Entry, chosen_terms, term_entries, term_url
from directory.web.errors import error_page
from directory.web.guide_links import guides_of_term
from directory.web.links import search_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from directory.listings.queries.counts import GroupCounts
    from directory.vocabulary.queries import TermView, Vocabulary

blueprint = Blueprint("landing", __name__)

SHOWN_CARDS = 6
MOST_RELATED = 9
GROUP_KINDS = {
    TermKind.CONDITION: TermKind.CONDITION_GROUP,
    TermKind.TREATMENT: TermKind.TREATMENT_GROUP,
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some terms under a heading of an index page."""

    slug: str
    name: str
    hindi: str | None
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class TermWords:
    """The plain words of a term; what nobody has written is None or empty."""

    plain_en: str | None
    plain_hi: str | None
    urgent_en: str | None
    urgent_hi: str | None
    check_en: str | None
    ask: tuple[str, ...]

    @classmethod
    def of(cls, term: TermView) -> TermWords:
        """Give the words of a term; what a profession does stands in when no more is written."""
        details = term.details
        return cls(
            plain_en=details.get("plain_en") or details.get("does_en") or term.note,
            plain_hi=details.get("plain_hi") or details.get("does_hi"),
            urgent_en=details.get("urgent_en"),
            urgent_hi=details.get("urgent_hi"),
            check_en=details.get("check_en"),
            ask=tuple(details.get("ask") or ()),
        )


@blueprint.get("/conditions/<slug>")
@access("anyone")
def condition(slug: str) -> ResponseReturnValue:
    """Show what a condition is like, who helps and with what."""
    return _term_page(TermKind.CONDITION, slug)


@blueprint.get("/treatments/<slug>")
@access("anyone")
def treatment(slug: str) -> ResponseReturnValue:
    """Show what happens in a treatment, what it is for and what to ask."""
    return _term_page(TermKind.TREATMENT, slug)


@blueprint.get("/professions/<slug>")
@access("anyone")
def profession(slug: str) -> ResponseReturnValue:
    """Show what a profession does, may do, and where to look it up."""
    return _term_page(TermKind.PROFESSION, slug)


@blueprint.get("/conditions")
@access("anyone")
def conditions() -> str:
    """Show every condition on its shelf."""
    return _index_page(TermKind.CONDITION)


@blueprint.get("/treatments")
@access("anyone")
def treatments() -> str:
    """Show every treatment on its shelf."""
    return _index_page(TermKind.TREATMENT)


@blueprint.get("/professions")
@access("anyone")
def professions() -> str:
    """Show who does what, and the kinds of centre."""
    vocabulary, counts = current.vocabulary(), current.counts()
    return render_template(
        "landing/professions.html",
        professions=vocabulary.terms[TermKind.PROFESSION].values(),
        counted=counts.by_term,
        centre_types=term_entries(vocabulary.terms[TermKind.CENTRE_TYPE].values(), counts.by_term),
    )


def _index_page(kind: TermKind) -> str:
    vocabulary, counts = current.vocabulary(), current.counts()
    shelves = [
        Shelf(group.slug, group.name_en, group.name_hi, term_entries(held, counts.by_term))
        for group in vocabulary.terms[GROUP_KINDS[kind]].values()
        if (held := [term for term in vocabulary.terms[kind].values() if term.group == group.slug])
    ]
    return render_template("landing/index.html", kind=kind.value, shelves=shelves)


def _term_page(kind: TermKind, slug: str) -> ResponseReturnValue:
    vocabulary, session, now = current.vocabulary(), db.session(), current.now()
    term = vocabulary.term(kind, slug)
    if term is None:
        return _elsewhere(kind, slug, vocabulary)
    search = search_of_term(term)
    group = count_group(session, matches(search, now))
    found = find_listings(session, search, now, offset=0, limit=SHOWN_CARDS)
    return render_template(
        "landing/term.html",
        term=term,
        folder=PAGES[kind],
        words=TermWords.of(term),
        group=group,
        districts=_districts(term, group, vocabulary),
        cards=rated_cards(session, found.ids, vocabulary, now),
        all_url=search_path({kind.value: slug}),
        guides=guides_of_term(term),
        has_self_check=kind is TermKind.CONDITION and term.slug in self_check.CONCERNS,
        **_around(term, group, vocabulary),
    )


def _around(term: TermView, group: GroupCounts, vocabulary: Vocabulary) -> dict[str, Any]:
    """Give the lists of terms round one: who, with what, for what, and its neighbours."""
    details, counted = term.details, current.counts().by_term
    who = chosen_terms(vocabulary, TermKind.PROFESSION, details.get("who") or ())
    helps = chosen_terms(vocabulary, TermKind.TREATMENT, details.get("helps") or ())
    uses = chosen_terms(
        vocabulary, TermKind.CONDITION, details.get("for") or details.get("good_for") or ()
    )
    givers = chosen_terms(vocabulary, TermKind.PROFESSION, details.get("delivered_by") or ())
    return {
        "who": _who(term, who or givers, group.by_role),
        "helps": term_entries(helps, counted),
        "uses": term_entries(uses[: MOST_RELATED * 2], counted),
        "related": term_entries(_neighbours(term, vocabulary), counted),
        "centres": _who(
            term, list(vocabulary.terms[TermKind.CENTRE_TYPE].values()), group.by_role, some=True
        ),
    }


def _who(
    term: TermView,
    roles: list[TermView],
    counted: Mapping[int, int],
    *,
    some: bool = False,
) -> list[Entry]:
    """Give roles with how many of them carry the term; `some` leaves out those without any."""
    return [
        Entry(
            role.name_en,
            role.name_hi,
            search_path({term.kind.value: term.slug, role.kind.value: role.slug}),
            counted.get(role.id, 0),
        )
        for role in roles
        if counted.get(role.id) or not some
    ]


def _neighbours(term: TermView, vocabulary: Vocabulary) -> list[TermView]:
    if term.group is None:
        return []
    shelf = [
        other
        for other in vocabulary.terms[term.kind].values()
        if other.group == term.group and other.id != term.id
    ]
    return shelf[:MOST_RELATED]


def _districts(term: TermView, group: GroupCounts, vocabulary: Vocabulary) -> list[Entry]:
    """Give the districts that have any, most first."""
    counted: dict[str, int] = {}
    for locality_id, number in group.by_locality.items():
        slug = vocabulary.locality_by_id[locality_id].district.slug
        counted[slug] = counted.get(slug, 0) + number
    return [
        Entry(
            vocabulary.districts[slug].name_en,
            vocabulary.districts[slug].name_hi,
            search_path({term.kind.value: term.slug, "district": slug}),
            number,
        )
        for slug, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _elsewhere(kind: TermKind, slug: str, vocabulary: Vocabulary) -> ResponseReturnValue:
    """Lead from a merged term's old address to the one that took its place, or find none."""
    moved = vocabulary.term(kind, vocabulary.slug_today(kind, slug))
    if moved is None:
        return _not_found(kind, slug, vocabulary)
    return redirect(term_url(moved), HTTPStatus.MOVED_PERMANENTLY)


def _not_found(kind: TermKind, slug: str, vocabulary: Vocabulary) -> ResponseReturnValue:
    terms = vocabulary.terms[kind]
    close = get_close_matches(slug.lower(), terms, n=4, cutoff=0.6)
    return error_page(
        404,
        says=gettext("We have no page for “%(word)s”.", word=slug[:60]),
        suggestions=[(terms[name].name_en, term_url(terms[name])) for name in close],
    )
