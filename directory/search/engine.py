"""Answers queries from one snapshot: matching, filters, order, facets, all by vectors.

Immutable with its snapshot; many threads may ask at once. Not for reading words (see
`understanding/`) and not for rows: answers are ids, and every card is read from the database.
Called by `local.py`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from directory.core.clock import DELHI, delhi_day
from directory.listings.queries.search import OpenFilter, Sort
from directory.search import facets, matching, ranking
from directory.search.fields import UNKNOWN
from directory.search.filtering import Filters, filters_of
from directory.search.ordering import Order, highest
from directory.search.placed import places_of
from directory.search.query import Found, Hit, Relaxed
from directory.search.snapshot import bits

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import date, datetime
    from typing import Any

    from numpy.typing import NDArray

    from directory.search.matching import Matched
    from directory.search.placed import PlaceRows
    from directory.search.query import SearchQuery, Word
    from directory.search.snapshot.snapshot import Snapshot
    from directory.search.snapshot.words import WordScores
    from directory.vocabulary.queries import Vocabulary

FEW_RESULTS = 5
KEPT_ANSWERS = 256
FAR_LAST = 1e12


@dataclass
class Engine:
    """One snapshot with what is derived from it once: orders, points of the day, answers."""

    snapshot: Snapshot
    kept_answers: int = KEPT_ANSWERS
    _answers: OrderedDict[Hashable, Found] = field(default_factory=OrderedDict, repr=False)
    _standing: tuple[date, NDArray[np.float32], Order] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def search(self, query: SearchQuery, vocabulary: Vocabulary, now: datetime) -> Found:
        """Give one page of the results of a query, their number and the facets."""
        moment = now.astimezone(DELHI)
        key = _key(query, moment)
        kept = self._answers.get(key)
        if kept is not None:
            return kept
        found = _Search(self, query, vocabulary, moment).found()
        if self.kept_answers:
            with self._lock:
                self._answers[key] = found
                while len(self._answers) > self.kept_answers:
                    self._answers.popitem(last=False)
        return found

    def places(self, query: SearchQuery, vocabulary: Vocabulary, now: datetime) -> PlaceRows:
        """Give the places that are meant of all results of a query, whichever page it asks for."""
        moment = now.astimezone(DELHI)
        asked = _Search(self, query, vocabulary, moment)
        return places_of(self.snapshot, asked.docs(), asked.filters.places.all_but("near"))

    def pages(self, words: Sequence[Word], limit: int) -> tuple[int, ...]:
        """Give the term ids of the pages to read that match words, the closest first."""
        scores = self.scores_of(words)
        if not scores:
            return ()
        allowed = self.snapshot.live_guides
        matched = matching.all_of(scores, allowed)
        if not len(matched.docs):
            matched = matching.any_of(scores, allowed, self.snapshot)
        numbers = self.snapshot.numbers["number"][matched.docs]
        first = highest(matched.scores, numbers, limit)
        return tuple(numbers[first].tolist())

    def ids_named(self, beginnings: Sequence[str], limit: int) -> tuple[int, ...]:
        """Give listings whose name has a word beginning with each text, by id."""
        row = self.snapshot.live_listings
        for start in beginnings:
            row = row & self.snapshot.named(start)
        first = Order.by(self.snapshot.numbers["number"]).first(bits.docs_of_row(row), limit)
        return tuple(self.snapshot.numbers["number"][first].tolist())

    def scores_of(self, words: Sequence[Word]) -> list[WordScores]:
        """Give the scores of the words that say anything."""
        found = (matching.word_scores(self.snapshot, word) for word in words)
        return [scores for scores in found if scores is not None]

    def standing(self, today: date) -> NDArray[np.float32]:
        """Give every document's points of the day."""
        return self._of_the_day(today)[1]

    def by_standing(self, today: date) -> Order:
        """Give all documents by their points of the day, the highest first."""
        return self._of_the_day(today)[2]

    @cached_property
    def by_rating(self) -> Order:
        """Give all documents by score, then by number of reviews; those without come last."""
        numbers = self.snapshot.numbers
        return Order.by(-numbers["rating"], -numbers["review_count"], numbers["number"])

    @cached_property
    def by_reviews(self) -> Order:
        """Give all documents by number of reviews, then by score."""
        numbers = self.snapshot.numbers
        return Order.by(-numbers["review_count"], -numbers["rating"], numbers["number"])

    @cached_property
    def by_fee(self) -> Order:
        """Give all documents by the fee of a first visit; those that state none come last."""
        numbers = self.snapshot.numbers
        unstated = numbers["fee"] == UNKNOWN
        return Order.by(unstated, numbers["fee"], numbers["number"])

    def warm(self, now: datetime) -> None:
        """Compute what the first search would wait for."""
        _ = self.by_standing(delhi_day(now)), self.by_rating, self.by_fee, self.by_reviews
        for when in OpenFilter:
            self.snapshot.open_row(when, now.astimezone(DELHI))

    def _of_the_day(self, today: date) -> tuple[date, NDArray[np.float32], Order]:
        kept = self._standing
        if kept is None or kept[0] != today:
            points = ranking.standing(self.snapshot, today)
            order = Order.by(-points, self.snapshot.numbers["number"])
            kept = self._standing = (today, points, order)
        return kept


class _Search:
    """One query on its way through an engine."""

    def __init__(
        self, engine: Engine, query: SearchQuery, vocabulary: Vocabulary, moment: datetime
    ) -> None:
        self.engine = engine
        self.snapshot = engine.snapshot
        self.query = query
        self.vocabulary = vocabulary
        self.moment = moment
        self.filters: Filters = filters_of(self.snapshot, query.filters, vocabulary, moment)
        self.allowed = self.filters.all_but()
        self.scores = engine.scores_of(query.words)
        self.allowed_docs: NDArray[np.integer[Any]] | None = None
        self.matched_row: NDArray[np.uint64] | None = None
        self.any_word = False
        self.without_words = False

    def docs(self) -> NDArray[np.integer[Any]]:
        matched = self._settled()
        return bits.docs_of_row(self.allowed) if matched is None else matched.docs

    def found(self) -> Found:
        matched = self._settled()
        if matched is None:
            total = bits.size_of_row(self.allowed)
            first, points = self._first_without_words(total)
            hits = facets.Hits(self.allowed, total, self.allowed_docs)
        else:
            total = len(matched.docs)
            first, points = self._first(matched.docs, matched.scores)
            hits = self._hits(matched, total)
        counting = facets.Counting(
            self.snapshot, self.filters, hits, self._without, self.vocabulary, self.moment
        )
        return Found(
            hits=tuple(self._page(first, points)),
            total=total,
            facets=facets.count(counting, self.query.wanted),
            any_word=self.any_word,
            relaxed=() if total else self._relaxed(),
            generation=self.snapshot.generation,
            without_words=self.without_words,
        )

    def _settled(self) -> Matched | None:
        """Give the results that words decide, or None where the filters alone do."""
        matched = self._matched() if self.scores else None
        if matched is not None and not len(matched.docs) and self.query.meaning_is_enough:
            self.scores, self.without_words = [], True
            return None
        return matched

    def _matched(self) -> Matched:
        """Give the results that hold all words; any of them when all leave too few."""
        matched = matching.all_of(self.scores, self.allowed)
        if len(matched.docs) >= FEW_RESULTS or len(self.scores) == 1:
            return matched
        loose = matching.any_of(self.scores, self.allowed, self.snapshot)
        if len(loose.docs) == len(matched.docs):
            return matched
        self.any_word = True
        return loose

    def _words_row(self) -> NDArray[np.uint64]:
        """Give every live listing the words match, whatever the filters."""
        if self.matched_row is None:
            row = self.scores[0].row
            for scores in self.scores[1:]:
                row = row | scores.row if self.any_word else row & scores.row
            self.matched_row = row
        return self.matched_row

    def _hits(self, matched: Matched, total: int) -> facets.Hits:
        row = bits.row_of_docs(matched.docs, self.snapshot.count, self.snapshot.words_in_row)
        return facets.Hits(row, total, matched.docs)

    def _without(self, parameter: str) -> facets.Hits:
        """Give the results without one parameter's own filter."""
        row = self.filters.all_but(parameter)
        if self.scores:
            row = row & self._words_row()
        return facets.Hits(row, bits.size_of_row(row))

    def _first_without_words(
        self, total: int
    ) -> tuple[NDArray[np.integer[Any]], NDArray[np.float32] | None]:
        """Give the first results of a search by filters alone; known orders need no sorting."""
        order = self._known_order()
        if order is not None:
            first = order.first_of_row(self.allowed, total, self.query.offset + self.query.limit)
            return first[self.query.offset :], None
        docs = self.allowed_docs = bits.docs_of_row(self.allowed)
        return self._first(docs, np.zeros(len(docs), dtype=np.float32))

    def _known_order(self) -> Order | None:
        """Give the order that does not depend on the query, if its sort is such a one."""
        match self.query.filters.sort:
            case Sort.RATING:
                return self.engine.by_rating
            case Sort.REVIEWS:
                return self.engine.by_reviews
            case Sort.FEE:
                return self.engine.by_fee
            case Sort.DISTANCE if self.filters.metres is not None:
                return None
            case _ if self.scores or self.query.hints or self.filters.metres is not None:
                return None
            case _:
                return self.engine.by_standing(delhi_day(self.moment))

    def _first(
        self, docs: NDArray[np.integer[Any]], text: NDArray[np.float32]
    ) -> tuple[NDArray[np.integer[Any]], NDArray[np.float32] | None]:
        wanted = self.query.offset + self.query.limit
        order = self._known_order()
        if order is not None:
            return order.first(docs, wanted)[self.query.offset :], None
        numbers = self.snapshot.numbers["number"][docs]
        metres = self.filters.metres
        if self.query.filters.sort is Sort.DISTANCE and metres is not None:
            near = -np.nan_to_num(metres[docs], nan=FAR_LAST).astype(np.float32)
            return docs[highest(near, numbers, wanted)][self.query.offset :], None
        points = self._points(docs, text)
        first = highest(points, numbers, wanted)[self.query.offset :]
        return docs[first], points[first]

    def _points(
        self, docs: NDArray[np.integer[Any]], text: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Give the points of results for `sort=best` (see `ranking.py`)."""
        points = self.engine.standing(delhi_day(self.moment))[docs]
        most = text.max(initial=0)
        if most > 0:
            points = points + text * (ranking.points_of("words") / most)
        if self.filters.metres is not None:
            points = points + ranking.nearness(self.filters.metres[docs])
        return points + self._meaning(docs)

    def _meaning(self, docs: NDArray[np.integer[Any]]) -> NDArray[np.float32] | np.float32:
        """Give the points for what the words suggest: the share of suggested parameters met."""
        rows: dict[str, NDArray[np.uint64]] = {}
        for hint in self.query.hints:
            row = self.snapshot.facets.row(f"{hint.parameter}={hint.value}")
            if row is not None:
                known = rows.get(hint.parameter)
                rows[hint.parameter] = row if known is None else known | row
        if not rows:
            return np.float32(0)
        met = np.zeros(len(docs), dtype=np.float32)
        for row in rows.values():
            met += bits.among(row, docs)
        parameters = {hint.parameter for hint in self.query.hints}
        return met * (ranking.points_of("meaning") / len(parameters))

    def _page(
        self, docs: NDArray[np.integer[Any]], points: NDArray[np.float32] | None
    ) -> list[Hit]:
        numbers = self.snapshot.numbers["number"][docs].tolist()
        known = self.engine.standing(delhi_day(self.moment))[docs] if points is None else points
        metres = self.filters.metres
        away = [np.nan] * len(numbers) if metres is None else metres[docs].tolist()
        return [
            Hit(number, round(score, 2), None if metre != metre else round(metre))  # noqa: PLR0124 - NaN
            for number, score, metre in zip(numbers, known.tolist(), away, strict=True)
        ]

    def _relaxed(self) -> tuple[Relaxed, ...]:
        """Give what dropping each single filter, or the words, would give; most first."""
        totals = [Relaxed(name, self._without(name).total) for name in self.filters.rows]
        if self.scores:
            totals.append(Relaxed("q", bits.size_of_row(self.allowed)))
        found = [relaxed for relaxed in totals if relaxed.total]
        return tuple(sorted(found, key=lambda relaxed: (-relaxed.total, relaxed.parameter)))


def _key(query: SearchQuery, moment: datetime) -> Hashable:
    """Give what an answer depends on besides the snapshot."""
    search = query.filters
    filters = (
        search.kind,
        tuple(sorted(search.terms.items())),
        (search.genders, search.district_ids, search.locality_ids),
        (search.near, search.within_m, search.fee_max, search.fee_unstated),
        (search.open_when, search.accepting, search.registered, search.rating_min, search.sort),
    )
    minute = (moment.hour, moment.minute)
    changes = minute if OpenFilter.NOW in search.open_when or "open" in query.wanted else None
    rest = (query.words, query.meaning_is_enough, query.hints, query.wanted)
    return (filters, rest, query.offset, query.limit, moment.date(), changes)
