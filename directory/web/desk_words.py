"""Words of the desk for its fixed values, and how its clocks are read. Used as template filters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext, ngettext

from directory.core.clock import DELHI
from directory.moderation.models import CaseKind, Outcome, Waiting
from directory.moderation.queries.standing import WhyNot
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import ReviewState
from directory.web import text
from directory.web.listing_words import fact_words
from directory.web.report_words import outcome_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.moderation.queries.case_views import CasePage
    from directory.moderation.queries.desk import QueueItem
    from directory.moderation.queries.report_views import ReportPage

LANES: Mapping[str, LazyString] = {
    Lane.CRISIS: lazy_gettext("P0 crisis"),
    Lane.EXPOSURE: lazy_gettext("P1 exposure"),
    Lane.LEGAL: lazy_gettext("P2 legal or safety"),
    Lane.FRAUD: lazy_gettext("P3 fraud"),
    Lane.ROUTINE: lazy_gettext("P4 routine"),
}
REPORTS = frozenset({CaseKind.CORRECTION, CaseKind.OUTCOME, CaseKind.SUGGESTION})
HIGH_LANES = frozenset({Lane.CRISIS, Lane.EXPOSURE})
KINDS: Mapping[str, LazyString] = {
    CaseKind.REVIEW: lazy_gettext("Review"),
    CaseKind.FLAG: lazy_gettext("Flag"),
    CaseKind.APPEAL: lazy_gettext("Appeal"),
    CaseKind.CORRECTION: lazy_gettext("Wrong detail"),
    CaseKind.OUTCOME: lazy_gettext("Call"),
    CaseKind.SUGGESTION: lazy_gettext("Missing listing"),
}
STATES: Mapping[str, LazyString] = {
    ReviewState.UNCONFIRMED: lazy_gettext("not confirmed"),
    ReviewState.PENDING: lazy_gettext("not published yet"),
    ReviewState.PUBLISHED: lazy_gettext("published"),
    ReviewState.RETURNED: lazy_gettext("back with the author"),
    ReviewState.REJECTED: lazy_gettext("rejected"),
    ReviewState.WITHDRAWN: lazy_gettext("withdrawn"),
    ReviewState.HIDDEN: lazy_gettext("hidden"),
    ReviewState.REMOVED: lazy_gettext("removed"),
    ReviewState.RESTRICTED: lazy_gettext("restricted by an order"),
    ReviewState.EXPIRED: lazy_gettext("lapsed"),
    ReviewState.ERASED: lazy_gettext("erased"),
}
LANGUAGES: Mapping[str, LazyString] = {
    "en": lazy_gettext("English"),
    "hi": lazy_gettext("Hindi"),
    "hinglish": lazy_gettext("Hinglish"),
}
OUTCOMES: Mapping[str, LazyString] = {
    Outcome.PUBLISH: lazy_gettext("Publish as it is"),
    Outcome.RETURN: lazy_gettext("Send back to the author"),
    Outcome.REJECT: lazy_gettext("Reject"),
    Outcome.HIDE: lazy_gettext("Hide at once"),
    Outcome.RESTORE: lazy_gettext("Bring it back"),
    Outcome.REMOVE: lazy_gettext("Propose to remove it"),
    Outcome.RESTRICT: lazy_gettext("Restrict it under a legal order"),
    Outcome.KEEP: lazy_gettext("Keep it as it is"),
    Outcome.UPHOLD_APPEAL: lazy_gettext("Uphold the appeal"),
    Outcome.KEEP_DECISION: lazy_gettext("Keep the decision"),
    Outcome.ACCEPT: lazy_gettext("Accept the report"),
    Outcome.DECLINE: lazy_gettext("Decline it"),
}
# What a proposal would do, as a noun in a line.
PROPOSED: Mapping[str, LazyString] = {
    Outcome.REJECT: lazy_gettext("rejection"),
    Outcome.HIDE: lazy_gettext("hiding"),
    Outcome.REMOVE: lazy_gettext("removal"),
    Outcome.RESTRICT: lazy_gettext("legal restriction"),
}
# What agreeing to a proposal does.
AGREED: Mapping[str, LazyString] = {
    Outcome.REJECT: lazy_gettext("Yes: reject it"),
    Outcome.HIDE: lazy_gettext("Yes: remove it"),
    Outcome.REMOVE: lazy_gettext("Yes: remove it"),
    Outcome.RESTRICT: lazy_gettext("Yes: restrict it"),
}
DECIDED: Mapping[str, LazyString] = {
    Outcome.PUBLISH: lazy_gettext("published"),
    Outcome.RETURN: lazy_gettext("sent back to the author"),
    Outcome.REJECT: lazy_gettext("rejected"),
    Outcome.HIDE: lazy_gettext("hidden for a day"),
    Outcome.RESTORE: lazy_gettext("brought back"),
    Outcome.REMOVE: lazy_gettext("removed"),
    Outcome.RESTRICT: lazy_gettext("restricted"),
    Outcome.KEEP: lazy_gettext("kept as it is"),
    Outcome.UPHOLD_APPEAL: lazy_gettext("appeal upheld"),
    Outcome.KEEP_DECISION: lazy_gettext("decision kept"),
    Outcome.ACCEPT: lazy_gettext("accepted"),
    Outcome.DECLINE: lazy_gettext("declined"),
}
WHY_NOT: Mapping[str, LazyString] = {
    WhyNot.LINKED: lazy_gettext(
        "You are linked to this listing, so somebody else decides; its words stay closed to you."
    ),
    WhyNot.TOOK_PART: lazy_gettext(
        "You took part in judging this review, so somebody else decides the appeal."
    ),
    WhyNot.PROPOSER: lazy_gettext("You proposed this, so somebody else answers it."),
    WhyNot.CLOSED: lazy_gettext("This case is closed."),
    WhyNot.TOO_FRESH: lazy_gettext(
        "The proposal is not a minute old and can still be taken back. Look again in a minute."
    ),
    WhyNot.NOTHING: lazy_gettext("There is nothing to decide here for you now."),
}
# The first signal of these that a case carries gives its line in the queue.
SIGNALS: Mapping[str, LazyString] = {
    "extortion": lazy_gettext("may be extortion"),
    "threat": lazy_gettext("holds a threat"),
    "third_person_name": lazy_gettext("names a relative"),
    "staff_name": lazy_gettext("names somebody of the staff"),
    "self_identifying": lazy_gettext("may show who wrote"),
    "exact_date": lazy_gettext("gives an exact day"),
    "phone": lazy_gettext("holds a phone number"),
    "email": lazy_gettext("holds an e-mail address"),
    "url": lazy_gettext("holds a link"),
    "diagnosis_of_other": lazy_gettext("tells somebody else’s diagnosis"),
    "legal": lazy_gettext("speaks of law or crime"),
    "stop_medicine": lazy_gettext("says to stop a medicine"),
    "dose": lazy_gettext("gives a dose"),
    "slur": lazy_gettext("holds a slur"),
    "near_duplicate": lazy_gettext("is much like another"),
    "burst": lazy_gettext("is one of many in few days"),
    "same_network": lazy_gettext("shares a network with another"),
    "one_sided": lazy_gettext("is all fives or all ones"),
    "advertising": lazy_gettext("may be an advertisement"),
}
FEW_HOURS = 96
HOUR = timedelta(hours=1)


def lane_words(lane: Lane) -> str:
    """Give a class: "P1 exposure"."""
    return str(LANES[lane])


def is_high(lane: Lane) -> bool:
    """Tell whether a class comes before all routine work and is written in red."""
    return lane in HIGH_LANES


def item_words(item: QueueItem) -> str:
    """Give what a waiting case is, in a few words for its line in the queue."""
    if item.kind in REPORTS:
        return report_words(item)
    if item.review_state is ReviewState.HIDDEN:
        return gettext("Hidden review, second person")
    if item.waiting is Waiting.SECOND and item.proposed is not None:
        proposed = text.upper_first(str(PROPOSED.get(item.proposed, item.proposed.value)))
        return gettext("%(proposed)s, second person", proposed=proposed)
    if item.kind is CaseKind.FLAG and item.flag_rule is not None:
        return gettext("Flag under %(rule)s", rule=item.flag_rule.value)
    kind = str(KINDS[item.kind])
    if item.is_folded:
        return gettext("%(kind)s, text folded", kind=kind)
    told = next((words for name, words in SIGNALS.items() if name in item.signals), None)
    return kind if told is None else gettext("%(kind)s %(signal)s", kind=kind, signal=told)


def report_words(item: QueueItem) -> str:
    """Give what a reader's report is about: "Fee is wrong", "No answer, 4 times"."""
    if item.kind is CaseKind.SUGGESTION:
        words = str(KINDS[item.kind])
    elif item.call is not None:
        words = outcome_words(item.call)
    else:
        words = gettext("Wrong: %(fact)s", fact=text.lower_first(fact_words(item.fact or "")))
    if item.is_folded:
        return gettext("%(kind)s, text folded", kind=words)
    if item.reports == 1:
        return words
    return ngettext("%(what)s, told once", "%(what)s, told %(num)s times", item.reports, what=words)


def clock_words(item: QueueItem | CasePage | ReportPage, now: datetime) -> str:
    """Give how long is left to the target of a case, or how late it is."""
    if item.is_over:
        return gettext("over the limit by %(span)s", span=span(now - item.due_at))
    if item.is_late:
        return gettext("late by %(span)s", span=span(now - item.target_at))
    return gettext("due in %(span)s", span=span(item.target_at - now))


def span(length: timedelta) -> str:
    """Give a length of time in the unit one thinks in: 40 min, 31 h, 6 days."""
    if length < HOUR:
        return gettext("%(minutes)s min", minutes=max(1, int(length / timedelta(minutes=1))))
    hours = int(length / HOUR)
    if hours < FEW_HOURS:
        return gettext("%(hours)s h", hours=hours)
    return ngettext("%(num)s day", "%(num)s days", hours // 24)


def hour(instant: datetime) -> str:
    """Give the time of day in Delhi: 14:38."""
    return instant.astimezone(DELHI).strftime("%H:%M")


def second(instant: datetime) -> str:
    """Give the time of day in Delhi to the second: 14:38:05."""
    return instant.astimezone(DELHI).strftime("%H:%M:%S")


def second_stamp(instant: datetime, today: date) -> str:
    """Give a day and time in Delhi to the second."""
    return f"{stamp(instant, today)}:{instant.astimezone(DELHI):%S}"


def stamp(instant: datetime, today: date) -> str:
    """Give a day and time in Delhi as the desk writes it: 22 Nov, 19:12."""
    local = instant.astimezone(DELHI)
    return f"{text.near_date(local.date(), today)}, {local:%H:%M}"


def hours(number: float | None) -> str:
    """Give a median of hours; a dash when nothing was counted."""
    return "–" if number is None else gettext("%(hours)s h", hours=round(number))


def words_of(known: Mapping[Any, LazyString]) -> Callable[[str], str]:
    """Give a filter that looks a value up, and says the value itself when it is unknown."""
    return lambda value: str(known.get(value, value))


FILTERS: dict[str, Callable[..., Any]] = {
    "agreed_words": words_of(AGREED),
    "case_clock": clock_words,
    "case_item": item_words,
    "case_kind": words_of(KINDS),
    "decided_words": words_of(DECIDED),
    "deciding_words": words_of(OUTCOMES),
    "desk_hour": hour,
    "desk_hours": hours,
    "desk_language": words_of(LANGUAGES),
    "desk_second": second,
    "desk_second_stamp": second_stamp,
    "desk_span": span,
    "desk_stamp": stamp,
    "is_high": is_high,
    "lane_words": lane_words,
    "proposed_words": words_of(PROPOSED),
    "review_state_words": words_of(STATES),
    "why_not_words": words_of(WHY_NOT),
}
