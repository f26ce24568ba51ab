"""A first person's decision on a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.accounts.models import Role
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError
from directory.moderation.cases import current_version_of, refuse_linked, review_of
from directory.moderation.decisions.checking import fresh_case, refuse_involved
from directory.moderation.decisions.effects import (
    Bench,
    Decided,
    carry_out,
    keep_decision,
    propose,
)
from directory.moderation.models import CaseKind, Decision, Outcome, Step, Waiting
from directory.moderation.policy import (
    NEED_RULE,
    may_hide_under,
    outcomes_for,
    waits_for_second,
)

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer
    from directory.reviews.models import RuleCode

MOST_WORDS = 2000
MOST_GROUND = 120


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a moderator decides: the outcome, the rule, what the author reads, a legal ground."""

    outcome: Outcome
    rule_code: RuleCode | None = None
    words: str | None = None
    ground: str | None = None


def decide(
    *,
    viewer: Viewer,
    case_id: int,
    version: int,
    judgement: Judgement,
    keys: Keys,
    now: datetime,
) -> Decided:
    """Decide an open case as its first person and give what it came to.

    `version` is the case's number as it was read; raises `ConflictError` when it has moved on,
    `InvalidError` for an outcome or rule that does not fit, `NotAllowedError` for somebody who
    is linked to the listing or, on an appeal, took part before.
    """
    with writing() as session:
        case = fresh_case(session, viewer, case_id, version, now=now)
        review = review_of(session, case)
        refuse_linked(session, viewer.user_id, review)
        if case.kind is CaseKind.APPEAL:
            refuse_involved(session, viewer, case)
        if case.waiting is Waiting.SECOND:
            raise ConflictError("This case waits for a second person's answer.")
        bench = Bench(session, case, review, viewer, keys, now)
        _check(bench, judgement)

        overall = current_version_of(session, review).overall
        waits = waits_for_second(judgement.outcome, judgement.rule_code, overall)
        decision = _decision(bench, judgement, Step.PROPOSAL if waits else Step.ALONE)
        keep_decision(bench, decision)
        return propose(bench, decision) if waits else carry_out(bench, decision)


def _check(bench: Bench, judgement: Judgement) -> None:
    is_administrator = bench.viewer.role is Role.ADMINISTRATOR
    allowed = outcomes_for(bench.case.kind, bench.review.state, is_administrator=is_administrator)
    if judgement.outcome not in allowed:
        raise InvalidError("outcome", "Choose one of the outcomes this case allows.")
    if judgement.outcome in NEED_RULE and judgement.rule_code is None:
        raise InvalidError("rule", "Choose the rule this is decided under.")
    if judgement.outcome is Outcome.HIDE and not may_hide_under(judgement.rule_code):
        raise InvalidError("rule", "Hide at once only under a rule where waiting would harm.")
    if judgement.outcome is Outcome.RESTRICT and not (judgement.ground or "").strip():
        raise InvalidError("ground", "Name the court or authority and its order.")
    if len(judgement.ground or "") > MOST_GROUND:
        raise InvalidError("ground", f"Use at most {MOST_GROUND} characters.")
    if len(judgement.words or "") > MOST_WORDS:
        raise InvalidError("words", f"Use at most {MOST_WORDS} characters.")
    if judgement.outcome is Outcome.RETURN and not (judgement.words or "").strip():
        raise InvalidError("words", "Tell the author what to change.")


def _decision(bench: Bench, judgement: Judgement, step: Step) -> Decision:
    ruled = judgement.outcome in NEED_RULE
    return Decision(
        case_id=bench.case.id,
        case_version=bench.case.version,
        review_version=bench.review.current_version,
        outcome=judgement.outcome,
        step=step,
        rule_code=judgement.rule_code if ruled else None,
        ground=judgement.ground if judgement.outcome is Outcome.RESTRICT else None,
        words=(judgement.words or "").strip() or None,
        actor_id=bench.viewer.user_id,
        made_at=bench.now,
    )
