"""Rows of the tables of reviews and the desk, made of what a demo review and its case are.

Pure. Called by `rounds.py`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from directory.moderation.intake.names import LETTERS, PUBLIC_ID_LENGTH
from directory.moderation.models import CaseState, SubjectNoun, Waiting
from directory.moderation.policy import LANE_ORDER, clock_of
from directory.reviews.models import ReviewState
from directory.reviews.policy import NETWORK_KEPT, TERMS_VERSION

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.demo.reviews.courses import Course, Turn
    from directory.moderation.models import CaseKind
    from directory.moderation.screening.lanes import Lane

NETWORK = "192.0.2.{number}"
RECEIPT_GROUP = 4


def made_name(*parts: object) -> str:
    """Give a name for an address that follows from its parts, of the letters others have."""
    digest = hashlib.sha256(":".join(map(str, parts)).encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:PUBLIC_ID_LENGTH])


def public_id_of(seed: int, number: int) -> str:
    """Give the name of a demo review: the same in every load of its seed."""
    return made_name("demo review", seed, number)


def receipt_of(seed: int, number: int) -> str:
    """Give the receipt of the objection to a demo review."""
    name = made_name("demo flag", seed, number)
    groups = range(0, PUBLIC_ID_LENGTH, RECEIPT_GROUP)
    return "-".join(name[start : start + RECEIPT_GROUP] for start in groups)


def review_row(course: Course, seed: int, keys: Keys, now: datetime) -> dict[str, Any]:
    """Give a review as it is when it was just sent."""
    review = course.review
    sent_at = review.life[0].at
    kept = review.network is not None and sent_at > now - NETWORK_KEPT
    address = NETWORK.format(number=review.network)
    return {
        "public_id": public_id_of(seed, review.number),
        "listing_id": course.place.id,
        "author_id": course.author_id,
        "state": ReviewState.UNCONFIRMED,
        "current_version": 1,
        "rule_code": None,
        "ground": None,
        "submission_key": f"demo:{seed}:{review.number}",
        "network_hash": keys.network_hash(address, now.date()) if kept else None,
        "is_demo": True,
        "submitted_at": sent_at,
        "moved_at": sent_at,
        "published_at": None,
        "hidden_until": None,
    }


def version_row(course: Course, at: datetime) -> dict[str, Any]:
    """Give the version a course has reached."""
    review = course.review
    version = review.versions[course.version - 1]
    return {
        "review_id": course.id,
        "number": course.version,
        "text": version.text,
        "language": review.author.language,
        "overall": version.overall,
        "unsafe": review.unsafe,
        "visit_quarter": review.quarter,
        "relation": review.relation,
        "care_kind": review.care_kind,
        "pseudonym": review.pseudonym,
        "district": course.place.district,
        "terms_version": TERMS_VERSION,
        "created_at": at,
    }


def rating_rows(course: Course) -> list[dict[str, Any]]:
    """Give the aspects of the version a course has reached."""
    aspects = course.review.versions[course.version - 1].aspects
    return [
        {
            "review_id": course.id,
            "version_number": course.version,
            "aspect": aspect,
            "value": value,
        }
        for aspect, value in aspects.items()
    ]


def clocks(kind: CaseKind, lane: Lane, at: datetime) -> dict[str, Any]:
    """Give the class of a case and its times, counted from its opening."""
    target, limit = clock_of(kind, lane)
    return {
        "lane": lane,
        "lane_order": LANE_ORDER[lane],
        "opened_at": at,
        "target_at": at + target,
        "due_at": at + limit,
    }


def case_row(turn: Turn, kind: CaseKind, lane: Lane) -> dict[str, Any]:
    """Give a case that is just opened."""
    return {
        "kind": kind,
        "subject_noun": SubjectNoun.REVIEW,
        "subject_id": turn.course.id,
        "state": CaseState.OPEN,
        "language": turn.course.review.author.language,
        "waiting": Waiting.FIRST,
        "proposal_id": None,
        "version": 1,
        "closed_at": None,
        "lease_holder_id": None,
        "leased_until": None,
        **clocks(kind, lane, turn.event.at),
    }


def decision_row(turn: Turn, words: str | None, ground: str | None) -> dict[str, Any]:
    """Give the decision of a step on the case as it stands."""
    case, plan = turn.course.open_one(), turn.plan
    proposal = case.proposal
    return {
        "case_id": case.id,
        "case_version": case.version,
        "review_version": turn.course.version,
        "outcome": plan.outcome,
        "step": plan.step,
        "rule_code": turn.rule,
        "ground": ground,
        "words": words,
        "actor_id": turn.actor.id,
        "answers_id": proposal.id if proposal else None,
        "answers_actor_id": proposal.actor_id if proposal else None,
        "made_at": turn.event.at,
        "undone_at": None,
    }
