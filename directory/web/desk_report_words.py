"""What the page of a reader's report says in words, on the desk. Used as template filters.

Not for what readers are told (`report_words.py`) or what the queue says (`desk_words.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext

from directory.listings.models import CorrectionKind, CorrectionState, VerificationMethod
from directory.web import text
from directory.web.audit_words import ACTORS
from directory.web.desk_words import words_of
from directory.web.document_words import day_words
from directory.web.listing_words import fact_words, method_short
from directory.web.report_words import fact_lines, outcome_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.moderation.queries.report_views import Document, ReportPage

STATES: Mapping[str, LazyString] = {
    CorrectionState.OPEN: lazy_gettext("not decided yet"),
    CorrectionState.ACCEPTED: lazy_gettext("accepted"),
    CorrectionState.DECLINED: lazy_gettext("declined"),
    CorrectionState.OVERTAKEN: lazy_gettext("overtaken"),
    CorrectionState.NOTED: lazy_gettext("noted"),
}
# Where a fault of the document stands in the form of a suggestion.
FIELDS = {
    "name": "name",
    "profession": "role",
    "centre_type": "role",
    "locations[0].locality": "locality",
    "locations[0].address": "where",
    "locations[0].phones[0].number": "phone",
    "website": "site",
}


def report_title(case: ReportPage) -> str:
    """Give what a case is about: "Fee of Dr Asha Verma", "Calls to …", "A missing listing: …"."""
    if case.report_kind is CorrectionKind.MISSING_LISTING:
        name = str((case.suggested or {}).get("name", ""))
        missing = gettext("a missing listing")
        return gettext("a missing listing: %(name)s", name=name) if name else missing
    name = case.listing.name if case.listing else ""
    if case.outcome is not None:
        return gettext("a call to %(name)s", name=name)
    fact = text.lower_first(fact_words(case.fact))
    return gettext("%(fact)s, %(name)s", fact=fact, name=name)


def report_about(case: ReportPage) -> str:
    """Give what was told, after the kind of the case: "Call: no answer"."""
    if case.outcome is not None:
        return text.lower_first(outcome_words(case.outcome))
    return text.lower_first(fact_words(case.fact))


def said_of(document: Document, fact: str) -> list[str]:
    """Give what a document says of a fact, a line for each thing; nothing stated gives none."""
    try:
        return fact_lines(fact, document)
    except KeyError:
        return []


def proposed_lines(value: Document, case: ReportPage) -> list[str]:
    """Give what a report proposes, a line for each thing that the page does not say already."""
    if case.listing is None or not value:
        return []
    there = said_of(case.listing.says, case.fact)
    asked = said_of({**case.listing.says, **value}, case.fact)
    return [line for line in asked if line not in there]


def check_line(check: Document) -> str:
    """Give one check in a line: "By call, 3 Oct 2026, good until 1 Jan 2027"."""
    how = method_short(VerificationMethod(check["method"]))
    parts = [f"{how}, {day_words(check['checked_on'])}"]
    if check.get("expires_on"):
        parts.append(gettext("good until %(day)s", day=day_words(check["expires_on"])))
    return ", ".join(parts)


FILTERS: dict[str, Callable[..., Any]] = {
    "check_line": check_line,
    "desk_actor": words_of(ACTORS),
    "proposed_lines": proposed_lines,
    "report_about": report_about,
    "report_state_words": words_of(STATES),
    "report_title": report_title,
    "said_of": said_of,
}
