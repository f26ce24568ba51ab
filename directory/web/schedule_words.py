"""How hours, nights and shifts are said on a page, via `_()`. Template filters.

Not for the rules of the clock (`listings/opening.py`, `listings/roster.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_date, gettext, ngettext

from directory.listings.holidays import Holiday
from directory.listings.models import Presence, StaffRole
from directory.listings.opening import MINUTES_IN_A_DAY
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from directory.listings.opening import Span
    from directory.listings.roster import RosterRow, Shift


def holiday_words(holiday: Holiday) -> str:
    """Name a national holiday."""
    return {
        Holiday.REPUBLIC_DAY: gettext("Republic Day"),
        Holiday.INDEPENDENCE_DAY: gettext("Independence Day"),
        Holiday.GANDHI_JAYANTI: gettext("Gandhi Jayanti"),
    }[holiday]


def span_words(span: Span) -> str:
    """Give the hours of a span: 11:00–14:00, or 20:00–8:00 next day."""
    closes = "24:00" if span.closes == MINUTES_IN_A_DAY else text.clock(span.closes)
    hours = f"{text.clock(span.opens)}–{closes}"
    return gettext("%(hours)s next day", hours=hours) if span.over_midnight else hours


def weekday(day: date) -> str:
    """Give the name of a day's weekday."""
    name: str = format_date(day, "EEEE")
    return name


def day_and_month(day: date) -> str:
    """Give a day in a sentence: Friday 25 December."""
    words: str = format_date(day, "EEEE d MMMM")
    return words


def staff_words(role: StaffRole, count: int = 1) -> str:
    """Name a role on the rota."""
    return {
        StaffRole.PSYCHIATRIST: ngettext("Psychiatrist", "Psychiatrists", count),
        StaffRole.DOCTOR: ngettext("Duty doctor", "Duty doctors", count),
        StaffRole.NURSE: ngettext("Nurse", "Nurses", count),
        StaffRole.PSYCHOLOGIST: ngettext("Psychologist", "Psychologists", count),
        StaffRole.ANAESTHETIST: ngettext("Anaesthetist", "Anaesthetists", count),
        StaffRole.ATTENDANT: ngettext("Attendant", "Attendants", count),
    }[role]


def night_words(row: RosterRow) -> str:
    """Say in words what a roster's bar draws, the night first."""
    if row.all_night is Presence.ON_SITE:
        if row.count > 1:
            return gettext("%(count)s on site all night", count=row.count)
        return gettext("on site all night")
    if row.all_night is Presence.ON_CALL:
        if row.within_minutes:
            return gettext("on call, within %(minutes)s minutes", minutes=row.within_minutes)
        return gettext("on call all night")
    if row.at_night:
        return "; ".join(shift_words(shift) for shift in row.at_night)
    return gettext("not there at night")


def shift_words(shift: Shift) -> str:
    """Say one shift: 2 on site 8:00–20:00; on call 20:00–8:00, within 30 minutes."""
    where = gettext("on site") if shift.presence is Presence.ON_SITE else gettext("on call")
    when = (
        gettext("day and night")
        if shift.is_round_the_clock
        else f"{text.clock(shift.from_minute)}–{text.clock(shift.to_minute)}"
    )
    words = f"{shift.count} {where} {when}" if shift.count > 1 else f"{where} {when}"
    if shift.within_minutes:
        words += ", " + gettext("within %(minutes)s minutes", minutes=shift.within_minutes)
    return words


FILTERS: dict[str, Callable[..., Any]] = {
    "day_and_month": day_and_month,
    "holiday_words": holiday_words,
    "night_words": night_words,
    "shift_words": shift_words,
    "span_words": span_words,
    "staff_words": staff_words,
    "weekday": weekday,
}
