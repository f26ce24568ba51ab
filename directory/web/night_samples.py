"""Made-up nights for the page of all components. Called by `components.py` only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.models import PhoneUse, Presence, StaffRole
from directory.listings.nights import EMERGENCIES
from directory.listings.queries.nights import NightFacts, facts_of_night
from directory.listings.roster import Shift, night_roster
from directory.vocabulary.models import TermKind
from directory.web import samples
from directory.web.helpline_lines import HelplineLine, helpline_lines
from directory.web.urgent import Stop, Where

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

WHERE = Where("somewhere else", None, None, None, is_unknown=True)
SHIFTS = (
    Shift(StaffRole.PSYCHIATRIST, Presence.ON_SITE, 1200, 480, 1),
    Shift(StaffRole.NURSE, Presence.ON_SITE, 1200, 480, 3),
    Shift(StaffRole.ANAESTHETIST, Presence.ON_CALL, 1200, 480, 1, 40),
)
PHONES = {
    PhoneUse.EMERGENCY: "+911155501911",
    PhoneUse.ADMISSIONS: "+911155501900",
    PhoneUse.AMBULANCE: "+911155501912",
}
FACILITIES = (*EMERGENCIES, "women-ward", "detox-beds", "ambulance")


def facts(vocabulary: Vocabulary) -> NightFacts:
    """Give a night of which much is stated."""
    known = vocabulary.terms[TermKind.FACILITY]
    return facts_of_night(night_roster(SHIFTS), PHONES, [known[slug] for slug in FACILITIES])


def stops(vocabulary: Vocabulary, now: datetime) -> list[Stop]:
    """Give a place that states its nights, and one that does not."""
    cards = samples.cards(vocabulary, now)
    return [Stop(cards[1], facts(vocabulary)), Stop(cards[2], facts_of_night((), {}, ()))]


def helplines(vocabulary: Vocabulary, now: datetime) -> list[HelplineLine]:
    """Give two lines, the first open and the last not always."""
    lines = helpline_lines(vocabulary, now)
    return [lines[0], lines[-1]]
