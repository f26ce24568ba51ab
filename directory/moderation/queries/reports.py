"""What a receipt tells of a reader's report: what became of it, and nothing of who sent it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from directory.core.errors import NotFoundError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.facts import FACTS
from directory.listings.models import (
    Correction,
    CorrectionKind,
    CorrectionState,
    Listing,
    ListingChange,
    ListingState,
)
from directory.moderation.models import ModerationCase, SubjectNoun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import CallOutcome, ListingKind
    from directory.vocabulary.queries import Vocabulary

NO_RECEIPT = "There is no receipt with this number."


@dataclass(frozen=True, slots=True)
class ReportedListing:
    """The listing a report is about, or came to be; `state` tells whether readers see it."""

    kind: ListingKind
    slug: str
    name: str
    state: ListingState

    @property
    def is_shown(self) -> bool:
        """Tell whether there is a page to lead to, if only one that says it has closed."""
        return self.state in {ListingState.PUBLISHED, ListingState.CLOSED}


@dataclass(frozen=True, slots=True)
class ReportReceipt:
    """What became of a report.

    `due_at` is the limit of its case; None when nobody has to decide. `says_now` holds the keys
    of the fact as the listing has them, when a report was accepted and changed it.
    """

    receipt: str
    kind: CorrectionKind
    fact: str
    outcome: CallOutcome | None
    state: CorrectionState
    made_at: datetime
    decided_at: datetime | None
    due_at: datetime | None
    answer: str | None
    listing: ReportedListing | None
    was_changed: bool
    says_now: Mapping[str, Any] | None


def report_receipt(session: Session, number: str, *, vocabulary: Vocabulary) -> ReportReceipt:
    """Give what became of a report; raises `NotFoundError` for an unknown number."""
    report = session.scalar(
        select(Correction)
        .where(Correction.receipt == number.strip().lower())
        .execution_options(populate_existing=True)
    )
    if report is None:
        raise NotFoundError(NO_RECEIPT)
    leader_id = report.leader_id or report.id
    listing = _listing(session, report)
    was_changed = report.state is CorrectionState.ACCEPTED and _changed(session, leader_id)
    return ReportReceipt(
        receipt=report.receipt,
        kind=report.kind,
        fact=report.fact,
        outcome=report.outcome,
        state=report.state,
        made_at=report.made_at,
        decided_at=report.decided_at,
        due_at=_due_at(session, leader_id) if report.state is CorrectionState.OPEN else None,
        answer=report.answer,
        listing=None if listing is None else _reported(listing),
        was_changed=was_changed,
        says_now=_says_now(session, report, listing, vocabulary) if was_changed else None,
    )


def _listing(session: Session, report: Correction) -> Listing | None:
    """Give the listing of a report, or what a suggestion became or was already."""
    return None if report.listing_id is None else session.get(Listing, report.listing_id)


def _reported(listing: Listing) -> ReportedListing:
    return ReportedListing(listing.kind, listing.slug, listing.name, listing.state)


def _changed(session: Session, leader_id: int) -> bool:
    """Tell whether the decision changed the page, and was not taken back since."""
    taken_back = select(ListingChange.undoes_id).where(ListingChange.undoes_id.is_not(None))
    number = session.scalar(
        select(func.count())
        .select_from(ListingChange)
        .where(ListingChange.correction_id == leader_id, ListingChange.id.not_in(taken_back))
    )
    return bool(number)


def _due_at(session: Session, leader_id: int) -> datetime | None:
    return session.scalar(
        select(ModerationCase.due_at)
        .where(
            ModerationCase.subject_noun == SubjectNoun.CORRECTION,
            ModerationCase.subject_id == leader_id,
        )
        .order_by(ModerationCase.id.desc())
        .limit(1)
    )


def _says_now(
    session: Session, report: Correction, listing: Listing | None, vocabulary: Vocabulary
) -> dict[str, Any] | None:
    if listing is None or listing.state is not ListingState.PUBLISHED:
        return None
    document = document_of_draft(read_drafts(session, [listing.id], vocabulary)[listing.id])
    return {key: document[key] for key in FACTS[report.fact].keys}
