"""Finds exact dates: a day of a month, in words or numbers. Called by `screen`.

A month, a quarter, a year, a day of the week and a festival are no exact date.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import plain
from directory.moderation.screening.names_of_signals import Signal, SignalName
from directory.moderation.screening.rules import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.moderation.screening.spoken import Spoken

WHY = "An exact date may tell the listing who wrote; a review says the quarter only."
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19\d\d|20[0-4]\d|(?<=\D)[0-4]\d)"
IN_NUMBERS = re.compile(
    rf"(?<![\d./₹-])(?:{DAY}\s?([-/.])\s?{MONTH}\s?\1\s?{YEAR}|20[0-4]\d([-/.]){MONTH}\2{DAY})"
    r"(?![\d/-]|\.\d|\s?(?:min|hour|day|week|mg|se\b))"
)
WITHOUT_YEAR = re.compile(
    rf"(?<!\w)(?:(?:on|dated|of)\s+({DAY}[/-]{MONTH})(?![\d/])"
    rf"|({DAY}[/-]{MONTH})\s+(?:ko|को|tarikh)(?!\w))"
)
ORDINAL_DAY = re.compile(
    rf"(?<!\w)(?:on|since)\s+(?:the\s+)?({DAY}(?:st|nd|rd|th))"
    r"(?=\s*(?:[.,;!]|$|\n|of (?:last|this|that|the) month|last month|this month"
    r"|morning|evening|night|at ))"
)
ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"
ORDINAL_WORDS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    "fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|"
    "twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first"
)
EDGE, OVER = r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])"


def found_dates(said: Spoken) -> Iterator[Signal]:
    """Yield every exact date of a text."""
    for pattern in (IN_NUMBERS, _in_words()):
        for match in pattern.finditer(said.letters):
            yield Signal(SignalName.EXACT_DATE, *said.span(*match.span()), WHY)
    for pattern in (WITHOUT_YEAR, ORDINAL_DAY):
        for match in pattern.finditer(said.letters):
            inner = match.span(match.lastindex or 0)
            yield Signal(SignalName.EXACT_DATE, *said.span(*inner), WHY)


@cache
def _in_words() -> re.Pattern[str]:
    """Give the pattern of a day beside the name of a month, or beside the word for a date."""
    months, like, units = (_either(name) for name in ("months", "like_words", "units"))
    day = rf"(?:{DAY}{ORDINAL}|{ORDINAL_WORDS}|{_either('hindi_days')})"
    year = rf"(?:,?\s*(?:{YEAR}|'\d\d){OVER})?"
    before = rf"{day}(?:\s+of)?[\s.-]*(?:{months}|{like}){OVER}{year}"
    after = rf"(?:{months})\.?[\s-]*(?:the\s+)?{day}{OVER}(?!\s*(?:{units})|:\d|\.\d){year}"
    sure = r"\s?(?:st|nd|rd|th)|,?\s+20\d\d|(?=\s*[.,;]|\s+(?:at|for|i|we)\s)"
    may = rf"(?:{like})\s+(?:the\s+)?{DAY}(?:{sure}){OVER}"
    words = _either("day_words")
    spoken_day = rf"{DAY}\s*(?:{words}){OVER}|(?:{words})\s*{DAY}{OVER}"
    return re.compile(f"{EDGE}(?:{before}|{after}|{may}|{spoken_day})")


def _either(name: str) -> str:
    words = sorted(read_data("dates.yaml")[name].split(), key=len, reverse=True)
    return "|".join("".join(map(plain, word)) for word in words)
