"""Demo reviews in the database: as a live desk would have left them, once and for all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Consent, User, UserState
from directory.app import create_app
from directory.audit.models import AuditEvent
from directory.audit.queries import verify_chain
from directory.core.clock import DELHI, delhi_day
from directory.core.db import db
from directory.core.errors import InvalidError
from directory.demo.operations import load_demo
from directory.demo.reviews.loading import load_demo_reviews, reviews_for
from directory.listings.models import Listing
from directory.moderation.models import (
    Affiliation,
    Appeal,
    AppealState,
    CaseKind,
    CaseState,
    Decision,
    Flag,
    FlagState,
    ModerationCase,
    Step,
    Waiting,
)
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import Change, Letter
from directory.outbox.queries import feed_position
from directory.reviews.models import (
    Rating,
    RatingSummary,
    Review,
    ReviewHistory,
    ReviewState,
    ReviewVersion,
    RuleCode,
)
from directory.reviews.policy import LOW_RATING, ONE_PERSON_RULES
from directory.reviews.summaries import summary_of
from tests.support.sqlite import copy_template, settings_for, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.vocabulary.queries import Vocabulary

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
SEED = 7
LISTINGS = 132
REVIEWS = 600
TABLES = (Review, ReviewVersion, Rating, ReviewHistory, Decision, AuditEvent, User, Change, Consent)


@pytest.fixture
def keys(app: Flask) -> Keys:
    """Give what contacts of the test's own directory are sealed with."""
    found: Keys = app.extensions["keys"]
    return found


@pytest.fixture(scope="module")
def loaded_app(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give a directory with demo listings and reviews, which no test changes."""
    folder = tmp_path_factory.mktemp("demo reviews")
    copy_template(run_folder, folder / "directory.db")
    app = create_app(settings_for(folder, sqlite_url(folder / "directory.db")))
    with app.app_context():
        vocabulary = app.extensions["vocabulary"].current(db.session())
        load_demo(listings=LISTINGS, seed=SEED, now=NOW, vocabulary=vocabulary)
        load_demo_reviews(reviews=REVIEWS, seed=SEED, now=NOW, keys=app.extensions["keys"])
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def loaded(loaded_app: Flask) -> Iterator[Session]:
    """Give a session that reads it."""
    with loaded_app.app_context():
        yield db.session()


def counted(session: Session) -> list[int]:
    """Count the rows of every table a load writes to."""
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


@pytest.mark.db
@pytest.mark.timeout(90)
def test_a_load_is_whole_and_a_second_one_changes_nothing(
    session: Session, vocabulary: Vocabulary, keys: Keys, now: datetime
) -> None:
    load_demo(listings=LISTINGS, seed=SEED, now=now, vocabulary=vocabulary)
    first = load_demo_reviews(reviews=REVIEWS, seed=SEED, now=now, keys=keys)
    before = counted(session)

    again = load_demo_reviews(reviews=REVIEWS, seed=SEED, now=now, keys=keys)
    later = load_demo_reviews(
        reviews=REVIEWS * 2, seed=SEED, now=now + timedelta(days=3), keys=keys
    )

    assert (first.new, first.unchanged) == (REVIEWS, 0)
    assert (again.new, again.unchanged) == (0, REVIEWS)
    assert (later.new, later.unchanged) == (0, REVIEWS)
    assert counted(session) == before
    assert set(session.scalars(select(Review.state))) == set(ReviewState)
    assert verify_chain(session) == []


def test_most_are_published(loaded: Session) -> None:
    states = Counter(loaded.scalars(select(Review.state)))

    assert states[ReviewState.PUBLISHED] > REVIEWS * 0.7


def test_who_needs_help_now_comes_first(loaded: Session) -> None:
    waiting = select(ModerationCase).where(ModerationCase.state == CaseState.OPEN)
    first = loaded.scalars(waiting.order_by(ModerationCase.lane_order)).first()

    assert first is not None
    assert first.lane is Lane.CRISIS


def test_the_newest_history_says_what_state_a_review_is_in(loaded: Session) -> None:
    newest = {
        row.review_id: row
        for row in loaded.scalars(select(ReviewHistory).order_by(ReviewHistory.id))
    }

    for review in loaded.scalars(select(Review)):
        assert newest[review.id].after_state is review.state
        assert newest[review.id].at == review.moved_at


def test_summaries_follow_from_what_is_published(loaded: Session) -> None:
    pairs: dict[int, list[tuple[int, str]]] = {}
    for listing_id, overall, quarter in loaded.execute(
        select(Review.listing_id, ReviewVersion.overall, ReviewVersion.visit_quarter)
        .join(ReviewVersion, ReviewVersion.review_id == Review.id)
        .where(
            Review.state == ReviewState.PUBLISHED, ReviewVersion.number == Review.current_version
        )
    ):
        pairs.setdefault(listing_id, []).append((overall, quarter))

    assert pairs
    for listing_id, theirs in pairs.items():
        summary = loaded.get_one(RatingSummary, listing_id)
        expected = summary_of(listing_id, theirs, today=delhi_day(NOW), now=NOW)
        assert summary.published == expected.published
        assert (summary.stars_1, summary.stars_3, summary.stars_5) == (
            expected.stars_1,
            expected.stars_3,
            expected.stars_5,
        )


def test_a_low_rating_was_rejected_or_removed_by_two_people(loaded: Session) -> None:
    judged = loaded.execute(
        select(ReviewHistory, Decision.step, ReviewVersion.overall)
        .join(Decision, Decision.id == ReviewHistory.decision_id)
        .join(
            ReviewVersion,
            (ReviewVersion.review_id == ReviewHistory.review_id)
            & (ReviewVersion.number == ReviewHistory.version_number),
        )
        .where(ReviewHistory.event.in_(["reject", "remove", "restrict"]))
    ).all()

    assert judged
    for history, step, overall in judged:
        alone_allowed = history.event == "reject" and (
            overall > LOW_RATING or history.rule_code in ONE_PERSON_RULES
        )
        assert alone_allowed or step is Step.CONFIRMATION


def test_the_queue_is_alive(loaded: Session) -> None:
    waiting = loaded.scalars(
        select(ModerationCase).where(ModerationCase.state == CaseState.OPEN)
    ).all()
    kinds = Counter(case.kind for case in waiting)

    assert kinds[CaseKind.REVIEW] >= 10
    assert kinds[CaseKind.FLAG] >= 2
    assert kinds[CaseKind.APPEAL] >= 1
    assert sum(case.waiting is Waiting.SECOND for case in waiting) >= 3
    subjects = {case.subject_id for case in waiting}
    pending = set(
        loaded.scalars(select(Review.id).where(Review.state == ReviewState.PENDING)).all()
    )
    assert pending <= subjects
    assert len(subjects) == len(waiting)


def test_flags_and_appeals_wait_only_while_their_case_is_open(loaded: Session) -> None:
    open_cases = set(
        loaded.scalars(select(ModerationCase.id).where(ModerationCase.state == CaseState.OPEN))
    )

    for flag in loaded.scalars(select(Flag)):
        assert (flag.state is FlagState.OPEN) == (flag.case_id in open_cases)
    for appeal in loaded.scalars(select(Appeal)):
        assert (appeal.state is AppealState.OPEN) == (appeal.case_id in open_cases)
    assert set(loaded.scalars(select(Appeal.state))) == {
        AppealState.OPEN,
        AppealState.KEPT,
        AppealState.UPHELD,
    }


def test_contacts_are_sealed_and_lead_nowhere(loaded: Session, loaded_app: Flask) -> None:
    keys = loaded_app.extensions["keys"]
    people = loaded.scalars(select(User)).all()

    assert len(people) > REVIEWS / 2
    for person in people:
        assert person.is_demo
        if person.email_sealed is not None:
            address = keys.open(EMAIL_PURPOSE, person.email_sealed)
            assert address.endswith("@example.invalid")
            assert person.email_hash == keys.lookup_hash(address)
            assert b"example" not in person.email_sealed


def test_who_was_erased_or_never_confirmed_is_forgotten(loaded: Session) -> None:
    never = (Review.state == ReviewState.EXPIRED) & (Review.rule_code == RuleCode.UNCONFIRMED)
    gone = loaded.scalars(select(Review).where((Review.state == ReviewState.ERASED) | never)).all()

    assert len(gone) > 5
    for review in gone:
        assert review.author_id is None
        assert loaded.get_one(ReviewVersion, (review.id, 1)).text is None
    erased = loaded.scalars(select(User).where(User.state == UserState.ERASED)).all()
    assert len(erased) == len(gone)
    assert all(person.email_sealed is None for person in erased)


def test_no_letter_is_queued(loaded: Session) -> None:
    assert loaded.scalars(select(Letter)).all() == []


def test_the_index_hears_of_each_listing_once(
    session: Session, vocabulary: Vocabulary, keys: Keys, now: datetime
) -> None:
    load_demo(listings=LISTINGS, seed=SEED, now=now, vocabulary=vocabulary)
    newest = feed_position(session).newest_seq
    load_demo_reviews(reviews=REVIEWS, seed=SEED, now=now, keys=keys)

    heard = session.scalars(select(Change.subject_id).where(Change.seq > newest)).all()
    assert sorted(heard) == sorted(session.scalars(select(Review.listing_id).distinct()))


def test_a_moderator_is_tied_to_a_listing_with_a_review_that_waits(loaded: Session) -> None:
    (tie,) = loaded.scalars(select(Affiliation)).all()

    waiting = select(Review.id).where(
        Review.listing_id == tie.listing_id, Review.state == ReviewState.PENDING
    )
    assert loaded.scalars(waiting).all()
    assert loaded.get_one(User, tie.user_id).display_name == "S. Moderator"


def test_only_published_demo_listings_are_reviewed(loaded: Session) -> None:
    listings = loaded.scalars(
        select(Listing).join(Review, Review.listing_id == Listing.id).distinct()
    )

    assert all(listing.is_demo and listing.state == "published" for listing in listings)


def test_nothing_is_loaded_without_listings_or_when_none_are_wanted(
    session: Session, vocabulary: Vocabulary, keys: Keys, now: datetime
) -> None:
    before = load_demo_reviews(reviews=50, seed=SEED, now=now, keys=keys)
    load_demo(listings=22, seed=SEED, now=now, vocabulary=vocabulary)
    none = load_demo_reviews(reviews=0, seed=SEED, now=now, keys=keys)

    assert (before.new, none.new) == (0, 0)
    assert session.scalars(select(Review)).all() == []


@pytest.mark.parametrize("number", [-1, 100_001])
def test_a_number_out_of_range_is_refused(
    app: Flask, keys: Keys, now: datetime, number: int
) -> None:
    with app.app_context(), pytest.raises(InvalidError, match="from 0 to"):
        load_demo_reviews(reviews=number, seed=SEED, now=now, keys=keys)


def test_each_number_of_listings_has_its_number_of_reviews() -> None:
    assert [reviews_for(listings) for listings in (660, 66, 1_000_000)] == [3000, 300, 100_000]
