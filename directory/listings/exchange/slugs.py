"""Finds a free slug for each listing that needs one: the name, then the locality, then a number.

Reads which slugs were ever taken and writes nothing. Called by `planning.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.listings.models import ListingSlug
from directory.listings.policy import slug_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from directory.listings.exchange.drafts import ListingDraft

FIRST_NUMBER = 2
ASKED_AT_ONCE = 1000


def owners(session: Session, slugs: Iterable[str]) -> dict[str, int]:
    """Give the listing each of these slugs belongs to, now or in the past; free ones are absent."""
    found: dict[str, int] = {}
    rest = iter(set(slugs))
    while asked := list(islice(rest, ASKED_AT_ONCE)):
        rows = session.execute(
            select(ListingSlug.slug, ListingSlug.listing_id).where(ListingSlug.slug.in_(asked))
        )
        found.update((slug, listing_id) for slug, listing_id in rows)
    return found


@dataclass(frozen=True, slots=True)
class Asker:
    """A listing in need of a slug; one it had before (`listing_id` is known) is free to it."""

    ref: str
    listing_id: int | None
    wishes: tuple[str, ...]


@dataclass(slots=True)
class SlugBook:
    """What one import knows of slugs beyond the database.

    `given` holds what a dry run would have given away, with the ref it went to; a real run
    finds those in the database. `next_numbers` spares counting from 2 again for each
    namesake.
    """

    given: dict[str, str] = field(default_factory=dict)
    next_numbers: dict[str, int] = field(default_factory=dict)

    def free_slugs(
        self, session: Session, askers: Sequence[Asker], reserved: Iterable[str]
    ) -> dict[str, str]:
        """Give a free slug for each asker, by ref; the `reserved` ones go to others."""
        gone = set(reserved)
        found: dict[str, str] = {}
        wishes = {asker.ref: asker.wishes for asker in askers}
        own = {asker.ref: asker.listing_id for asker in askers}
        while wishes:
            owned = owners(session, {wish for of_one in wishes.values() for wish in of_one})
            for ref, of_one in wishes.items():
                free = (
                    wish
                    for wish in of_one
                    if wish not in gone
                    and wish not in self.given
                    and owned.get(wish, own[ref]) == own[ref]
                )
                slug = next(free, None)
                if slug is not None:
                    found[ref] = slug
                    gone.add(slug)
            wishes = self._numbered([asker for asker in askers if asker.ref not in found])
        return found

    def _numbered(self, askers: Sequence[Asker]) -> dict[str, tuple[str, ...]]:
        """Give the next numbered wishes of each asker; namesakes share one run of numbers."""
        runs: dict[str, tuple[str, ...]] = {}
        for stem, namesakes in Counter(asker.wishes[-1] for asker in askers).items():
            first = self.next_numbers.get(stem, FIRST_NUMBER)
            self.next_numbers[stem] = first + namesakes
            runs[stem] = tuple(f"{stem}-{number}" for number in range(first, first + namesakes))
        return {asker.ref: runs[asker.wishes[-1]] for asker in askers}


def asker_for(draft: ListingDraft, listing_id: int | None) -> Asker:
    """Give what a listing wishes for: its name, then its name and first locality."""
    base = slug_of_name(draft.name, draft.ref)
    locality = draft.locations[0].locality
    wishes = (base,) if locality is None else (base, f"{base}-{locality}")
    return Asker(draft.ref, listing_id, wishes)
