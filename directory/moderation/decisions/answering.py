"""A second person's answer to a proposal: it is carried out, or the case is free again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError
from directory.moderation.cases import refuse_linked, review_of, wait_for_first
from directory.moderation.decisions.checking import fresh_case
from directory.moderation.decisions.effects import Bench, Decided, carry_out, keep_decision
from directory.moderation.decisions.judging import MOST_WORDS
from directory.moderation.models import Decision, Outcome, Step, Waiting
from directory.moderation.policy import UNDO_WITHIN, outcome_of_answer

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.accounts.policy import Viewer


def answer(
    *,
    viewer: Viewer,
    case_id: int,
    version: int,
    agrees: bool,
    words: str | None,
    keys: Keys,
    now: datetime,
) -> Decided:
    """Answer a waiting proposal as a different person and give what it came to.

    Agreeing carries it out (a hidden review is removed); not agreeing brings a hidden review
    back and leaves any other as it was, with its case free for a new decision. Raises
    `NotAllowedError` for the proposer, `ConflictError` while it can still be taken back, or when
    the case has moved on.
    """
    with writing() as session:
        case = fresh_case(session, viewer, case_id, version, now=now)
        if case.waiting is not Waiting.SECOND:
            raise ConflictError("Nothing waits for a second person here.")
        proposal = session.get_one(Decision, case.proposal_id)
        review = review_of(session, case)
        refuse_linked(session, viewer.user_id, review)
        if proposal.actor_id == viewer.user_id:
            raise NotAllowedError("You proposed this, so somebody else answers it.")
        if now < proposal.made_at + UNDO_WITHIN:
            raise ConflictError("The proposal can still be taken back; look again in a minute.")
        if len(words or "") > MOST_WORDS:
            raise InvalidError("words", f"Use at most {MOST_WORDS} characters.")

        bench = Bench(session, case, review, viewer, keys, now)
        decision = _answer(bench, proposal, words, agrees=agrees)
        keep_decision(bench, decision)
        if agrees or decision.outcome is Outcome.RESTORE:
            return carry_out(bench, decision)
        wait_for_first(case)
        session.flush()
        return Decided(decision.id, decision.step, review.state)


def _answer(bench: Bench, proposal: Decision, words: str | None, *, agrees: bool) -> Decision:
    outcome = outcome_of_answer(proposal.outcome, agrees=agrees)
    return Decision(
        case_id=bench.case.id,
        case_version=bench.case.version,
        review_version=bench.review.current_version,
        outcome=outcome,
        step=Step.CONFIRMATION if agrees else Step.REFUSAL,
        rule_code=None if outcome is Outcome.RESTORE else proposal.rule_code,
        ground=proposal.ground,
        words=(words or "").strip() or (proposal.words if agrees else None),
        actor_id=bench.viewer.user_id,
        answers_id=proposal.id,
        answers_actor_id=proposal.actor_id,
        made_at=bench.now,
    )
