"""What the page of a report's case holds: frozen, and nothing of who sent the reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from directory.audit.models import ActorKind
    from directory.listings.models import (
        CallOutcome,
        ChangeCause,
        CorrectionKind,
        CorrectionState,
        ListingKind,
        ListingState,
    )
    from directory.listings.queries.doubts import DoubtView
    from directory.moderation.models import CaseKind, Outcome, Waiting
    from directory.moderation.queries.case_views import HistoryLine, Lease, NoteView, Undo
    from directory.moderation.queries.standing import WhyNot
    from directory.moderation.screening.lanes import Lane

    Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One reader's report: what they say it should be, and how they know.

    `proposed` is in their words, `proposed_value` in keys of the document. `is_told` says that
    they left an address and will be written to.
    """

    receipt: str
    made_at: datetime
    proposed: str | None
    proposed_value: Document | None
    evidence: str | None
    called_on: date | None
    is_told: bool


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change of the part of the page a report is about; `who` for staff only."""

    at: datetime
    cause: ChangeCause
    actor_kind: ActorKind
    who: str | None
    before: Document
    after: Document


@dataclass(frozen=True, slots=True)
class ReportedListing:
    """The listing a report is about.

    `document` is what it says now, `seen` its newest change, `says` the keys of the fact.
    """

    id: int
    name: str
    kind: ListingKind
    slug: str
    state: ListingState
    locality: str | None
    document: Document
    says: Document
    seen: int | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page of a report's case needs.

    `reports` has the leading one first. `stated` is what the page said when it was reported.
    `checks` are those of this fact, the newest first, as the document has them. Who is linked
    to the listing gets no words at all.
    """

    id: int
    kind: CaseKind
    lane: Lane
    is_open: bool
    waiting: Waiting
    version: int
    opened_at: datetime
    target_at: datetime
    due_at: datetime
    closed_at: datetime | None
    is_late: bool
    is_over: bool
    language: str
    is_demo: bool
    report_kind: CorrectionKind
    fact: str
    outcome: CallOutcome | None
    state: CorrectionState
    answer: str | None
    listing: ReportedListing | None
    suggested: Document | None
    stated: Document | None
    reports: tuple[ReportView, ...]
    doubt: DoubtView | None
    checks: tuple[Document, ...]
    changes: tuple[FactChange, ...]
    history: tuple[HistoryLine, ...]
    notes: tuple[NoteView, ...]
    is_folded: bool
    outcomes: tuple[Outcome, ...]
    lease: Lease | None
    why_not: WhyNot | None
    undo: Undo | None

    @property
    def may_decide(self) -> bool:
        """Tell whether this viewer may decide it now."""
        return self.why_not is None

    @property
    def first(self) -> ReportView:
        """Give the report that leads."""
        return self.reports[0]

    @property
    def asked(self) -> Document:
        """Give what the newest report that could say so proposes, in keys of the document."""
        told = (report.proposed_value for report in reversed(self.reports))
        return next((value for value in told if value), {})
