"""How a centre's night is said on a page, via `_()`. Template filters.

Not for the rules (`listings/nights.py`, `listings/roster.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from flask_babel import gettext

from directory.listings.nights import PSYCHIATRIC_EMERGENCY, Need
from directory.listings.queries.nights import NightFacts, facts_of_night
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from directory.listings.models import PhoneUse
    from directory.listings.queries.page import ListingPage
    from directory.vocabulary.queries import TermView


class NightCheck(Protocol):
    """The newest check of a claim to be open at night, of a card or a page."""

    @property
    def checked_on(self) -> date | None:
        """The day; None when there never was one."""
        ...

    @property
    def expired(self) -> bool:
        """Whether it no longer counts."""
        ...


def night_check_words(check: NightCheck | None, today: date) -> str:
    """Say whether a claim to be open at night was tested, and when."""
    if check is None or check.checked_on is None:
        return gettext("Claims 24x7, not tested")
    day = text.near_date(check.checked_on, today)
    if check.expired:
        return gettext("Not night-tested since %(day)s", day=day)
    return gettext("Night-tested %(day)s", day=day)


def need_words(need: Need) -> str:
    """Name what somebody may need to be taken in with."""
    return {
        Need.WITHDRAWAL: gettext("Withdrawal from alcohol or drugs"),
        Need.PSYCHOSIS: gettext("Hearing or believing what others do not (psychosis)"),
        Need.SELF_HARM: gettext("Self-harm or thoughts of suicide"),
        Need.CHILDREN: gettext("Children or teenagers"),
        Need.WOMEN: gettext("A separate ward for women"),
    }[need]


def need_short(need: Need) -> str:
    """Name a need in a line of several."""
    return {
        Need.WITHDRAWAL: gettext("withdrawal"),
        Need.PSYCHOSIS: gettext("psychosis"),
        Need.SELF_HARM: gettext("self-harm"),
        Need.CHILDREN: gettext("children or teenagers"),
        Need.WOMEN: gettext("separate ward for women"),
    }[need]


def emergency_words(term: TermView) -> str:
    """Name a kind of emergency department."""
    if term.slug == PSYCHIATRIC_EMERGENCY:
        return gettext("Psychiatric emergency, day and night")
    return gettext("General emergency, day and night")


def night_of(page: ListingPage) -> NightFacts:
    """Give what a centre's page states of its nights."""
    phones: dict[PhoneUse, str] = {}
    for phone in page.phones:
        phones.setdefault(phone.use, phone.number)
    return facts_of_night(page.roster, phones, [t for terms in page.terms.values() for t in terms])


FILTERS: dict[str, Callable[..., Any]] = {
    "emergency_words": emergency_words,
    "night_check_words": night_check_words,
    "night_of": night_of,
    "need_short": need_short,
    "need_words": need_words,
}
