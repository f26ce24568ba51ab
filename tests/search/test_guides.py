"""Pages to read about what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from directory.search.guides import guides_of
from directory.search.parameters import read_request
from directory.search.understanding import Reader
from directory.search.written_guides import _words_of_ours
from tests.api.search_listings import make_three
from tests.factories.guides import publish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary

CASES = {
    "a condition chosen": ({"condition": "ocd"}, ["/conditions/ocd"]),
    "a condition said": ({"q": "depression saket"}, ["/conditions/depression"]),
    "the concern before who treats it": (
        {"q": "psychiatrist depression"},
        ["/conditions/depression", "/professions/psychiatrist"],
    ),
    "nothing to read about": ({"language": "hi"}, []),
    "no more than three": (
        {"q": "depression ocd psychiatrist psychologist"},
        ["/conditions/depression", "/conditions/ocd", "/professions/"],
    ),
}


@pytest.mark.parametrize(("given", "paths"), CASES.values(), ids=CASES.keys())
def test_what_there_is_to_read(
    vocabulary: Vocabulary, now: datetime, given: Mapping[str, str], paths: list[str]
) -> None:
    asked = read_request(
        {name: [value] for name, value in given.items()},
        vocabulary,
        Reader(vocabulary, None),
        now=now,
    )

    found = [guide.path for guide in guides_of(asked, vocabulary, None)]
    assert len(found) == len(paths)
    assert all(path.startswith(start) for path, start in zip(found, paths, strict=True))


def test_words_find_pages_in_the_index(app: Flask, vocabulary: Vocabulary, now: datetime) -> None:
    make_three(vocabulary)
    search = app.extensions["search"]
    asked = read_request(
        {"q": ["depression"], "parse": ["0"]}, vocabulary, search.reader(vocabulary), now=now
    )

    found = guides_of(asked, vocabulary, search.engine())

    assert (found[0].title_en, found[0].path) == ("Depression", "/conditions/depression")
    assert guides_of(asked, vocabulary, None) == ()


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("difference between psychologist and psychiatrist", "/professions"),
        ("what is cbt", "/treatments/cbt"),
    ],
)
def test_the_page_that_answers_the_question_comes_first(
    vocabulary: Vocabulary, now: datetime, question: str, path: str
) -> None:
    reader = Reader(vocabulary, None)
    asked = read_request({"q": [question]}, vocabulary, reader, now=now)

    found = guides_of(asked, vocabulary, None)

    assert asked.reading.guide == path
    assert found[0].path == path
    assert found[0].title_en


def test_what_is_typed_is_not_remembered(app: Flask, vocabulary: Vocabulary, now: datetime) -> None:
    publish(vocabulary, now, slug="choosing-a-24x7-centre")
    search = app.extensions["search"]

    def look(words: str) -> int:
        asked = read_request({"q": [words]}, vocabulary, search.reader(vocabulary), now=now)
        guides_of(asked, vocabulary, search.engine(), db.session())
        return _words_of_ours.cache_info().currsize

    assert look("zorblax feels low") == look("quetzal sleeps badly") > 0
