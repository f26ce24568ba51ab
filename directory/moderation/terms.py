"""Merging two terms of one list: listings, guides, spellings and addresses follow, as one act.

Lives here because it touches rooms that do not know each other. Called by the desk of the
vocabulary and by `flask vocabulary merge`. A merge cannot be taken back: nobody could tell which
listings carried which of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import InvalidError, NotFoundError
from directory.guides.terms import move_guides
from directory.listings.operations.terms import carry_over
from directory.vocabulary.operations.editing import raise_edition, retire_term, term_to_edit
from directory.vocabulary.policy import why_not_merged
from directory.vocabulary.queries import load_vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from directory.audit.policy import Actor
    from directory.vocabulary.models import TermKind


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to."""

    listings: int
    guides: int


def merge_terms(*, actor: Actor, kind: TermKind, slug: str, into: str, now: datetime) -> Merged:
    """Let one term take the place of another everywhere, for good.

    Listings that carry `slug` carry `into`, with a row of their history; its spellings and names
    become those of `into`, its address leads there, its slug is read as the other. Raises
    `InvalidError` for a pair that may not be merged, `NotFoundError` for a term that is none.
    """
    with writing() as session:
        reason = why_not_merged(kind, slug, into)
        if reason is not None:
            raise InvalidError("into", reason)
        vocabulary = load_vocabulary(session)
        gone, stays = vocabulary.term(kind, slug), vocabulary.term(kind, into)
        if gone is None or stays is None:
            raise NotFoundError("There is no such term in this list.")
        term, target = term_to_edit(session, kind, slug), term_to_edit(session, kind, into)

        listings = carry_over(session, gone, stays, actor=actor, vocabulary=vocabulary, now=now)
        guides = move_guides(session, gone.id, stays.id)
        retire_term(session, term, target, now)
        record(
            session,
            actions.TERM_MERGED,
            subject_id=gone.id,
            actor=actor,
            now=now,
            into_id=stays.id,
            listings=listings,
        )
        raise_edition(session, now)
        return Merged(listings, guides)
