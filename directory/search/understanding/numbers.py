"""Reads the numbers of a search: fees, ages and PIN codes.

Called by `reader.py` before phrases are looked for, so that no number is left to chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search.understanding import data
from directory.search.understanding.data import Meaning
from directory.search.understanding.matching import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from directory.search.understanding.forms import Token
    from directory.search.understanding.lexicon import Lexicon

PIN_DIGITS = 6
LOWEST_FEE = 100
HIGHEST_FEE = 100_000
OLDEST = 110
# Words this near before an amount, and after it, may say what it is.
BEFORE = 3
AFTER = 3
# The beginnings of PIN codes of the towns around Delhi.
TOWNS = {"122": "Gurgaon", "2013": "Noida", "2010": "Ghaziabad", "121": "Faridabad"}


def numbers_in(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Match]:
    """Yield what the numbers of a search mean, from left to right."""
    at = 0
    while at < len(tokens):
        found = _number_at(tokens, at, lexicon)
        if found is not None:
            yield found
        at = max(at + 1, found.last if found else 0)


def _number_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Match | None:
    value, last = _value(tokens, at)
    if value is None:
        return None
    word = tokens[at].letters
    if len(word) == PIN_DIGITS and word.isdecimal():
        return _pin(word, at, lexicon)
    unit = tokens[last].letters if last < len(tokens) else ""
    if unit in data.words().ages["units"]:
        return _age(tokens, at, last, int(value), lexicon)
    return _fee(tokens, at, last, value)


def _value(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Give the number that begins at a token and the token after it."""
    words = data.words()
    word = tokens[at].letters
    after = tokens[at + 1].letters if at + 1 < len(tokens) else ""
    scale = 1000 if after in words.amounts["thousand"] else 0
    scale = scale or (100 if after in words.amounts["hundred"] else 0)
    number: float | None = None
    if word.replace(".", "", 1).isdecimal():
        number = float(word)
    elif scale:
        number = words.numbers.get(word)
    if number is None:
        return None, at + 1
    return (number * scale, at + 2) if scale else (number, at + 1)


def _pin(pin: str, at: int, lexicon: Lexicon) -> Match | None:
    if pin in lexicon.pins:
        return Match(at, at + 1, Meaning(firm=(("near", pin),)))
    town = next((town for start, town in TOWNS.items() if pin.startswith(start)), None)
    return None if town is None else Match(at, at + 1, Meaning(outside=town))


def _age(tokens: Sequence[Token], at: int, unit: int, years: int, lexicon: Lexicon) -> Match | None:
    """Read an age; "for 3 years" and "3 saal se" are none."""
    ages = data.words().ages
    after = tokens[unit + 1].letters if unit + 1 < len(tokens) else ""
    before = tokens[at - 1].letters if at else ""
    near = {token.letters for token in tokens[max(0, at - 2) : unit + 3]}
    is_time = after in ages["since"] or before in ages["since"] - {"for"} or near & ages["never"]
    if is_time or years > OLDEST or (before == "for" and after not in ages["said"]):
        return Match(at, unit + 1, Meaning(is_dropped=True))
    groups = tuple(
        ("age_group", slug)
        for youngest, oldest, slug in lexicon.ages
        if youngest <= years <= oldest
    )
    if after in ages["said"]:
        return Match(at, unit + 2 if after == "old" else unit + 1, Meaning(firm=groups))
    return Match(at, unit + 1, Meaning(hints=groups))


def _fee(tokens: Sequence[Token], at: int, last: int, value: float) -> Match | None:
    if not LOWEST_FEE <= value <= HIGHEST_FEE:
        return None
    amounts = data.words().amounts
    first = at
    while first > max(0, at - BEFORE) and tokens[first - 1].letters in (
        amounts["before"] | amounts["money"]
    ):
        first -= 1
    end = last
    while end < min(len(tokens), last + AFTER) and tokens[end].letters in (
        amounts["after"] | amounts["money"]
    ):
        end += 1
    around = {token.letters for token in (*tokens[first:at], *tokens[last:end])}
    if not around & (amounts["before"] | amounts["money"] | amounts["limits"]):
        return None
    return Match(first, end, Meaning(firm=(("fee_max", str(int(value))),)))
