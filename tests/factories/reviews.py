"""Reviews in any state for tests, made step by step as real rows, so that every trigger holds.

`make_review(listing, ReviewFacts(state=ReviewState.REMOVED, overall=1))`. Each move goes through
`reviews.transitions`, each decision has its case, its rule and its second person where one is
needed. Must run inside an application context. Not for stories of the desk
(`tests/moderation/desk.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select, update

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Role, User, UserState
from directory.audit.models import ActorKind
from directory.audit.policy import AUTHOR, CLOCK, Actor
from directory.core.db import writing
from directory.moderation.cases import open_case
from directory.moderation.models import (
    CaseKind,
    CaseState,
    Decision,
    ModerationCase,
    Outcome,
    Step,
    Waiting,
)
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import (
    Aspect,
    CareKind,
    Pseudonym,
    Rating,
    Relation,
    Review,
    ReviewEvent,
    ReviewState,
    ReviewVersion,
    RuleCode,
    Unsafe,
)
from directory.reviews.policy import TERMS_VERSION, needs_second_person
from directory.reviews.transitions import Cause, move, note_submitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tests.factories.listings import Made

WRITTEN_AT = datetime(2026, 10, 5, 6, 0, tzinfo=UTC)
WORDS = (
    "She listened for the whole hour and explained what would happen next. The waiting room was "
    "full and I was seen twenty minutes late."
)
# How each state is come by; a review that was published before keeps its time of publication.
PATHS: Mapping[ReviewState, tuple[ReviewEvent, ...]] = {
    ReviewState.UNCONFIRMED: (),
    ReviewState.PENDING: (ReviewEvent.CONFIRM,),
    ReviewState.PUBLISHED: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH),
    ReviewState.RETURNED: (ReviewEvent.CONFIRM, ReviewEvent.RETURN),
    ReviewState.REJECTED: (ReviewEvent.CONFIRM, ReviewEvent.REJECT),
    ReviewState.WITHDRAWN: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH, ReviewEvent.WITHDRAW),
    ReviewState.HIDDEN: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH, ReviewEvent.HIDE),
    ReviewState.REMOVED: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH, ReviewEvent.REMOVE),
    ReviewState.RESTRICTED: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH, ReviewEvent.RESTRICT),
    ReviewState.EXPIRED: (ReviewEvent.LAPSE,),
    ReviewState.ERASED: (ReviewEvent.CONFIRM, ReviewEvent.PUBLISH, ReviewEvent.ERASE),
}
# A review that ends without having been public.
NEVER_PUBLISHED: Mapping[ReviewState, tuple[ReviewEvent, ...]] = {
    ReviewState.WITHDRAWN: (ReviewEvent.CONFIRM, ReviewEvent.WITHDRAW),
    ReviewState.ERASED: (ReviewEvent.CONFIRM, ReviewEvent.ERASE),
}
JUDGED = {outcome.value for outcome in Outcome}
OUTCOMES = {event: Outcome(event.value) for event in ReviewEvent if event.value in JUDGED}
BETWEEN_STEPS = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What a review may say of itself, and where it has come to.

    `author_id` None makes an author of its own. Steps follow each other by six hours from
    `written_at`; `ended_at` says when the last one was. `rule_code` None means R-17 for a legal
    order and R-08 for any other end.
    """

    state: ReviewState = ReviewState.PUBLISHED
    overall: int = 4
    text: str = WORDS
    language: str = "en"
    aspects: Mapping[Aspect, int] = field(default_factory=dict)
    quarter: str = "2026-Q3"
    relation: Relation = Relation.TREATED
    care_kind: CareKind = CareKind.ONGOING
    pseudonym: Pseudonym = Pseudonym.WITH_DISTRICT
    district: str | None = "south"
    unsafe: Unsafe = Unsafe.NO
    rule_code: RuleCode | None = None
    ground: str | None = None
    author_id: int | None = None
    written_at: datetime = WRITTEN_AT
    ended_at: datetime | None = None
    was_public: bool = True
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class MadeReview:
    """What a test needs to find a review again."""

    id: int
    public_id: str
    author_id: int


def make_review(listing: Made, facts: ReviewFacts | None = None, **changes: object) -> MadeReview:
    """Make one review of a listing: `make_review(asha, overall=2, text=...)`."""
    facts = replace(facts or ReviewFacts(), **changes)  # type: ignore[arg-type]
    path = PATHS[facts.state]
    if not facts.was_public:
        path = NEVER_PUBLISHED[facts.state]
    with writing() as session:
        author_id = facts.author_id or _person(session, Role.USER, facts.written_at)
        review = _submit(session, listing.id, author_id, facts)
        at = facts.written_at
        for event in path:
            at += BETWEEN_STEPS
            if event is path[-1] and facts.ended_at is not None:
                at = facts.ended_at
            _step(session, review, event, facts, at)
        return MadeReview(review.id, review.public_id, author_id)


def make_reviews(listing: Made, *overalls: int, **changes: object) -> list[MadeReview]:
    """Make one published review for each overall rating, an hour apart, the first one oldest."""
    facts = replace(ReviewFacts(), **changes)  # type: ignore[arg-type]
    return [
        make_review(
            listing,
            replace(facts, overall=overall, written_at=facts.written_at + timedelta(hours=place)),
        )
        for place, overall in enumerate(overalls)
    ]


def make_user(role: Role = Role.USER) -> int:
    """Make an account and give its id."""
    with writing() as session:
        return _person(session, role, WRITTEN_AT)


def _submit(session: Session, listing_id: int, author_id: int, facts: ReviewFacts) -> Review:
    review = Review(
        public_id=token_hex(6),
        listing_id=listing_id,
        author_id=author_id,
        state=ReviewState.UNCONFIRMED,
        current_version=1,
        is_demo=facts.is_demo,
        submitted_at=facts.written_at,
        moved_at=facts.written_at,
    )
    session.add(review)
    session.flush()
    session.add(
        ReviewVersion(
            review_id=review.id,
            number=1,
            text=facts.text,
            language=facts.language,
            overall=facts.overall,
            unsafe=facts.unsafe,
            visit_quarter=facts.quarter,
            relation=facts.relation,
            care_kind=facts.care_kind,
            pseudonym=facts.pseudonym,
            district=facts.district,
            terms_version=TERMS_VERSION,
            created_at=facts.written_at,
        )
    )
    session.flush()
    session.add_all(
        Rating(review_id=review.id, version_number=1, aspect=aspect, value=value)
        for aspect, value in facts.aspects.items()
    )
    note_submitted(session, review, Cause(AUTHOR), now=facts.written_at)
    return review


def _step(
    session: Session, review: Review, event: ReviewEvent, facts: ReviewFacts, at: datetime
) -> None:
    if event in OUTCOMES:
        _judge(session, review, event, facts, at)
        return
    move(session, review, event, Cause(CLOCK if event is ReviewEvent.LAPSE else AUTHOR), now=at)
    if event is ReviewEvent.CONFIRM:
        _case(session, review, CaseKind.REVIEW, facts, at)
    if event in {ReviewEvent.ERASE, ReviewEvent.WITHDRAW}:
        _close_open(session, review, at)
    if event in {ReviewEvent.ERASE, ReviewEvent.LAPSE}:
        session.execute(
            update(ReviewVersion).where(ReviewVersion.review_id == review.id).values(text=None)
        )


def _judge(
    session: Session, review: Review, event: ReviewEvent, facts: ReviewFacts, at: datetime
) -> None:
    """Decide with one person, or with two where the rules ask for it."""
    case = _open(session, review) or _case(session, review, CaseKind.FLAG, facts, at)
    rule = None if event is ReviewEvent.PUBLISH else facts.rule_code or _rule_of(event)
    made = _decide(session, case, event, rule, facts, at=at)
    if needs_second_person(event, rule, facts.overall):
        made = _confirm(session, case, made, at)
    cause = Cause(
        actor=Actor(ActorKind.MODERATOR, made.actor_id),
        rule_code=rule,
        decision_id=made.id,
        ground=facts.ground if event is ReviewEvent.RESTRICT else None,
    )
    move(session, review, event, cause, now=at)
    if event is not ReviewEvent.HIDE:
        _close_open(session, review, at)


def _rule_of(event: ReviewEvent) -> RuleCode:
    if event is ReviewEvent.RESTRICT:
        return RuleCode.LEGAL_ORDER
    return RuleCode.IDENTIFIES_STAFF


def _decide(
    session: Session,
    case: ModerationCase,
    event: ReviewEvent,
    rule: RuleCode | None,
    facts: ReviewFacts,
    *,
    at: datetime,
) -> Decision:
    role = Role.ADMINISTRATOR if event is ReviewEvent.RESTRICT else Role.MODERATOR
    waits = event is ReviewEvent.HIDE or needs_second_person(event, rule, facts.overall)
    decision = Decision(
        case_id=case.id,
        case_version=case.version,
        review_version=1,
        outcome=OUTCOMES[event],
        step=Step.PROPOSAL if waits else Step.ALONE,
        rule_code=rule,
        ground=facts.ground if event is ReviewEvent.RESTRICT else None,
        words="Please leave out the name." if event is ReviewEvent.RETURN else None,
        actor_id=_staff(session, "Rani Moderator", role, at),
        made_at=at,
    )
    session.add(decision)
    session.flush()
    case.version += 1
    if waits:
        case.waiting, case.proposal_id = Waiting.SECOND, decision.id
    session.flush()
    return decision


def _confirm(session: Session, case: ModerationCase, proposal: Decision, at: datetime) -> Decision:
    decision = Decision(
        case_id=case.id,
        case_version=case.version,
        review_version=1,
        outcome=proposal.outcome,
        step=Step.CONFIRMATION,
        rule_code=proposal.rule_code,
        ground=proposal.ground,
        actor_id=_staff(session, "Kabir Moderator", Role.MODERATOR, at),
        answers_id=proposal.id,
        answers_actor_id=proposal.actor_id,
        made_at=at,
    )
    session.add(decision)
    session.flush()
    case.version += 1
    session.flush()
    return decision


def _case(
    session: Session, review: Review, kind: CaseKind, facts: ReviewFacts, at: datetime
) -> ModerationCase:
    return open_case(
        session,
        review,
        kind=kind,
        lane=Lane.ROUTINE,
        language=facts.language,
        actor=AUTHOR,
        now=at,
    )


def _open(session: Session, review: Review) -> ModerationCase | None:
    return session.scalar(
        select(ModerationCase).where(
            ModerationCase.subject_id == review.id, ModerationCase.state == CaseState.OPEN
        )
    )


def _close_open(session: Session, review: Review, at: datetime) -> None:
    case = _open(session, review)
    if case is not None:
        case.state, case.closed_at = CaseState.CLOSED, at
        case.waiting, case.proposal_id = Waiting.FIRST, None
        session.flush()


def _staff(session: Session, name: str, role: Role, at: datetime) -> int:
    """Give the one member of the desk of that name and role, made when first needed."""
    found = session.scalar(select(User.id).where(User.display_name == name, User.role == role))
    return found or _person(session, role, at, name)


def _person(session: Session, role: Role, at: datetime, name: str | None = None) -> int:
    keys, address = current_app.extensions["keys"], f"{token_hex(8)}@example.org"
    user = User(
        role=role,
        state=UserState.ACTIVE,
        email_sealed=keys.seal(EMAIL_PURPOSE, address),
        email_hash=keys.lookup_hash(address),
        display_name=name or (None if role is Role.USER else f"Some {role}"),
        language="en",
        is_demo=False,
        created_at=at,
        confirmed_at=at,
    )
    session.add(user)
    session.flush()
    return user.id
