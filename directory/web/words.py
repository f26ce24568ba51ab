"""Words for the fixed values of listings, as cards and pages say them.

Not for vocabulary terms, which carry their own names. Used as template filters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext

from directory.listings.models import FeePurpose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.vocabulary.queries import TermView

LANGUAGE_NAMES = {"hi": "Hindi", "en": "English", "pa": "Punjabi", "ur": "Urdu", "bn": "Bengali"}
LANGUAGE_NAMES |= {"mr": "Marathi", "gu": "Gujarati", "te": "Telugu"}
# Asked for by every card: looked up one by one, not all at once.
FEE_WORDS: Mapping[FeePurpose, LazyString] = {
    FeePurpose.FIRST_SESSION: lazy_gettext("first visit"),
    FeePurpose.FOLLOW_UP: lazy_gettext("follow-up"),
    FeePurpose.COUPLE_SESSION: lazy_gettext("couple’s session"),
    FeePurpose.FAMILY_SESSION: lazy_gettext("family session"),
    FeePurpose.GROUP_SESSION: lazy_gettext("group session"),
    FeePurpose.HOME_VISIT: lazy_gettext("home visit"),
    FeePurpose.ASSESSMENT: lazy_gettext("assessment"),
    FeePurpose.LETTER: lazy_gettext("letter or certificate"),
    FeePurpose.TREATMENT_SESSION: lazy_gettext("treatment session"),
    FeePurpose.BED_DAY: lazy_gettext("bed, a day"),
    FeePurpose.MONTH: lazy_gettext("a month"),
    FeePurpose.DEPOSIT: lazy_gettext("deposit"),
    FeePurpose.OTHER: lazy_gettext("other"),
}
LANGUAGES_INSIDE = re.compile(r"\s+incl\..*")


def fee_for(purpose: FeePurpose) -> str:
    """Give what a sum is for, after the sum: "₹1,800 first visit"."""
    return str(FEE_WORDS[purpose])


def may_words(role: TermView) -> str:
    """Give in a few words what a profession may do by law; empty for a kind of centre."""
    details = role.details
    if "may_prescribe" not in details:
        return ""
    by_law = (details["may_prescribe"], details.get("may_diagnose"), details.get("may_counsel"))
    match by_law:
        case ("yes", "yes", _):
            words = gettext("may diagnose and prescribe")
        case ("yes", _, _):
            words = gettext("may prescribe")
        case ("limited", _, _):
            words = gettext("may prescribe only within limits")
        case (_, "yes", _):
            words = gettext("may diagnose, not prescribe")
        case (_, "limited", _):
            words = gettext("may diagnose only within limits, not prescribe")
        case (_, _, "yes"):
            words = gettext("may counsel, not diagnose or prescribe")
        case _:
            words = gettext("may not diagnose or prescribe")
    return words


def needs_registration(role: TermView) -> bool:
    """Say whether the law asks this profession or kind of centre to stand in a register."""
    if "statutory_register" in role.details:
        return bool(role.details["statutory_register"] == "yes")
    return bool(role.details.get("registers"))


def spoken(codes: str) -> str:
    """Give the languages of a helpline in words: "hi|en|+" is "Hindi, English and others"."""
    names = [LANGUAGE_NAMES.get(code, code) for code in codes.split("|")]
    if len(names) == 1:
        return LANGUAGES_INSIDE.sub("", codes)
    if names[-1].startswith("+"):
        return gettext("%(names)s and others", names=", ".join(names[:-1]))
    return ", ".join(names)


FILTERS: dict[str, Callable[..., Any]] = {
    "fee_for": fee_for,
    "may_words": may_words,
    "needs_registration": needs_registration,
    "spoken": spoken,
}
