"""How each step of a life changes a review and its case: the desk's moves as data.

A `Course` follows one review while it is stored. Called by `rounds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.audit.models import ActorKind
from directory.audit.policy import AUTHOR, CLOCK, READER, Actor
from directory.demo.reviews.drafts import Person, What
from directory.moderation.models import AppealState, CaseKind, FlagState, Outcome, Step
from directory.reviews.models import ReviewEvent, RuleCode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from directory.demo.reviews.drafts import DemoReview, LifeEvent
    from directory.moderation.screening.lanes import Lane
    from directory.reviews.models import ReviewState


@dataclass(frozen=True, slots=True)
class Plan:
    """What a step does. `after` is what becomes of the open case: close, first or second.

    `opens` is a case opened before it, `flag` and `appeal` what becomes of those waiting.
    """

    event: ReviewEvent | None = None
    outcome: Outcome | None = None
    step: Step = Step.ALONE
    after: str | None = None
    opens: CaseKind | None = None
    flag: FlagState | None = None
    appeal: AppealState | None = None
    ruled: bool = False


Event = ReviewEvent
CLOSE, FIRST, SECOND = "close", "first", "second"
_SECOND = Step.CONFIRMATION
PLANS: Mapping[What, Plan] = MappingProxyType(
    {
        What.SUBMIT: Plan(Event.SUBMIT),
        What.CONFIRM: Plan(Event.CONFIRM, opens=CaseKind.REVIEW),
        What.LAPSE: Plan(Event.LAPSE),
        What.PUBLISH: Plan(Event.PUBLISH, Outcome.PUBLISH, after=CLOSE),
        What.RETURN: Plan(Event.RETURN, Outcome.RETURN, after=CLOSE, ruled=True),
        What.RESUBMIT: Plan(Event.RESUBMIT, opens=CaseKind.REVIEW),
        What.REJECT: Plan(Event.REJECT, Outcome.REJECT, after=CLOSE, ruled=True),
        What.PROPOSE_REJECT: Plan(None, Outcome.REJECT, Step.PROPOSAL, SECOND, ruled=True),
        What.AGREE_REJECT: Plan(Event.REJECT, Outcome.REJECT, _SECOND, CLOSE, ruled=True),
        What.REFUSE: Plan(None, Outcome.REJECT, Step.REFUSAL, FIRST, ruled=True),
        What.WITHDRAW: Plan(Event.WITHDRAW, after=CLOSE, flag=FlagState.OVERTAKEN),
        What.FLAG: Plan(opens=CaseKind.FLAG),
        What.KEEP: Plan(None, Outcome.KEEP, after=CLOSE, flag=FlagState.NOT_UPHELD),
        What.HIDE: Plan(Event.HIDE, Outcome.HIDE, Step.PROPOSAL, SECOND, ruled=True),
        What.RESTORE: Plan(
            Event.RESTORE, Outcome.RESTORE, Step.REFUSAL, CLOSE, flag=FlagState.NOT_UPHELD
        ),
        What.PROPOSE_REMOVE: Plan(None, Outcome.REMOVE, Step.PROPOSAL, SECOND, ruled=True),
        What.AGREE_REMOVE: Plan(
            Event.REMOVE, Outcome.REMOVE, _SECOND, CLOSE, flag=FlagState.UPHELD, ruled=True
        ),
        What.REMOVE_HIDDEN: Plan(
            Event.REMOVE, Outcome.REMOVE, _SECOND, CLOSE, flag=FlagState.UPHELD, ruled=True
        ),
        What.PROPOSE_RESTRICT: Plan(None, Outcome.RESTRICT, Step.PROPOSAL, SECOND, ruled=True),
        What.AGREE_RESTRICT: Plan(
            Event.RESTRICT, Outcome.RESTRICT, _SECOND, CLOSE, flag=FlagState.UPHELD, ruled=True
        ),
        What.APPEAL: Plan(opens=CaseKind.APPEAL),
        What.UPHOLD: Plan(
            Event.REOPEN, Outcome.UPHOLD_APPEAL, after=CLOSE, appeal=AppealState.UPHELD
        ),
        What.KEEP_DECISION: Plan(None, Outcome.KEEP_DECISION, after=CLOSE, appeal=AppealState.KEPT),
        What.ERASE: Plan(Event.ERASE),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """What of a stored listing a review needs; `district` is a slug."""

    id: int
    name: str
    district: str | None


@dataclass(slots=True)
class Case:
    """A stored case as it stands; the proposal waits for a second person."""

    id: int
    kind: CaseKind
    lane: Lane
    opened_at: datetime
    version: int = 1
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stored decision that waits for a second person."""

    id: int
    actor_id: int


@dataclass(slots=True)
class Course:
    """A review on its way through its life: what is stored of it by now."""

    review: DemoReview
    place: Place
    author_id: int | None
    id: int = 0
    state: ReviewState | None = None
    version: int = 1
    rule: RuleCode | None = None
    case: Case | None = None
    review_case: Case | None = None
    flag_id: int | None = None
    appeal_id: int | None = None
    decision_id: int | None = None

    def open_one(self) -> Case:
        """Give the open case; a life in which there is none is a fault in the table of fates."""
        if self.case is None:
            raise ValueError("nothing about this review is open")
        return self.case


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of one course, with who acts."""

    course: Course
    event: LifeEvent
    plan: Plan
    actor: Actor

    @property
    def rule(self) -> RuleCode | None:
        """Give the rule this step names, as the desk would."""
        if self.event.what is What.LAPSE:
            return self.course.rule or RuleCode.UNCONFIRMED
        return self.event.rule if self.plan.ruled else None


def turn_of(course: Course, event: LifeEvent, staff: Mapping[Person, int]) -> Turn:
    """Give a step with its actor; only the desk is named, by its id."""
    return Turn(course, event, PLANS[event.what], _actor(event, staff))


def _actor(event: LifeEvent, staff: Mapping[Person, int]) -> Actor:
    if event.by is not None:
        administrator = event.by is Person.A
        kind = ActorKind.ADMINISTRATOR if administrator else ActorKind.MODERATOR
        return Actor(kind, staff[event.by])
    if event.what is What.LAPSE:
        return CLOCK
    return READER if event.what is What.FLAG else AUTHOR
