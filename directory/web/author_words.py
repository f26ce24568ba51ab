"""What an author reads about a review: choices of the form, states, and what comes next, in words.

Template filters of the pages of `review_form.py`, `my_reviews.py` and `flags.py`. Not for the
texts of the public rules (`reviews/rules.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_date, gettext, lazy_gettext

from directory.core.clock import delhi_day
from directory.reviews.models import (
    Aspect,
    CareKind,
    Pseudonym,
    Relation,
    ReviewEvent,
    ReviewState,
    Unsafe,
)
from directory.reviews.policy import quarter_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from flask_babel.speaklater import LazyString

CITY = "Delhi"

OVERALL_WORDS: Mapping[int, LazyString] = {
    1: lazy_gettext("Very poor"),
    2: lazy_gettext("Poor"),
    3: lazy_gettext("Mixed"),
    4: lazy_gettext("Good"),
    5: lazy_gettext("Very good"),
}
RELATION_WORDS: Mapping[Relation, LazyString] = {
    Relation.TREATED: lazy_gettext("the person being treated"),
    Relation.CARER: lazy_gettext("someone who cares for them"),
    Relation.FAMILY: lazy_gettext("family"),
}
CARE_WORDS: Mapping[CareKind, LazyString] = {
    CareKind.FIRST_VISIT: lazy_gettext("A first visit"),
    CareKind.ONGOING: lazy_gettext("Ongoing care"),
    CareKind.ADMISSION: lazy_gettext("An admission"),
}
ASPECT_WORDS: Mapping[Aspect, LazyString] = {
    Aspect.LISTENED: lazy_gettext("Listened to me"),
    Aspect.EXPLAINED: lazy_gettext("Explained things"),
    Aspect.RESPECT: lazy_gettext("Respect and dignity"),
    Aspect.PRIVACY: lazy_gettext("Privacy"),
    Aspect.FEES: lazy_gettext("Fees as told"),
    Aspect.REACH: lazy_gettext("Easy to reach"),
    Aspect.NIGHT: lazy_gettext("Staff at night"),
    Aspect.CLEANLINESS: lazy_gettext("Cleanliness"),
}
UNSAFE_WORDS: Mapping[Unsafe, LazyString] = {
    Unsafe.NO: lazy_gettext("No"),
    Unsafe.YES: lazy_gettext("Yes"),
    Unsafe.UNSAID: lazy_gettext("I would rather not say"),
}
STATE_WORDS: Mapping[ReviewState, LazyString] = {
    ReviewState.UNCONFIRMED: lazy_gettext("Waiting for your confirmation"),
    ReviewState.PENDING: lazy_gettext("Waiting to be read"),
    ReviewState.PUBLISHED: lazy_gettext("Published"),
    ReviewState.RETURNED: lazy_gettext("Came back to you"),
    ReviewState.REJECTED: lazy_gettext("Not published"),
    ReviewState.WITHDRAWN: lazy_gettext("Withdrawn by you"),
    ReviewState.HIDDEN: lazy_gettext("Out of sight for a day"),
    ReviewState.REMOVED: lazy_gettext("Taken down"),
    ReviewState.RESTRICTED: lazy_gettext("Not shown, by order"),
    ReviewState.EXPIRED: lazy_gettext("Let go, because its time ran out"),
    ReviewState.ERASED: lazy_gettext("Erased"),
}
EVENT_WORDS: Mapping[ReviewEvent, LazyString] = {
    ReviewEvent.SUBMIT: lazy_gettext("You sent it"),
    ReviewEvent.CONFIRM: lazy_gettext("You confirmed it"),
    ReviewEvent.LAPSE: lazy_gettext("Its time ran out"),
    ReviewEvent.PUBLISH: lazy_gettext("It was read and published"),
    ReviewEvent.RETURN: lazy_gettext("It came back to you with a hint"),
    ReviewEvent.RESUBMIT: lazy_gettext("You sent it again"),
    ReviewEvent.REJECT: lazy_gettext("It was read and not published"),
    ReviewEvent.WITHDRAW: lazy_gettext("You withdrew it"),
    ReviewEvent.HIDE: lazy_gettext("It was put out of sight, for a day at most"),
    ReviewEvent.RESTORE: lazy_gettext("It was put back"),
    ReviewEvent.REMOVE: lazy_gettext("Two people decided to take it down"),
    ReviewEvent.RESTRICT: lazy_gettext("An order stopped it from being shown"),
    ReviewEvent.REOPEN: lazy_gettext("Your appeal was upheld: it is read again"),
    ReviewEvent.UNDO: lazy_gettext("The decision was taken back within a minute"),
    ReviewEvent.ERASE: lazy_gettext("It was erased"),
}
# How a state is drawn beside its words: `state--yes`, `--wait`, `--no`, `--stale`.
STATE_SIGNS: Mapping[ReviewState, str] = {
    ReviewState.PUBLISHED: "yes",
    ReviewState.UNCONFIRMED: "wait",
    ReviewState.PENDING: "wait",
    ReviewState.RETURNED: "wait",
    ReviewState.HIDDEN: "wait",
    ReviewState.REJECTED: "no",
    ReviewState.REMOVED: "no",
    ReviewState.RESTRICTED: "no",
}


def quarter_words(quarter: str) -> str:
    """Give a quarter as months: October to December 2026."""
    first, last = quarter_bounds(quarter)
    return gettext(
        "%(first)s to %(last)s %(year)s",
        first=format_date(first, "LLLL"),
        last=format_date(last, "LLLL"),
        year=last.year,
    )


def shown_as(pseudonym: Pseudonym, relation: Relation | None, district: str | None) -> str:
    """Give what stands beside a review: a role and a part of the city, a role, or neither.

    `relation` is None while the author has not said it; `district` is a district's own name.
    """
    if pseudonym is Pseudonym.NEUTRAL:
        return gettext("Someone who knows this practice")
    where = _part_of_city(district) if pseudonym is Pseudonym.WITH_DISTRICT else None
    if where is None:
        return {
            Relation.CARER: gettext("A carer"),
            Relation.FAMILY: gettext("A family member"),
        }.get(relation or Relation.TREATED, gettext("A patient"))
    return {
        Relation.CARER: gettext("A carer in %(where)s", where=where),
        Relation.FAMILY: gettext("A family member in %(where)s", where=where),
    }.get(relation or Relation.TREATED, gettext("A patient in %(where)s", where=where))


def _part_of_city(district: str | None) -> str | None:
    if district is None or district.endswith(CITY):
        return district
    return f"{district} {CITY}"


def state_words(state: ReviewState) -> str:
    """Say in plain words where a review stands, to its author."""
    return str(STATE_WORDS[state])


def state_sign(state: ReviewState) -> str:
    """Give the sign drawn beside a state's words."""
    return STATE_SIGNS.get(state, "stale")


def event_words(event: ReviewEvent) -> str:
    """Say what happened to a review, to its author."""
    return str(EVENT_WORDS[event])


def in_delhi(instant: datetime) -> date:
    """Give the day in Delhi of an instant."""
    return delhi_day(instant)


def unparted(name: str) -> str:
    """Give a listing's name with its title bound to it, so that no line ends in "Dr"."""
    return name.replace("Dr ", "Dr\N{NO-BREAK SPACE}")


def first_fault(faults: Sequence[str]) -> str | None:
    """Give the first thing that is wrong with a field, or None."""
    return str(faults[0]) if faults else None


FILTERS: dict[str, Callable[..., Any]] = {
    "aspect_asked": lambda aspect: str(ASPECT_WORDS[aspect]),
    "care_asked": lambda kind: str(CARE_WORDS[kind]),
    "event_words": event_words,
    "first_fault": first_fault,
    "in_delhi": in_delhi,
    "overall_words": lambda number: str(OVERALL_WORDS[number]),
    "quarter_asked": quarter_words,
    "relation_asked": lambda relation: str(RELATION_WORDS[relation]),
    "state_sign": state_sign,
    "state_words": state_words,
    "unparted": unparted,
    "unsafe_asked": lambda answer: str(UNSAFE_WORDS[answer]),
}
