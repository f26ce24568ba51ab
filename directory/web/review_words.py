"""What readers are told of reviews: who wrote, when, what stands in the place of one that is gone.

Template filters of listing pages and lists of reviews. What an author is told about their own
review is in `author_words.py`, the texts of the rules in `reviews/rules.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import format_date, gettext

from directory.reviews.models import CareKind, ReviewState
from directory.reviews.policy import quarter_bounds
from directory.reviews.rules import rule
from directory.web import text
from directory.web.author_words import shown_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from directory.reviews.models import RuleCode
    from directory.reviews.queries.listing import ReviewCard, Tombstone

# How HTML names the languages reviews are written in; Hinglish is Hindi in Latin letters.
HTML_LANGUAGES = {"hi": "hi", "hinglish": "hi-Latn"}


@dataclass(frozen=True, slots=True)
class Gone:
    """A line in the place of a review: what happened and when, why, and where the rule stands."""

    head: str
    says: str
    rule_url: str | None


def review_who(card: ReviewCard) -> str:
    """Say who wrote, as far as they chose to show: a patient in South Delhi."""
    return shown_as(card.who.pseudonym, card.who.relation, card.who.district_name)


def quarter_short(quarter: str) -> str:
    """Give a quarter as months: Jul–Sep 2026."""
    first, last = quarter_bounds(quarter)
    return f"{format_date(first, 'LLL')}–{format_date(last, 'LLL y')}"


def care_short(kind: CareKind) -> str:
    """Give the kind of care as it follows a quarter."""
    return {
        CareKind.FIRST_VISIT: gettext("first visit"),
        CareKind.ONGOING: gettext("ongoing care"),
        CareKind.ADMISSION: gettext("admission"),
    }[kind]


def review_lang(language: str) -> str | None:
    """Give the language of a review's words for HTML, None for English."""
    return HTML_LANGUAGES.get(language)


def language_note(language: str) -> str | None:
    """Say in which language a review is written, where it is not English."""
    return {"hi": gettext("in Hindi"), "hinglish": gettext("in Hinglish")}.get(language)


def day_in_full(day: date) -> str:
    """Give a day as a sentence says it: 3 October 2026."""
    return str(format_date(day, "d MMMM y"))


def one_decimal(number: float) -> str:
    """Give a score or a mean as it is shown: 4.2."""
    return f"{number:.1f}"


def rule_url(code: RuleCode) -> str:
    """Give the address of a rule on the page of all rules."""
    return f"/policies/reviews#{code}"


def gone(line: Tombstone) -> Gone:
    """Give the words of the line in the place of a review."""
    month = text.month(line.month)
    if line.kind is ReviewState.WITHDRAWN:
        return Gone(gettext("Withdrawn by its author, %(month)s.", month=month), "", None)
    not_counted = gettext("It does not count in the number.")
    if line.kind is ReviewState.RESTRICTED:
        ground = gettext("Ground: %(ground)s.", ground=line.ground) if line.ground else ""
        head = gettext("Not shown since %(month)s, by order.", month=month)
        says = (_rule_words(line.rule_code), ground, not_counted)
    else:
        head = gettext("Removed, %(month)s.", month=month)
        says = (_rule_words(line.rule_code), gettext("Two people decided."), not_counted)
    return Gone(
        head=head,
        says=" ".join(part for part in says if part),
        rule_url=rule_url(line.rule_code) if line.rule_code else None,
    )


def _rule_words(code: RuleCode | None) -> str:
    if code is None:
        return ""
    return gettext("Rule %(code)s: %(title)s.", code=code, title=rule(code).title_en.lower())


FILTERS: dict[str, Callable[..., Any]] = {
    "care_short": care_short,
    "day_in_full": day_in_full,
    "gone": gone,
    "language_note": language_note,
    "one_decimal": one_decimal,
    "quarter_short": quarter_short,
    "review_lang": review_lang,
    "review_who": review_who,
    "rule_url": rule_url,
}
