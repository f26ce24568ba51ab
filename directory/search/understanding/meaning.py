"""Makes one reading of what was found in a search: what filters, what only puts first.

What words say filters; what they imply does not. A soft meaning ("doctor") filters only when
nothing else clinical was said. Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.search.request import Understood
from directory.search.understanding import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from directory.search.understanding.data import Implied, Meaning

# A hint is a fact of listings that can be counted; a highest fee is none.
NO_HINTS = frozenset({"fee_max"})
CLINICAL = frozenset({"profession", "centre_type", "condition", "treatment"})


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the text, as typed, and what it means."""

    text: str
    meaning: Meaning


def resolved(found: Sequence[Found], implied: Iterable[Implied]) -> tuple[Understood, ...]:
    """Give what filters, in the order typed, and then what only puts first."""
    has_clinical = any(
        parameter in CLINICAL
        for item in found
        if not item.meaning.soft
        for parameter, _ in item.meaning.firm
    )
    read: dict[tuple[str, str], Understood] = {}
    for item in found:
        is_hint = item.meaning.soft and has_clinical
        _note(read, item.text, item.meaning.firm, is_hint=is_hint)
    for item in found:
        _note(read, item.text, item.meaning.hints, is_hint=True)
    for rule in implied:
        _apply(rule, read)
    return tuple(sorted(read.values(), key=lambda item: item.hint))


def _note(
    read: dict[tuple[str, str], Understood],
    text: str,
    pairs: Iterable[tuple[str, str]],
    *,
    is_hint: bool,
) -> None:
    for parameter, value in pairs:
        if is_hint and parameter in NO_HINTS:
            continue
        present = read.get((parameter, value))
        if present is None or (present.hint and not is_hint):
            read[(parameter, value)] = Understood(text, parameter, value, is_hint)


def _apply(rule: Implied, read: dict[tuple[str, str], Understood]) -> None:
    """Add what a rule implies when every parameter it names was read with one of its values."""
    found = [_first(read, parameter, values) for parameter, values in rule.when.items()]
    if None in found:
        return
    by_parameter = {item.parameter: item for item in found if item is not None}
    told = next(iter(by_parameter.values()))
    _note(read, told.text, rule.hints, is_hint=True)
    for parameter, value in rule.also:
        said = by_parameter[parameter]
        _note(read, said.text, [(parameter, value)], is_hint=said.hint)


def _first(
    read: dict[tuple[str, str], Understood], parameter: str, values: frozenset[str]
) -> Understood | None:
    """Give a meaning of a parameter with one of some values, a firm one rather than a hint."""
    of_parameter = [
        item
        for item in read.values()
        if item.parameter == parameter and (data.ANY in values or item.value in values)
    ]
    return min(of_parameter, key=lambda item: item.hint, default=None)
