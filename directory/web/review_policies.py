"""The public pages on reviews: their rules, and what became of them in numbers.

Rendered from `reviews/rules.py`, the table of moves and the constants the code itself works
with, so that they stay true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask_babel import gettext, lazy_gettext

from directory.core.db import db
from directory.moderation import policy as desk
from directory.moderation.queries.transparency import transparency as counted
from directory.moderation.screening.lanes import Lane
from directory.reviews import policy
from directory.reviews.models import LEAST_LETTERS, MOST_LETTERS, ReviewEvent, ReviewState
from directory.reviews.policy import MOVES, Who
from directory.reviews.rules import RULES, TwoPeople
from directory.web import current
from directory.web.access import access
from directory.web.author_words import ASPECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from flask_babel.speaklater import LazyString

    from directory.reviews.rules import Rule

blueprint = Blueprint("review_policies", __name__)

# Six people's overall ratings: the worked example of the number.
EXAMPLE = (5, 5, 5, 4, 4, 1)
STATES: Mapping[ReviewState, LazyString] = {
    ReviewState.UNCONFIRMED: lazy_gettext("Not confirmed"),
    ReviewState.PENDING: lazy_gettext("Waiting to be read"),
    ReviewState.PUBLISHED: lazy_gettext("Published"),
    ReviewState.RETURNED: lazy_gettext("Returned"),
    ReviewState.REJECTED: lazy_gettext("Rejected"),
    ReviewState.WITHDRAWN: lazy_gettext("Withdrawn"),
    ReviewState.HIDDEN: lazy_gettext("Hidden for a day"),
    ReviewState.REMOVED: lazy_gettext("Removed"),
    ReviewState.RESTRICTED: lazy_gettext("Restricted by order"),
    ReviewState.EXPIRED: lazy_gettext("Expired"),
    ReviewState.ERASED: lazy_gettext("Erased"),
}
EVENTS: Mapping[ReviewEvent, LazyString] = {
    ReviewEvent.SUBMIT: lazy_gettext("The author sends it"),
    ReviewEvent.CONFIRM: lazy_gettext("The author opens the link in our letter"),
    ReviewEvent.LAPSE: lazy_gettext("Time runs out"),
    ReviewEvent.PUBLISH: lazy_gettext("It is published"),
    ReviewEvent.RETURN: lazy_gettext("It is returned with a rule and a hint"),
    ReviewEvent.RESUBMIT: lazy_gettext("The author sends a new version"),
    ReviewEvent.REJECT: lazy_gettext("It is rejected under a rule"),
    ReviewEvent.WITHDRAW: lazy_gettext("The author takes it back, without a reason"),
    ReviewEvent.HIDE: lazy_gettext("It is hidden, because waiting would harm somebody"),
    ReviewEvent.RESTORE: lazy_gettext("It comes back"),
    ReviewEvent.REMOVE: lazy_gettext("It is removed under a rule"),
    ReviewEvent.RESTRICT: lazy_gettext("An order binds us"),
    ReviewEvent.REOPEN: lazy_gettext("An appeal is upheld"),
}
PEOPLE: Mapping[Who, LazyString] = {
    Who.AUTHOR: lazy_gettext("author"),
    Who.CLOCK: lazy_gettext("the clock"),
    Who.MODERATOR: lazy_gettext("one moderator"),
    Who.SAME_MODERATOR: lazy_gettext("the same moderator, within a minute"),
    Who.OTHER_MODERATOR: lazy_gettext("a different moderator"),
    Who.NOT_INVOLVED: lazy_gettext("a moderator who took no part"),
    Who.TWO_IF_LOW: lazy_gettext("one moderator; two people if the rating is low"),
    Who.TWO_PEOPLE: lazy_gettext("two people"),
    Who.ADMINISTRATOR_AND_SECOND: lazy_gettext("an administrator and a second person"),
    Who.AUTHOR_OR_ADMINISTRATOR: lazy_gettext("author or administrator"),
    Who.OTHER_OR_CLOCK: lazy_gettext("a different moderator, or the clock"),
}


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One row of a review's life in words; `before` is None for its beginning."""

    before: str | None
    event: str
    after: str
    who: str


@dataclass(frozen=True, slots=True)
class Example:
    """The worked example of the number."""

    ratings: tuple[int, ...]
    total: int
    mean: float
    score: float


@blueprint.get("/policies/reviews")
@access("anyone")
def rules() -> str:
    """Show every rule a review is judged by, and how the number is made."""
    return render_template(
        "policies/reviews.html",
        rules=RULES,
        moves=move_rows(),
        example=example(),
        aspects=[str(words) for words in ASPECT_WORDS.values()],
        numbers=numbers(),
        one_person=sorted(policy.ONE_PERSON_RULES),
        harm=sorted(policy.HARM_RULES),
        when_words={found.code: when_words(found) for found in RULES},
    )


@blueprint.get("/policies/transparency")
@access("anyone")
def transparency() -> str:
    """Show what became of all reviews, in numbers."""
    return render_template(
        "policies/transparency.html",
        counts=counted(db.session(), now=current.now()),
        titles={found.code: found.title_en for found in RULES},
    )


def move_rows() -> list[MoveRow]:
    """Give the moves of the table the code works with, but for those taken back or erased."""
    return [
        MoveRow(
            before=str(STATES[before]) if before else None,
            event=str(EVENTS[event]),
            after=str(STATES[move.after]),
            who=str(PEOPLE[move.who]),
        )
        for (before, event), move in MOVES.items()
        if event in EVENTS
    ]


def example() -> Example:
    """Give the worked example, computed as every listing's number is."""
    stars = tuple(EXAMPLE.count(value) for value in range(1, 6))
    score = policy.score_of(stars)
    return Example(
        ratings=EXAMPLE,
        total=sum(EXAMPLE),
        mean=sum(EXAMPLE) / len(EXAMPLE),
        score=score if score is not None else policy.PRIOR_MEAN,
    )


def numbers() -> dict[str, int | float]:
    """Give the constants the page names, in days, hours and counts."""
    target, limit = desk.REVIEW_CLOCK
    told, decided = desk.GRIEVANCE_CLOCK
    return {
        "least_letters": LEAST_LETTERS,
        "most_letters": MOST_LETTERS,
        "window": policy.WINDOW_MONTHS,
        "episode": policy.EPISODE_MONTHS,
        "prior_count": policy.PRIOR_COUNT,
        "prior_mean": policy.PRIOR_MEAN,
        "least_counted": policy.LEAST_COUNTED,
        "low": policy.LOW_RATING,
        "confirm_days": policy.CONFIRM_WITHIN.days,
        "change_days": policy.CHANGE_WITHIN.days,
        "appeal_days": policy.APPEAL_WITHIN.days,
        "appeal_decided_days": desk.APPEAL_DECIDED_WITHIN.days,
        "hidden_hours": hours(policy.HIDDEN_FOR),
        "target_hours": hours(target),
        "limit_days": limit.days,
        "told_hours": hours(told),
        "decided_days": decided.days,
        "exposure_hours": hours(desk.CLOCKS[Lane.EXPOSURE][1]),
        "order_hours": hours(desk.ORDER_CLOCK[1]),
        "network_days": policy.NETWORK_KEPT.days,
    }


def hours(span: timedelta) -> int:
    """Give whole hours."""
    return round(span.total_seconds() / 3600)


def when_words(found: Rule) -> list[str]:
    """Say when a rule is applied, by how many people, and whether one can appeal."""
    when = {
        (True, True): gettext("before and after publication"),
        (True, False): gettext("before publication"),
        (False, True): gettext("after publication"),
    }[found.before_publication, found.after_publication]
    people = {
        TwoPeople.NEVER: gettext("one person may reject"),
        TwoPeople.LOW: gettext("two people to reject a low rating"),
        TwoPeople.ALWAYS: gettext("always two people"),
    }[found.two_people]
    appeal = gettext("you can appeal") if found.appeal else gettext("no appeal to us")
    return [when, people, appeal]
