"""What an author's own reviews are called on their pages: rows, next steps, what happened.

Not for requests: `my_reviews.py` asks for rows and shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext

from directory.moderation.models import AppealState
from directory.moderation.queries.author import NextStep
from directory.reviews.models import ReviewState
from directory.reviews.policy import CHANGE_WITHIN
from directory.web import author_words, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from flask_babel.speaklater import LazyString

    from directory.moderation.queries.author import HistoryLine, MyReview, MyReviewPage

# States in which the desk has said something that its author should read, and its title.
JUDGED: Mapping[ReviewState, LazyString] = {
    ReviewState.RETURNED: lazy_gettext("Why it came back"),
    ReviewState.REJECTED: lazy_gettext("Why it was not published"),
    ReviewState.HIDDEN: lazy_gettext("Why it is out of sight"),
    ReviewState.REMOVED: lazy_gettext("Why it was taken down"),
    ReviewState.RESTRICTED: lazy_gettext("Why it is not shown"),
}


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One of an author's reviews as a page says it."""

    path: str
    listing_name: str
    state: str
    sign: str
    rule_code: str | None
    next: str
    overall: int
    sent_on: date
    published_on: date | None
    until_on: date | None
    actions: tuple[tuple[str, str], ...]
    judged: str | None


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """One version as it was sent; without text once that has been destroyed."""

    heading: str
    sent_on: date
    overall: int
    text: str | None


def own_review(review: MyReview) -> OwnReview:
    """Give a review's row."""
    path = f"/account/reviews/{review.public_id}"
    return OwnReview(
        path=path,
        listing_name=review.listing_name,
        state=author_words.state_words(review.state),
        sign=author_words.state_sign(review.state),
        rule_code=review.rule_code,
        next=next_words(review),
        overall=review.overall,
        sent_on=author_words.in_delhi(review.submitted_at),
        published_on=_day(review.published_at),
        until_on=_day(review.until),
        actions=_actions(review, path),
        judged=str(JUDGED[review.state]) if review.state in JUDGED else None,
    )


def own_versions(page: MyReviewPage) -> list[OwnVersion]:
    """Give the versions, newest first."""
    several = len(page.versions) > 1
    return [
        OwnVersion(
            heading=gettext("Version %(number)s", number=version.number)
            if several
            else gettext("As you sent it"),
            sent_on=author_words.in_delhi(version.created_at),
            overall=version.overall,
            text=version.text,
        )
        for version in reversed(page.versions)
    ]


def history_steps(history: tuple[HistoryLine, ...]) -> list[tuple[str, str]]:
    """Give what happened, first things first: words, and when and under which rule."""
    return [
        (
            author_words.event_words(line.event),
            gettext(", %(day)s, rule %(code)s", day=_on(line.at), code=line.rule_code)
            if line.rule_code
            else gettext(", %(day)s", day=_on(line.at)),
        )
        for line in history
    ]


def withdrawing_words(review: MyReview) -> str:
    """Say what happens when a review is withdrawn."""
    if review.state in {ReviewState.PUBLISHED, ReviewState.HIDDEN}:
        return gettext(
            "At once and without a reason. Its words leave every page, the search and the "
            "numbers within a minute; a line says “Withdrawn by the author”. It cannot be put "
            "back, but you can write a new one."
        )
    return gettext(
        "At once and without a reason. Nobody reads it any more and it will not appear. It "
        "cannot be put back, but you can write a new one."
    )


def next_words(review: MyReview) -> str:
    """Say what happens next with a review, and until when."""
    day = _on(review.until)
    if review.next_step is NextStep.WAIT:
        return _waiting_words(review, day)
    by_step = {
        NextStep.CONFIRM: gettext(
            "Open the link in the letter we sent you, by %(day)s. Nobody reads it before.", day=day
        ),
        NextStep.CHANGE: gettext(
            "Change what the hint says and send it again, by %(day)s. "
            "After that it is let go, and you can write a new one.",
            day=day,
        ),
        NextStep.APPEAL: gettext(
            "You can appeal until %(day)s. Somebody who took no part decides.", day=day
        ),
    }
    return by_step.get(review.next_step) or _ended_words(review)


def _waiting_words(review: MyReview, day: str) -> str:
    if review.appeal_state is AppealState.OPEN:
        return gettext(
            "Your appeal is with somebody who took no part. They decide by %(day)s.", day=day
        )
    return gettext(
        "A person reads it, usually within three days, within ten at most. "
        "You hear of it by letter."
    )


def _ended_words(review: MyReview) -> str:
    if review.appeal_state is AppealState.KEPT:
        return gettext("Somebody else read your appeal, and the decision stays. This is final.")
    by_state = {
        ReviewState.PUBLISHED: gettext(
            "Everybody can read it. You can withdraw it at any time, without a reason."
        ),
        ReviewState.RETURNED: gettext(
            "The %(days)s days to change it are over. You can write a new one.",
            days=CHANGE_WITHIN.days,
        ),
        ReviewState.WITHDRAWN: gettext("Its words are shown nowhere. You can write a new one."),
        ReviewState.HIDDEN: gettext(
            "Nobody can read it for now. Somebody else looks at it within 24 hours; if they do "
            "not, it comes back by itself."
        ),
        ReviewState.REJECTED: gettext("The time for an appeal is over. You can write a new one."),
        ReviewState.REMOVED: gettext("The time for an appeal is over."),
        ReviewState.RESTRICTED: gettext(
            "A court or an authority ordered this. A line names the ground and the month."
        ),
        ReviewState.EXPIRED: gettext("Nobody has read it. You can write a new one."),
    }
    return by_state.get(review.state, gettext("Nothing more happens with it."))


def _actions(review: MyReview, path: str) -> tuple[tuple[str, str], ...]:
    offered = (
        (review.can_change, gettext("Change"), f"{path}/change"),
        (review.can_appeal, gettext("Appeal against"), f"{path}/appeal"),
        (review.can_withdraw, gettext("Withdraw"), f"{path}#withdraw"),
    )
    return tuple((words, address) for may, words, address in offered if may)


def _day(instant: datetime | None) -> date | None:
    return None if instant is None else author_words.in_delhi(instant)


def _on(instant: datetime | None) -> str:
    return "" if instant is None else text.on_date(author_words.in_delhi(instant))
