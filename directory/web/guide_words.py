"""Words of guides for their fixed values. Used as template filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext, ngettext

from directory.guides.models import GuideState
from directory.guides.policy import WhyNot
from directory.guides.shelves import Shelf
from directory.web import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.guides.queries import GuideLine

STATES: Mapping[str, LazyString] = {
    GuideState.DRAFT: lazy_gettext("Being written"),
    GuideState.PUBLISHED: lazy_gettext("Shown to readers"),
    GuideState.WITHDRAWN: lazy_gettext("Taken back"),
}
REASONS: Mapping[str, LazyString] = {
    WhyNot.NOT_REVIEWED: lazy_gettext("No clinician has read this version yet."),
    WhyNot.NO_SOURCE: lazy_gettext("It names no source yet."),
    WhyNot.REVIEW_OVER: lazy_gettext("The day of its next review has come: have it read again."),
}


SHELVES: Mapping[Shelf, tuple[LazyString, str]] = {
    Shelf.TREATMENTS: (lazy_gettext("Treatments"), "इलाज"),
    Shelf.FINDING_HELP: (lazy_gettext("Finding and paying for help"), "मदद ढूंढना और ख़र्च"),
    Shelf.CRISIS_AND_RIGHTS: (lazy_gettext("In a crisis, and your rights"), "संकट में, और आपके अधिकार"),
}


def unread_note() -> str:
    """Say of a guide that no clinician has read it."""
    return gettext("No clinician has read this guide yet.")


def unread_words() -> str:
    """Say the same where the guide's sources stand on the page, or one step away."""
    return gettext("It is put together from the sources named at the end.")


def guide_read(guide: GuideLine, today: date) -> str:
    """Say how long a guide takes, and whether a clinician has read it."""
    minutes = ngettext("%(num)s minute", "%(num)s minutes", guide.minutes)
    if guide.reviewed_on is None:
        return f"{minutes} · {unread_note()}"
    day = text.on_date(guide.reviewed_on)
    if guide.is_over(today):
        return f"{minutes} · " + gettext("Not read again since %(day)s", day=day)
    return f"{minutes} · " + gettext("Read by a clinician on %(day)s", day=day)


def guide_state(state: str) -> str:
    """Give the state of a guide in words."""
    return str(STATES[state])


def guide_why_not(reason: str) -> str:
    """Say why a version cannot be shown."""
    return str(REASONS[reason])


def shelf_name(shelf: Shelf) -> str:
    """Give the heading of a part of the page of all guides."""
    return str(SHELVES[shelf][0])


def shelf_name_hi(shelf: Shelf) -> str:
    """Give the same in Hindi."""
    return SHELVES[shelf][1]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "shelf_name": shelf_name,
    "shelf_name_hi": shelf_name_hi,
    "guide_read": guide_read,
    "guide_state": guide_state,
    "guide_why_not": guide_why_not,
}
