"""Guides for tests, written, read and shown as an operator does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from directory.audit.policy import COMMAND
from directory.core.clock import delhi_day
from directory.guides.operations import publish_guide, review_version, write_guide
from directory.guides.policy import GuideDraft, Review, Source
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

SLUG = "about-ketamine"
REVIEWER = "Vikram Sen, MD Psychiatry"
DRAFT = GuideDraft(
    title="Ketamine, before you begin",
    title_hi="केटामिन से पहले",
    summary="What happens and what to ask first.",
    author="Asha Rao, health writer",
    body="## What happens\n\nA drip for 40 minutes [1].\n\n## What is known\n\nIt fades [1, 2].",
    sources=(
        Source("Mental Healthcare Act 2017", "https://www.indiacode.nic.in/", date(2026, 11, 1)),
        Source("A book"),
    ),
)


def draft(**changes: Any) -> GuideDraft:
    """Give the sample with some things said otherwise."""
    return replace(DRAFT, **changes)


def write(
    vocabulary: Vocabulary,
    now: datetime,
    *,
    slug: str = SLUG,
    seen: int | None = None,
    about: str = "iv-ketamine",
    **changes: Any,
) -> None:
    """Write a guide about a treatment."""
    term = vocabulary.terms[TermKind.TREATMENT][about]
    said = draft(term_ids=(term.id,), **changes)
    write_guide(actor=COMMAND, slug=slug, draft=said, seen=seen, vocabulary=vocabulary, now=now)


def review(now: datetime, *, slug: str = SLUG, version: int = 1, days: int = 365) -> None:
    """Have a version read today, to be read again after so many days."""
    today = delhi_day(now)
    found = Review(REVIEWER, today, today + timedelta(days=days))
    review_version(actor=COMMAND, slug=slug, version=version, review=found, now=now)


def publish(vocabulary: Vocabulary, now: datetime, *, slug: str = SLUG, **changes: Any) -> None:
    """Write a guide, have it read, and show it."""
    write(vocabulary, now, slug=slug, **changes)
    review(now, slug=slug)
    publish_guide(actor=COMMAND, slug=slug, version=1, now=now)
