"""The facts of listings as whoever checks them needs them: what is stated, and what is known.

For any state of a listing, drafts too. Called by the desk of checks and `flask listings check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from directory.core.errors import NotFoundError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stating import stated_facts
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import Listing, ListingChange
from directory.listings.policy import REGISTRATION
from directory.listings.queries.checks import Check, CheckState, newest_checks
from directory.listings.queries.doubts import doubts_of
from directory.listings.queries.finding import NOT_FOUND
from directory.listings.standing import has_lapsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from directory.listings.exchange.drafts import ListingDraft, RegistrationDraft
    from directory.listings.models import ListingKind, ListingState
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class CheckableFact:
    """A fact the listing states, its newest check, and for a register what was found there."""

    fact: str
    check: Check
    registration: RegistrationDraft | None = None
    lapsed: bool = False

    @property
    def is_due(self) -> bool:
        """Whether nobody vouches for it now."""
        return self.lapsed or not self.check.is_valid


@dataclass(frozen=True, slots=True)
class CheckableListing:
    """One listing with all the facts it states, in the order pages tell them.

    `seen` is its newest change: a check is of what was seen, so it is handed back with it.
    """

    id: int
    slug: str
    kind: ListingKind
    state: ListingState
    name: str
    is_demo: bool
    document: Mapping[str, Any]
    facts: tuple[CheckableFact, ...]
    seen: int | None

    def fact(self, key: str) -> CheckableFact | None:
        """Give one of its facts, None when it does not state it."""
        return next((found for found in self.facts if found.fact == key), None)


def checkable_listing(
    session: Session, listing_id: int, *, vocabulary: Vocabulary, today: date
) -> CheckableListing:
    """Give one listing with its facts; raises `NotFoundError`."""
    found = checkable_listings(session, [listing_id], vocabulary=vocabulary, today=today)
    if listing_id not in found:
        raise NotFoundError(NOT_FOUND)
    return found[listing_id]


def checkable_listings(
    session: Session, ids: Sequence[int], *, vocabulary: Vocabulary, today: date
) -> Mapping[int, CheckableListing]:
    """Give listings with their facts, by id; some fifteen queries, however many ids."""
    drafts = read_drafts(session, ids, vocabulary)
    doubts = doubts_of(session, ids)
    newest = {
        row.listing_id: row.seen
        for row in session.execute(
            select(ListingChange.listing_id, func.max(ListingChange.id).label("seen"))
            .where(ListingChange.listing_id.in_(ids))
            .group_by(ListingChange.listing_id)
        )
    }
    rows = session.execute(
        select(
            Listing.id, Listing.slug, Listing.kind, Listing.state, Listing.name, Listing.is_demo
        ).where(Listing.id.in_(ids))
    )
    return {
        row.id: CheckableListing(
            *row,
            document=document_of_draft(drafts[row.id]),
            facts=_facts(
                drafts[row.id],
                newest_checks(drafts[row.id].checks, today, doubts.get(row.id, ())),
                today,
            ),
            seen=newest.get(row.id),
        )
        for row in rows
    }


def _facts(
    draft: ListingDraft, known: Mapping[str, Check], today: date
) -> tuple[CheckableFact, ...]:
    numbers = {f"{REGISTRATION}:{found.register}": found for found in draft.registrations}
    return tuple(
        CheckableFact(
            fact,
            known.get(fact, Check(fact, CheckState.NEVER)),
            numbers.get(fact),
            fact in numbers and has_lapsed(numbers[fact].valid_until, today),
        )
        for fact in stated_facts(draft)
    )
