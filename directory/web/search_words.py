"""What the parameters of a search and their fixed values are called on a page.

Called by `search_page.py` and `search_filters.py`.
"""

from __future__ import annotations

from flask_babel import gettext

from directory.listings.models import ListingKind
from directory.listings.queries.search import OpenFilter


def parameter_words(parameter: str) -> str:
    """Give the short name of a parameter, as a chip shows it before the value."""
    return {
        "accepting": "",
        "registered": "",
        "within": "",
        "kind": gettext("Kind"),
        "profession": gettext("Who"),
        "centre_type": gettext("Place"),
        "condition": gettext("For"),
        "treatment": gettext("Treatment"),
        "language": gettext("Speaks"),
        "mode": gettext("How"),
        "age_group": gettext("Age"),
        "identity": gettext("Understands"),
        "payment": gettext("Payment"),
        "facility": gettext("Has"),
        "accessibility": gettext("Access"),
        "gender": gettext("Is a"),
        "district": gettext("District"),
        "locality": gettext("In"),
        "near": gettext("Near"),
        "open": gettext("Open"),
        "fee_max": gettext("Fee"),
        "rating_min": gettext("Rating"),
    }[parameter]


def kind_words(kind: ListingKind) -> str:
    """Give the word for a person or a place of care."""
    return gettext("centres") if kind is ListingKind.CENTRE else gettext("people")


def open_words(when: OpenFilter) -> str:
    """Give the words for a time of being open."""
    return {
        OpenFilter.NOW: gettext("Open now"),
        OpenFilter.ROUND_THE_CLOCK: gettext("Says it is open day and night"),
        OpenFilter.EVENINGS: gettext("Evenings after 18:00"),
        OpenFilter.SUNDAY: gettext("Sunday"),
    }[when]


def gender_words(gender: str) -> str:
    """Give the word for the gender a practitioner states."""
    return {
        "woman": gettext("Woman"),
        "man": gettext("Man"),
        "non-binary": gettext("Non-binary person"),
    }[gender]
