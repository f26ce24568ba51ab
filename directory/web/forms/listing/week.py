"""The weekly hours of a place as a week of seven days, with days that can be copied.

The document names spans with their days; a person thinks of days with their spans. What says the
same as before stays written as it was, so that opening and closing a form changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.listings.exchange.document import WEEKDAYS
from directory.web.forms.lazily import lazy_gettext
from directory.web.forms.listing.fields import clock_of
from directory.web.forms.listing.spots import Drawn, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.web.forms.listing.spots import Spot

DAYS = {
    "mon": lazy_gettext("Monday"),
    "tue": lazy_gettext("Tuesday"),
    "wed": lazy_gettext("Wednesday"),
    "thu": lazy_gettext("Thursday"),
    "fri": lazy_gettext("Friday"),
    "sat": lazy_gettext("Saturday"),
    "sun": lazy_gettext("Sunday"),
}
LEAST_SPANS, MOST_SPANS = 2, 12
NO_SPAN = ("", "")
Spans = list[tuple[str, str]]


@dataclass(frozen=True)
class Week:
    """The hours of a place; `raw` is a list of seven days, each a list of (opens, closes)."""

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give the spans of each day, at least two to a day."""
        days: dict[str, Spans] = {day: [] for day in WEEKDAYS}
        for span in values.get(self.key) or ():
            for day in span.get("days") or ():
                days.get(day, []).append((span.get("opens") or "", span.get("closes") or ""))
        return _even([sorted(spans) for spans in days.values()])

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the spans as typed."""
        return _even([_typed_day(sent, f"{spot.name}-{day}") for day in WEEKDAYS])

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether no day has hours."""
        return all(span == NO_SPAN for spans in raw for span in spans)

    def told(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the spans, those of several days once, in the order of the week."""
        spot.note()
        found = self._spans(raw, spot)
        was = before.get(self.key) or []
        if _meaning(found) == _meaning(was):
            return {self.key: was}
        return {self.key: found}

    def _spans(self, raw: Raw, spot: Spot) -> list[dict[str, Any]]:
        spans: dict[tuple[Any, Any], list[str]] = {}
        where: dict[tuple[Any, Any], str] = {}
        for day, row in zip(WEEKDAYS, raw, strict=True):
            for number, (opens, closes) in enumerate(row):
                if (opens, closes) != NO_SPAN:
                    times = (clock_of(opens), clock_of(closes))
                    spans.setdefault(times, []).append(day)
                    where.setdefault(times, f"{spot.name}-{day}-{number}")
        for index, times in enumerate(spans):
            spot.note(f"{spot.path}[{index}]", f"{where[times]}-opens")
            spot.note(f"{spot.path}[{index}].closes", f"{where[times]}-closes")
        return [
            {"days": days, "opens": opens, "closes": closes}
            for (opens, closes), days in spans.items()
        ]

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template: a row for each day."""
        days = [
            Drawn("day-of-week", f"{spot.name}-{day}", str(DAYS[day]), row, inner=_wrong(spot, day))
            for day, row in zip(WEEKDAYS, raw, strict=True)
        ]
        wrong = [fault for day in days for fault in day.inner]
        error = spot.error or (wrong[0].words if wrong else None)
        return Drawn("week", spot.name, self.words, raw, self.hint, error, inner=days)

    def pressed(self, raw: Raw, action: str, rest: Sequence[str], _spot: Spot) -> Raw:
        """Copy a day to all days below it, or take all hours away."""
        if action == "clear":
            return _even([[] for _day in WEEKDAYS])
        if action != "copy" or not rest or rest[0] not in WEEKDAYS:
            return raw
        at = WEEKDAYS.index(rest[0])
        return [
            list(raw[min(number, at)]) if number > at else row for number, row in enumerate(raw)
        ]


def _typed_day(sent: MultiDict[str, str], name: str) -> Spans:
    return [
        (sent.get(f"{name}-{n}-opens", "").strip(), sent.get(f"{name}-{n}-closes", "").strip())
        for n in range(MOST_SPANS)
    ]


def _even(days: list[Spans]) -> list[Spans]:
    """Give every day as many spans as the fullest one has, blank ones last."""
    full = [[span for span in spans if span != NO_SPAN] for spans in days]
    width = min(max(LEAST_SPANS, *(len(spans) for spans in full)), MOST_SPANS)
    return [spans[:width] + [NO_SPAN] * (width - len(spans)) for spans in full]


def _meaning(spans: list[dict[str, Any]]) -> set[tuple[str, Any, Any]]:
    return {(day, span["opens"], span["closes"]) for span in spans for day in span["days"]}


def _wrong(spot: Spot, day: str) -> list[Drawn]:
    """Give the faults of a day's fields, by the fields' names."""
    return [
        Drawn("fault", name, words[0])
        for name, words in spot.faults.items()
        if name.startswith(f"{spot.name}-{day}-")
    ]
