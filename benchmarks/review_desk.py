"""Measures the review desk: what each step of a review takes, and what its pages take.

Run: `.venv/bin/python -m benchmarks.review_desk [--reviews 3000] [--rounds 60]`. It makes a
directory of its own with demo listings and reviews, takes reviews from the form to the page, and
prints medians beside the same machine's price of one bare commit in the same file, and the share
screening has. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flask_migrate import upgrade
from sqlalchemy import select, update

from benchmarks.search_timing import print_table, quantile, short
from config import Mode, Settings
from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Role, User, UserState
from directory.accounts.policy import Viewer
from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import db, writing
from directory.demo.operations import load_demo
from directory.demo.reviews.loading import load_demo_reviews
from directory.listings.models import Listing, ListingState
from directory.moderation.decisions import Judgement, decide
from directory.moderation.intake import ReviewDraft, submit_review, withdraw_review
from directory.moderation.models import CaseState, ModerationCase, Outcome
from directory.moderation.queries.desk import queue
from directory.moderation.screening import screen
from directory.moderation.screening.spoken import spoken
from directory.outbox.models import ChangeCounter
from directory.reviews.models import CareKind, Pseudonym, Relation, Review, Unsafe
from directory.reviews.policy import TERMS_VERSION, quarter_of
from directory.vocabulary.operations import load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from directory.accounts.keys import Keys
    from directory.moderation.intake import Submitted

Answer = TypeVar("Answer")
LISTINGS = 660
WORDS = (
    "Round {number}: she listened, explained what would happen next and what it would cost, and I "
    "was not hurried. The waiting room was full, and I paid what I had been told."
)


class Stopwatch:
    """Milliseconds of each kind of step."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)

    def time(self, what: str, step: Callable[[], Answer]) -> Answer:
        """Do a step and keep how long it took."""
        started = time.perf_counter()
        answer = step()
        self.taken[what].append((time.perf_counter() - started) * 1000)
        return answer


def main() -> None:
    """Make a directory, take reviews through it, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = _directory(Path(folder))
        watch = Stopwatch()
        with app.app_context():
            started = time.perf_counter()
            _fill(app, asked.reviews)
            print(f"{asked.reviews} demo reviews loaded in {time.perf_counter() - started:.1f} s")
            moderator = _person(app, Role.MODERATOR)
            _steps(app, watch, moderator, asked.rounds)
            _pages(app, watch, moderator, asked.rounds)
            db.engine.dispose()
    bare = quantile(watch.taken["a bare commit"], 0.5)
    print_table(
        ("step", "median ms", "p95 ms", "bare commits"),
        [
            (what, short(quantile(taken, 0.5)), short(quantile(taken, 0.95)), _times(taken, bare))
            for what, taken in watch.taken.items()
        ],
    )


def _times(taken: list[float], bare: float) -> str:
    return short(quantile(taken, 0.5) / bare)


def _directory(folder: Path) -> Flask:
    app = create_app(
        Settings(
            instance_folder=folder,
            database_url=f"sqlite:///{folder / 'directory.db'}",
            search_index_folder=folder / "search",
            secret_key="a benchmark's own",  # noqa: S106 - opens nothing
            sealing_key="a benchmark's own",
            mode=Mode.TESTING,
        )
    )
    with app.app_context():
        upgrade()
        load_reference(now=utc_now())
    return app


def _fill(app: Flask, reviews: int) -> None:
    vocabulary = app.extensions["vocabulary"].current(db.session())
    load_demo(listings=LISTINGS, seed=7, now=utc_now(), vocabulary=vocabulary)
    keys = app.extensions["keys"]
    load_demo_reviews(reviews=reviews, seed=7, now=utc_now(), keys=keys)


def _steps(app: Flask, watch: Stopwatch, moderator: Viewer, rounds: int) -> None:
    keys, author = app.extensions["keys"], _person(app, Role.USER)
    public = select(Listing.id).where(Listing.state == ListingState.PUBLISHED, Listing.is_demo)
    for number, listing_id in enumerate(islice(db.session().scalars(public).all(), rounds)):
        watch.time("a bare commit", _bare_commit)
        draft = _draft(listing_id, number)
        sent = watch.time("submit, confirm, screen", _submitting(author, draft, keys))
        spoken.cache_clear()
        watch.time("of that, the signals of the text", partial(screen, draft.text))
        case_id, version = _case_of(sent.public_id)
        deciding = partial(
            decide,
            viewer=moderator,
            case_id=case_id,
            version=version,
            judgement=Judgement(Outcome.PUBLISH),
            keys=keys,
            now=utc_now(),
        )
        watch.time("decide: publish", deciding)
        withdrawing = partial(
            withdraw_review, viewer=author, public_id=sent.public_id, keys=keys, now=utc_now()
        )
        watch.time("withdraw", withdrawing)


def _submitting(author: Viewer, draft: ReviewDraft, keys: Keys) -> Callable[[], Submitted]:
    return partial(
        submit_review,
        viewer=author,
        email=None,
        draft=draft,
        browser=None,
        network_hash=None,
        keys=keys,
        now=utc_now(),
    )


def _bare_commit() -> None:
    with writing() as session:
        session.execute(update(ChangeCounter).values(newest_seq=ChangeCounter.newest_seq))


def _case_of(public_id: str) -> tuple[int, int]:
    db.session().rollback()
    case = db.session().execute(
        select(ModerationCase.id, ModerationCase.version)
        .join(Review, Review.id == ModerationCase.subject_id)
        .where(Review.public_id == public_id, ModerationCase.state == CaseState.OPEN)
    )
    number, version = case.one()
    return number, version


def _person(app: Flask, role: Role) -> Viewer:
    keys, address = app.extensions["keys"], f"{role}@example.org"
    with writing() as session:
        user = User(
            role=role,
            state=UserState.ACTIVE,
            email_sealed=keys.seal(EMAIL_PURPOSE, address),
            email_hash=keys.lookup_hash(address),
            display_name=None if role is Role.USER else "Somebody",
            language="en",
            is_demo=True,
            created_at=utc_now(),
            confirmed_at=utc_now(),
        )
        session.add(user)
        session.flush()
        return Viewer(user.id, role, UserState.ACTIVE, 1, is_strong=role is not Role.USER)


def _draft(listing_id: int, number: int) -> ReviewDraft:
    return ReviewDraft(
        listing_id=listing_id,
        overall=4,
        aspects={},
        unsafe=Unsafe.NO,
        text=WORDS.format(number=number),
        visit_quarter=quarter_of(utc_now().date()),
        relation=Relation.TREATED,
        care_kind=CareKind.ONGOING,
        pseudonym=Pseudonym.ROLE_ONLY,
        own_experience=True,
        no_reward=True,
        no_connection=True,
        terms_version=TERMS_VERSION,
        submission_key=f"benchmark-{number}",
    )


def _pages(app: Flask, watch: Stopwatch, moderator: Viewer, rounds: int) -> None:
    client = app.test_client()
    most = client.get("/api/v1/listings?sort=reviews&per_page=1").get_json()["items"][0]["url"]
    for _round in range(rounds):
        watch.time("page of the listing with most reviews", partial(client.get, most))
        watch.time("all its reviews, first page", partial(client.get, f"{most}/reviews"))
        watch.time("first page of the queue, rows only", partial(queue_of, moderator))


def queue_of(viewer: Viewer) -> None:
    """Read the first page of the queue."""
    db.session().rollback()
    queue(db.session(), viewer, now=utc_now())


if __name__ == "__main__":
    main()
