"""Reads the self-check (PHQ-9): its questions, answers, ranges and words, in English and Hindi.

Not for adding up: a reader's device does that, and no answer ever comes here. Called by
`web/self_check.py`; where the words come from stands in `data/self_check.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from directory.vocabulary.reading import DATA_FOLDER, ReferenceDataError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE = "self_check.yaml"
INSTRUMENT = "PHQ-9"
LANGUAGES = ("en", "hi")
QUESTIONS, ANSWERS = 9, 4
# Nine answers of at most three points each.
MOST_POINTS = QUESTIONS * (ANSWERS - 1)


@dataclass(frozen=True, slots=True)
class PointsRange:
    """Sums from `least` to `most`: the published name, and what we say of them."""

    least: int
    most: int
    name: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The self-check in one language; an answer's points are its place in `answers`.

    `hard_question` is asked last and not counted. `leads` are words of links and `says` those of
    the page, both by key.
    """

    language: str
    lead: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    points: tuple[str, ...]
    hard_question: str
    hard_answers: tuple[str, ...]
    ranges: tuple[PointsRange, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...]
    leads: Mapping[str, str]
    says: Mapping[str, str]


@lru_cache(maxsize=len(LANGUAGES))
def self_check(language: str) -> SelfCheck:
    """Give the self-check in a language of `LANGUAGES`, read once for a process."""
    return read_self_check(language)


def read_self_check(language: str, folder: Path = DATA_FOLDER) -> SelfCheck:
    """Read the self-check in a language; raises `ReferenceDataError` for what does not add up."""
    read = read_yaml(folder, FILE)
    try:
        words = read["languages"][language]
        check = SelfCheck(
            language=language,
            lead=words["lead"],
            questions=tuple(words["questions"]),
            answers=tuple(words["answers"]),
            points=tuple(words["points"]),
            hard_question=words["hard_question"],
            hard_answers=tuple(words["hard_answers"]),
            ranges=tuple(_ranges(read["ranges"], words["ranges"])),
            limits=tuple(words["limits"]),
            sources=tuple(words["sources"]),
            leads=words["leads"],
            says=words["says"],
        )
    except (KeyError, ValueError) as problem:
        raise ReferenceDataError(f"{FILE}, {language}: {problem!r}") from None
    _require_whole(check)
    return check


def _ranges(
    places: Sequence[Mapping[str, int]], words: Sequence[Mapping[str, str]]
) -> list[PointsRange]:
    return [
        PointsRange(
            least=place["least"],
            most=place["most"],
            name=said["name"],
            title=said["title"],
            words=said["words"],
        )
        for place, said in zip(places, words, strict=True)
    ]


def _require_whole(check: SelfCheck) -> None:
    """Refuse a self-check without all its questions, or with a sum in no range or in two."""
    answers = (check.answers, check.points, check.hard_answers)
    if len(check.questions) != QUESTIONS or {len(listed) for listed in answers} != {ANSWERS}:
        raise ReferenceDataError(f"{FILE}, {check.language}: a question or an answer is missing")
    sums = [total for one in check.ranges for total in range(one.least, one.most + 1)]
    if sums != list(range(MOST_POINTS + 1)):
        raise ReferenceDataError(f"{FILE}: the ranges do not hold every sum once")
