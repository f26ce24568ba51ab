"""Reports of readers in words: what a fact says, what a call came to, what a receipt tells.

Called by `corrections.py` and `receipts.py`; the desk names outcomes with the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext

from directory.listings.facts import FACTS
from directory.listings.models import CallOutcome, CorrectionKind, CorrectionState
from directory.web import author_words, text
from directory.web.document_words import value_lines
from directory.web.listing_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flask_babel.speaklater import LazyString

    from directory.moderation.queries.reports import ReportReceipt

OUTCOMES: Mapping[CallOutcome, LazyString] = {
    CallOutcome.ANSWERED: lazy_gettext("They answered"),
    CallOutcome.NO_ANSWER: lazy_gettext("No answer"),
    CallOutcome.WRONG_NUMBER: lazy_gettext("Wrong number"),
    CallOutcome.NOT_TAKING: lazy_gettext("Not taking patients"),
    CallOutcome.FEE_DIFFERENT: lazy_gettext("Fee is different"),
}
# What of a place belongs to which fact; the rest of it is left out.
OF_PLACES: Mapping[str, frozenset[str]] = {
    "phone": frozenset({"phones"}),
    "hours": frozenset({"open_24x7", "hours", "exceptions"}),
    "address": frozenset({"address", "locality", "pincode"}),
    "night": frozenset({"open_24x7"}),
}
SIGNS = {
    CorrectionState.OPEN: "wait",
    CorrectionState.ACCEPTED: "yes",
    CorrectionState.DECLINED: "no",
    CorrectionState.OVERTAKEN: "yes",
    CorrectionState.NOTED: "yes",
}


def outcome_words(outcome: CallOutcome) -> str:
    """Say what a call came to."""
    return str(OUTCOMES[outcome])


def fact_lines(fact: str, document: Mapping[str, Any]) -> list[str]:
    """Give what a listing says of a fact, a line for each thing; nothing stated gives none.

    `document` needs the keys of that fact only.
    """
    lines = []
    for key in FACTS[fact].keys:
        value = document[key]
        if key == "locations" and fact in OF_PLACES:
            kept = OF_PLACES[fact] | {"label"}
            value = [{part: each[part] for part in each if part in kept} for each in value]
        lines += value_lines(value, key)
    return [line for line in lines if line and not line.endswith(": ")]


def receipt_state(found: ReportReceipt) -> str:
    """Say in a few words what became of a report."""
    is_missing = found.kind is CorrectionKind.MISSING_LISTING
    accepted = gettext("Taken up") if is_missing else gettext("You were right")
    return {
        CorrectionState.OPEN: gettext("Waiting to be checked"),
        CorrectionState.ACCEPTED: accepted,
        CorrectionState.DECLINED: gettext("Looked at; nothing was changed"),
        CorrectionState.OVERTAKEN: gettext("Settled already"),
        CorrectionState.NOTED: gettext("Noted, thank you"),
    }[found.state]


def receipt_says(found: ReportReceipt) -> str:
    """Say what that means, in a sentence or two."""
    if found.state is CorrectionState.OPEN:
        return _waiting(found)
    if found.state is CorrectionState.ACCEPTED:
        return _accepted(found)
    return {
        CorrectionState.DECLINED: gettext(
            "Thank you all the same. Somebody looked into it and left the page as it is."
        ),
        CorrectionState.OVERTAKEN: gettext(
            "Thank you. By the time somebody looked, the page had changed already."
        ),
        CorrectionState.NOTED: gettext(
            "It agrees with what the page says. It does not count as a check of ours, but it "
            "weighs against others who say otherwise."
        ),
    }[found.state]


def receipt_steps(found: ReportReceipt) -> list[tuple[str, str]]:
    """Give what happened so far, one step after the other."""
    made = gettext(", %(day)s", day=_on(found.made_at))
    steps = [(gettext("You told us"), made)]
    if found.decided_at is not None and found.state is not CorrectionState.NOTED:
        decided = gettext(", %(day)s", day=_on(found.decided_at))
        steps.append((gettext("It was decided"), decided))
    return steps


def about_words(found: ReportReceipt) -> str:
    """Say what a report was about, without what it said."""
    if found.kind is CorrectionKind.MISSING_LISTING:
        return gettext("A listing that is missing")
    if found.outcome is not None:
        return gettext("A call: %(what)s", what=text.lower_first(outcome_words(found.outcome)))
    return fact_words(found.fact)


def _waiting(found: ReportReceipt) -> str:
    if found.due_at is None:
        return gettext("A person looks into it. Look here again whenever you like.")
    if found.kind is CorrectionKind.MISSING_LISTING:
        return gettext(
            "A person looks into it, by %(day)s at the latest. Look here again whenever you like.",
            day=_on(found.due_at),
        )
    return gettext(
        "A person looks into it, by %(day)s at the latest. Until then the page stays as it is. "
        "Look here again whenever you like.",
        day=_on(found.due_at),
    )


def _accepted(found: ReportReceipt) -> str:
    if found.kind is CorrectionKind.MISSING_LISTING:
        if found.listing is not None and found.listing.is_shown:
            return gettext("Thank you. It stands in the directory now.")
        return gettext("Thank you. We ask them and check their facts before it is shown.")
    if found.was_changed:
        return gettext("Thank you. The page was changed, and whoever reads it now is better off.")
    return gettext("Thank you. The page says now that this is in doubt, until we have checked it.")


def _on(instant: datetime) -> str:
    return text.on_date(author_words.in_delhi(instant))


FILTERS: dict[str, Callable[..., Any]] = {"outcome_words": outcome_words}
