"""Rules of reviews that need no database: the table of moves, quarters, the score.

Not for the texts of the public rules (`rules.py`). The table and the numbers are those of the
directory's review rules, and the public pages are rendered from these very constants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.reviews.models import Aspect, ReviewEvent, ReviewState, RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

State = ReviewState
Event = ReviewEvent

CONFIRM_WITHIN = timedelta(days=7)
CHANGE_WITHIN = timedelta(days=30)
APPEAL_WITHIN = timedelta(days=30)
HIDDEN_FOR = timedelta(hours=24)
UNDO_WITHIN = timedelta(minutes=1)
NETWORK_KEPT = timedelta(days=30)
EPISODE_MONTHS = 12
WINDOW_MONTHS = 24
TERMS_VERSION = 1

# The score (ISO 20488:2018 asks that the method be public): a listing begins as if five people
# had said 3.5, so that one voice alone moves little; under five counted reviews none is shown.
PRIOR_COUNT = 5
PRIOR_MEAN = 3.5
LEAST_COUNTED = 5

OF_EVERY_LISTING = (
    Aspect.LISTENED,
    Aspect.EXPLAINED,
    Aspect.RESPECT,
    Aspect.PRIVACY,
    Aspect.FEES,
    Aspect.REACH,
)
OF_CENTRES = (Aspect.NIGHT, Aspect.CLEANLINESS)

# On these an old or negative review may be rejected by one person (spam, duplicate, unconfirmed,
# off-topic); on every other a second person must agree when the overall rating is low.
ONE_PERSON_RULES = frozenset(
    {RuleCode.ADVERTISING, RuleCode.DUPLICATE, RuleCode.UNCONFIRMED, RuleCode.NOT_CARE}
)
LOW_RATING = 2
# Where waiting for a second person would harm somebody: one moderator may hide for a day.
HARM_RULES = frozenset(
    {
        RuleCode.IDENTIFIES_RELATIVE,
        RuleCode.IDENTIFIES_STAFF,
        RuleCode.IDENTIFIES_AUTHOR,
        RuleCode.THREAT,
        RuleCode.CONTACT,
        RuleCode.SELF_HARM,
    }
)

# What readers may see, whole; and what leaves a line in its place.
SHOWN = frozenset({State.PUBLISHED})
LEAVES_A_LINE = frozenset({State.WITHDRAWN, State.REMOVED, State.RESTRICTED})
APPEALABLE = frozenset({State.REJECTED, State.REMOVED})
IN_HAND = frozenset({State.PENDING, State.RETURNED})


class Who(StrEnum):
    """Who may cause a move. `two people` are two accounts of the desk, the second deciding."""

    AUTHOR = "author"
    CLOCK = "clock"
    MODERATOR = "moderator"
    SAME_MODERATOR = "the same moderator, within a minute"
    OTHER_MODERATOR = "a different moderator"
    NOT_INVOLVED = "a moderator who took no part"
    TWO_IF_LOW = "moderator; two people if the rating is low"
    TWO_PEOPLE = "two people"
    ADMINISTRATOR_AND_SECOND = "administrator and a second person"
    AUTHOR_OR_ADMINISTRATOR = "author or administrator"
    OTHER_OR_CLOCK = "a different moderator, or the clock after 24 hours"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change: what it leads to, who may cause it, whether a rule must be named."""

    after: ReviewState
    who: Who
    needs_rule: bool = False


_JUDGED: tuple[tuple[State | None, Event, Move], ...] = (
    (State.PENDING, Event.PUBLISH, Move(State.PUBLISHED, Who.MODERATOR)),
    (State.PENDING, Event.RETURN, Move(State.RETURNED, Who.MODERATOR, needs_rule=True)),
    (State.PENDING, Event.REJECT, Move(State.REJECTED, Who.TWO_IF_LOW, needs_rule=True)),
    (State.PUBLISHED, Event.HIDE, Move(State.HIDDEN, Who.MODERATOR, needs_rule=True)),
    (State.HIDDEN, Event.RESTORE, Move(State.PUBLISHED, Who.OTHER_OR_CLOCK)),
    (State.HIDDEN, Event.REMOVE, Move(State.REMOVED, Who.OTHER_MODERATOR, needs_rule=True)),
    (State.PUBLISHED, Event.REMOVE, Move(State.REMOVED, Who.TWO_PEOPLE, needs_rule=True)),
    (
        State.PUBLISHED,
        Event.RESTRICT,
        Move(State.RESTRICTED, Who.ADMINISTRATOR_AND_SECOND, needs_rule=True),
    ),
    (State.REJECTED, Event.REOPEN, Move(State.PENDING, Who.NOT_INVOLVED)),
    (State.REMOVED, Event.REOPEN, Move(State.PENDING, Who.NOT_INVOLVED)),
    (State.PUBLISHED, Event.UNDO, Move(State.PENDING, Who.SAME_MODERATOR)),
    (State.RETURNED, Event.UNDO, Move(State.PENDING, Who.SAME_MODERATOR)),
    (State.REJECTED, Event.UNDO, Move(State.PENDING, Who.SAME_MODERATOR)),
    (State.HIDDEN, Event.UNDO, Move(State.PUBLISHED, Who.SAME_MODERATOR)),
)

_BY_AUTHOR_OR_CLOCK: tuple[tuple[State | None, Event, Move], ...] = (
    (None, Event.SUBMIT, Move(State.UNCONFIRMED, Who.AUTHOR)),
    (State.UNCONFIRMED, Event.CONFIRM, Move(State.PENDING, Who.AUTHOR)),
    (State.UNCONFIRMED, Event.LAPSE, Move(State.EXPIRED, Who.CLOCK)),
    (State.RETURNED, Event.RESUBMIT, Move(State.PENDING, Who.AUTHOR)),
    (State.RETURNED, Event.LAPSE, Move(State.EXPIRED, Who.CLOCK)),
    (State.PENDING, Event.WITHDRAW, Move(State.WITHDRAWN, Who.AUTHOR)),
    (State.RETURNED, Event.WITHDRAW, Move(State.WITHDRAWN, Who.AUTHOR)),
    (State.PUBLISHED, Event.WITHDRAW, Move(State.WITHDRAWN, Who.AUTHOR)),
    (State.HIDDEN, Event.WITHDRAW, Move(State.WITHDRAWN, Who.AUTHOR)),
    *(
        (state, Event.ERASE, Move(State.ERASED, Who.AUTHOR_OR_ADMINISTRATOR))
        for state in State
        if state is not State.ERASED
    ),
)

# Every allowed move; what is not here is forbidden.
MOVES: Mapping[tuple[ReviewState | None, ReviewEvent], Move] = MappingProxyType(
    {(before, event): move for before, event, move in (*_BY_AUTHOR_OR_CLOCK, *_JUDGED)}
)


def move_for(before: ReviewState | None, event: ReviewEvent) -> Move | None:
    """Give the move an event causes in a state, or None when it is forbidden there."""
    return MOVES.get((before, event))


def needs_second_person(event: ReviewEvent, rule: RuleCode | None, overall: int) -> bool:
    """Tell whether one person's decision waits for a different second one.

    A removal and a legal order always do; a rejection when the overall rating is 2 or less and
    the rule is none of `ONE_PERSON_RULES`.
    """
    if event in {Event.REMOVE, Event.RESTRICT}:
        return True
    return event is Event.REJECT and overall <= LOW_RATING and rule not in ONE_PERSON_RULES


def aspects_of(*, is_centre: bool) -> tuple[Aspect, ...]:
    """Give the aspects that may be rated, in the order they are asked."""
    return OF_EVERY_LISTING + (OF_CENTRES if is_centre else ())


def quarter_of(day: date) -> str:
    """Give the quarter a day lies in, such as `2026-Q3`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_bounds(quarter: str) -> tuple[date, date]:
    """Give the first and last day of a quarter; raises `ValueError` for another shape."""
    year_text, _separator, number_text = quarter.partition("-Q")
    year, number = int(year_text), int(number_text)
    if not 1 <= number <= 4:  # noqa: PLR2004 - quarters of a year
        raise ValueError("a year has four quarters")
    first = date(year, 3 * number - 2, 1)
    following = date(year + number // 4, 3 * number % 12 + 1, 1)
    return first, following - timedelta(days=1)


def quarters_open(today: date) -> Iterator[str]:
    """Give the quarters one may write about, newest first: those that touch the last 24 months."""
    day = today
    while counts(quarter_of(day), today):
        yield quarter_of(day)
        day = quarter_bounds(quarter_of(day))[0] - timedelta(days=1)


def oldest_counted(today: date) -> str:
    """Give the oldest quarter that still counts on a day; quarters compare as texts."""
    return list(quarters_open(today))[-1]


def counts(quarter: str, today: date) -> bool:
    """Tell whether a visit of that quarter lies, at least in part, in the last 24 months."""
    year, month = today.year - WINDOW_MONTHS // 12, today.month
    last_day = quarter_bounds(quarter)[1]
    return (last_day.year, last_day.month, last_day.day) >= (year, month, today.day)


def score_of(stars: Sequence[int]) -> float | None:
    """Give the score of counted reviews, or None under five of them.

    `stars` holds how many reviews gave 1, 2, 3, 4 and 5, in this order. The score is
    (5 × 3.5 + sum of overall ratings) / (5 + n).
    """
    counted = sum(stars)
    if counted < LEAST_COUNTED:
        return None
    total = sum(value * number for value, number in enumerate(stars, start=1))
    return (PRIOR_COUNT * PRIOR_MEAN + total) / (PRIOR_COUNT + counted)
