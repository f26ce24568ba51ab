"""What stands on the printed sheet of a listing, in words. Template filters of `hand_outs.py`.

The words of single facts are those of the listing's own page (`listing_words.py`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import format_date, gettext, ngettext

from directory.listings.nights import GENERAL_EMERGENCY
from directory.web.compare_words import day_and_night
from directory.web.listing_words import in_line
from directory.web.night_words import night_check_words, night_of
from directory.web.schedule_words import day_and_month, span_words
from directory.web.text import lower_first

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from directory.listings.opening import DayException, Schedule, Week
    from directory.listings.queries.page import ListingPage, LocationView
    from directory.vocabulary.queries import TermView

# So many words of a list fit beside everything else on one side of A4, and so many dated days.
MOST_NAMED = 10
MOST_DAYS = 2


class HoursLine(NamedTuple):
    """Days that keep the same hours, and each span of those, in words; none on closed days."""

    days: str
    spans: tuple[str, ...]

    @property
    def hours(self) -> str:
        """Give the spans in one line."""
        return ", ".join(self.spans) or gettext("closed")


def hours_lines(schedule: Schedule, week: Week | None) -> list[HoursLine]:
    """Give the usual hours, days in a row with the same ones together; closed days say so."""
    if week is None:
        return []
    pairs = [(day.on, tuple(sorted(schedule.week[day.on.weekday()]))) for day in week.days]
    return [
        HoursLine(_days([on for on, _spans in run]), tuple(map(span_words, spans)))
        for spans, run in (
            (spans, list(pairs_in_a_row))
            for spans, pairs_in_a_row in groupby(pairs, key=lambda pair: pair[1])
        )
    ]


def place_lines(place: LocationView, page: ListingPage, today: date) -> list[str]:
    """Give when an address is open, line by line: hours or a claim, then the days that differ."""
    lines = [f"{line.days} {line.hours}" for line in hours_lines(place.schedule, place.week)]
    if place.open_24x7:
        lines = [_claim(page, today)]
    days = [_day_words(day) for day in place.exceptions[:MOST_DAYS]]
    return [*(lines or [gettext("Not stated. Ring before you go.")]), *days]


def neutral_emergency(page: ListingPage) -> str:
    """Say that one is seen at any hour, without what for; empty when that is not stated.

    Only a general emergency department is called one: it takes whoever comes.
    """
    stated = {term.slug for term in night_of(page).emergencies}
    if GENERAL_EMERGENCY in stated:
        return gettext("Emergency department, day and night")
    return gettext("When it is urgent: day and night. Ring first.") if stated else ""


def _claim(page: ListingPage, today: date) -> str:
    if not page.is_centre:
        return gettext("Says it is open every day, day and night")
    check = page.check("night")
    tested = night_check_words(check, today)
    return f"{day_and_night(page)}. {tested}" if check.checked_on else tested


def _day_words(day: DayException) -> str:
    on = day_and_month(day.on)
    if not day.spans:
        return gettext("Closed on %(day)s", day=on)
    return gettext("On %(day)s open %(hours)s", day=on, hours=", ".join(map(span_words, day.spans)))


class PartedTerms(NamedTuple):
    """A list in one line: what fits on paper, the rest, and how many those are, in words."""

    first: str
    rest: str
    more: str


def parted_terms(terms: Sequence[TermView]) -> PartedTerms:
    """Give a list parted where paper ends it; without a rest when all of it fits."""
    rest = terms[MOST_NAMED:]
    more = ngettext("and %(num)s more", "and %(num)s more", len(rest)) if rest else ""
    return PartedTerms(in_line(terms[:MOST_NAMED]), lower_first(in_line(rest)), more)


def some_terms(terms: Sequence[TermView]) -> str:
    """Give the first words of a list in one line, and how many more there are."""
    parted = parted_terms(terms)
    return f"{parted.first} {parted.more}".rstrip()


def _days(days: Sequence[date]) -> str:
    first, last = (str(format_date(day, "EEE")) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    if len(days) == 2:  # noqa: PLR2004 - two days are no stretch
        return gettext("%(first)s and %(last)s", first=first, last=last)
    return gettext("%(first)s to %(last)s", first=first, last=last)


FILTERS: dict[str, Callable[..., Any]] = {
    "hours_lines": hours_lines,
    "neutral_emergency": neutral_emergency,
    "parted_terms": parted_terms,
    "place_lines": place_lines,
    "some_terms": some_terms,
}
