"""Rules of guides that need no database: what a guide must say, and when it may be shown.

A guide is shown only once a clinician who did not write it has read that very version, with its
sources named, and only until the day of its next review is kept honest: from that day on readers
are told. One that came with the directory may be shown before, and says so (decision 0027).
Called by operations and, for remarks while one writes, by the doors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from directory.core.errors import InvalidError
from directory.guides.models import GuideOrigin
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

MOST_SLUG = 80
MOST_TITLE = 160
MOST_SUMMARY = 400
MOST_BODY = 40_000
MOST_AUTHOR = 120
MOST_REVIEWER = 160
MOST_SOURCES = 60
MOST_SOURCE_TITLE = 300
MOST_URL = 500
MOST_TERMS = 20
WHO_READ_IT = "Say who read it, with their qualification."
# Health information is looked at anew at least every three years (PIF TICK, criterion 4).
LONGEST_REVIEW_YEARS = 3

# What a guide can be about: the lists whose words have pages of their own.
ABOUT = (TermKind.CONDITION, TermKind.TREATMENT, TermKind.PROFESSION)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED_SLUGS = frozenset({"new"})
WEB_ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
# "[2]" or "[1, 3]": numbers of sources, unless an address follows and makes it a link.
CITATION = re.compile(r"\[(\d{1,2}(?:, ?\d{1,2})*)\](?!\()")
OUR_OWN = "our own"
DEVANAGARI = re.compile(r"[\u0900-\u097f]")


class Fault(NamedTuple):
    """What is wrong with a field, named as `sources[0].url`, and what to do."""

    field: str
    words: str


class RefusedGuideError(InvalidError):
    """A guide or its review breaks rules; `faults` has them all, `field` names the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults[0])


class WhyNot(StrEnum):
    """Why a version cannot be shown to readers."""

    NOT_REVIEWED = "not-reviewed"
    NO_SOURCE = "no-source"
    REVIEW_OVER = "review-over"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; a law or a book may have no address."""

    title: str
    url: str | None = None
    seen_on: date | None = None

    @property
    def is_own(self) -> bool:
        """Tell whether it is work of our own, which its title begins with."""
        return self.title.casefold().startswith(OUR_OWN)


@dataclass(frozen=True, slots=True)
class GuideDraft:
    """What a guide says as it is written; `body` is Markdown, `term_ids` what it is about."""

    title: str
    summary: str
    body: str
    author: str
    title_hi: str | None = None
    sources: tuple[Source, ...] = ()
    term_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Who read a version as a clinician, on which day, and from when that counts no longer."""

    reviewer: str
    reviewed_on: date
    next_review_on: date


def is_over(next_review_on: date | None, today: date) -> bool:
    """Tell whether the day of the next review has come; False where none was set."""
    return next_review_on is not None and next_review_on <= today


def cited_numbers(body: str) -> list[int]:
    """Give the numbers of sources a text names, each once, in the order they come."""
    numbers = (int(one) for found in CITATION.findall(body) for one in found.split(","))
    return list(dict.fromkeys(numbers))


def uncited_numbers(body: str, sources: int) -> list[int]:
    """Give the numbers of sources the text never names."""
    cited = set(cited_numbers(body))
    return [number for number in range(1, sources + 1) if number not in cited]


def slug_fault(slug: str) -> Fault | None:
    """Give what is wrong with the last part of a guide's address, or None."""
    if len(slug) > MOST_SLUG or not SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        return Fault("slug", "Use small letters, digits and single hyphens, such as first-visit.")
    return None


def faults_of(draft: GuideDraft, *, today: date) -> tuple[Fault, ...]:
    """Give everything that is wrong with a draft, in the order of the form."""
    return tuple(_faults(draft, today))


def review_faults(
    review: Review, *, author: str, written_on: date, today: date
) -> tuple[Fault, ...]:
    """Give everything that is wrong with a review of a version written on that day."""
    return tuple(_review_faults(review, author, written_on, today))


def why_not_shown(
    *,
    is_reviewed: bool,
    origin: GuideOrigin,
    next_review_on: date | None,
    sources: int,
    today: date,
) -> tuple[WhyNot, ...]:
    """Give every reason why a version cannot be shown; none when it can."""
    reasons = {
        WhyNot.NOT_REVIEWED: not is_reviewed and origin is not GuideOrigin.SHIPPED,
        WhyNot.NO_SOURCE: sources == 0,
        WhyNot.REVIEW_OVER: is_over(next_review_on, today),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _faults(draft: GuideDraft, today: date) -> Iterator[Fault]:
    yield from _text_fault("title", draft.title, MOST_TITLE, "Give the guide a title.")
    if DEVANAGARI.search(draft.title):
        yield Fault("title", "Give the English title here; the Hindi one has a field of its own.")
    if len(draft.title_hi or "") > MOST_TITLE:
        yield Fault("title_hi", f"Use at most {MOST_TITLE} characters.")
    yield from _text_fault(
        "summary", draft.summary, MOST_SUMMARY, "Say in a sentence or two what it answers."
    )
    yield from _text_fault("author", draft.author, MOST_AUTHOR, "Say who wrote it.")
    yield from _text_fault("body", draft.body, MOST_BODY, "Write the guide.")
    strange = [number for number in cited_numbers(draft.body) if number not in _numbers(draft)]
    if strange:
        named = ", ".join(f"[{number}]" for number in strange)
        yield Fault("body", f"{named}: there is no source of that number.")
    if len(draft.sources) > MOST_SOURCES:
        yield Fault("sources", f"Name at most {MOST_SOURCES} sources.")
    for index, source in enumerate(draft.sources):
        yield from _source_faults(f"sources[{index}]", source, today)
    if len(draft.term_ids) > MOST_TERMS:
        yield Fault("about", f"Name at most {MOST_TERMS} words it is about.")


def _numbers(draft: GuideDraft) -> range:
    return range(1, len(draft.sources) + 1)


def _source_faults(path: str, source: Source, today: date) -> Iterator[Fault]:
    yield from _text_fault(
        f"{path}.title", source.title, MOST_SOURCE_TITLE, "Give the source its title."
    )
    url = source.url
    if url is not None and (len(url) > MOST_URL or not WEB_ADDRESS.fullmatch(url)):
        yield Fault(f"{path}.url", "Give an address that begins with https:// or http://.")
    if source.seen_on is not None and source.seen_on > today:
        yield Fault(f"{path}.seen_on", "Give the day it was read; this one is still to come.")


def _review_faults(review: Review, author: str, written_on: date, today: date) -> Iterator[Fault]:
    yield from _text_fault("reviewer", review.reviewer, MOST_REVIEWER, WHO_READ_IT)
    if _same_person(review.reviewer, author):
        yield Fault("reviewer", "Somebody else than its author has to read it.")
    if review.reviewed_on > today:
        yield Fault("reviewed_on", "Give the day it was read; this one is still to come.")
    elif review.reviewed_on < written_on:
        yield Fault("reviewed_on", "This version was written after that day.")
    if is_over(review.next_review_on, max(today, review.reviewed_on)):
        yield Fault("next_review_on", "Give a day that is still to come.")
    elif review.next_review_on > _years_after(review.reviewed_on, LONGEST_REVIEW_YEARS):
        yield Fault(
            "next_review_on", f"Give a day within {LONGEST_REVIEW_YEARS} years of the review."
        )


def _text_fault(field: str, text: str, most: int, missing: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(field, missing)
    elif len(text) > most:
        yield Fault(field, f"Use at most {most} characters.")


def _same_person(one: str, other: str) -> bool:
    """Tell whether two lines begin with the same name; what follows a comma is a qualification."""
    first, second = (" ".join(line.split(",")[0].casefold().split()) for line in (one, other))
    return bool(first) and first == second


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
