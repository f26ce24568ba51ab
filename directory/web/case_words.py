"""What the page of a case says of its versions, outcomes and history. Used as template filters.

Not for what the queue says too (`desk_words.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_date, gettext, lazy_gettext

from directory.audit.models import ActorKind
from directory.moderation.models import Outcome
from directory.moderation.queries.case_views import Happening
from directory.reviews.models import CareKind, Relation, ReviewEvent
from directory.reviews.policy import ONE_PERSON_RULES, quarter_bounds
from directory.web.author_words import ASPECT_WORDS
from directory.web.desk_words import PROPOSED, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.moderation.queries.case_views import CasePage, HistoryLine, VersionView

EVENTS: Mapping[str, LazyString] = {
    ReviewEvent.SUBMIT: lazy_gettext("Written"),
    ReviewEvent.CONFIRM: lazy_gettext("Confirmed by e-mail"),
    ReviewEvent.LAPSE: lazy_gettext("Lapsed"),
    ReviewEvent.PUBLISH: lazy_gettext("Published"),
    ReviewEvent.RETURN: lazy_gettext("Sent back"),
    ReviewEvent.RESUBMIT: lazy_gettext("Sent again"),
    ReviewEvent.REJECT: lazy_gettext("Rejected"),
    ReviewEvent.WITHDRAW: lazy_gettext("Withdrawn"),
    ReviewEvent.HIDE: lazy_gettext("Hidden for a day"),
    ReviewEvent.RESTORE: lazy_gettext("Brought back"),
    ReviewEvent.REMOVE: lazy_gettext("Removed"),
    ReviewEvent.RESTRICT: lazy_gettext("Restricted by a legal order"),
    ReviewEvent.REOPEN: lazy_gettext("Opened again after an appeal"),
    ReviewEvent.UNDO: lazy_gettext("Decision taken back"),
    ReviewEvent.ERASE: lazy_gettext("Erased"),
    Happening.KEPT: lazy_gettext("Kept as it is"),
    Happening.KEPT_DECISION: lazy_gettext("Decision kept after an appeal"),
    Happening.TAKEN_BACK: lazy_gettext("Decision taken back"),
    Happening.REPORTED: lazy_gettext("Reported"),
    Happening.REPORTED_AGAIN: lazy_gettext("Reported again"),
    Happening.ACCEPTED: lazy_gettext("Accepted"),
    Happening.DECLINED: lazy_gettext("Declined"),
    Happening.OVERTAKEN: lazy_gettext("Overtaken: the listing has closed"),
}
RELATIONS: Mapping[str, LazyString] = {
    Relation.TREATED: lazy_gettext("Patient"),
    Relation.CARER: lazy_gettext("Carer"),
    Relation.FAMILY: lazy_gettext("Family"),
}
CARE_KINDS: Mapping[str, LazyString] = {
    CareKind.FIRST_VISIT: lazy_gettext("first visit"),
    CareKind.ONGOING: lazy_gettext("ongoing care"),
    CareKind.ADMISSION: lazy_gettext("admission"),
}
HINTS: Mapping[str, LazyString] = {
    Outcome.RETURN: lazy_gettext("They change it themselves; we never edit a word"),
    Outcome.KEEP: lazy_gettext("It stays where it is, and the flags end here"),
    Outcome.HIDE: lazy_gettext(
        "Only where waiting would harm somebody. It comes back after 24 hours unless a second "
        "person agrees"
    ),
    Outcome.REMOVE: lazy_gettext("Needs a second person"),
    Outcome.RESTRICT: lazy_gettext("Needs a second person"),
    Outcome.UPHOLD_APPEAL: lazy_gettext("The review comes back to the queue and is read anew"),
    Outcome.KEEP_DECISION: lazy_gettext("The decision stands, and the author is told why"),
}


def outcome_hint(outcome: Outcome, case: CasePage) -> str | None:
    """Give what to know about an outcome of this case, or None."""
    if outcome is Outcome.REJECT:
        codes = ", ".join(sorted(rule.value for rule in ONE_PERSON_RULES))
        needed = gettext("Needs a second person, but not under %(codes)s", codes=codes)
        return needed if case.rejecting_needs_second else None
    return str(HINTS[outcome]) if outcome in HINTS else None


def version_words(version: VersionView) -> str:
    """Give what a version says of itself: "Patient · ongoing care · Jul–Sep 2026"."""
    first, last = quarter_bounds(version.visit_quarter)
    visit = f"{format_date(first, 'LLL')}–{format_date(last, 'LLL')} {last.year}"
    parts = (RELATIONS[version.relation], CARE_KINDS[version.care_kind], visit)
    return " · ".join(str(part) for part in parts)


def happened(line: HistoryLine) -> str:
    """Give what happened: "Sent back", "Removal proposed"."""
    proposed = str(PROPOSED.get(line.outcome, "")) if line.outcome else ""
    if line.event == Happening.PROPOSED:
        return gettext("Proposed: %(outcome)s", outcome=proposed)
    if line.event == Happening.REFUSED:
        return gettext("Not agreed: %(outcome)s", outcome=proposed)
    return str(EVENTS.get(line.event, line.event))


def by_whom(line: HistoryLine) -> str:
    """Give who did it, as words after what happened; staff by name, others by their part."""
    if line.event == ReviewEvent.CONFIRM:
        return ""
    if line.actor_kind is ActorKind.AUTHOR:
        return gettext("by the author")
    if line.actor_kind is ActorKind.READER:
        return gettext("by a reader")
    if line.actor_kind in {ActorKind.CLOCK, ActorKind.COMMAND}:
        return gettext("by the clock")
    return gettext("by %(name)s", name=line.who) if line.who else gettext("by a first person")


FILTERS: dict[str, Callable[..., Any]] = {
    "by_whom": by_whom,
    "desk_aspect": words_of(ASPECT_WORDS),
    "happened": happened,
    "outcome_hint": outcome_hint,
    "version_words": version_words,
}
