"""Which places of listings are open at a minute or at times of the week, for all at once.

The same decisions as `listings.queries.hours` takes in SQL: a dated exception replaces what the
week says of that day, and what began yesterday may last past midnight. Called by `snapshot.py`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from directory.listings.opening import EVENING_FROM, MINUTES_IN_A_WEEK, SUNDAY, schedule_of
from directory.listings.queries.search import OpenFilter
from directory.search.fields import DAY_MINUTES
from directory.search.snapshot.places import docs_of, each_once, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Span:
    """Spans of the week; `places` are numbered as in `places.py`, in order."""

    places: NDArray[np.int64]
    weekday: NDArray[np.uint16]
    opens: NDArray[np.uint16]
    closes: NDArray[np.uint16]


@dataclass(frozen=True)
class Exceptions:
    """Dated exceptions; `opens` is -1 on a day that is closed."""

    places: NDArray[np.int64]
    day: NDArray[np.int32]
    opens: NDArray[np.int32]
    closes: NDArray[np.int32]


@dataclass(frozen=True)
class OpeningHours:
    """The hours and exceptions of all documents of a snapshot."""

    week: Span
    exceptions: Exceptions

    @classmethod
    def of(
        cls,
        hours: Sequence[tuple[NDArray[Any], NDArray[np.int32]]],
        exceptions: Sequence[tuple[NDArray[Any], NDArray[np.int32]]],
    ) -> OpeningHours:
        """Put records of several segments together; documents are numbered in the snapshot."""
        week, week_docs = _joined(hours)
        dated, dated_docs = _joined(exceptions)
        return cls(
            Span(
                numbered(week_docs, week["place"]),
                np.ascontiguousarray(week["weekday"]),
                np.ascontiguousarray(week["opens"]),
                np.ascontiguousarray(week["closes"]),
            ),
            Exceptions(
                numbered(dated_docs, dated["place"]),
                np.ascontiguousarray(dated["day"]),
                np.ascontiguousarray(dated["opens"]),
                np.ascontiguousarray(dated["closes"]),
            ),
        )

    def open_places(self, when: OpenFilter, moment: datetime) -> NDArray[np.int64]:
        """Give the places open at such a time, each once and in order; now is `moment` in Delhi."""
        match when:
            case OpenFilter.NOW:
                return self._open_now(moment)
            case OpenFilter.ROUND_THE_CLOCK:
                return self._always_open
            case OpenFilter.EVENINGS:
                return each_once(self.week.places[self.week.closes > EVENING_FROM])
            case OpenFilter.SUNDAY:
                return each_once(self.week.places[self.week.weekday == SUNDAY])

    @cached_property
    def _always_open(self) -> NDArray[np.int64]:
        """Give the places that are always open: few state so many hours, so each is looked at."""
        week, docs = self.week, docs_of(self.week.places)
        minutes = np.bincount(docs, weights=week.closes - week.opens)
        kept = minutes[docs] >= MINUTES_IN_A_WEEK
        columns = (week.places, week.weekday, week.opens, week.closes)
        found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for place, *span in zip(*(column[kept].tolist() for column in columns), strict=True):
            found[place].append((span[0], span[1], span[2]))
        weeks = {place: tuple(spans) for place, spans in found.items()}
        always = {spans for spans in set(weeks.values()) if schedule_of(spans).is_always}
        return np.array([place for place, spans in weeks.items() if spans in always], np.int64)

    def _open_now(self, moment: datetime) -> NDArray[np.int64]:
        minute = moment.hour * 60 + moment.minute
        today = moment.toordinal()
        places = np.concatenate(
            [
                self._open_on(today, moment.weekday(), minute),
                self._open_on(today - 1, (moment.weekday() - 1) % 7, minute + DAY_MINUTES),
            ]
        )
        return np.unique(places)

    def _open_on(self, day: int, weekday: int, minute: int) -> NDArray[np.int64]:
        """Give the places where what begins on `day` is open `minute` minutes after midnight."""
        week, dated = self.week, self.exceptions
        by_week = week.places[
            (week.weekday == weekday) & (week.opens <= minute) & (week.closes > minute)
        ]
        on_day = dated.day == day
        if not on_day.any():
            return by_week
        kept = by_week[~np.isin(by_week, dated.places[on_day])]
        covers = on_day & (dated.opens >= 0) & (dated.opens <= minute) & (dated.closes > minute)
        return np.concatenate([kept, dated.places[covers]])


def _joined(
    parts: Sequence[tuple[NDArray[Any], NDArray[np.int32]]],
) -> tuple[NDArray[Any], NDArray[np.int32]]:
    records, docs = zip(*parts, strict=True)
    return np.concatenate(records), np.concatenate(docs)
