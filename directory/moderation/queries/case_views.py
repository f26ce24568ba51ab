"""What the page of one case holds: frozen, and without anything of who wrote the review."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from directory.audit.models import ActorKind
    from directory.listings.models import ListingKind
    from directory.moderation.models import (
        AppealState,
        CaseKind,
        FlagState,
        Outcome,
        Step,
        Waiting,
    )
    from directory.moderation.queries.standing import WhyNot
    from directory.moderation.screening.lanes import Lane
    from directory.reviews.models import (
        Aspect,
        CareKind,
        Relation,
        ReviewState,
        RuleCode,
        Unsafe,
    )


class Happening(StrEnum):
    """What a line of a case's history tells, beside the moves of the review itself.

    The last five are those of a report.
    """

    PROPOSED = "proposed"
    REFUSED = "refused"
    KEPT = "kept"
    KEPT_DECISION = "kept-decision"
    TAKEN_BACK = "taken-back"
    REPORTED = "reported"
    REPORTED_AGAIN = "reported-again"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class SignalView:
    """Advice about the words; `number` keys a mark in them, None when nothing is marked."""

    number: int | None
    name: str
    why: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """What an author sent, without its stars; `text` is None once erased."""

    number: int
    text: str | None
    language: str
    visit_quarter: str
    relation: Relation
    care_kind: CareKind
    unsafe: Unsafe
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Stars:
    """The ratings of the version read now, for who has decided on it."""

    overall: int
    aspects: tuple[tuple[Aspect, int], ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened, newest first: an event of the review or a `Happening`.

    `who` is the name of somebody of the desk; None for authors, readers and the clock, and for a
    proposal that waits for this viewer's own answer.
    """

    event: str
    at: datetime
    actor_kind: ActorKind
    who: str | None
    rule_code: RuleCode | None
    words: str | None
    version: int
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note left for the next moderator."""

    who: str
    text: str
    at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FlagView:
    """A reader's objection under a rule."""

    receipt: str
    rule_code: RuleCode
    words: str | None
    state: FlagState
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AppealView:
    """An author's objection to a decision."""

    words: str | None
    state: AppealState
    made_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A decision that waits for a second person; its words only for who made it."""

    outcome: Outcome
    rule_code: RuleCode | None
    ground: str | None
    words: str | None
    is_mine: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has the case, and until when."""

    who: str
    until: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision of this viewer that can still be taken back."""

    decision_id: int
    case_id: int
    outcome: Outcome
    step: Step
    until: datetime


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """The listing a case is about."""

    id: int
    name: str
    kind: ListingKind
    slug: str
    locality: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of one case needs.

    `outcomes` is what this viewer may decide as a first person, empty while a proposal waits.
    `rejecting_needs_second` says that a rejection would wait for somebody else. Who is linked to
    the listing gets no words at all: nobody of a practice sees a review before readers do.
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
    listing: ListingFacts
    review_state: ReviewState
    review_rule: RuleCode | None
    hidden_until: datetime | None
    is_demo: bool
    versions: tuple[VersionView, ...]
    signals: tuple[SignalView, ...]
    history: tuple[HistoryLine, ...]
    notes: tuple[NoteView, ...]
    flags: tuple[FlagView, ...]
    appeal: AppealView | None
    stars: Stars | None
    rejecting_needs_second: bool
    is_folded: bool
    outcomes: tuple[Outcome, ...]
    proposal: ProposalView | None
    lease: Lease | None
    why_not: WhyNot | None
    undo: Undo | None

    @property
    def current(self) -> VersionView:
        """Give the version that is read now."""
        return self.versions[-1]

    @property
    def may_decide(self) -> bool:
        """Tell whether this viewer may decide it now."""
        return self.why_not is None
