"""Which listings are open at a minute, for all of them at once.

The same decisions as `listings.queries.hours` takes in SQL: a dated exception replaces what the
week says of that day, and what began yesterday may last past midnight. Called by `snapshot.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from directory.search.fields import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

# Places are numbered within a listing; a listing and its place together are one number.
MOST_PLACES = 256


@dataclass(frozen=True)
class Span:
    """Spans of the week, by weekday and opening minute; `places` are listing * 256 + place."""

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
                _places(week_docs, week["place"]),
                np.ascontiguousarray(week["weekday"]),
                np.ascontiguousarray(week["opens"]),
                np.ascontiguousarray(week["closes"]),
            ),
            Exceptions(
                _places(dated_docs, dated["place"]),
                np.ascontiguousarray(dated["day"]),
                np.ascontiguousarray(dated["opens"]),
                np.ascontiguousarray(dated["closes"]),
            ),
        )

    def open_docs(self, moment: datetime) -> NDArray[np.int64]:
        """Give the documents with a place open at a moment of Delhi, each once."""
        minute = moment.hour * 60 + moment.minute
        today = moment.toordinal()
        places = np.concatenate(
            [
                self._open_places(today, moment.weekday(), minute),
                self._open_places(today - 1, (moment.weekday() - 1) % 7, minute + DAY_MINUTES),
            ]
        )
        return np.unique(places // MOST_PLACES)

    def _open_places(self, day: int, weekday: int, minute: int) -> NDArray[np.int64]:
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


def _places(docs: NDArray[np.int32], place: NDArray[Any]) -> NDArray[np.int64]:
    return docs.astype(np.int64) * MOST_PLACES + place.astype(np.int64)


def _joined(
    parts: Sequence[tuple[NDArray[Any], NDArray[np.int32]]],
) -> tuple[NDArray[Any], NDArray[np.int32]]:
    records, docs = zip(*parts, strict=True)
    return np.concatenate(records), np.concatenate(docs)
