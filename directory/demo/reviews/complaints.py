"""Stores objections of readers and appeals of authors, and what became of them.

Called by `rounds.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from directory.audit import actions
from directory.demo.dice import Dice
from directory.demo.reviews import rows
from directory.demo.reviews.drafts import What
from directory.moderation.models import Appeal, AppealState, Flag, FlagState
from directory.moderation.policy import APPEAL_DECIDED_WITHIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from directory.audit.policy import Act
    from directory.demo.reviews.courses import Turn
    from directory.demo.reviews.recording import Recording

WITH_WORDS = 70


class Complaints:
    """Stores flags and appeals of one round after another."""

    def __init__(
        self, session: Session, seed: int, desk: Mapping[str, Any], recording: Recording
    ) -> None:
        """Keep what every round needs."""
        self._session = session
        self._seed = seed
        self._desk = desk
        self._recording = recording

    def make(self, turns: list[Turn]) -> None:
        """Keep the objections and appeals made in this round, each with its open case."""
        self._make_flags([turn for turn in turns if turn.event.what is What.FLAG])
        self._make_appeals([turn for turn in turns if turn.event.what is What.APPEAL])

    def settle(self, turns: list[Turn]) -> None:
        """Give those that waited the end that this round's decisions mean."""
        self._settle_flags([turn for turn in turns if turn.plan.flag and turn.course.flag_id])
        self._settle_appeals([turn for turn in turns if turn.plan.appeal])

    def _make_flags(self, turns: list[Turn]) -> None:
        made = [self._flag_row(turn) for turn in turns]
        if not made:
            return
        statement = insert(Flag).returning(Flag.id, sort_by_parameter_order=True)
        for turn, row, flag_id in zip(
            turns, made, self._session.scalars(statement, made), strict=True
        ):
            turn.course.flag_id = flag_id
            known = {"review_id": turn.course.id, "rule_code": row["rule_code"].value}
            self._record(turn, actions.FLAG_MADE, flag_id, known)

    def _flag_row(self, turn: Turn) -> dict[str, Any]:
        review = turn.course.review
        dice = Dice(self._seed, "flag", review.number)
        return {
            "receipt": rows.receipt_of(self._seed, review.number),
            "review_id": turn.course.id,
            "case_id": turn.course.open_one().id,
            "rule_code": turn.event.rule,
            "words": dice.pick(self._desk["flag"]) if dice.chance(WITH_WORDS) else None,
            "state": FlagState.OPEN,
            "network_hash": None,
            "made_at": turn.event.at,
            "decided_at": None,
        }

    def _make_appeals(self, turns: list[Turn]) -> None:
        made = [self._appeal_row(turn) for turn in turns]
        if not made:
            return
        statement = insert(Appeal).returning(Appeal.id, sort_by_parameter_order=True)
        for turn, row, appeal_id in zip(
            turns, made, self._session.scalars(statement, made), strict=True
        ):
            turn.course.appeal_id = appeal_id
            known = {"review_id": turn.course.id, "case_id": row["case_id"]}
            self._record(turn, actions.APPEAL_MADE, appeal_id, known)

    def _appeal_row(self, turn: Turn) -> dict[str, Any]:
        review = turn.course.review
        dice = Dice(self._seed, "appeal", review.number)
        language = "hi" if review.author.language == "hi" else "en"
        return {
            "review_id": turn.course.id,
            "case_id": turn.course.open_one().id,
            "words": dice.pick(self._desk["appeal"][language]),
            "state": AppealState.OPEN,
            "made_at": turn.event.at,
            "due_at": turn.event.at + APPEAL_DECIDED_WITHIN,
            "decided_at": None,
        }

    def _settle_flags(self, turns: list[Turn]) -> None:
        changes = []
        for turn in turns:
            state, flag_id = turn.plan.flag, turn.course.flag_id
            if state is None or flag_id is None:
                continue
            changes.append({"id": flag_id, "state": state, "decided_at": turn.event.at})
            self._record(turn, actions.FLAG_DECIDED, flag_id, _outcome(turn, state))
            turn.course.flag_id = None
        if changes:
            self._session.execute(update(Flag), changes)

    def _settle_appeals(self, turns: list[Turn]) -> None:
        changes = []
        for turn in turns:
            state, appeal_id = turn.plan.appeal, turn.course.appeal_id
            if state is None or appeal_id is None:
                continue
            changes.append({"id": appeal_id, "state": state, "decided_at": turn.event.at})
            self._record(turn, actions.APPEAL_DECIDED, appeal_id, _outcome(turn, state))
        if changes:
            self._session.execute(update(Appeal), changes)

    def _record(self, turn: Turn, act: Act, subject_id: int, known: Mapping[str, Any]) -> None:
        self._recording.add(
            act, subject_id=subject_id, actor=turn.actor, at=turn.event.at, known=known
        )


def _outcome(turn: Turn, state: FlagState | AppealState) -> dict[str, Any]:
    return {
        "review_id": turn.course.id,
        "state": state.value,
        "upheld": state in {FlagState.UPHELD, AppealState.UPHELD},
        "decision_id": turn.course.decision_id if turn.plan.outcome else None,
    }
