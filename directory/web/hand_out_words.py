"""What stands on the printed sheet of a listing, in words. Template filters of `hand_outs.py`.

The words of single facts are those of the listing's own page (`listing_words.py`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import format_date, gettext, ngettext

from directory.web.listing_words import in_line
from directory.web.schedule_words import span_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from directory.listings.opening import Schedule, Span, Week
    from directory.vocabulary.queries import TermView

# So many words of a list fit beside everything else on one side of A4.
MOST_NAMED = 10


class HoursLine(NamedTuple):
    """Days that keep the same hours, and those hours, in words."""

    days: str
    hours: str


def hours_lines(schedule: Schedule, week: Week | None) -> list[HoursLine]:
    """Give the usual hours, days in a row with the same ones together; closed days say so."""
    if week is None:
        return []
    pairs = [(day.on, tuple(sorted(schedule.week[day.on.weekday()]))) for day in week.days]
    return [
        HoursLine(_days([on for on, _spans in run]), _hours(spans))
        for spans, run in (
            (spans, list(pairs_in_a_row))
            for spans, pairs_in_a_row in groupby(pairs, key=lambda pair: pair[1])
        )
    ]


def some_terms(terms: Sequence[TermView]) -> str:
    """Give the first words of a list in one line, and how many more there are."""
    words = in_line(terms[:MOST_NAMED])
    more = len(terms) - MOST_NAMED
    if more <= 0:
        return words
    return words + " " + ngettext("and %(num)s more", "and %(num)s more", more)


def _days(days: Sequence[date]) -> str:
    first, last = (str(format_date(day, "EEE")) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    if len(days) == 2:  # noqa: PLR2004 - two days are no stretch
        return gettext("%(first)s and %(last)s", first=first, last=last)
    return gettext("%(first)s to %(last)s", first=first, last=last)


def _hours(spans: Sequence[Span]) -> str:
    return ", ".join(span_words(span) for span in spans) or gettext("closed")


FILTERS: dict[str, Callable[..., Any]] = {
    "hours_lines": hours_lines,
    "some_terms": some_terms,
}
