"""A program that writes, confirms and judges reviews until it is killed; for the drill beside it.

`python -m tests.drills.killed_desk DATABASE_URL FOLDER`. What an operation has answered is written
down at once in FOLDER/acknowledged: nothing of it may ever be lost. For each line it reads it
makes a child that works, and prints the child's number.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.models import Role, User
from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import db
from directory.moderation.decisions import Judgement, decide
from directory.moderation.intake import ReviewDraft, confirm_review, submit_review
from directory.moderation.models import CaseState, ModerationCase, Outcome
from directory.outbox.models import Letter
from directory.outbox.policy import FACTS_PURPOSE, facts_from
from directory.reviews.models import CareKind, Pseudonym, Relation, Review, RuleCode, Unsafe
from directory.reviews.policy import TERMS_VERSION, quarter_of
from tests.moderation.desk import WORDS, viewer
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from directory.accounts.keys import Keys

ACKNOWLEDGED = "acknowledged"


def work(database_url: str, folder: Path) -> None:
    """Bring one review after the other from the form to the page."""
    app = create_app(settings_for(folder, database_url))
    keys: Keys = app.extensions["keys"]
    with app.app_context(), (folder / ACKNOWLEDGED).open("a", encoding="ascii") as answers:
        for turn in count():
            name = submit(f"{os.getpid()}-{turn}", keys)
            acknowledge(answers, "submitted", name)
            confirm_review(token=token_for(name, keys), browser=None, keys=keys, now=utc_now())
            acknowledge(answers, "confirmed", name)
            acknowledge(answers, judge(name, turn, keys), name)


def acknowledge(answers: object, what: str, name: str) -> None:
    """Write down what an operation has answered."""
    print(what, name, file=answers, flush=True)  # type: ignore[call-overload]


def submit(key: str, keys: Keys) -> str:
    """Send a review, and the same form a second time."""
    draft = ReviewDraft(
        listing_id=1,
        overall=4,
        aspects={},
        unsafe=Unsafe.NO,
        text=WORDS,
        visit_quarter=quarter_of(utc_now().date()),
        relation=Relation.TREATED,
        care_kind=CareKind.ONGOING,
        pseudonym=Pseudonym.ROLE_ONLY,
        own_experience=True,
        no_reward=True,
        no_connection=True,
        terms_version=TERMS_VERSION,
        submission_key=key,
    )
    sent = [
        submit_review(
            viewer=None,
            email=f"author{key}@example.org",
            draft=draft,
            browser=None,
            network_hash=None,
            keys=keys,
            now=utc_now(),
        )
        for _time in range(2)
    ]
    return sent[1].public_id


def token_for(name: str, keys: Keys) -> str:
    """Give the token of the letter that confirms a review."""
    session = db.session()
    session.rollback()
    review_id = session.scalar(select(Review.id).where(Review.public_id == name))
    letter = session.scalars(select(Letter).where(Letter.group_key == f"confirm:{review_id}")).one()
    facts = facts_from(letter.kind, keys.open(FACTS_PURPOSE, letter.facts_sealed or b""))
    return str(facts["path"]).rpartition("/")[2]


def judge(name: str, turn: int, keys: Keys) -> str:
    """Publish or return a review; give the state it has now."""
    session = db.session()
    session.rollback()
    case = session.scalars(
        select(ModerationCase)
        .join(Review, Review.id == ModerationCase.subject_id)
        .where(Review.public_id == name, ModerationCase.state == CaseState.OPEN)
    ).one()
    moderator = session.scalars(select(User.id).where(User.role == Role.MODERATOR)).first()
    assert moderator is not None
    judgement = (
        Judgement(Outcome.PUBLISH)
        if turn % 2
        else Judgement(Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR, "Leave the street out.")
    )
    decided = decide(
        viewer=viewer(moderator),
        case_id=case.id,
        version=case.version,
        judgement=judgement,
        keys=keys,
        now=utc_now(),
    )
    return decided.state_after.value


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a killed child is gone at once
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(sys.argv[1], Path(sys.argv[2]))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
