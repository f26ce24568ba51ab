"""What a demo review is before it is in the database: its author, its versions, its life.

Not for making them (`generation.py`) and not for storing them (`loading.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from directory.reviews.models import (
        Aspect,
        CareKind,
        Pseudonym,
        Relation,
        ReviewState,
        RuleCode,
        Unsafe,
    )

ADDRESS = "reviewer-{number:04d}.{seed}@example.invalid"


class What(StrEnum):
    """What happens in a life: moves of a review, and acts of the desk beside them.

    A second person agrees to a proposal (`agree-…`) or does not (`refuse`).
    """

    SUBMIT = "submit"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    PUBLISH = "publish"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    PROPOSE_REJECT = "propose-reject"
    AGREE_REJECT = "agree-reject"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    FLAG = "flag"
    KEEP = "keep"
    HIDE = "hide"
    RESTORE = "restore"
    PROPOSE_REMOVE = "propose-remove"
    AGREE_REMOVE = "agree-remove"
    REMOVE_HIDDEN = "remove-hidden"
    PROPOSE_RESTRICT = "propose-restrict"
    AGREE_RESTRICT = "agree-restrict"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    KEEP_DECISION = "keep-decision"
    ERASE = "erase"


class Person(StrEnum):
    """The demo staff of the desk, by the letter they are known by."""

    K = "K"
    R = "R"
    S = "S"
    A = "A"


@dataclass(frozen=True, slots=True)
class DemoListing:
    """What of a listing a review depends on; `slug` is of its profession or centre type."""

    ref: str
    is_centre: bool
    slug: str


@dataclass(frozen=True, slots=True)
class DemoAuthor:
    """Somebody who does not exist; `language` is en, hi or hinglish."""

    number: int
    language: str
    is_woman: bool

    def address(self, seed: int) -> str:
        """Give an address that can never be reached, of the authors of one seed."""
        return ADDRESS.format(number=self.number, seed=seed)


@dataclass(frozen=True, slots=True)
class DemoVersion:
    """What was sent at one time."""

    text: str
    overall: int
    aspects: Mapping[Aspect, int]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One thing that happened; `by` only for acts of the desk."""

    what: What
    at: datetime
    by: Person | None = None
    rule: RuleCode | None = None


@dataclass(frozen=True, slots=True)
class DemoReview:
    """A review with everything that happened to it, in the order it happened.

    `breaks` is the rule its text deserves, `is_copy` tells that its text repeats another on
    purpose, `network` is shared by those sent from one place.
    """

    number: int
    listing_ref: str
    author: DemoAuthor
    versions: tuple[DemoVersion, ...]
    unsafe: Unsafe
    quarter: str
    relation: Relation
    care_kind: CareKind
    pseudonym: Pseudonym
    life: tuple[LifeEvent, ...]
    state: ReviewState
    breaks: RuleCode | None
    is_copy: bool
    is_crisis: bool
    network: int | None

    @property
    def text(self) -> str:
        """Give the words of the newest version."""
        return self.versions[-1].text

    @property
    def overall(self) -> int:
        """Give the stars of the newest version."""
        return self.versions[-1].overall

    def __repr__(self) -> str:
        return f"<DemoReview {self.number}>"
