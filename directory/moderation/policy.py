"""Rules of the desk that need no database: outcomes, clocks, order, what needs a second person.

The times are those of the public review rules (IT Rules 2021 as amended February 2026 for
grievances, privacy and legal orders; a lawyer confirms them). Called by intake, decisions,
clocks and the pages of the desk.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.moderation.models import CaseKind, Outcome
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import LetterKind
from directory.outbox.policy import ADDRESS_PURPOSE
from directory.reviews.models import ReviewEvent, ReviewState, RuleCode
from directory.reviews.policy import HARM_RULES, needs_second_person

if TYPE_CHECKING:
    from collections.abc import Mapping


# What the address of a report is sealed for: it moves into its one letter without being opened,
# and back into the report when the decision is taken back.
REPORT_ADDRESS = ADDRESS_PURPOSE

LEASE = timedelta(minutes=20)
UNDO_WITHIN = timedelta(minutes=1)
APPEAL_DECIDED_WITHIN = timedelta(days=10)

LANE_ORDER: Mapping[Lane, int] = MappingProxyType({lane: order for order, lane in enumerate(Lane)})

# When a case should be done and when it must be: (target, limit) after it was opened.
REVIEW_CLOCK = (timedelta(hours=72), timedelta(days=10))
CLOCKS: Mapping[Lane, tuple[timedelta, timedelta]] = MappingProxyType(
    {
        Lane.CRISIS: (timedelta(hours=2), timedelta(hours=24)),
        Lane.EXPOSURE: (timedelta(hours=24), timedelta(hours=36)),
        Lane.LEGAL: (timedelta(hours=24), timedelta(days=7)),
        Lane.FRAUD: REVIEW_CLOCK,
        Lane.ROUTINE: REVIEW_CLOCK,
    }
)
GRIEVANCE_CLOCK = (timedelta(hours=24), timedelta(days=7))
# A court or a government is obeyed within three hours.
ORDER_CLOCK = (timedelta(hours=1), timedelta(hours=3))
# A wrong detail sends somebody to the wrong door meanwhile: as long as a grievance, no longer.
REPORT_CLOCK = (timedelta(hours=72), timedelta(days=7))
REPORTS = frozenset({CaseKind.CORRECTION, CaseKind.OUTCOME})
# What somebody would trust with a night or a bed: looked at before other facts.
SAFETY_FACTS = frozenset({"night", "staffing", "registration", "beds"})
APPEAL_CLOCK = (timedelta(days=5), APPEAL_DECIDED_WITHIN)

# What a first person may decide, by the state of the review.
OUTCOMES: Mapping[ReviewState, tuple[Outcome, ...]] = MappingProxyType(
    {
        ReviewState.PENDING: (Outcome.PUBLISH, Outcome.RETURN, Outcome.REJECT),
        ReviewState.PUBLISHED: (Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE, Outcome.RESTRICT),
    }
)
APPEAL_OUTCOMES = (Outcome.UPHOLD_APPEAL, Outcome.KEEP_DECISION)
NEED_RULE = frozenset(
    {Outcome.RETURN, Outcome.REJECT, Outcome.HIDE, Outcome.REMOVE, Outcome.RESTRICT}
)
CAN_BE_UNDONE = frozenset(
    {Outcome.PUBLISH, Outcome.RETURN, Outcome.REJECT, Outcome.HIDE, Outcome.REMOVE}
    | {Outcome.RESTRICT, Outcome.KEEP, Outcome.ACCEPT, Outcome.DECLINE}
)

# The move of the review an outcome causes, once nothing more is waited for.
EVENTS: Mapping[Outcome, ReviewEvent] = MappingProxyType(
    {
        Outcome.PUBLISH: ReviewEvent.PUBLISH,
        Outcome.RETURN: ReviewEvent.RETURN,
        Outcome.REJECT: ReviewEvent.REJECT,
        Outcome.HIDE: ReviewEvent.HIDE,
        Outcome.RESTORE: ReviewEvent.RESTORE,
        Outcome.REMOVE: ReviewEvent.REMOVE,
        Outcome.RESTRICT: ReviewEvent.RESTRICT,
        Outcome.UPHOLD_APPEAL: ReviewEvent.REOPEN,
    }
)
LETTERS: Mapping[ReviewEvent, LetterKind] = MappingProxyType(
    {
        ReviewEvent.PUBLISH: LetterKind.REVIEW_PUBLISHED,
        ReviewEvent.RETURN: LetterKind.REVIEW_RETURNED,
        ReviewEvent.REJECT: LetterKind.REVIEW_REJECTED,
        ReviewEvent.HIDE: LetterKind.REVIEW_HIDDEN,
        ReviewEvent.RESTORE: LetterKind.REVIEW_RESTORED,
        ReviewEvent.REMOVE: LetterKind.REVIEW_REMOVED,
        ReviewEvent.RESTRICT: LetterKind.REVIEW_RESTRICTED,
        ReviewEvent.LAPSE: LetterKind.REVIEW_EXPIRED,
        ReviewEvent.WITHDRAW: LetterKind.REVIEW_WITHDRAWN,
        ReviewEvent.RESUBMIT: LetterKind.REVIEW_RESUBMITTED,
        ReviewEvent.REOPEN: LetterKind.APPEAL_UPHELD,
    }
)


def outcomes_for(
    kind: CaseKind, state: ReviewState, *, is_administrator: bool
) -> tuple[Outcome, ...]:
    """Give what a first person may decide; only an administrator begins a legal restriction."""
    if kind is CaseKind.APPEAL:
        return APPEAL_OUTCOMES if state in {ReviewState.REJECTED, ReviewState.REMOVED} else ()
    allowed = OUTCOMES.get(state, ())
    return tuple(each for each in allowed if is_administrator or each is not Outcome.RESTRICT)


def waits_for_second(outcome: Outcome, rule: RuleCode | None, overall: int) -> bool:
    """Tell whether a first decision only proposes; a hiding acts at once and waits as well."""
    event = EVENTS.get(outcome)
    if event is None:
        return False
    return outcome is Outcome.HIDE or needs_second_person(event, rule, overall)


def outcome_of_answer(proposed: Outcome, *, agrees: bool) -> Outcome:
    """Give what a second person's answer leads to: a hidden review is removed or comes back."""
    if proposed is Outcome.HIDE:
        return Outcome.REMOVE if agrees else Outcome.RESTORE
    return proposed


def clock_of_flag(rule: RuleCode, lane: Lane) -> tuple[timedelta, timedelta]:
    """Give the target and the limit of an objection after it was made."""
    return ORDER_CLOCK if rule is RuleCode.LEGAL_ORDER else clock_of(CaseKind.FLAG, lane)


def may_hide_under(rule: RuleCode | None) -> bool:
    """Tell whether a rule is one of those where waiting would harm somebody."""
    return rule in HARM_RULES


def clock_of(kind: CaseKind, lane: Lane) -> tuple[timedelta, timedelta]:
    """Give the target and the limit of a case after its opening."""
    if kind is CaseKind.APPEAL:
        return APPEAL_CLOCK
    if kind is CaseKind.FLAG and lane in {Lane.FRAUD, Lane.ROUTINE}:
        return GRIEVANCE_CLOCK
    if kind in REPORTS and lane in {Lane.FRAUD, Lane.ROUTINE}:
        return REPORT_CLOCK
    return CLOCKS[lane]


def lane_of_report(fact: str) -> Lane:
    """Give the class of a report about a fact (a key of `listings.facts.FACTS`)."""
    return Lane.LEGAL if fact in SAFETY_FACTS else Lane.ROUTINE


def more_urgent(one: Lane, other: Lane) -> Lane:
    """Give the class that comes first of two."""
    return min(one, other, key=LANE_ORDER.__getitem__)
