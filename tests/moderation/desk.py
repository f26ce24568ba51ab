"""A desk for tests: a listing, people, and short verbs that go through the real operations.

Not the factory of reviews in any state for pages (`tests/factories/reviews.py`). Must be made
inside an application context.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.keys import EMAIL_PURPOSE, Keys
from directory.accounts.models import Role, User, UserState
from directory.accounts.policy import Viewer
from directory.core.db import db, writing
from directory.moderation.clocks import run_due
from directory.moderation.decisions import Judgement, answer, decide, undo
from directory.moderation.intake import (
    ReviewDraft,
    appeal,
    flag_review,
    resubmit_review,
    submit_review,
    withdraw_review,
)
from directory.moderation.models import (
    CaseState,
    Decision,
    ModerationCase,
    Outcome,
    SubjectNoun,
)
from directory.outbox.models import Letter, LetterState
from directory.outbox.policy import FACTS_PURPOSE, facts_from
from directory.reviews.models import (
    CareKind,
    Pseudonym,
    Relation,
    Review,
    RuleCode,
    Unsafe,
)
from directory.reviews.policy import TERMS_VERSION, quarter_of
from tests.factories.listings import Facts, make_practitioner
from tests.support.sqlite import SEALING_KEY

if TYPE_CHECKING:
    from datetime import datetime

    from directory.moderation.decisions import Decided
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made

KEYS = Keys.from_secret(SEALING_KEY)
WORDS = (
    "She listened for the whole hour, explained what would happen next and what it would cost, "
    "and I was never hurried."
)
OTHER_WORDS = (
    "The room was quiet and the wait was short. What I was told about money on the telephone was "
    "what I paid at the end."
)


def make_person(
    name: str, *, role: Role = Role.USER, now: datetime, state: UserState = UserState.ACTIVE
) -> int:
    """Make a confirmed account and give its id."""
    address = f"{name}@example.org"
    with writing() as session:
        user = User(
            role=role,
            state=state,
            email_sealed=KEYS.seal(EMAIL_PURPOSE, address),
            email_hash=KEYS.lookup_hash(address),
            display_name=None if role is Role.USER else f"{name.title()} Moderator",
            language="en",
            is_demo=False,
            created_at=now,
            confirmed_at=now,
        )
        session.add(user)
        session.flush()
        return user.id


def viewer(user_id: int, *, is_strong: bool = True) -> Viewer:
    """Give somebody as signed in, staff with both steps."""
    user = db.session().get_one(User, user_id)
    return Viewer(
        user_id=user.id,
        role=user.role,
        state=user.state,
        session_id=1,
        is_strong=is_strong and user.role is not Role.USER,
        display_name=user.display_name,
        language="en",
    )


@dataclass(repr=False)
class Desk:
    """Everything a story about reviews needs; time moves only by `wait`."""

    now: datetime
    listing: Made
    vocabulary: Vocabulary
    people: dict[str, int] = field(default_factory=dict)
    sent: int = 0

    @classmethod
    def open(cls, vocabulary: Vocabulary, now: datetime) -> Desk:
        """Make a listing, two authors, three moderators and an administrator."""
        listing = make_practitioner(vocabulary, Facts(name="Dr Meenakshi Rawat"))
        desk = cls(now=now, listing=listing, vocabulary=vocabulary)
        for name in ("asha", "bela"):
            desk.people[name] = make_person(name, now=now)
        for name in ("rani", "kabir", "sana"):
            desk.people[name] = make_person(name, role=Role.MODERATOR, now=now)
        desk.people["admin"] = make_person("admin", role=Role.ADMINISTRATOR, now=now)
        return desk

    def as_(self, name: str) -> Viewer:
        """Give one of the people as signed in."""
        return viewer(self.people[name])

    def wait(self, **time: int) -> None:
        """Let time pass; nothing happens by itself until `tick`."""
        self.now += timedelta(**time)

    def tick(self) -> None:
        """Do what is due."""
        run_due(keys=KEYS, now=self.now)

    def draft(self, *, overall: int = 4, text: str = WORDS, **changes: object) -> ReviewDraft:
        """Give a review as the form sends it, with a key of its own."""
        self.sent += 1
        values: dict[str, object] = {
            "listing_id": self.listing.id,
            "overall": overall,
            "aspects": {},
            "unsafe": Unsafe.NO,
            "text": text,
            "visit_quarter": quarter_of(self.now.date()),
            "relation": Relation.TREATED,
            "care_kind": CareKind.ONGOING,
            "pseudonym": Pseudonym.WITH_DISTRICT,
            "own_experience": True,
            "no_reward": True,
            "no_connection": True,
            "terms_version": TERMS_VERSION,
            "submission_key": f"form-{self.sent}",
        }
        return ReviewDraft(**(values | changes))  # type: ignore[arg-type]

    def submit(self, author: str | None = "asha", **changes: object) -> str:
        """Send a review, signed in unless `author` is None, and give its public id."""
        signed_in = None if author is None else self.as_(author)
        sent = submit_review(
            viewer=signed_in,
            email=None if signed_in else "somebody@example.org",
            draft=self.draft(**changes),  # type: ignore[arg-type]
            browser="browser",
            network_hash=None,
            keys=KEYS,
            now=self.now,
        )
        return sent.public_id

    def review(self, public_id: str) -> Review:
        """Give a review's row as it is now."""
        db.session().rollback()
        return db.session().scalars(select(Review).where(Review.public_id == public_id)).one()

    def state(self, public_id: str) -> str:
        """Give a review's state as it is now."""
        return self.review(public_id).state.value

    def case(self, public_id: str) -> ModerationCase:
        """Give the open case about a review, else the newest one."""
        review = self.review(public_id)
        found = select(ModerationCase).where(
            ModerationCase.subject_noun == SubjectNoun.REVIEW,
            ModerationCase.subject_id == review.id,
        )
        newest_open_first = found.order_by(
            ModerationCase.state == CaseState.CLOSED, ModerationCase.id.desc()
        )
        return db.session().scalars(newest_open_first.limit(1)).one()

    def decide(
        self,
        who: str,
        public_id: str,
        outcome: Outcome | str,
        rule: RuleCode | None = None,
        words: str | None = None,
        **given: object,
    ) -> Decided:
        """Decide the open case of a review."""
        case = self.case(public_id)
        return decide(
            viewer=self.as_(who),
            case_id=case.id,
            version=int(given.pop("version", case.version)),  # type: ignore[call-overload]
            judgement=Judgement(
                Outcome(outcome),
                rule,
                words or ("Leave the street out." if outcome == "return" else None),
                **given,  # type: ignore[arg-type]
            ),
            keys=KEYS,
            now=self.now,
        )

    def answer(self, who: str, public_id: str, *, agrees: bool) -> Decided:
        """Answer the proposal that waits, after its minute is over."""
        self.wait(minutes=2)
        case = self.case(public_id)
        return answer(
            viewer=self.as_(who),
            case_id=case.id,
            version=case.version,
            agrees=agrees,
            words=None,
            keys=KEYS,
            now=self.now,
        )

    def undo(self, who: str, decision_id: int) -> None:
        """Take a decision back."""
        undo(
            viewer=self.as_(who),
            decision_id=decision_id,
            vocabulary=self.vocabulary,
            now=self.now,
        )

    def publish(self, public_id: str, who: str = "rani") -> str:
        """Publish a pending review and give its id again."""
        self.decide(who, public_id, Outcome.PUBLISH)
        return public_id

    def published(self, author: str = "asha", **changes: object) -> str:
        """Give a new published review."""
        return self.publish(self.submit(author, **changes))

    def withdraw(self, public_id: str, author: str = "asha") -> None:
        """Withdraw a review as its author."""
        withdraw_review(viewer=self.as_(author), public_id=public_id, keys=KEYS, now=self.now)

    def resubmit(self, public_id: str, author: str = "asha", **changes: object) -> None:
        """Send a returned review again."""
        resubmit_review(
            viewer=self.as_(author),
            public_id=public_id,
            draft=self.draft(**changes),  # type: ignore[arg-type]
            keys=KEYS,
            now=self.now,
        )

    def appeal(self, public_id: str, author: str = "asha") -> None:
        """Appeal as the author."""
        appeal(
            viewer=self.as_(author),
            public_id=public_id,
            words="I was there, and I can say when and how.",
            keys=KEYS,
            now=self.now,
        )

    def flag(self, public_id: str, rule: RuleCode = RuleCode.IDENTIFIES_STAFF) -> str:
        """Flag a review and give the receipt."""
        return flag_review(
            public_id=public_id, rule_code=rule, words=None, network_hash=None, now=self.now
        )

    def letters(self, state: LetterState = LetterState.QUEUED) -> list[str]:
        """Give the kinds of letters in a state, oldest first."""
        db.session().rollback()
        found = select(Letter.kind).where(Letter.state == state).order_by(Letter.id)
        return [kind.value for kind in db.session().scalars(found)]

    def newest_letter(self) -> dict[str, str | int]:
        """Give the facts of the newest queued letter, opened."""
        db.session().rollback()
        letter = (
            db.session()
            .scalars(
                select(Letter).where(Letter.state == LetterState.QUEUED).order_by(Letter.id.desc())
            )
            .first()
        )
        assert letter is not None
        assert letter.facts_sealed is not None
        return dict(facts_from(letter.kind, KEYS.open(FACTS_PURPOSE, letter.facts_sealed)))

    def decisions(self) -> list[Decision]:
        """Give every decision, oldest first."""
        db.session().rollback()
        return list(db.session().scalars(select(Decision).order_by(Decision.id)))
