"""Which documents hold the words of a query, and their points for it.

Words are joined by AND over the sum of the three texts; a phrase must stand in one text in a
row; a word that ends in `*` matches every word that begins so. `any_of` joins by OR. Scores are
Whoosh's own (see `snapshot/words.py`). Called by `engine.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from directory.search.analysis import folded, stem, stems
from directory.search.fields import TEXTS
from directory.search.snapshot import bits
from directory.search.snapshot.snapshot import ALL_TEXTS
from directory.search.snapshot.words import WordScores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from directory.search.query import Word
    from directory.search.snapshot.decoding import Positions
    from directory.search.snapshot.segments import Segment
    from directory.search.snapshot.snapshot import Snapshot

OTHER_NAMES_WEIGHT = np.float32(0.7)
POSITION_BITS = 16


@dataclass(frozen=True, slots=True)
class Matched:
    """Documents in order that match, and the points of each."""

    docs: NDArray[np.int32]
    scores: NDArray[np.float32]


def word_scores(snapshot: Snapshot, word: Word) -> WordScores | None:
    """Give the scores of one word or phrase with its other names; None when it says nothing."""
    if word.is_prefix:
        return _beginning(snapshot, word.texts[-1])
    own = _phrase_or_word(snapshot, stems(" ".join(word.texts)))
    if own is None or not word.others:
        return own
    total = own.every.copy()
    for other in word.others:
        scores = _phrase_or_word(snapshot, stems(" ".join(other)))
        if scores is not None:
            total[scores.docs] += OTHER_NAMES_WEIGHT * scores.scores
    return _of_every(snapshot, total)


def all_of(words: Sequence[WordScores], allowed: NDArray[np.uint64]) -> Matched:
    """Give the allowed documents that hold every word, points added up."""
    rarest, *others = sorted(words, key=lambda scores: len(scores.docs))
    if rarest.is_frequent:
        return _all_of_frequent(words, allowed)
    kept = bits.among(allowed, rarest.docs)
    docs, total = rarest.docs[kept], rarest.scores[kept]
    for scores in others:
        more = _points_for(scores, docs)
        held = more > 0
        docs, total = docs[held], total[held] + more[held]
    return Matched(docs, total)


def any_of(words: Sequence[WordScores], allowed: NDArray[np.uint64], snapshot: Snapshot) -> Matched:
    """Give the allowed documents that hold at least one word, points added up."""
    total = np.zeros(snapshot.count, dtype=np.float32)
    row = np.zeros_like(allowed)
    for scores in words:
        if scores.is_frequent:
            total += scores.every
        else:
            total[scores.docs] += scores.scores
        row |= scores.row
    docs = bits.docs_of_row(row & allowed).astype(np.int32)
    return Matched(docs, total[docs])


def _all_of_frequent(words: Sequence[WordScores], allowed: NDArray[np.uint64]) -> Matched:
    row = allowed
    for scores in words:
        row = row & scores.row
    docs = bits.docs_of_row(row).astype(np.int32)
    total = words[0].every[docs]
    for scores in words[1:]:
        total += scores.every[docs]
    return Matched(docs, total)


def _points_for(scores: WordScores, docs: NDArray[np.int32]) -> NDArray[np.float32]:
    """Give the points of some documents for a word, zero where the word is not."""
    if scores.is_frequent:
        return scores.every[docs]
    if not len(scores.docs):
        return np.zeros(len(docs), dtype=np.float32)
    places = np.searchsorted(scores.docs, docs)
    places[places == len(scores.docs)] = 0
    return np.where(scores.docs[places] == docs, scores.scores[places], np.float32(0))


def _phrase_or_word(snapshot: Snapshot, stemmed: Sequence[str]) -> WordScores | None:
    if not stemmed:
        return None
    if len(stemmed) == 1:
        return snapshot.word(ALL_TEXTS, stemmed[0])
    return snapshot.scores.of(("phrase", "\x00".join(stemmed)), lambda: _phrase(snapshot, stemmed))


def _beginning(snapshot: Snapshot, text: str) -> WordScores | None:
    """Give the scores of all words that begin so; what is left out as a word may begin one."""
    start = stem(text) or folded(text)
    if not start:
        return None
    return snapshot.scores.of(("prefix", start), lambda: _prefix(snapshot, start))


def _prefix(snapshot: Snapshot, start: str) -> WordScores:
    """Give the points of all words that begin so, added up."""
    total = np.zeros(snapshot.count, dtype=np.float32)
    for text in TEXTS:
        for word in snapshot.beginning(text, start):
            scores = snapshot.word(text, word)
            total[scores.docs] += scores.scores
    return _of_every(snapshot, total)


def _phrase(snapshot: Snapshot, stemmed: Sequence[str]) -> WordScores:
    """Give the documents where the words stand in a row within one text."""
    total = np.zeros(snapshot.count, dtype=np.float32)
    for text in TEXTS:
        docs = _in_a_row(snapshot, text, stemmed)
        for word in stemmed:
            total[docs] += _points_for(snapshot.word(text, word), docs)
    return _of_every(snapshot, total)


def _in_a_row(snapshot: Snapshot, text: str, stemmed: Sequence[str]) -> NDArray[np.int32]:
    """Give the documents where the n-th word stands n places after the first.

    Places are compared only in documents that hold all words.
    """
    found = [
        _in_a_row_of_segment(segment, text, stemmed) + np.int32(offset)
        for segment, offset in zip(snapshot.segments, snapshot.offsets, strict=True)
    ]
    return np.concatenate(found)


def _in_a_row_of_segment(segment: Segment, text: str, stemmed: Sequence[str]) -> NDArray[np.int32]:
    words = [segment.positions(text, word) for word in stemmed]
    docs = words[0].docs
    for word in words[1:]:
        docs = np.intersect1d(docs, word.docs, assume_unique=True)
    starts: NDArray[np.int64] | None = None
    for distance, word in enumerate(words):
        here = _places_in(word, docs) - distance
        starts = here if starts is None else np.intersect1d(starts, here)
    return np.unique((starts if starts is not None else docs) >> POSITION_BITS).astype(np.int32)


def _places_in(word: Positions, docs: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give document and place of a word as one number, for some of its documents."""
    kept = np.isin(word.docs, docs, assume_unique=True)
    places = word.places[np.repeat(kept, word.counts)]
    numbers = np.repeat(word.docs[kept].astype(np.int64), word.counts[kept])
    return (numbers << POSITION_BITS) + places


def _of_every(snapshot: Snapshot, total: NDArray[np.float32]) -> WordScores:
    docs = np.flatnonzero(total).astype(np.int32)
    return WordScores(docs, total[docs], snapshot.count, snapshot.words_in_row)
