"""Words of guides for their fixed values. Used as template filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from directory.guides.models import GuideState
from directory.guides.policy import WhyNot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

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


def guide_state(state: str) -> str:
    """Give the state of a guide in words."""
    return str(STATES[state])


def guide_why_not(reason: str) -> str:
    """Say why a version cannot be shown."""
    return str(REASONS[reason])


FILTERS: Mapping[str, Callable[..., Any]] = {
    "guide_state": guide_state,
    "guide_why_not": guide_why_not,
}
