"""kill -9 of the indexer at any moment: the index opens, catches up, and says what is true."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.core.db import db
from directory.demo.operations import load_demo
from directory.listings.models import Listing
from directory.listings.queries.search import ListingSearch
from directory.outbox.queries import feed_position
from directory.search.query import SearchQuery
from directory.search.verifying import verify
from tests.support.environment import plain_environment
from tests.support.project import PROJECT
from tests.support.serving import flask
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.search.indexer import Indexer
    from directory.vocabulary.queries import Vocabulary

LISTINGS = 60
LONGEST_SECONDS = 0.7
EVERYONE = SearchQuery(ListingSearch())


@contextmanager
def program(
    database_url: str, folder: Path, name: str = "killed_program"
) -> Iterator[subprocess.Popen[str]]:
    """Lend the program that makes a child at work for each line it is given."""
    started = subprocess.Popen(
        [sys.executable, "-m", f"tests.drills.{name}", database_url, str(folder)],
        cwd=PROJECT,
        env=plain_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def kill_a_child(started: subprocess.Popen[str], seconds: float) -> None:
    """Let a child work for a while and kill it without a warning."""
    assert started.stdin is not None
    assert started.stdout is not None
    started.stdin.write("work\n")
    started.stdin.flush()
    child = int(started.stdout.readline())
    threading.Event().wait(seconds)
    os.kill(child, signal.SIGKILL)
    seconds_until(lambda: is_gone(child))


def is_gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def filled(app: Flask, session: Session, vocabulary: Vocabulary, now: datetime) -> Indexer:
    """Give the indexer of a directory with demo listings and an index that knows them."""
    assert load_demo(listings=LISTINGS, seed=7, now=now, vocabulary=vocabulary).errors == ()
    indexer: Indexer = app.extensions["search"].indexer
    indexer.sync()
    return indexer


def test_an_indexer_killed_at_any_moment_leaves_an_index_that_catches_up(
    app: Flask,
    filled: Indexer,
    session: Session,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    database_url: str,
    tmp_path: Path,
    kills: int,
) -> None:
    dice = random.Random(kills)  # noqa: S311 - no secret
    local, moved = app.extensions["search"], set()
    public = session.scalar(select(func.count()).select_from(Listing))
    session.rollback()
    with program(database_url, tmp_path) as started:
        for _time in range(kills):
            kill_a_child(started, dice.uniform(0.05, LONGEST_SECONDS))

            assert local.find(EVERYONE, vocabulary, now).total == public
            assert filled.sync().reason is None
            assert verify(filled).is_clean
            session.rollback()
            moved.add(feed_position(session).newest_seq)

    filled.tidy(now)
    db.engine.dispose()
    said = flask(
        "search",
        "verify",
        DATABASE_URL=database_url,
        SEARCH_INDEX_DIR=str(filled.folder.path),
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert len(moved) > kills // 2
    assert sorted(path.name for path in filled.folder.path.iterdir() if path.is_dir()) == [
        filled.folder.served()
    ]
