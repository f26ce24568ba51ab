"""Hindi words of urgent help, for the page that is all in Hindi. Template filters.

Not translations of a catalogue: this one page is written in Hindi, because whoever opens it at
three in the morning should not have to read a second language. Digits stay 0-9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.models import Presence, StaffRole
from directory.listings.nights import PSYCHIATRIC_EMERGENCY, Need
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from typing import Any

    from directory.listings.queries.cards import CardCheck
    from directory.listings.roster import RosterRow, Shift
    from directory.vocabulary.queries import TermView
    from directory.web.helpline_lines import HelplineLine

UNITS = {text.LengthUnit.METRES: "मी", text.LengthUnit.KILOMETRES: "किमी"}
MONTHS = (
    "जनवरी",
    "फ़रवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर",
    "नवंबर",
    "दिसंबर",
)
WEEKDAYS = ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार")
ROLES = {
    StaffRole.PSYCHIATRIST: "मनोचिकित्सक",
    StaffRole.DOCTOR: "डॉक्टर",
    StaffRole.NURSE: "नर्स",
    StaffRole.PSYCHOLOGIST: "मनोवैज्ञानिक",
    StaffRole.ANAESTHETIST: "बेहोशी के डॉक्टर",
    StaffRole.ATTENDANT: "देखभाल कर्मी",
}
NEEDS = {
    Need.WITHDRAWAL: "नशा छोड़ने पर होने वाली तकलीफ़",
    Need.PSYCHOSIS: "जो औरों को न दिखे-सुने, वह दिखना-सुनना (psychosis)",
    Need.SELF_HARM: "ख़ुद को चोट पहुंचाना या आत्महत्या के विचार",
    Need.CHILDREN: "बच्चे या किशोर",
    Need.WOMEN: "महिलाओं का अलग वार्ड",
}


def hindi_distance(metres: int) -> str:
    """Give a distance, rounded as in English: 450 मी, 1.9 किमी."""
    number, unit = text.rounded(metres)
    return f"{number} {UNITS[unit]}"


def hindi_day(day: date) -> str:
    """Give a day: 23 नवंबर."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def hindi_moment(moment: datetime) -> str:
    """Give a moment in Delhi: सोमवार 23 नवंबर, 2:50 बजे."""
    day = f"{WEEKDAYS[moment.weekday()]} {hindi_day(moment.date())}"
    return f"{day}, {text.time_of_day(moment)} बजे"


def hindi_night(check: CardCheck | None) -> str:
    """Say whether a claim to be open at night was tested."""
    if check is None:
        return "24 घंटे खुले रहने का दावा, जांचा नहीं गया: जाने से पहले फ़ोन करें"
    if check.expired:
        return f"{hindi_day(check.checked_on)} के बाद रात में नहीं जांचा गया"
    return f"रात में जांचा गया, {hindi_day(check.checked_on)}"


def hindi_time(instant: datetime, today: date) -> str:
    """Give a coming moment: 14:00 बजे; with its day when not today, शुक्रवार 0:00 बजे."""
    time = f"{text.time_of_day(instant)} बजे"
    return time if instant.date() == today else f"{WEEKDAYS[instant.weekday()]} {time}"


def hindi_shift(row: RosterRow) -> str:
    """Say who is there at night: नर्स (3): पूरी रात मौजूद; or at which hours of it."""
    count = f" ({row.count})" if row.count > 1 else ""
    if row.all_night is Presence.ON_SITE:
        return f"{ROLES[row.role]}{count}: पूरी रात मौजूद"
    within = f", {row.within_minutes} मिनट में" if row.within_minutes else ""
    if row.all_night is Presence.ON_CALL:
        return f"{ROLES[row.role]}{count}: बुलाने पर{within}"
    hours = ", ".join(map(_hindi_span, row.at_night))
    return f"{ROLES[row.role]}: {hours}{within}"


def _hindi_span(shift: Shift) -> str:
    """Give the hours of one shift: मौजूद 20:00–5:00."""
    where = "मौजूद" if shift.presence is Presence.ON_SITE else "बुलाने पर"
    where = f"{shift.count} {where}" if shift.count > 1 else where
    return f"{where} {text.clock(shift.from_minute)}–{text.clock(shift.to_minute)}"


def hindi_emergency(term: TermView) -> str:
    """Name a kind of emergency department."""
    if term.slug == PSYCHIATRIC_EMERGENCY:
        return "मनोचिकित्सा इमरजेंसी, दिन-रात"
    return "सामान्य इमरजेंसी, दिन-रात"


def hindi_need(need: Need) -> str:
    """Name what somebody may need to be taken in with."""
    return NEEDS[need]


def hindi_doubt(fact: str) -> str:
    """Say what several readers found otherwise lately; it never says that the fact is wrong."""
    about = {"phone": "फ़ोन नंबर", "night": "रात में खुला होना"}.get(fact, "नए लोगों को लेना")
    return f"हाल में कई लोगों को यह जानकारी अलग मिली: {about}"


def hindi_hours(line: HelplineLine) -> str:
    """Say when a line is answered, as of now."""
    if line.hours.round_the_clock:
        return "24 घंटे" if line.hours.is_sure else "24 घंटे का दावा"
    unsure = "" if line.hours.is_sure else " (समय पक्का नहीं)"
    if line.opening.until is not None:
        return f"अभी खुली, {text.time_of_day(line.opening.until)} बजे तक{unsure}"
    if line.opening.opens is not None:
        opens = line.opening.opens
        day = WEEKDAYS[opens.weekday()]
        return f"अभी बंद, {day} {text.time_of_day(opens)} बजे खुलेगी{unsure}"
    return "समय पता नहीं"


FILTERS: dict[str, Callable[..., Any]] = {
    "hindi_day": hindi_day,
    "hindi_distance": hindi_distance,
    "hindi_doubt": hindi_doubt,
    "hindi_emergency": hindi_emergency,
    "hindi_hours": hindi_hours,
    "hindi_moment": hindi_moment,
    "hindi_need": hindi_need,
    "hindi_night": hindi_night,
    "hindi_shift": hindi_shift,
    "hindi_time": hindi_time,
}
