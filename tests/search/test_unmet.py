"""Words that found nothing: which are counted, which never, for how long; nobody is in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.core.clock import delhi_day
from directory.core.db import db
from directory.search.models import UnmetWord
from directory.search.unmet import (
    MOST_HELD,
    SHOWN_FROM,
    UnmetWords,
    count_unmet,
    prune_unmet,
    unmet_words,
)
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from directory.search.local import LocalSearch
    from directory.vocabulary.queries import Vocabulary


def kept(app: Flask, now: datetime) -> list[tuple[str, int]]:
    """Write down what the process remembers and give all that is kept."""
    local: LocalSearch = app.extensions["search"]
    local.write_unmet(now)
    db.session().rollback()
    rows = db.session().execute(select(UnmetWord.words, UnmetWord.times).order_by(UnmetWord.words))
    return [(words, times) for words, times in rows]


@pytest.fixture
def searched(app: Flask, vocabulary: Vocabulary) -> FlaskClient:
    """Give a browser of a directory with one listing."""
    make_practitioner(vocabulary, Facts(name="Asha Rao", conditions=["grief"]))
    return app.test_client()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("zorbing", ["zorbing"]),
        ("ZorBing  झूलना", ["zorbing झूलना"]),
        ("zorbing psychiatrist", ["zorbing"]),
        ("asha", []),
        ("psychiatrist near saket", []),
        # A figure, an address, a title: it may be somebody's.
        ("zorbing 9810012345", []),
        ("zorbing@example.org", []),
        ("zorb/ing", []),
        ("dr zorbing", []),
        # A cry for help, in any language, is kept nowhere.
        ("zorbing want to die", []),
        ("mujhe marna hai zorbing", []),
        ("मुझे मरना है", []),
        ("zorbing suicide", []),
        ("z" * 61, []),
    ],
)
def test_only_words_nobody_holds_are_counted(
    app: Flask, searched: FlaskClient, now: datetime, query: str, words: list[str]
) -> None:
    searched.get("/search", query_string={"q": query})

    assert [word for word, _ in kept(app, now)] == words


def test_pages_and_the_api_count_together_and_a_second_page_never(
    app: Flask, searched: FlaskClient, now: datetime
) -> None:
    for path in ("/search?q=zorbing", "/api/v1/listings?q=zorbing", "/search?q=zorbing&page=2"):
        searched.get(path)

    assert kept(app, now) == [("zorbing", 2)]
    assert kept(app, now) == [("zorbing", 2)]


def test_a_search_writes_nothing_itself(
    app: Flask, searched: FlaskClient, session: Session
) -> None:
    searched.get("/search?q=zorbing")

    assert session.scalars(select(UnmetWord)).all() == []
    assert "zorbing" not in repr(app.extensions["search"])


def test_the_day_is_all_that_is_kept_beside_the_words() -> None:
    assert set(UnmetWord.__table__.columns.keys()) == {"words", "on", "times"}


@pytest.mark.db
def test_days_add_up_and_rare_words_are_shown_to_nobody(session: Session, now: datetime) -> None:
    today = delhi_day(now)
    count_unmet({"zorbing": 2, "kundli": SHOWN_FROM - 1}, today - timedelta(days=1))
    count_unmet({"zorbing": 2}, today)
    count_unmet({"zorbing": 1}, today)
    session.rollback()

    assert [(one.words, one.times, one.last_on) for one in unmet_words(session, 9)] == [
        ("zorbing", 5, today)
    ]


@pytest.mark.db
def test_after_ninety_days_they_are_forgotten(session: Session, now: datetime) -> None:
    for age in (89, 90, 91):
        count_unmet({"z" * (age - 80): 3}, delhi_day(now) - timedelta(days=age))

    assert prune_unmet(now=now) == 1
    session.rollback()
    assert {len(one.words) for one in unmet_words(session, 9)} == {9, 10}


def test_a_flood_of_words_is_let_go(session: Session, now: datetime) -> None:
    words = UnmetWords()
    for number in range(MOST_HELD + 50):
        words.add("z" * number)
    words.add("z" * 7)

    assert words.write(now) == MOST_HELD
    session.rollback()
    times = select(UnmetWord.times).where(UnmetWord.words == "z" * 7)
    assert session.scalars(times).one() == 2
