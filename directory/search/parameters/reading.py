"""Parameters as an address gives them: cleaned, checked against the table, and read as values.

Called by `asking.py` only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.characters import on_one_line
from directory.search.parameters.faults import ParameterFault
from directory.search.parameters.table import PARAMETERS, Value, choices_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from directory.search.parameters.table import Parameter
    from directory.vocabulary.queries import Vocabulary

# "20.0" is a whole number, too, as JSON Schema has it.
WHOLE = re.compile(r"[0-9]{1,9}(\.0{1,20})?")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?")
SWITCHES = ("0", "1")
# Longer lists of values are not written out in a reason.
MOST_NAMED = 8
MOST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Given:
    """Parameters that were given, by name in the order given; each is asked for as what it is."""

    values: Mapping[str, tuple[str, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def all(self, name: str) -> tuple[str, ...]:
        """Give the values of a parameter; empty when it was not given."""
        return self.values.get(name, ())

    def text(self, name: str) -> str | None:
        """Give the only value of a parameter."""
        values = self.all(name)
        return values[0] if values else None

    def number(self, name: str) -> float | None:
        """Give a checked number."""
        text = self.text(name)
        return None if text is None else float(text)

    def whole(self, name: str) -> int | None:
        """Give a checked whole number."""
        text = self.text(name)
        return None if text is None else int(float(text))

    def is_on(self, name: str) -> bool:
        """Say whether a switch is on."""
        return (self.text(name) or PARAMETERS[name].default) == "1"


def cleaned(
    given: Mapping[str, Sequence[str]], table: Mapping[str, Parameter] = PARAMETERS
) -> Given:
    """Give the parameters of a table that say something, each value once.

    Texts are people's: controls become spaces, and spaces round them do not count. Numbers are
    rounded to what the table says. All other values are taken as they stand.
    """
    known = {
        name: tuple(dict.fromkeys(filter(None, _values(table[name], values))))
        for name, values in given.items()
        if name in table
    }
    return Given(MappingProxyType({name: values for name, values in known.items() if values}))


def faults_of(
    given: Given, vocabulary: Vocabulary, table: Mapping[str, Parameter] = PARAMETERS
) -> Iterator[ParameterFault]:
    """Yield what is wrong with single parameters, and with half of a point."""
    for name, values in given.values.items():
        parameter = table[name]
        if len(values) > 1 and not parameter.repeatable:
            yield ParameterFault(name, _shown(", ".join(values)), "was given more than once")
            continue
        choices = choices_of(parameter, vocabulary)
        for value in values:
            reason = _reason(parameter, value, choices)
            if reason is not None:
                yield ParameterFault(name, _shown(value), reason)
    for name, other in (("lat", "lon"), ("lon", "lat")):
        if name in given and other not in given:
            yield ParameterFault(name, _shown(given.all(name)[0]), f"needs {other} beside it")


def _values(parameter: Parameter, values: Sequence[str]) -> Iterable[str]:
    if parameter.value is Value.TEXT:
        return (on_one_line(value).strip() for value in values)
    if parameter.decimals is not None:
        return (_rounded(value, parameter.decimals) for value in values)
    return values


def _rounded(value: str, decimals: int) -> str:
    """Give a number with at most so many decimals; what is none stays."""
    is_longer = NUMBER.fullmatch(value) and len(value.partition(".")[2]) > decimals
    return str(round(float(value), decimals)) if is_longer else value


def _shown(value: str) -> str:
    """Give the beginning of a value as a page may hold it."""
    return on_one_line(value)[:MOST_SHOWN]


def _reason(parameter: Parameter, value: str, choices: Collection[str]) -> str | None:
    """Give why a value cannot be used, or None when it can."""
    if parameter.value is Value.TEXT:
        too_long = parameter.most is not None and len(value) > parameter.most
        return f"is longer than {parameter.most} characters" if too_long else None
    if parameter.value is Value.SWITCH:
        return None if value in SWITCHES else _must_be_one_of(SWITCHES)
    if parameter.value is Value.CHOICE:
        return None if value in choices else _must_be_one_of(choices)
    shape, words = (
        (WHOLE, "a whole number") if parameter.value is Value.WHOLE else (NUMBER, "a number")
    )
    if shape.fullmatch(value) and _is_in_range(parameter, float(value)):
        return None
    return f"must be {words} from {_plain(parameter.least)} to {_plain(parameter.most)}"


def _is_in_range(parameter: Parameter, number: float) -> bool:
    least, most = parameter.least, parameter.most
    return (least is None or number >= least) and (most is None or number <= most)


def _plain(number: float | None) -> str:
    """Give a bound of a range without an exponent or an empty fraction."""
    return "any" if number is None else f"{number:.1f}".removesuffix(".0")


def _must_be_one_of(choices: Iterable[str]) -> str:
    known = list(choices)
    if len(known) > MOST_NAMED:
        return "is not in the vocabulary"
    return f"must be one of {', '.join(known)}"
