"""Readers' reports for tests: sent through the real intake, decided through the real desk.

Beside `desk.py`, whose people and time these stories share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.db import db
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import CallOutcome, Correction, Doubt, Listing, ListingKind
from directory.moderation.decisions import Corrected, accept, decline
from directory.moderation.intake import (
    DetailReport,
    Suggestion,
    report_detail,
    report_outcome,
    suggest_listing,
)
from directory.moderation.models import ModerationCase, SubjectNoun
from directory.moderation.queries.report_case import report_page
from tests.moderation.desk import KEYS

if TYPE_CHECKING:
    from directory.moderation.queries.report_views import ReportPage
    from tests.moderation.desk import Desk

FEE = [{"for": "first-session", "amount": 2000, "minutes": 50, "note": None}]
DEARER = [{"for": "first-session", "amount": 2500, "minutes": 50, "note": None}]
ADDRESS = "teller@example.org"


def report(
    desk: Desk,
    fact: str = "fee",
    *,
    changes: dict[str, Any] | None = None,
    words: str | None = "It is more by now.",
    address: str | None = None,
    language: str = "en",
) -> str:
    """Report a wrong detail of the desk's listing and give the receipt."""
    return report_detail(
        report=DetailReport(
            listing_id=desk.listing.id,
            fact=fact,
            changes={"fees": FEE} if changes is None and fact == "fee" else changes or {},
            words=words,
            evidence="They told me on the telephone.",
            called_on=desk.now.date(),
            address=address,
            language=language,
        ),
        network_hash=None,
        keys=KEYS,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )


def called(desk: Desk, outcome: CallOutcome, network: str = "a") -> str:
    """Tell what a call came to and give the receipt."""
    return report_outcome(
        listing_id=desk.listing.id,
        outcome=outcome,
        language="en",
        network_hash=network * 64,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )


def suggested(desk: Desk, name: str = "Dr Farah Iqbal", address: str | None = None) -> str:
    """Suggest a missing listing and give the receipt."""
    return suggest_listing(
        suggestion=Suggestion(
            kind=ListingKind.PRACTITIONER,
            name=name,
            role="psychiatrist",
            locality="saket",
            where="Press Enclave Road",
            phone="011 5550 4321",
            website=None,
            evidence="I see her every month.",
            address=address,
            language="en",
        ),
        network_hash=None,
        keys=KEYS,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )


def row_of(receipt: str) -> Correction:
    """Give a report as it is kept now."""
    db.session().rollback()
    return db.session().scalars(select(Correction).where(Correction.receipt == receipt)).one()


def case_of(receipt: str) -> ModerationCase:
    """Give the case that decides a report."""
    row = row_of(receipt)
    return (
        db.session()
        .scalars(
            select(ModerationCase).where(
                ModerationCase.subject_noun == SubjectNoun.CORRECTION,
                ModerationCase.subject_id == (row.leader_id or row.id),
            )
        )
        .one()
    )


def accepted(
    desk: Desk,
    receipt: str,
    changes: dict[str, Any] | None = None,
    *,
    who: str = "rani",
    words: str | None = None,
    **given: Any,
) -> Corrected:
    """Accept a report as somebody of the desk."""
    case = case_of(receipt)
    return accept(
        viewer=desk.as_(who),
        case_id=case.id,
        version=given.pop("version", case.version),
        changes=changes or {},
        words=words,
        keys=KEYS,
        vocabulary=desk.vocabulary,
        now=desk.now,
        **given,
    )


def declined(
    desk: Desk, receipt: str, words: str | None = "They say it is as stated.", **given: Any
) -> Corrected:
    """Decline a report as somebody of the desk."""
    case = case_of(receipt)
    return decline(
        viewer=desk.as_(given.pop("who", "rani")),
        case_id=case.id,
        version=case.version,
        words=words,
        keys=KEYS,
        now=desk.now,
        **given,
    )


def page_of_report(desk: Desk, who: str, receipt: str) -> ReportPage:
    """Give a report's case as one of the desk sees it now."""
    case_id = case_of(receipt).id
    return report_page(
        db.session(), desk.as_(who), case_id, vocabulary=desk.vocabulary, now=desk.now
    )


def says(desk: Desk, listing_id: int | None = None) -> dict[str, Any]:
    """Give what a listing says now, as its document."""
    db.session().rollback()
    number = listing_id or desk.listing.id
    return document_of_draft(read_drafts(db.session(), [number], desk.vocabulary)[number])


def listing_named(name: str) -> Listing | None:
    """Give the newest listing of a name, or None."""
    db.session().rollback()
    found = select(Listing).where(Listing.name == name).order_by(Listing.id.desc())
    return db.session().scalars(found).first()


def doubts() -> list[tuple[str, int, bool]]:
    """Give every doubt: its fact, how many reported it, whether it is cleared."""
    db.session().rollback()
    rows = db.session().scalars(select(Doubt).order_by(Doubt.id))
    return [(row.fact, row.reports, row.cleared_at is not None) for row in rows]
