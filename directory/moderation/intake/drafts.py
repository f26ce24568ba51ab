"""What an author sends, and the rules it must keep before anybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.errors import InvalidError
from directory.reviews.models import LEAST_LETTERS, MOST_LETTERS, Rating, ReviewVersion
from directory.reviews.policy import TERMS_VERSION, aspects_of, quarters_open

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.reviews.models import Aspect, CareKind, Pseudonym, Relation, Unsafe

STARS = range(1, 6)


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A review as its author sent it. `visit_quarter` is like `2026-Q3`.

    `submission_key` comes with the form: the same form sent twice makes one review. The
    attestations must all be given. `language` is that of the page, for the letters.
    """

    listing_id: int
    overall: int
    aspects: Mapping[Aspect, int]
    unsafe: Unsafe
    text: str
    visit_quarter: str
    relation: Relation
    care_kind: CareKind
    pseudonym: Pseudonym
    own_experience: bool
    no_reward: bool
    no_connection: bool
    terms_version: int
    submission_key: str
    language: str = "en"


def check_draft(draft: ReviewDraft, *, is_centre: bool, today: date) -> None:
    """Raise `InvalidError` naming the first field that breaks a rule.

    80 to 4,000 characters, a quarter of the last 24 months, every attestation given (IS
    19000:2022 on first-hand experience and on rewards).
    """
    length = len(plain_text(draft.text))
    if length < LEAST_LETTERS:
        raise InvalidError("text", f"Write at least {LEAST_LETTERS} characters: {length} so far.")
    if length > MOST_LETTERS:
        raise InvalidError("text", f"Use at most {MOST_LETTERS} characters: {length} so far.")
    if draft.visit_quarter not in set(quarters_open(today)):
        raise InvalidError("visit_quarter", "Choose when you were there, in the last two years.")
    if draft.overall not in STARS:
        raise InvalidError("overall", "Choose a number from 1 to 5.")
    allowed = aspects_of(is_centre=is_centre)
    if any(aspect not in allowed or stars not in STARS for aspect, stars in draft.aspects.items()):
        raise InvalidError("aspects", "Rate each aspect from 1 to 5, or leave it out.")
    _check_attestations(draft)


def _check_attestations(draft: ReviewDraft) -> None:
    if not draft.own_experience:
        raise InvalidError("own_experience", "Confirm that this is your own experience.")
    if not draft.no_reward:
        raise InvalidError("no_reward", "A review for a reward is not shown.")
    if not draft.no_connection:
        raise InvalidError("no_connection", "Who is tied to the practice cannot review it.")
    if draft.terms_version != TERMS_VERSION:
        raise InvalidError("terms_version", "Read the rules as they are now, and confirm again.")


def plain_text(text: str) -> str:
    """Give a text as it is kept: one kind of line break, no space at its ends."""
    return "\n".join(text.splitlines()).strip()


def add_version(
    session: Session,
    draft: ReviewDraft,
    *,
    review_id: int,
    number: int,
    district: str | None,
    language: str,
    now: datetime,
) -> ReviewVersion:
    """Keep what an author sent as a new version with its ratings; it never changes again."""
    version = ReviewVersion(
        review_id=review_id,
        number=number,
        text=plain_text(draft.text),
        language=language,
        overall=draft.overall,
        unsafe=draft.unsafe,
        visit_quarter=draft.visit_quarter,
        relation=draft.relation,
        care_kind=draft.care_kind,
        pseudonym=draft.pseudonym,
        district=district,
        terms_version=draft.terms_version,
        created_at=now,
    )
    session.add(version)
    session.flush()
    session.add_all(
        Rating(review_id=review_id, version_number=number, aspect=aspect, value=stars)
        for aspect, stars in draft.aspects.items()
    )
    session.flush()
    return version
