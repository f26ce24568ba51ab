"""Two server programs on one index: both see what is new, and neither speaks of a lock."""

from __future__ import annotations

import json
import shutil
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.factories.listings import Facts, make_practitioner
from tests.support.serving import free_port, served
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.support.serving import Site

SOON = 1.0
WORDS = ("zibblewort", "quandlefen", "morrowick", "tasselune", "brindlecap")


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def sites(app: Flask, database_url: str, index_folder: Path) -> Iterator[list[Site]]:
    """Give two servers on one database and one index."""
    both = {"DATABASE_URL": database_url, "SEARCH_INDEX_DIR": str(index_folder)}
    production = {**both, "APP_ENV": "production"}
    with served(free_port(), **production) as first, served(free_port(), **production) as second:
        yield [first, second]


def ask(site: Site, path: str) -> tuple[int, str]:
    with urlopen(f"{site.url}{path}", timeout=10) as answer:  # noqa: S310 - our own site
        return answer.status, answer.read().decode("utf-8")


def total(site: Site, word: str) -> int:
    """Give how many listings hold a word that only the index knows."""
    status, text = ask(site, f"/api/v1/listings?parse=0&q={quote(word)}")
    assert status == 200
    return int(json.loads(text)["total"])


def publish(app: Flask, vocabulary: Vocabulary, word: str) -> None:
    with app.app_context():
        make_practitioner(vocabulary, Facts(about=f"Speaks of {word} now and then."))


def test_both_see_a_new_listing_within_a_second_and_no_lock_is_spoken_of(
    app: Flask, vocabulary: Vocabulary, sites: list[Site]
) -> None:
    waits = []
    for word in WORDS:
        publish(app, vocabulary, word)
        waits.append(seconds_until(lambda word=word: [total(s, word) for s in sites] == [1, 1]))  # type: ignore[misc]

    last_words = [site.stop()[1] for site in sites]

    assert median(waits) < SOON
    assert last_words == ["Stopped.\n", "Stopped.\n"]


def test_pages_answer_while_the_folder_is_gone_and_it_comes_back(
    app: Flask, vocabulary: Vocabulary, sites: list[Site], index_folder: Path
) -> None:
    publish(app, vocabulary, WORDS[0])
    seconds_until(lambda: [total(site, WORDS[0]) for site in sites] == [1, 1])
    statuses: list[int] = []

    for _time in range(3):
        shutil.rmtree(index_folder, ignore_errors=True)
        statuses += [ask(site, "/search?q=verma")[0] for site in sites]
        seconds_until((index_folder / "served").exists)

    seconds_until(lambda: [total(site, WORDS[0]) for site in sites] == [1, 1])
    publish(app, vocabulary, WORDS[1])
    seconds_until(lambda: [total(site, WORDS[1]) for site in sites] == [1, 1])

    assert statuses == [200] * len(statuses)
