"""What a guide must say, who may answer for it, and when it may be shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.guides.models import GuideOrigin
from directory.guides.policy import (
    MOST_BODY,
    MOST_SOURCES,
    MOST_TERMS,
    Review,
    Source,
    WhyNot,
    cited_numbers,
    faults_of,
    is_over,
    review_faults,
    slug_fault,
    uncited_numbers,
    why_not_shown,
)
from tests.factories.guides import draft

if TYPE_CHECKING:
    from typing import Any

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
AUTHOR = "Asha Rao, health writer"

DRAFTS = {
    "the sample": ({}, []),
    "nothing at all": (
        {"title": " ", "summary": "", "author": "", "body": "", "sources": ()},
        ["title", "summary", "author", "body"],
    ),
    "a Hindi title in the wrong field": ({"title": "केटामिन"}, ["title"]),
    "titles that are too long": (
        {"title": "a" * 161, "title_hi": "अ" * 161},
        ["title", "title_hi"],
    ),
    "a text that is too long": ({"body": "a" * (MOST_BODY + 1)}, ["body"]),
    "a source that is not there": ({"body": "So it is [3]."}, ["body"]),
    "a source number nought": ({"body": "So it is [0]."}, ["body"]),
    "a source without a title": ({"sources": (Source(""), Source("b"))}, ["sources[0].title"]),
    "an address that is none": (
        {"sources": (Source("a", "javascript:alert(1)"), Source("b", "https://"))},
        ["sources[0].url", "sources[1].url"],
    ),
    "a source read tomorrow": (
        {"sources": (Source("a"), Source("b", None, TOMORROW))},
        ["sources[1].seen_on"],
    ),
    "too many of all": (
        {"sources": (Source("a"),) * (MOST_SOURCES + 1), "term_ids": tuple(range(MOST_TERMS + 1))},
        ["sources", "about"],
    ),
}
REVIEWS = {
    "a sound one": (("Vikram Sen, MD", TODAY, date(2027, 11, 23)), []),
    "three years ahead": (("Vikram Sen", TODAY, date(2029, 11, 23)), []),
    "more than three years ahead": (
        ("Vikram Sen", TODAY, date(2029, 11, 24)),
        ["next_review_on"],
    ),
    "by its author": (("asha  rao, MD Psychiatry", TODAY, TOMORROW), ["reviewer"]),
    "by nobody": (("", TODAY, TOMORROW), ["reviewer"]),
    "tomorrow": (("Vikram Sen", TOMORROW, date(2027, 1, 1)), ["reviewed_on"]),
    "before it was written": (("Vikram Sen", date(2026, 11, 19), TOMORROW), ["reviewed_on"]),
    "over today": (("Vikram Sen", TODAY, TODAY), ["next_review_on"]),
}


@pytest.mark.parametrize(("changes", "fields"), DRAFTS.values(), ids=DRAFTS.keys())
def test_what_is_wrong_with_a_draft(changes: dict[str, Any], fields: list[str]) -> None:
    assert [fault.field for fault in faults_of(draft(**changes), today=TODAY)] == fields


@pytest.mark.parametrize(("given", "fields"), REVIEWS.values(), ids=REVIEWS.keys())
def test_what_is_wrong_with_a_review(given: tuple[str, date, date], fields: list[str]) -> None:
    faults = review_faults(
        Review(*given), author=AUTHOR, written_on=date(2026, 11, 20), today=TODAY
    )

    assert [fault.field for fault in faults] == fields


def test_a_review_on_a_leap_day_is_good_for_three_years() -> None:
    review = Review("Vikram Sen", date(2028, 2, 29), date(2031, 2, 28))

    day = date(2028, 2, 29)
    assert review_faults(review, author=AUTHOR, written_on=day, today=day) == ()


@pytest.mark.parametrize("slug", ["", "New", "two words", "a--b", "-a", "new", "a" * 81, "केटा"])
def test_an_address_is_small_letters_and_hyphens(slug: str) -> None:
    assert slug_fault(slug) is not None
    assert slug_fault("iv-ketamine-2") is None


@pytest.mark.parametrize(
    ("origin", "reviewer", "next_review_on", "sources", "reasons"),
    [
        ("written", "Vikram Sen", TOMORROW, 1, ()),
        ("written", None, None, 0, (WhyNot.NOT_REVIEWED, WhyNot.NO_SOURCE)),
        ("written", "Vikram Sen", TODAY, 1, (WhyNot.REVIEW_OVER,)),
        ("shipped", None, None, 1, ()),
        ("shipped", None, None, 0, (WhyNot.NO_SOURCE,)),
        ("shipped", "Vikram Sen", TODAY, 1, (WhyNot.REVIEW_OVER,)),
    ],
)
def test_what_keeps_a_version_from_readers(
    origin: str,
    reviewer: str | None,
    next_review_on: date | None,
    sources: int,
    reasons: tuple[WhyNot, ...],
) -> None:
    found = why_not_shown(
        is_reviewed=reviewer is not None,
        origin=GuideOrigin(origin),
        next_review_on=next_review_on,
        sources=sources,
        today=TODAY,
    )

    assert found == reasons
    assert is_over(next_review_on, TODAY) == (WhyNot.REVIEW_OVER in reasons)


def test_work_of_our_own_is_told_by_its_title() -> None:
    assert Source("Our own estimate of fees").is_own
    assert not Source("A book of our own").is_own


def test_numbers_of_sources_are_read_and_links_are_not() -> None:
    body = "So [2], [1, 3] and [2] again; [4](/guides) is a link, [a] and [12345] are words."

    assert cited_numbers(body) == [2, 1, 3]
    assert uncited_numbers(body, 5) == [4, 5]
