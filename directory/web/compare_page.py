"""What the page of compared listings shows: the columns, what is missing, and ways on.

Not for what differs (`listings/queries/comparison.py`) or for words (`compare_words.py`). Called
by `compare.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from directory.core.db import db
from directory.listings.policy import is_slug
from directory.listings.queries.chosen import chosen_by_id, chosen_by_slug
from directory.listings.queries.comparison import compare
from directory.listings.queries.page import listing_pages
from directory.listings.shortlist import MOST_COMPARED
from directory.reviews.queries.ratings import ratings_of
from directory.web import current, saved
from directory.web.finding import place_typed
from directory.web.links import compare_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.listings.queries.chosen import ChosenListing
    from directory.listings.queries.comparison import Comparison
    from directory.reviews.queries.ratings import RatingFacts
    from directory.search.request import Place

# So many slugs are looked at, and no longer ones: more is no address of ours.
MOST_ASKED = 20
LONGEST_SLUG = 120
ONLY, DIFFERING = "only", "differing"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: listings to show, and those that cannot be.

    `too_many` are beyond the fourth; `unknown` are slugs nobody has; `unreadable` says that
    something was named that no slug looks like.
    """

    shown: tuple[ChosenListing, ...]
    too_many: tuple[ChosenListing, ...]
    closed: tuple[ChosenListing, ...]
    unknown: tuple[str, ...]
    unreadable: bool


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The columns with their ratings, the place distances are from, and ways to change both."""

    asked: Asked
    comparison: Comparison
    ratings: Mapping[int, RatingFacts]
    named: str
    place: Place | None
    addable: tuple[tuple[str, str], ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Give the slugs of the columns as they are now."""
        return tuple(column.page.listing.slug for column in self.comparison.columns)

    @property
    def has_centres(self) -> bool:
        """Whether a place of care is among them: only then its nights are compared."""
        return any(column.page.is_centre for column in self.comparison.columns)

    @property
    def near(self) -> str | None:
        """Give what the address carries for the place, if we know it."""
        return self.place.slug if self.place else None

    @property
    def path(self) -> str:
        """Give the one address of this comparison."""
        return self._path(self.slugs, is_short=False)

    @property
    def other_path(self) -> str:
        """Give the address of the same with all facts, or with only those that differ."""
        return self._path(self.slugs, is_short=not self.comparison.is_short)

    @property
    def status(self) -> int:
        """Give 404 when something was asked for and nothing of it can be shown."""
        asked = self.asked
        lost = asked.closed or asked.unknown or asked.unreadable
        return HTTPStatus.NOT_FOUND if lost and not self.slugs else HTTPStatus.OK

    def without(self, slug: str) -> str:
        """Give the address of the others."""
        rest = [each for each in self.slugs if each != slug]
        return self._path(rest, is_short=self.comparison.is_short)

    def _path(self, slugs: Sequence[str], *, is_short: bool) -> str:
        return compare_url(slugs, self.near) + (f"&{ONLY}={DIFFERING}" if is_short else "")


def compare_page(slugs: Sequence[str], named: str, only: str = "") -> ComparePage:
    """Give the page for the parameters of an address; sixteen queries however many slugs."""
    session, vocabulary, now = db.session(), current.vocabulary(), current.now()
    asked = _asked(slugs)
    ids = [each.id for each in asked.shown]
    named, place = place_typed(named)
    pages = listing_pages(session, ids, vocabulary=vocabulary, now=now)
    whole = compare(pages, place.point if place else None)
    return ComparePage(
        asked=asked,
        comparison=replace(whole, is_short=only == DIFFERING and len(pages) > 1),
        ratings=ratings_of(session, ids),
        named=named,
        place=place,
        addable=_addable(asked, place.slug if place else None),
    )


def _asked(named: Sequence[str]) -> Asked:
    """Give each listing once, in the order of the address."""
    given = [text for text in map(str.strip, named) if text]
    slugs = [text for text in given if len(text) <= LONGEST_SLUG and is_slug(text)]
    asked = tuple(dict.fromkeys(slugs))[:MOST_ASKED]
    chosen = chosen_by_slug(db.session(), asked)
    found = tuple({chosen[slug].id: chosen[slug] for slug in asked if slug in chosen}.values())
    shown = tuple(each for each in found if each.is_open)
    return Asked(
        shown=shown[:MOST_COMPARED],
        too_many=shown[MOST_COMPARED:],
        closed=tuple(each for each in found if not each.is_open),
        unknown=tuple(slug for slug in asked if slug not in chosen),
        unreadable=len(slugs) < len(given),
    )


def _addable(asked: Asked, near: str | None) -> tuple[tuple[str, str], ...]:
    """Give the saved listings that may stand beside these: name and address."""
    kept = saved.shortlist().ids
    if len(asked.shown) >= MOST_COMPARED or not kept:
        return ()
    chosen = chosen_by_id(db.session(), kept)
    shown = {each.id for each in asked.shown}
    slugs = [each.slug for each in asked.shown]
    rest = {chosen[each].id: chosen[each] for each in kept if each in chosen}
    return tuple(
        (each.name, compare_url([*slugs, each.slug], near))
        for each in rest.values()
        if each.is_open and each.id not in shown
    )
