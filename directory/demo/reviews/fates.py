"""The lives a demo review may have: paths through the table of moves, as data, and their times.

Shares are of 3,000 reviews; what they leave is published and stays so. Called by `generation.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.clock import DELHI
from directory.demo.reviews.drafts import LifeEvent, Person, What
from directory.reviews.models import ReviewState
from directory.reviews.policy import CHANGE_WITHIN, CONFIRM_WITHIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from directory.demo.dice import Dice
    from directory.reviews.models import RuleCode

State = ReviewState
OF_HOW_MANY = 3000
# With fewer reviews than this, rare lives are not forced to occur.
ENOUGH_FOR_EACH = 200
LONG_AGO_DAYS = 940
RECENT_POWER = 1.35


class Stars(StrEnum):
    """What a life asks of the overall rating: two people are needed for a low one."""

    ANY = "any"
    LOW = "low"
    NOT_LOW = "not low"


@dataclass(frozen=True, slots=True)
class Fate:
    """A path. `rules` names the deck its rule comes from; `deserved` that the text breaks it.

    `age` is how many days ago the last step lies, least and most; None for any time.
    """

    share: int
    steps: str
    state: ReviewState
    age: tuple[float, float] | None = None
    rules: str | None = None
    deserved: bool = True
    stars: Stars = Stars.ANY


PLAIN = "published"
BURST = frozenset({"burst rejected", "burst waiting"})
CRISIS = "crisis"
_IN = "submit confirm "
_OUT = _IN + "publish "

FATES: Mapping[str, Fate] = MappingProxyType(
    {
        "changed": Fate(72, _IN + "return resubmit publish", State.PUBLISHED, rules="return"),
        "flag kept": Fate(
            50, _OUT + "flag keep", State.PUBLISHED, (1, 300), rules="flag", deserved=False
        ),
        "flag waiting": Fate(
            12, _OUT + "flag", State.PUBLISHED, (0, 1), rules="flag", deserved=False
        ),
        "restored": Fate(
            6, _OUT + "flag hide restore", State.PUBLISHED, (3, 300), rules="hide", deserved=False
        ),
        "appeal upheld": Fate(
            10,
            _IN + "reject appeal uphold publish",
            State.PUBLISHED,
            (1, 400),
            rules="reject",
            deserved=False,
            stars=Stars.NOT_LOW,
        ),
        "second refused": Fate(
            8,
            _IN + "propose-reject refuse publish",
            State.PUBLISHED,
            rules="reject two",
            deserved=False,
            stars=Stars.LOW,
        ),
        "waiting": Fate(28, _IN.strip(), State.PENDING, (0, 2)),
        "waiting and doubtful": Fate(24, _IN.strip(), State.PENDING, (0, 1), rules="all"),
        "waiting again": Fate(6, _IN + "return resubmit", State.PENDING, (0, 1), rules="return"),
        "reopened": Fate(
            2,
            _IN + "reject appeal uphold",
            State.PENDING,
            (0, 2),
            rules="reject",
            deserved=False,
            stars=Stars.NOT_LOW,
        ),
        "second wanted": Fate(
            2,
            _IN + "propose-reject",
            State.PENDING,
            (0, 2),
            rules="reject two",
            stars=Stars.LOW,
        ),
        "removal proposed": Fate(
            1, _OUT + "flag propose-remove", State.PUBLISHED, (0, 2), rules="remove"
        ),
        CRISIS: Fate(2, _IN.strip(), State.PENDING, (0, 0)),
        "returned": Fate(14, _IN + "return", State.RETURNED, (0, 27), rules="return"),
        "unconfirmed": Fate(18, "submit", State.UNCONFIRMED, (0, 6)),
        "never confirmed": Fate(50, "submit lapse", State.EXPIRED, (0, 700)),
        "never changed": Fate(24, _IN + "return lapse", State.EXPIRED, (0, 700), rules="return"),
        "rejected": Fate(
            140, _IN + "reject", State.REJECTED, (0, 900), rules="reject", stars=Stars.NOT_LOW
        ),
        "rejected by two": Fate(
            62,
            _IN + "propose-reject agree-reject",
            State.REJECTED,
            (0, 900),
            rules="reject two",
            stars=Stars.LOW,
        ),
        "burst rejected": Fate(
            5,
            _IN + "reject",
            State.REJECTED,
            (1, 1.5),
            rules="burst",
            stars=Stars.NOT_LOW,
        ),
        "burst waiting": Fate(
            5, _IN.strip(), State.PENDING, (0.2, 1), rules="burst", stars=Stars.NOT_LOW
        ),
        "appeal kept": Fate(
            18,
            _IN + "reject appeal keep-decision",
            State.REJECTED,
            (0, 600),
            rules="reject",
            stars=Stars.NOT_LOW,
        ),
        "appeal waiting": Fate(
            5,
            _IN + "reject appeal",
            State.REJECTED,
            (0, 8),
            rules="reject",
            stars=Stars.NOT_LOW,
        ),
        "removed": Fate(
            24,
            _OUT + "flag propose-remove agree-remove",
            State.REMOVED,
            (0, 600),
            rules="remove",
        ),
        "removed when hidden": Fate(
            8, _OUT + "flag hide remove-hidden", State.REMOVED, (0, 500), rules="hide"
        ),
        "removal appealed": Fate(
            2,
            _OUT + "flag propose-remove agree-remove appeal",
            State.REMOVED,
            (0, 8),
            rules="remove",
        ),
        "removal kept": Fate(
            3,
            _OUT + "flag propose-remove agree-remove appeal keep-decision",
            State.REMOVED,
            (0, 300),
            rules="remove",
        ),
        "hidden": Fate(1, _OUT + "flag hide", State.HIDDEN, (0, 0), rules="hide"),
        "restricted": Fate(
            2,
            _OUT + "flag propose-restrict agree-restrict",
            State.RESTRICTED,
            (5, 300),
            rules="order",
        ),
        "withdrawn": Fate(60, _OUT + "withdraw", State.WITHDRAWN, (0, 700)),
        "withdrawn early": Fate(12, _IN + "withdraw", State.WITHDRAWN, (0, 700)),
        "erased": Fate(4, _OUT + "erase", State.ERASED, (1, 300)),
        PLAIN: Fate(0, _OUT.strip(), State.PUBLISHED),
    }
)

# Hours from the step before, least and most. Authors and the desk both take their time.
PAUSES: Mapping[What, tuple[float, float]] = MappingProxyType(
    {
        What.CONFIRM: (0.05, 20),
        What.PUBLISH: (4, 90),
        What.RETURN: (4, 80),
        What.REJECT: (3, 70),
        What.RESUBMIT: (5, 24 * 20),
        What.PROPOSE_REJECT: (4, 60),
        What.AGREE_REJECT: (1, 40),
        What.REFUSE: (1, 30),
        What.WITHDRAW: (6, 24 * 120),
        What.FLAG: (10, 24 * 90),
        What.KEEP: (6, 24 * 6),
        What.HIDE: (0.5, 30),
        What.RESTORE: (1, 20),
        What.PROPOSE_REMOVE: (4, 24 * 4),
        What.AGREE_REMOVE: (2, 40),
        What.REMOVE_HIDDEN: (1, 20),
        What.PROPOSE_RESTRICT: (0.3, 1),
        What.AGREE_RESTRICT: (0.4, 2.5),
        What.APPEAL: (10, 24 * 25),
        What.UPHOLD: (12, 24 * 8),
        What.KEEP_DECISION: (12, 24 * 8),
        What.ERASE: (24 * 3, 24 * 90),
    }
)
MODERATORS = (Person.K, Person.R, Person.S)
BY_NOBODY_OF_THE_DESK = frozenset(
    {
        What.SUBMIT,
        What.CONFIRM,
        What.LAPSE,
        What.RESUBMIT,
        What.WITHDRAW,
        What.FLAG,
        What.APPEAL,
    }
)
WITHOUT_RULE = frozenset(
    {
        What.SUBMIT,
        What.CONFIRM,
        What.LAPSE,
        What.PUBLISH,
        What.RESUBMIT,
        What.WITHDRAW,
        What.RESTORE,
        What.APPEAL,
        What.UPHOLD,
        What.ERASE,
    }
)


def fates_for(reviews: int, dice: Dice) -> list[str]:
    """Give the name of a fate for each review, in a shuffled order."""
    least = 1 if reviews >= ENOUGH_FOR_EACH else 0
    names = [
        name
        for name, fate in FATES.items()
        if fate.share
        for _ in range(max(least, round(fate.share * reviews / OF_HOW_MANY)))
    ]
    names = dice.some(names, reviews)
    return dice.shuffled([*names, *[PLAIN] * (reviews - len(names))])


def life_of(fate: Fate, rule: RuleCode | None, today: date, dice: Dice) -> tuple[LifeEvent, ...]:
    """Give the steps of a fate with their times, the last one before this day began in Delhi."""
    steps = [What(step) for step in fate.steps.split()]
    pauses = [_pause(steps, index, dice) for index in range(1, len(steps))]
    end = datetime.combine(today, time(), DELHI) - _age(fate, dice)
    at = end - sum(pauses, timedelta())
    involved: list[Person] = []
    events = []
    for index, step in enumerate(steps):
        at += pauses[index - 1] if index else timedelta()
        by = _person(step, involved, dice)
        named = None if step in WITHOUT_RULE else rule
        events.append(LifeEvent(step, at, by, named))
        involved += [by] if by else []
    return tuple(events)


def _age(fate: Fate, dice: Dice) -> timedelta:
    """Give how long ago the last step was; recent times are likelier."""
    least, most = fate.age or (0.5, LONG_AGO_DAYS)
    share = (dice.below(10_000) / 10_000) ** RECENT_POWER
    return timedelta(minutes=round((least + share * (most - least)) * 1440))


def _pause(steps: list[What], index: int, dice: Dice) -> timedelta:
    if steps[index] is What.LAPSE:
        return CONFIRM_WITHIN if steps[index - 1] is What.SUBMIT else CHANGE_WITHIN
    least, most = PAUSES[steps[index]]
    share = (dice.below(10_000) / 10_000) ** RECENT_POWER
    return timedelta(minutes=round((least + share * (most - least)) * 60))


def _person(step: What, involved: list[Person], dice: Dice) -> Person | None:
    """Give who of the desk acts: never one who has acted on this review before."""
    if step in BY_NOBODY_OF_THE_DESK:
        return None
    if step in {What.ERASE, What.PROPOSE_RESTRICT}:
        return Person.A
    free = [person for person in MODERATORS if person not in involved]
    return dice.pick(free) if free else Person.A
