"""kill -9 while reviews are written, confirmed and judged: what was answered stays, whole."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts.models import Role, User
from directory.audit.queries import verify_chain
from directory.core.clock import utc_now
from directory.core.db import db
from directory.moderation.models import CaseState, ModerationCase
from directory.outbox.models import Letter, LetterKind
from directory.reviews.models import Review, ReviewHistory, ReviewState, ReviewVersion
from tests.drills.killed_desk import ACKNOWLEDGED
from tests.drills.test_killed_indexer import kill_a_child, program
from tests.factories.listings import Facts, make_practitioner
from tests.moderation.desk import make_person

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db
LONGEST_SECONDS = 2.5
# How far a review has come at least once an operation answered with this word.
REACHED = {"submitted": 0, "confirmed": 1, "published": 2, "returned": 2}
STAGES = {
    ReviewState.UNCONFIRMED: 0,
    ReviewState.PENDING: 1,
    ReviewState.PUBLISHED: 2,
    ReviewState.RETURNED: 2,
}


def test_a_desk_killed_at_any_moment_loses_nothing_and_leaves_nothing_half(
    session: Session, vocabulary: Vocabulary, *, database_url: str, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(kills)  # noqa: S311 - no secret
    assert make_practitioner(vocabulary, Facts(name="Dr Meenakshi Rawat")).id == 1
    make_person("rani", role=Role.MODERATOR, now=utc_now())
    with program(database_url, tmp_path, "killed_desk") as started:
        for _time in range(kills):
            kill_a_child(started, dice.uniform(0.5, LONGEST_SECONDS))
            session.rollback()

            nothing_acknowledged_is_lost(tmp_path / ACKNOWLEDGED)
            nothing_is_half_done()
            nothing_happened_twice()
            assert verify_chain(session) == []

    assert session.scalar(select(func.count()).select_from(Review))


def nothing_acknowledged_is_lost(answers: Path) -> None:
    found = {row.public_id: row.state for row in db.session().scalars(select(Review))}
    lines = answers.read_text(encoding="ascii").splitlines() if answers.exists() else []
    for line in lines:
        what, name = line.split()
        assert STAGES[found[name]] >= REACHED[what], line


def nothing_is_half_done() -> None:
    session = db.session()
    newest = {row.review_id: row.after_state for row in history()}
    versions = set(session.scalars(select(ReviewVersion.review_id)))
    waiting = select(ModerationCase.subject_id).where(ModerationCase.state == CaseState.OPEN)
    open_cases = set(session.scalars(waiting))
    for review in session.scalars(select(Review)):
        assert newest[review.id] is review.state
        assert review.id in versions
        assert (review.id in open_cases) is (review.state is ReviewState.PENDING)


def history() -> list[ReviewHistory]:
    """Give every history row, oldest first."""
    return list(db.session().scalars(select(ReviewHistory).order_by(ReviewHistory.id)))


def nothing_happened_twice() -> None:
    session = db.session()
    authors = session.scalars(select(Review.author_id)).all()
    assert len(set(authors)) == len(authors), "one form made two reviews"
    events = Counter((row.review_id, row.event) for row in history())
    assert set(events.values()) <= {1}
    letters = session.scalars(
        select(Letter.group_key).where(Letter.kind == LetterKind.CONFIRM_REVIEW)
    ).all()
    assert len(set(letters)) == len(letters) == len(authors)
    users = select(func.count()).select_from(User).where(User.role == Role.USER)
    assert session.scalar(users) == len(authors)
