"""Listings whose term is merged into another: each says the other instead, with its history.

The merge itself is `moderation/terms.py`, which owns the transaction. Checks stay: the word for a
fact changes, not what was found when it was checked; nothing is newly checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from directory.listings.exchange.drafts import TERM_KEYS
from directory.listings.exchange.history import Cause
from directory.listings.exchange.planning import Change, Plan
from directory.listings.exchange.stations import NearestStation
from directory.listings.exchange.stored import read_drafts
from directory.listings.exchange.storing import Storer
from directory.listings.models import ChangeCause
from directory.listings.operations.undoing import centres_of
from directory.listings.queries.terms import carrying
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor
    from directory.listings.exchange.drafts import ListingDraft
    from directory.vocabulary.queries import TermView, Vocabulary

LISTINGS_AT_ONCE = 250


def carry_over(
    session: Session,
    gone: TermView,
    stays: TermView,
    *,
    actor: Actor,
    vocabulary: Vocabulary,
    now: datetime,
) -> int:
    """Let every listing that carries `gone` carry `stays`, in the caller's transaction.

    `vocabulary` is the one that still has both. Gives how many listings changed.
    """
    ids = sorted(session.scalars(carrying(gone.id)).all())
    storer = Storer(
        session, now, vocabulary, NearestStation(vocabulary), Cause(ChangeCause.VOCABULARY, actor)
    )
    for first in range(0, len(ids), LISTINGS_AT_ONCE):
        drafts = read_drafts(session, ids[first : first + LISTINGS_AT_ONCE], vocabulary)
        changed = [
            Change(listing_id, _renamed(draft, gone, stays), draft)
            for listing_id, draft in drafts.items()
        ]
        plan = Plan(changed=changed)
        refs = {ref for draft in drafts.values() for ref in draft.works_at}
        plan.centre_ids.update(centres_of(session, tuple(refs)))
        storer.store(plan)
    return len(ids)


def _renamed(draft: ListingDraft, gone: TermView, stays: TermView) -> ListingDraft:
    def today(slug: str) -> str:
        return stays.slug if slug == gone.slug else slug

    terms = {
        key: tuple(dict.fromkeys(map(today, slugs))) if TERM_KEYS[key] is gone.kind else slugs
        for key, slugs in draft.terms.items()
    }
    practitioner, centre = draft.practitioner, draft.centre
    if practitioner is not None and gone.kind is TermKind.PROFESSION:
        practitioner = replace(practitioner, profession=today(practitioner.profession))
    if centre is not None and gone.kind is TermKind.CENTRE_TYPE:
        centre = replace(centre, centre_type=today(centre.centre_type))
    return replace(draft, terms=terms, practitioner=practitioner, centre=centre)
