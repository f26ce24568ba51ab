"""What stands in the cells of a comparison, in words. Template filters of `/compare`.

The words of single facts are those of the listing's own page (`listing_words.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from directory.listings.models import FeePurpose
from directory.listings.opening import DAYS_IN_A_WEEK
from directory.web import text
from directory.web.compare_places import named_places
from directory.web.listing_law import admission_words
from directory.web.listing_words import fee_words
from directory.web.night_words import need_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import Any

    from directory.listings.nights import Need
    from directory.listings.queries.page import Check, ListingPage
    from directory.vocabulary.queries import TermView

# What is asked for first, and said to be missing where it is.
VISITS = (FeePurpose.FIRST_SESSION, FeePurpose.FOLLOW_UP)
STAY = (FeePurpose.BED_DAY, FeePurpose.DEPOSIT)
MOST_FEES = 5


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One sum in words; `amount` is None when it is not stated."""

    what: str
    amount: str | None


def fee_lines(page: ListingPage) -> list[FeeLine]:
    """Give the sums one asks for first, the missing ones too, then a few others as stated."""
    asked = STAY if page.has_beds else VISITS
    stated = {fee.purpose: fee for fee in reversed(page.fees)}
    others = [purpose for purpose in stated if purpose not in asked]
    lines = []
    for purpose in (*asked, *reversed(others))[:MOST_FEES]:
        fee = stated.get(purpose)
        amount = None
        if fee is not None:
            amount = text.inr(fee.amount_inr) if fee.amount_inr else gettext("free")
            if fee.minutes:
                amount += ", " + gettext("%(minutes)s min", minutes=fee.minutes)
        lines.append(FeeLine(fee_words(purpose), amount))
    return lines


def day_and_night(page: ListingPage) -> str:
    """Say that a place is open day and night: that it is when tested, that it says so else."""
    if page.check("night").is_valid:
        return gettext("Open day and night")
    return gettext("Says it is open day and night")


def night_line(page: ListingPage, nights: int) -> str:
    """Say that a centre is open at night, and at which address; empty when it does not say so.

    `nights` are those of a week that its hours reach all through. Whether a claim was tested, and
    what an emergency department keeps, is said beside it (`night_words.py`).
    """
    if page.open_24x7:
        at = [each.name for each in named_places(page) if each.place.open_24x7 and each.name]
        claim = day_and_night(page)
        return f"{', '.join(at)}: {text.lower_first(claim)}" if at else claim
    if nights == DAYS_IN_A_WEEK:
        return gettext("Open all night, by its hours")
    if not nights:
        return ""
    return ngettext(
        "Open %(num)s night a week, by its hours",
        "Open %(num)s nights a week, by its hours",
        nights,
    )


def checked_briefly(check: Check, today: date) -> str:
    """Say in a few words how and when a fact was checked."""
    if check.checked_on is None:
        return gettext("Stated, not checked")
    day = text.near_date(check.checked_on, today)
    if check.expired:
        return gettext("Not confirmed since %(day)s", day=day)
    return gettext("Checked %(day)s", day=day)


def takes_line(needs: Iterable[Need]) -> str:
    """Say in one line what a centre says it takes at night."""
    return text.upper_first(text.listed([need_short(need) for need in needs]))


def admission_line(ways: Iterable[TermView]) -> str:
    """Name the ways of being admitted in one line."""
    return ", ".join(admission_words(way).name for way in ways)


FILTERS: dict[str, Callable[..., Any]] = {
    "admission_line": admission_line,
    "checked_briefly": checked_briefly,
    "day_and_night": day_and_night,
    "fee_lines": fee_lines,
    "night_line": night_line,
    "takes_line": takes_line,
}
