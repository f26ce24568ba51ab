"""Finds doses: an amount of a medicine, or how many tablets how often. Called by `screen`."""

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

WHY = "This is a dose; what one person was given may harm another who reads it."
EDGE, OVER = r"(?<![\w\u0900-\u097f.])", r"(?![\w\u0900-\u097f])"
AMOUNT = r"\d+(?:\.\d+)?(?:\s?(?:-|–|to|/|se)\s?\d+(?:\.\d+)?)?"


def found_doses(said: Spoken) -> Iterator[Signal]:
    """Yield every dose of a text."""
    for pattern in _patterns():
        for match in pattern.finditer(said.letters):
            yield Signal(SignalName.DOSE, *said.span(*match.span()), WHY)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = ("medicines", "units", "liquid", "drinks", "tablets", "counts", "how_often")
    medicine, unit, liquid, drink, tablet, count, often = (_either(name) for name in names)
    gap = r"(?:[\s,]+[^\s,.!?।]+){0,3}?[\s,]+"
    number = rf"(?:{AMOUNT}|{count})(?:\s+(?:and|se|से|to|or|ya)\s+(?:{AMOUNT}|{count}))?"
    amount = rf"{EDGE}(?:{AMOUNT}|(?:{count})\s)\s*(?:{unit}){OVER}"
    no_drink = rf"(?!{gap}(?:{drink}){OVER})(?!\s+(?:of\s+)?(?:{drink}))"
    in_liquid = rf"{EDGE}{AMOUNT}\s*(?:{liquid}){OVER}{no_drink}"
    no_time = rf"(?!\s*(?:{unit}|year|month|week|day|time|saal))"
    named = rf"{EDGE}(?:{medicine})\s+(?:(?:ki|of|की)\s+)?\d+(?:\.\d+)?{OVER}{no_time}"
    counted = (
        rf"{EDGE}{number}\s+(?:a\s+)?(?:of\s+(?:a|the)\s+)?(?:{tablet}){OVER}{gap}(?:{often}){OVER}"
    )
    then = rf"{gap}?(?:(?:ko|को|and|mein)\s+)*"
    often_first = rf"{EDGE}(?:{often}){OVER}{then}{number}\s+(?:{tablet}){OVER}"
    a_tablet = rf"{EDGE}(?:{tablet})\s+(?:twice|thrice|once)\s+(?:a\s+)?(?:day|daily){OVER}"
    return tuple(map(re.compile, (amount, in_liquid, named, counted, often_first, a_tablet)))


def _either(name: str) -> str:
    words = sorted(read_data("medicines.yaml")[name].split(), key=len, reverse=True)
    return "|".join("".join(map(plain, word)) for word in words)
