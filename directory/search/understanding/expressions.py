"""Finds sentences people say instead of a name: words near each other, in any order.

Called by `lexicon.py` to prepare the room's expressions, by `reader.py` and `crisis.py` to find
them in a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.sounds import sound
from directory.search.understanding.forms import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from directory.search.understanding.data import Expression
    from directory.search.understanding.forms import Token

# A sound of two letters is too many words at once.
SHORTEST_SOUND = 3
# Before a word of which only the letters count: "marna" (to die) sounds like "maarna" (to hit).
BY_LETTERS = "="


@dataclass(frozen=True, slots=True)
class Expressions:
    """Expressions ready to be found: where each word may stand, as (expression, slot) pairs."""

    listed: tuple[Expression, ...]
    by_letters: Mapping[str, tuple[tuple[int, int], ...]]
    by_sound: Mapping[str, tuple[tuple[int, int], ...]]
    off_words: tuple[frozenset[str], ...]
    any_words: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An expression found, and the places of its words among the tokens."""

    expression: Expression
    places: tuple[int, ...]


def prepared(listed: Sequence[Expression]) -> Expressions:
    """Give expressions in the form they are looked up in."""
    by_letters: dict[str, list[tuple[int, int]]] = {}
    by_sound: dict[str, list[tuple[int, int]]] = {}
    for number, expression in enumerate(listed):
        for slot, words in enumerate(expression.slots):
            for form in {letters(word.removeprefix(BY_LETTERS)) for word in words}:
                by_letters.setdefault(form, []).append((number, slot))
            heard_too = (word for word in words if not word.startswith(BY_LETTERS))
            for heard in {sound(letters(word)) for word in heard_too}:
                if len(heard) >= SHORTEST_SOUND:
                    by_sound.setdefault(heard, []).append((number, slot))
    return Expressions(
        tuple(listed),
        {word: tuple(found) for word, found in by_letters.items()},
        {word: tuple(found) for word, found in by_sound.items()},
        tuple(_forms(expression.unless) for expression in listed),
        tuple(_forms(expression.with_any) for expression in listed),
    )


def said(tokens: Sequence[Token], expressions: Expressions) -> Iterator[Said]:
    """Yield the expressions that stand in a search, in the order of the file."""
    places: dict[int, dict[int, list[int]]] = {}
    for at, token in enumerate(tokens):
        found = expressions.by_letters.get(token.letters, ())
        heard = expressions.by_sound.get(token.sound, ())
        for number, slot in {*found, *heard}:
            places.setdefault(number, {}).setdefault(slot, []).append(at)
    if not places:
        return
    present = {form for token in tokens for form in (token.letters, token.sound)}
    for number in sorted(places):
        expression = expressions.listed[number]
        if len(places[number]) < len(expression.slots) or expressions.off_words[number] & present:
            continue
        if expression.with_any and not expressions.any_words[number] & present:
            continue
        near = _near(places[number], expression.within)
        if near is not None:
            yield Said(expression, near)


def _near(places: Mapping[int, list[int]], within: int) -> tuple[int, ...] | None:
    """Give one place for each slot, all different and near each other, or None."""
    slots = sorted(places.values(), key=len)
    for first in slots[0]:
        chosen = [first]
        for others in slots[1:]:
            free = [at for at in others if at not in chosen and _fits(at, chosen, within)]
            if not free:
                break
            chosen.append(min(free, key=lambda at: abs(at - first)))
        else:
            return tuple(sorted(chosen))
    return None


def _fits(at: int, chosen: Iterable[int], within: int) -> bool:
    return all(abs(at - other) <= within for other in chosen)


def _forms(words: Iterable[str]) -> frozenset[str]:
    """Give how words are looked up: by letters all, by sound those that are not marked."""
    plain = {letters(word.removeprefix(BY_LETTERS)) for word in words}
    heard = {sound(letters(word)) for word in words if not word.startswith(BY_LETTERS)}
    return frozenset(plain | {word for word in heard if len(word) >= SHORTEST_SOUND})
