"""Helplines as readers see them: open now or not, and when somebody of ours last rang them.

Called by the pages that list telephone lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.listings.opening import OpenKind, OpenState, open_state, schedule_of
from directory.listings.policy import FACTS
from directory.vocabulary.helpline_hours import HelplineHours, helpline_hours
from directory.vocabulary.models import HelplineShown

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import HelplineView, Vocabulary

SHOWN = {HelplineShown.FIRST, HelplineShown.YES, HelplineShown.WITH_HOURS}
# The two that stand on every page, and on the cards above any list of lines.
ON_CARDS = {"112", "tele-manas"}
# A call of ours counts as long as that of a listing's telephone.
COUNTS_DAYS = FACTS["phone"]


@dataclass(frozen=True, slots=True)
class HelplineLine:
    """A line with what holds for it now; `is_stale` when our last call no longer counts."""

    view: HelplineView
    hours: HelplineHours
    opening: OpenState
    is_stale: bool

    @property
    def rank(self) -> int:
        """Where it stands in a list: open for sure, then perhaps, then closed."""
        if self.opening.is_open:
            return 0 if self.hours.is_sure else 1
        return 1 if self.opening.kind is OpenKind.UNKNOWN else 2


def helpline_lines(vocabulary: Vocabulary, now: datetime) -> list[HelplineLine]:
    """Give the lines a reader may be shown, but for the two on the cards, open ones first."""
    shown = [
        helpline_line(view, now)
        for view in vocabulary.helplines.values()
        if view.shown in SHOWN and view.slug not in ON_CARDS
    ]
    return sorted(shown, key=lambda line: line.rank)


def helpline_line(view: HelplineView, now: datetime) -> HelplineLine:
    """Give one line with what holds for it now."""
    hours = helpline_hours(view.hours)
    schedule = schedule_of(hours.spans, round_the_clock=hours.round_the_clock)
    called = view.checked_on
    return HelplineLine(
        view=view,
        hours=hours,
        opening=open_state(schedule, now),
        is_stale=called is not None and called + timedelta(days=COUNTS_DAYS) < delhi_day(now),
    )
