"""The engine's points for words are Whoosh's own BM25F, checked by scoring every document."""

from __future__ import annotations

import random
import shutil
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import index
from whoosh import query as whoosh_query
from whoosh.collectors import TopCollector
from whoosh.scoring import BM25F

from directory.search import matching
from directory.search.analysis import stems
from directory.search.fields import TEXTS
from directory.search.query import Word
from directory.search.snapshot.snapshot import Snapshot
from tests.search.indexes import add, new_index, person, remove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from directory.search.snapshot.words import WordScores

WORDS = [
    "anxiety",
    "panic",
    "sleep",
    "grief",
    "ocd",
    "couple",
    "saket",
    "rohini",
    "hindi",
    "tele",
    "चिंता",
    "नींद",
    "अवसाद",
    "24x7",
    "rehab",
]
EXACT = 2e-5  # whoosh adds up in double precision, the engine in single


def documents(seed: int, first: int, count: int) -> list[Any]:
    """Give documents of random words, some common and some rare."""
    dice = random.Random(seed)  # noqa: S311 - no secret

    def text(most: int) -> str:
        ranks = [
            min(int(dice.expovariate(0.25)), len(WORDS) - 1) for _ in range(dice.randint(0, most))
        ]
        return " ".join(WORDS[rank] for rank in ranks)

    return [
        person(number, f"Person {number}", text(6), body=(text(30),), reviews=(text(12), text(4)))
        for number in range(first, first + count)
    ]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of an index of several segments, with documents deleted and replaced."""
    folder = tmp_path_factory.mktemp("scores")
    made = new_index(folder)
    add(made, documents(1, 1, 150), merge=False)
    add(made, documents(2, 151, 60), merge=False)
    add(made, documents(3, 141, 20), merge=False)
    remove(made, "listing:3", "listing:77", "listing:180")
    return folder


@pytest.fixture
def made(written: Path, tmp_path: Path) -> Any:
    """Give that index, as the test's own."""
    shutil.copytree(written, tmp_path / "index")
    return index.open_dir(str(tmp_path / "index"))


def term(word: str) -> whoosh_query.Query:
    """Give Whoosh's query for a word in any of the texts."""
    return whoosh_query.Or([whoosh_query.Term(text, stems(word)[0]) for text in TEXTS])


def whoosh_scores(index: Any, query: whoosh_query.Query) -> dict[int, float]:
    """Give Whoosh's score of every document that matches, without its shortcuts."""
    with index.searcher(weighting=BM25F()) as searcher:
        collector = TopCollector(limit=1000, usequality=False)
        collector.replace = 0
        searcher.search_with_collector(query, collector)
        return {hit.docnum: hit.score for hit in collector.results()}


def own_scores(snapshot: Snapshot, matched: matching.Matched) -> dict[int, float]:
    """Give the engine's score of every document that matches."""
    return dict(zip(matched.docs.tolist(), matched.scores.tolist(), strict=True))


def scores_of(snapshot: Snapshot, *words: Word) -> list[WordScores]:
    """Give the scores of words that all say something."""
    found = [matching.word_scores(snapshot, word) for word in words]
    return [scores for scores in found if scores is not None]


def both(
    index: Any, query: whoosh_query.Query, match: Callable[[Snapshot], matching.Matched]
) -> tuple[dict[int, float], dict[int, float]]:
    """Give Whoosh's scores and the engine's."""
    snapshot = Snapshot.open(index, generation="1")
    return whoosh_scores(index, query), own_scores(snapshot, match(snapshot))


@pytest.mark.parametrize("word", WORDS)
def test_one_word_scores_as_whoosh_scores_it(made: Any, word: str) -> None:
    expected, found = both(
        made, term(word), lambda s: matching.all_of(scores_of(s, Word((word,))), s.live_listings)
    )

    assert expected
    assert found == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize("pair", list(combinations(WORDS[:8], 2)), ids="-".join)
def test_all_of_two_words_score_as_whoosh_scores_them(made: Any, pair: tuple[str, str]) -> None:
    words = [Word((word,)) for word in pair]
    expected, found = both(
        made,
        whoosh_query.And([term(word) for word in pair]),
        lambda s: matching.all_of(scores_of(s, *words), s.live_listings),
    )

    assert found == pytest.approx(expected, rel=EXACT)


def test_any_of_four_words_score_as_whoosh_scores_them(made: Any) -> None:
    four = WORDS[:2] + WORDS[10:12]
    expected, found = both(
        made,
        whoosh_query.Or([term(word) for word in four]),
        lambda s: matching.any_of(
            scores_of(s, *(Word((word,)) for word in four)), s.live_listings, s
        ),
    )

    assert found == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize(
    "words", [("anxiety", "panic"), ("panic", "anxiety", "sleep"), ("चिंता", "anxiety")]
)
def test_a_phrase_scores_as_whoosh_scores_it(made: Any, words: tuple[str, ...]) -> None:
    phrase = whoosh_query.Or(
        [whoosh_query.Phrase(text, [stems(w)[0] for w in words]) for text in TEXTS]
    )
    expected, found = both(
        made, phrase, lambda s: matching.all_of(scores_of(s, Word(words)), s.live_listings)
    )

    assert found == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize("start", ["an", "s", "नी"])
def test_a_beginning_scores_as_all_words_with_it(made: Any, start: str) -> None:
    words = [word for word in WORDS if word.startswith(start)]
    query = whoosh_query.Or([term(word) for word in words])
    expected, found = both(
        made,
        query,
        lambda s: matching.all_of(scores_of(s, Word((start,), is_prefix=True)), s.live_listings),
    )

    assert expected
    assert found == pytest.approx(expected, rel=EXACT)


def test_other_names_count_seven_tenths(made: Any) -> None:
    synonyms = whoosh_query.Or(
        [term("grief"), *[t.with_boost(0.7) for t in term("sleep").children()]]
    )
    expected, found = both(
        made,
        synonyms,
        lambda s: matching.all_of(
            scores_of(s, Word(("grief",), others=(("sleep",),))), s.live_listings
        ),
    )

    assert found == pytest.approx(expected, rel=EXACT)


def test_a_segment_read_before_is_used_again_and_scores_the_same(made: Any) -> None:
    first = Snapshot.open(made, generation="1")
    add(made, documents(9, 500, 5), merge=False)

    second = Snapshot.open(made, generation="2", previous=first)

    assert set(first.segments) < set(second.segments)
    fresh = Snapshot.open(made, generation="2")
    for word in WORDS:
        (reused,), (anew,) = scores_of(second, Word((word,))), scores_of(fresh, Word((word,)))
        np.testing.assert_array_equal(reused.docs, anew.docs)
        np.testing.assert_array_equal(reused.scores, anew.scores)


def test_a_word_nobody_has_matches_nothing_and_a_stop_word_says_nothing(made: Any) -> None:
    snapshot = Snapshot.open(made, generation="1")

    (nobody,) = scores_of(snapshot, Word(("zebra",)))
    assert len(nobody.docs) == 0
    assert matching.word_scores(snapshot, Word(("the",))) is None
