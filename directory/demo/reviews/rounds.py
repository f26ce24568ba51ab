"""Stores demo reviews step by step, all at once: the first step of every life, then the second.

Each round writes in the order a live desk does, so that every constraint and trigger holds: the
case, the decision on it, the history, the review, the case again. Called by `loading.py`.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from directory.audit import actions
from directory.demo.reviews import rows
from directory.demo.reviews.complaints import Complaints
from directory.demo.reviews.courses import CLOSE, SECOND, Case, Proposal, turn_of
from directory.demo.reviews.drafts import What
from directory.moderation.intake.flagging import lane_of
from directory.moderation.models import (
    CaseKind,
    CaseSignal,
    CaseState,
    Decision,
    ModerationCase,
    Waiting,
)
from directory.moderation.screening import priority_of
from directory.moderation.screening.lanes import Lane
from directory.reviews.acts import ACTS
from directory.reviews.models import (
    Rating,
    Review,
    ReviewEvent,
    ReviewHistory,
    ReviewState,
    ReviewVersion,
    Unsafe,
)
from directory.reviews.policy import HIDDEN_FOR, move_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.audit.policy import Act
    from directory.core.db import Base
    from directory.demo.reviews.courses import Course, Turn
    from directory.demo.reviews.drafts import Person
    from directory.demo.reviews.recording import Recording
    from directory.demo.reviews.screened import Advice
    from directory.moderation.screening import Signal

# A review leaves these states without anything of how it came there.
WITHOUT_RULE = frozenset({ReviewState.PENDING, ReviewState.PUBLISHED})


class Rounds:
    """Stores courses; `desk` is what is said around them, `advice` what screening says."""

    def __init__(
        self,
        session: Session,
        *,
        seed: int,
        staff: Mapping[Person, int],
        desk: Mapping[str, Any],
        advice: Advice,
        recording: Recording,
        keys: Keys,
        now: datetime,
    ) -> None:
        """Keep what every round needs."""
        self._session = session
        self._seed = seed
        self._staff = staff
        self._desk = desk
        self._advice = advice
        self._recording = recording
        self._keys = keys
        self._now = now
        self._complaints = Complaints(session, seed, desk, recording)

    def store(self, courses: Sequence[Course]) -> None:
        """Store reviews with everything that happened to them."""
        lives = [
            [turn_of(course, event, self._staff) for event in course.review.life]
            for course in courses
        ]
        for column in zip_longest(*lives):
            self._round([turn for turn in column if turn is not None])

    def _round(self, turns: list[Turn]) -> None:
        self._send([turn for turn in turns if turn.event.what is What.SUBMIT])
        self._send_again([turn for turn in turns if turn.event.what is What.RESUBMIT])
        self._open(turns)
        self._complaints.make(turns)
        self._decide([turn for turn in turns if turn.plan.outcome is not None])
        self._move([turn for turn in turns if turn.plan.event is not None])
        self._complaints.settle(turns)
        self._leave([turn for turn in turns if turn.plan.after and turn.course.case])
        self._judge_again([turn for turn in turns if turn.event.what is What.UPHOLD])
        self._forget(turns)

    def _send(self, turns: list[Turn]) -> None:
        """Keep new reviews, unconfirmed, with what was written."""
        made = [rows.review_row(t.course, self._seed, self._keys, self._now) for t in turns]
        for turn, review_id in zip(turns, self._new_ids(Review, made), strict=True):
            turn.course.id = review_id
        self._write_versions(turns)

    def _send_again(self, turns: list[Turn]) -> None:
        """Keep the next version of what came back."""
        for turn in turns:
            turn.course.version += 1
        self._write_versions(turns)
        self._update(
            Review, [{"id": t.course.id, "current_version": t.course.version} for t in turns]
        )

    def _write_versions(self, turns: list[Turn]) -> None:
        self._insert(ReviewVersion, [rows.version_row(t.course, t.event.at) for t in turns])
        self._insert(Rating, [row for turn in turns for row in rows.rating_rows(turn.course)])

    def _open(self, turns: list[Turn]) -> None:
        """Open the cases of this round; a review that came back is the same case again."""
        again = [turn for turn in turns if turn.event.what is What.RESUBMIT]
        new = [turn for turn in turns if turn.plan.opens and turn.event.what is not What.RESUBMIT]
        signals = {id(turn): self._signals(turn) for turn in [*new, *again]}
        self._new_cases(new, lambda turn: _lane(turn, signals[id(turn)]))
        self._reopen(again, signals)
        self._insert(
            CaseSignal,
            [
                _signal_row(turn.course, signal)
                for turn in [*new, *again]
                for signal in signals[id(turn)]
            ],
        )

    def _signals(self, turn: Turn) -> Sequence[Signal]:
        if turn.plan.opens is not CaseKind.REVIEW:
            return ()
        return self._advice.get((turn.course.review.number, turn.course.version), ())

    def _new_cases(self, turns: list[Turn], lane_for: Callable[[Turn], Lane]) -> None:
        lanes = [lane_for(turn) for turn in turns]
        kinds = [turn.plan.opens or CaseKind.REVIEW for turn in turns]
        made = list(map(rows.case_row, turns, kinds, lanes))
        for turn, case_id, kind, lane in zip(
            turns, self._new_ids(ModerationCase, made), kinds, lanes, strict=True
        ):
            course = turn.course
            course.case = Case(case_id, kind, lane, turn.event.at)
            if kind is CaseKind.REVIEW:
                course.review_case = course.case
            known = {
                "kind": kind.value,
                "lane": lane.value,
                "review_id": course.id,
                "correction_id": None,
            }
            self._record(turn, actions.CASE_OPENED, case_id, known)

    def _reopen(self, turns: list[Turn], signals: Mapping[int, Sequence[Signal]]) -> None:
        changes = []
        for turn in turns:
            case = turn.course.case = turn.course.review_case
            if case is None:
                continue
            case.version += 1
            case.lane, case.opened_at = _lane(turn, signals[id(turn)]), turn.event.at
            changes.append(
                {
                    "id": case.id,
                    "state": CaseState.OPEN,
                    "closed_at": None,
                    "version": case.version,
                    **rows.clocks(case.kind, case.lane, turn.event.at),
                }
            )
        self._update(ModerationCase, changes)

    def _decide(self, turns: list[Turn]) -> None:
        made = [rows.decision_row(t, self._words(t), self._ground(t)) for t in turns]
        for turn, row, decision_id in zip(turns, made, self._new_ids(Decision, made), strict=True):
            turn.course.decision_id = decision_id
            known = {
                "case_id": row["case_id"],
                "outcome": row["outcome"].value,
                "step": row["step"].value,
                "rule_code": turn.rule.value if turn.rule else None,
                "answers_id": row["answers_id"],
            }
            self._record(turn, actions.DECISION_MADE, decision_id, known)

    def _words(self, turn: Turn) -> str | None:
        """Give what the author reads; who is asked to change something is told what."""
        if turn.event.what is not What.RETURN or turn.rule is None:
            return None
        language = "hi" if turn.course.review.author.language == "hi" else "en"
        words: str = self._desk["return"][turn.rule.value][language]
        return words

    def _ground(self, turn: Turn) -> str | None:
        ground: str = self._desk["ground"][0]
        return ground if "restrict" in turn.event.what else None

    def _move(self, turns: list[Turn]) -> None:
        """Add the history of this round's moves, then make them."""
        self._insert(ReviewHistory, [self._history_row(turn) for turn in turns])
        self._update(
            Review,
            [_moved(t, self._ground(t)) for t in turns if t.plan.event is not ReviewEvent.SUBMIT],
        )

    def _history_row(self, turn: Turn) -> dict[str, Any]:
        course, event = turn.course, turn.plan.event
        move = move_for(course.state, event) if event else None
        if event is None or move is None:
            raise ValueError("the table of fates knows a move that is not allowed")
        before, course.state = course.state, move.after
        decision_id = course.decision_id if turn.plan.outcome else None
        known = {
            "version": course.version,
            "rule_code": turn.rule.value if turn.rule else None,
            "decision_id": decision_id,
        }
        self._record(turn, ACTS[event], course.id, known)
        return {
            "review_id": course.id,
            "version_number": course.version,
            "before_state": before,
            "event": event,
            "after_state": move.after,
            "actor_kind": turn.actor.kind,
            "actor_id": turn.actor.id,
            "rule_code": turn.rule,
            "decision_id": decision_id,
            "at": turn.event.at,
        }

    def _leave(self, turns: list[Turn]) -> None:
        """Close the cases of this round, or let them wait for the next person."""
        changes = []
        for turn in turns:
            case = turn.course.open_one()
            closed, waits = turn.plan.after == CLOSE, turn.plan.after == SECOND
            case.version += 1
            case.proposal = None
            if waits and turn.course.decision_id and turn.actor.id:
                case.proposal = Proposal(turn.course.decision_id, turn.actor.id)
            changes.append(
                {
                    "id": case.id,
                    "state": CaseState.CLOSED if closed else CaseState.OPEN,
                    "closed_at": turn.event.at if closed else None,
                    "version": case.version,
                    "waiting": Waiting.SECOND if case.proposal else Waiting.FIRST,
                    "proposal_id": case.proposal.id if case.proposal else None,
                }
            )
            if closed:
                turn.course.case = None
                self._record(turn, actions.CASE_CLOSED, case.id, {"kind": case.kind.value})
        self._update(ModerationCase, changes)

    def _judge_again(self, turns: list[Turn]) -> None:
        """Open a new case for what an appeal brought back."""
        self._new_cases(turns, lambda _turn: Lane.LEGAL)

    def _forget(self, turns: list[Turn]) -> None:
        """Destroy the words of who was erased or never confirmed."""
        gone = [turn.course for turn in turns if _is_forgotten(turn)]
        self._update(
            ReviewVersion,
            [
                {"review_id": course.id, "number": number, "text": None}
                for course in gone
                for number in range(1, course.version + 1)
            ],
        )

    def _record(self, turn: Turn, act: Act, subject_id: int, known: Mapping[str, Any]) -> None:
        self._recording.add(
            act, subject_id=subject_id, actor=turn.actor, at=turn.event.at, known=known
        )

    def _new_ids(self, table: type[Any], made: list[dict[str, Any]]) -> Sequence[int]:
        if not made:
            return ()
        statement = insert(table).returning(table.id, sort_by_parameter_order=True)
        return self._session.scalars(statement, made).all()

    def _insert(self, table: type[Base], made: list[dict[str, Any]]) -> None:
        if made:
            self._session.execute(insert(table), made)

    def _update(self, table: type[Base], changes: list[dict[str, Any]]) -> None:
        if changes:
            self._session.execute(update(table), changes)


def _lane(turn: Turn, signals: Sequence[Signal]) -> Lane:
    if turn.plan.opens is CaseKind.APPEAL:
        return Lane.LEGAL
    if turn.plan.opens is CaseKind.FLAG and turn.event.rule is not None:
        return lane_of(turn.event.rule)
    return priority_of(signals, unsafe=turn.course.review.unsafe is Unsafe.YES)


def _signal_row(course: Course, signal: Signal) -> dict[str, Any]:
    spanned = signal.end > signal.start
    return {
        "case_id": course.open_one().id,
        "review_version": course.version,
        "name": signal.name.value,
        "span_start": signal.start if spanned else None,
        "span_end": signal.end if spanned else None,
        "why": signal.why[:300],
    }


def _moved(turn: Turn, ground: str | None) -> dict[str, Any]:
    """Give what a move changes of a review; the course knows its new state already."""
    course, after = turn.course, turn.course.state
    course.rule = None if after in WITHOUT_RULE else turn.rule or course.rule
    changes: dict[str, Any] = {
        "id": course.id,
        "state": after,
        "moved_at": turn.event.at,
        "hidden_until": turn.event.at + HIDDEN_FOR if after is ReviewState.HIDDEN else None,
        "rule_code": course.rule,
        "ground": ground,
    }
    if turn.plan.event is ReviewEvent.PUBLISH:
        changes["published_at"] = turn.event.at
    if _is_forgotten(turn):
        changes |= {"author_id": None, "submission_key": None, "network_hash": None}
    return changes


def _is_forgotten(turn: Turn) -> bool:
    """Tell whether a step destroys words: an erasure, or the end of an unconfirmed review."""
    if turn.event.what is What.ERASE:
        return True
    return turn.event.what is What.LAPSE and len(turn.course.review.life) == 2  # noqa: PLR2004 - sent and lapsed
