"""A report's case with everything its page shows. A constant number of statements.

Called by the pages of the desk and by `flask corrections`. Not for what a reader sees of their
report (see `reports.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.accounts.models import User
from directory.core.errors import NotFoundError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.facts import FACTS
from directory.listings.models import Correction, Listing
from directory.listings.operations.editing import newest_change
from directory.listings.queries.doubts import doubts_of
from directory.moderation.models import ModerationCase, Outcome
from directory.moderation.queries.case_frame import frame_of, lease_of, standing_in
from directory.moderation.queries.case_parts import notes_of
from directory.moderation.queries.desk import FOLDED_FOR
from directory.moderation.queries.report_parts import (
    changes_of,
    history_of_report,
    reports_of,
    signal_names,
)
from directory.moderation.queries.report_views import ReportedListing, ReportPage
from directory.moderation.queries.standing import WhyNot
from directory.moderation.queries.subjects import IS_REPORT, is_tied, locality_of_report
from directory.moderation.queries.undoing import undo_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.policy import Viewer
    from directory.listings.queries.doubts import DoubtView
    from directory.moderation.queries.report_views import Document
    from directory.vocabulary.queries import Vocabulary

OUTCOMES = (Outcome.ACCEPT, Outcome.DECLINE)


class Read(NamedTuple):
    """What the first statement reads."""

    case: ModerationCase
    report: Correction
    listing: Listing | None
    holder: str | None
    locality: str | None
    is_tied: bool


def report_page(
    session: Session, viewer: Viewer, case_id: int, *, vocabulary: Vocabulary, now: datetime
) -> ReportPage:
    """Give what the page of a report's case needs; raises `NotFoundError` for any other."""
    read = _read(session, viewer, case_id)
    page = _page(session, viewer, read, vocabulary, now=now)
    return _without_words(page) if page.why_not is WhyNot.LINKED else page


def _read(session: Session, viewer: Viewer, case_id: int) -> Read:
    holder = aliased(User)
    row = session.execute(
        select(
            ModerationCase,
            Correction,
            Listing,
            holder.display_name,
            locality_of_report(),
            is_tied(viewer),
        )
        .join(Correction, IS_REPORT)
        .outerjoin(Listing, Listing.id == Correction.listing_id)
        .outerjoin(holder, holder.id == ModerationCase.lease_holder_id)
        .where(ModerationCase.id == case_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such report.")
    return Read._make(row)


def _page(
    session: Session, viewer: Viewer, read: Read, vocabulary: Vocabulary, *, now: datetime
) -> ReportPage:
    case, report = read.case, read.report
    listing = _listing(session, read, vocabulary)
    standing = standing_in(case, viewer, is_linked=read.is_tied, took_part=False, proposal=None)
    return ReportPage(
        **frame_of(case, now),
        is_demo=read.listing is not None and read.listing.is_demo,
        report_kind=report.kind,
        fact=report.fact,
        outcome=report.outcome,
        state=report.state,
        answer=report.answer,
        listing=listing,
        suggested=report.suggested,
        stated=report.stated,
        reports=reports_of(session, report),
        doubt=_doubt(session, report),
        checks=_checks(listing, report.fact),
        changes=changes_of(session, report),
        history=history_of_report(session, report),
        notes=notes_of(session, viewer, case.id, hidden_author=None),
        is_folded=bool(FOLDED_FOR & signal_names(session, case.id)),
        outcomes=OUTCOMES,
        lease=lease_of(case, read.holder, viewer, now),
        why_not=standing.why_not(viewer.user_id, now=now),
        undo=undo_of(session, viewer, case_id=case.id, now=now),
    )


def _without_words(page: ReportPage) -> ReportPage:
    return replace(
        page,
        answer=None,
        stated=None,
        suggested=None,
        reports=(),
        changes=(),
        history=(),
        notes=(),
        outcomes=(),
    )


def _listing(session: Session, read: Read, vocabulary: Vocabulary) -> ReportedListing | None:
    listing = read.listing
    if listing is None:
        return None
    document = document_of_draft(read_drafts(session, [listing.id], vocabulary)[listing.id])
    return ReportedListing(
        id=listing.id,
        name=listing.name,
        kind=listing.kind,
        slug=listing.slug,
        state=listing.state,
        locality=read.locality,
        document=document,
        says={key: document[key] for key in _keys(read.report.fact)},
        seen=newest_change(session, listing.id),
    )


def _keys(fact: str) -> Sequence[str]:
    return FACTS[fact].keys if fact in FACTS else ()


def _doubt(session: Session, report: Correction) -> DoubtView | None:
    if report.listing_id is None:
        return None
    doubts = doubts_of(session, [report.listing_id]).get(report.listing_id, ())
    return next((doubt for doubt in doubts if doubt.fact == report.fact), None)


def _checks(listing: ReportedListing | None, fact: str) -> tuple[Document, ...]:
    """Give the checks of a fact the listing has, the newest first."""
    kind = FACTS[fact].check if fact in FACTS else None
    if listing is None or kind is None:
        return ()
    own = [check for check in listing.document["checks"] if check["fact"].partition(":")[0] == kind]
    return tuple(sorted(own, key=lambda check: str(check["checked_on"]), reverse=True))
