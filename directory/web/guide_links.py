"""What a guide leads to, and what leads to a guide: listings, other guides, pages of words.

Called by the views of guides, of listings and of terms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from directory.core.db import db
from directory.guides.queries import guides_of_terms, published_guides, terms_of_guides
from directory.guides.shelves import Shelf, is_told_of, place_of, shelf_of, shelved
from directory.search.parameters import ParametersError
from directory.search.written_guides import closeness
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.cards import rated_cards
from directory.web.finding import answer_of, read_search
from directory.web.links import search_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from directory.guides.queries import GuideLine
    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.page import ListingPage
    from directory.vocabulary.queries import TermView

MOST_CARDS = 3
MOST_RELATED = 4
MOST_OF_A_LISTING = 3
# Whose listings stand on the page of a guide about several kinds of words.
LEADING = (TermKind.TREATMENT, TermKind.CONDITION, TermKind.PROFESSION)


@dataclass(frozen=True, slots=True)
class Matching:
    """The first listings a guide goes with, how many there are, and where all of them are."""

    cards: list[ListingCard]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class GuideShelf:
    """The guides of one part of the page of all."""

    shelf: Shelf
    guides: list[GuideLine]


def matching_listings(slug: str, terms: Iterable[TermView]) -> Matching | None:
    """Give the listings a guide goes with; None where it goes with none."""
    parameters = _search_of(slug, terms)
    if not parameters:
        return None
    try:
        asked = read_search(parameters)
    except ParametersError:  # a term of its own search is no longer in the vocabulary
        return None
    query = replace(asked.query, limit=MOST_CARDS, wanted=())
    found = answer_of(query)
    ids = [hit.id for hit in found.hits]
    if not ids:
        return None
    listed = rated_cards(db.session(), ids, current.vocabulary(), current.now())
    return Matching(listed, found.total, search_path(parameters))


def related_guides(guide_id: int, slug: str) -> list[GuideLine]:
    """Give other guides, those with most words in common first, then those beside it."""
    session = db.session()
    about = terms_of_guides(session)
    own = about.get(guide_id, frozenset())
    shelf = _shelf(slug, own)

    def nearness(line: GuideLine) -> tuple[int, bool, tuple[int, str]]:
        theirs = about.get(line.id, frozenset())
        return (-len(own & theirs), _shelf(line.slug, theirs) is not shelf, place_of(line.slug))

    others = [line for line in published_guides(session) if line.id != guide_id]
    return sorted(others, key=nearness)[:MOST_RELATED]


def shelves_of(lines: Iterable[GuideLine]) -> list[GuideShelf]:
    """Give guides on their shelves, each in its order; empty shelves are left out."""
    about = terms_of_guides(db.session())
    held: dict[Shelf, list[GuideLine]] = {shelf: [] for shelf in Shelf}
    for line in sorted(lines, key=lambda line: place_of(line.slug)):
        held[_shelf(line.slug, about.get(line.id, frozenset()))].append(line)
    return [GuideShelf(shelf, guides) for shelf, guides in held.items() if guides]


def guides_of_term(term: TermView) -> list[GuideLine]:
    """Give the guides about a term, those that name it in their title first; one query."""
    lines = guides_of_terms(db.session(), [term.id]).get(term.id, ())
    return sorted(lines, key=lambda line: (-closeness(line, term), place_of(line.slug)))


def guides_of_listing(page: ListingPage) -> list[GuideLine]:
    """Give the guides to what a listing offers and is, the closest first; two queries."""
    session = db.session()
    treatments = page.terms.get(TermKind.TREATMENT, ())
    chosen = {"kind": {page.listing.kind.value}, "treatment": {term.slug for term in treatments}}
    if page.open_24x7:
        chosen["open"] = {"24x7"}
    about = terms_of_guides(session)

    def worth(line: GuideLine) -> tuple[bool, int]:
        theirs = about.get(line.id, frozenset())
        terms = (term for term in (*treatments, page.listing.role) if term.id in theirs)
        return (is_told_of(line.slug, chosen), sum(closeness(line, term) for term in terms))

    fitting = [line for line in published_guides(session) if any(worth(line))]
    return sorted(fitting, key=worth, reverse=True)[:MOST_OF_A_LISTING]


def _search_of(slug: str, terms: Iterable[TermView]) -> Mapping[str, Sequence[str]]:
    """Give the parameters of the search a guide goes with: its own, or those of its words."""
    told = shelved().get(slug)
    if told is not None and told.listings:
        return told.listings
    by_kind: dict[TermKind, list[str]] = {}
    for term in terms:
        by_kind.setdefault(term.kind, []).append(term.slug)
    return next(({kind.value: by_kind[kind]} for kind in LEADING if kind in by_kind), {})


def _shelf(slug: str, term_ids: Iterable[int]) -> Shelf:
    known = current.vocabulary().term_by_id
    return shelf_of(slug, {known[term_id].kind for term_id in term_ids if term_id in known})
