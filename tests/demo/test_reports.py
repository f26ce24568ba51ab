"""Demo reports: on the desk as a live one would have them, once, and no listing changed by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit.queries import verify_chain
from directory.core.db import db
from directory.demo.operations import load_demo
from directory.demo.reports import SUGGESTED, load_demo_reports
from directory.demo.reviews.loading import load_demo_reviews
from directory.listings.models import Correction, Doubt, ListingChange
from directory.moderation.models import CaseState, ModerationCase, SubjectNoun
from directory.outbox.models import Letter

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary

LISTINGS, SEED = 66, 7


def load(app: Flask, vocabulary: Vocabulary, now: datetime, reviews: int = 30) -> int:
    """Load the demo as its command does, and give how many reports are new."""
    keys = app.extensions["keys"]
    load_demo(listings=LISTINGS, seed=SEED, now=now, vocabulary=vocabulary)
    load_demo_reviews(reviews=reviews, seed=SEED, now=now, keys=keys)
    return load_demo_reports(seed=SEED, keys=keys, vocabulary=vocabulary, now=now)


def test_every_kind_is_on_the_desk_and_the_listings_say_what_they_said(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    assert load(app, vocabulary, now) == 9

    rows = db.session().scalars(select(Correction).order_by(Correction.id)).all()
    told = {(row.kind.value, row.fact, row.state.value) for row in rows}
    assert told == {
        ("wrong-detail", "fee", "accepted"),
        ("wrong-detail", "fee", "open"),
        ("wrong-detail", "accepting", "declined"),
        ("wrong-detail", "languages", "open"),
        ("outcome", "phone", "open"),
        ("missing-listing", "other", "open"),
    }
    assert [(row.fact, row.reports) for row in db.session().scalars(select(Doubt))] == [
        ("phone", 3)
    ]
    cases = select(ModerationCase).where(
        ModerationCase.subject_noun == SubjectNoun.CORRECTION,
        ModerationCase.state == CaseState.OPEN,
    )
    assert len(db.session().scalars(cases).all()) == 4
    assert SUGGESTED in {(row.suggested or {}).get("name") for row in rows}
    assert db.session().scalars(select(Letter)).all() == []
    assert len(db.session().scalars(select(ListingChange)).all()) >= 2
    assert verify_chain(db.session()) == []

    again = load_demo(listings=LISTINGS, seed=SEED, now=now, vocabulary=vocabulary)
    assert (again.new, again.changed) == (0, 0)
    assert load(app, vocabulary, now) == 0


def test_without_a_desk_there_are_no_reports(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    assert load(app, vocabulary, now, reviews=0) == 0
