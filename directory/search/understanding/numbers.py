"""Reads the numbers of a search: fees, ages, school classes, hours and PIN codes.

Called by `reader.py` before phrases are looked for, so that no number is left to chance.
"""

from __future__ import annotations

from dataclasses import replace
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
# A number beside "above" or "plus" is an age from here on ("60 plus").
YOUNGEST_ABOVE = 50
MONTHS = 12
# Children are this many years older than the number of their class.
CLASS_AGE = 5
HIGHEST_CLASS = 12
# Endings of a number in an order; those of Hindi are said of classes.
CLASS_ENDINGS = frozenset({"vi", "vin", "वीं", "वी"})
ENDINGS = CLASS_ENDINGS | {"th", "st", "nd", "rd"}
# "After 6" and "7 pm": hours of the evening.
EVENING = range(5, 11)
# Words this near before an amount, and after it, may say what it is.
BEFORE = 3
AFTER = 3
# The beginnings of PIN codes of the towns around Delhi.
TOWNS = {"122": "Gurgaon", "2013": "Noida", "2010": "Ghaziabad", "121": "Faridabad"}


def numbers_in(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Match]:
    """Yield what the numbers of a search mean, from left to right."""
    at = 0
    found: list[Match] = []
    while at < len(tokens):
        match = _number_at(tokens, at, lexicon)
        if match is not None:
            found.append(match)
        at = max(at + 1, match.last if match else 0)
    return _with_one_fee(found, tokens)


def _with_one_fee(found: Sequence[Match], tokens: Sequence[Token]) -> Iterator[Match]:
    """Yield matches with the highest fee alone; a lower one says where a range begins."""
    found = [_up_to(match, tokens) for match in found]
    fees = [match for match in found if _fee_of(match)]
    highest = max(fees, key=_fee_of, default=None)
    for match in found:
        is_lower = match in fees and match is not highest
        yield replace(match, meaning=Meaning(is_dropped=True)) if is_lower else match
    if highest is not None and tokens[highest.first - 1 : highest.first]:
        before = tokens[highest.first - 1].letters
        if before.isdecimal() and LOWEST_FEE <= int(before) <= _fee_of(highest):
            yield Match(highest.first - 1, highest.first, Meaning(is_dropped=True))


def _up_to(match: Match, tokens: Sequence[Token]) -> Match:
    """Give a fee with the end of its range ("800-1200")."""
    after = _letters(tokens, match.last)
    if not after.isdecimal() or not 0 < _fee_of(match) < int(after) <= HIGHEST_FEE:
        return match
    return Match(match.first, match.last + 1, Meaning(firm=(("fee_max", after),)))


def _fee_of(match: Match) -> int:
    return next((int(value) for name, value in match.meaning.firm if name == "fee_max"), 0)


def _number_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Match | None:
    value, last = _value(tokens, at)
    if value is None:
        return None
    word = tokens[at].letters
    if len(word) == PIN_DIGITS and word.isdecimal():
        return _pin(word, at, lexicon)
    ages = data.words().ages
    unit = _letters(tokens, last)
    if unit in ages["units"]:
        return _age(tokens, at, last, int(value), lexicon)
    if unit in ages["months"] and _letters(tokens, last + 1) in ages["said"]:
        return Match(at, last + 1, Meaning(firm=_groups(int(value / MONTHS), lexicon)))
    return (
        _class(tokens, at, last, int(value), lexicon)
        or _hour(tokens, at, last, value)
        or _age_above(tokens, at, last, int(value), lexicon)
        or _fee(tokens, at, last, value)
    )


def _value(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Give the number that begins at a token and the token after it.

    A number in words counts before "hundred", "thousand" and a unit of age only.
    """
    words = data.words()
    word, after = tokens[at].letters, _letters(tokens, at + 1)
    scale = 1000 if after in words.amounts["thousand"] else 0
    scale = scale or (100 if after in words.amounts["hundred"] else 0)
    number: float | None = None
    if word.replace(".", "", 1).isdecimal():
        number = float(word)
    elif scale or after in words.ages["units"] or after in words.ages["months"]:
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
    after, before = _letters(tokens, unit + 1), _letters(tokens, at - 1)
    near = {token.letters for token in tokens[max(0, at - 2) : unit + 3]}
    is_time = after in ages["since"] or before in ages["since"] - {"for"} or near & ages["never"]
    if is_time or years > OLDEST or (before == "for" and after not in ages["said"]):
        return Match(at, unit + 1, Meaning(is_dropped=True))
    groups = _groups(years, lexicon)
    if after in ages["said"]:
        return Match(at, unit + 2 if after == "old" else unit + 1, Meaning(firm=groups))
    return Match(at, unit + 1, Meaning(hints=groups))


def _age_above(
    tokens: Sequence[Token], at: int, last: int, years: int, lexicon: Lexicon
) -> Match | None:
    """Read "60 plus", "above 60" and "umra 45"."""
    ages = data.words().ages
    after, before = _letters(tokens, last), _letters(tokens, at - 1)
    if before in ages["aged"] and 0 < years <= OLDEST:
        return Match(at - 1, last, Meaning(firm=_groups(years, lexicon)))
    if not YOUNGEST_ABOVE <= years <= OLDEST:
        return None
    if after in ages["above"]:
        return Match(at, last + 1, Meaning(firm=_groups(years, lexicon)))
    if before in ages["above"]:
        return Match(at - 1, last, Meaning(firm=_groups(years, lexicon)))
    return None


def _class(
    tokens: Sequence[Token], at: int, last: int, number: int, lexicon: Lexicon
) -> Match | None:
    """Read the class of a pupil as an age that puts first: "class 9", "10th class"."""
    classes = data.words().ages["classes"]
    if not 0 < number <= HIGHEST_CLASS:
        return None
    hints = Meaning(hints=_groups(number + CLASS_AGE, lexicon))
    end = last + 1 if _letters(tokens, last) in ENDINGS else last
    if _letters(tokens, at - 1) in classes:
        return Match(at - 1, end, hints)
    if _letters(tokens, end) in classes:
        return Match(at, end + 1, hints)
    return Match(at, end, hints) if _letters(tokens, last) in CLASS_ENDINGS else None


def _hour(tokens: Sequence[Token], at: int, last: int, value: float) -> Match | None:
    """Read an hour of the evening; other hours are nothing to filter by."""
    hours = data.words().hours
    unit = _letters(tokens, last)
    if unit not in hours["units"]:
        return None
    near = {_letters(tokens, at - 1), _letters(tokens, last + 1), _letters(tokens, last + 2)}
    is_evening = unit in hours["evening"] or near & hours["after"]
    if value in EVENING and is_evening:
        first = at - 1 if _letters(tokens, at - 1) in hours["after"] else at
        return Match(first, last + 1, Meaning(firm=(("open", "evenings"),)))
    return Match(at, last + 1, Meaning(is_dropped=True))


def _groups(years: int, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Give the age groups of an age."""
    return tuple(
        ("age_group", slug)
        for youngest, oldest, slug in lexicon.ages
        if youngest <= years <= oldest
    )


def _letters(tokens: Sequence[Token], at: int) -> str:
    """Give the letters of the token at a place, none beside the search."""
    return tokens[at].letters if 0 <= at < len(tokens) else ""


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
