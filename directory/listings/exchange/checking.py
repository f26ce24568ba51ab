"""Reads single values out of an untrusted document and notes everything that is wrong.

`Part` is one JSON object of a document with its path. Each of its methods gives the value in
its clean form, or None (or nothing) after noting a fault. Called by `validation.py` and
`places.py`, which know what a listing is; this file does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.vocabulary.queries import TermView

Value = TypeVar("Value")

# Control characters, halves of surrogate pairs, and marks that turn the reading direction round.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MINUTES_IN_A_DAY = 1440
SHORT_LIST = 14
NEAR_ENOUGH = 0.6
SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the path of the field (empty: the whole row) and the reason."""

    field: str
    reason: str


class Part:
    """One object of a document: its values, its path and where its faults are noted."""

    __slots__ = ("faults", "path", "values")

    def __init__(self, values: Mapping[str, Any], path: str, faults: list[Fault]) -> None:
        """`path` is empty or ends in a full stop; `faults` is shared by all parts of a row."""
        self.values = values
        self.path = path
        self.faults = faults

    def refuse(self, key: str, reason: str) -> None:
        """Note a fault of the field `key`."""
        self.faults.append(Fault(self.path + key, reason))

    def lacks(self, key: str) -> bool:
        """Tell whether the field is missing, null or blank."""
        value = self.values.get(key)
        return value is None or (isinstance(value, str) and not value.strip())

    def expect(self, known: frozenset[str]) -> None:
        """Refuse every key that is not known, by name."""
        if self.values.keys() <= known:
            return
        for key in sorted(self.values.keys() - known, key=str):
            self.refuse(shown(key).strip("'"), f"unknown key{near_key(key, known)}")

    def line(self, key: str, limit: int) -> str | None:
        """Give a text on one line with single spaces; blank is None."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse_type(key, "must be text")
            return None
        return self._clean(key, " ".join(value.split()), limit)

    def paragraphs(self, key: str, limit: int) -> str | None:
        """Give a text that may have several lines; blank is None."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse_type(key, "must be text")
            return None
        return self._clean(key, value.replace("\r\n", "\n").replace("\r", "\n").strip(), limit)

    def whole(self, key: str, lowest: int, highest: int) -> int | None:
        """Give a whole number in a range."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._refuse_type(key, "must be a whole number without quotes, commas or words")
            return None
        if not lowest <= value <= highest:
            self._refuse_type(key, f"must be from {lowest} to {highest}")
            return None
        return value

    def decimal(self, key: str, lowest: float, highest: float) -> float | None:
        """Give a decimal number in a range."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse_type(key, "must be a number, such as 28.5245")
            return None
        if not lowest <= value <= highest:
            self._refuse_type(key, f"must be from {lowest} to {highest}")
            return None
        return float(value)

    def day(self, key: str, *, not_after: date | None = None) -> date | None:
        """Give a date; refuse one after `not_after`, which says that nobody can check ahead."""
        value = self.values.get(key)
        if value is None:
            return None
        found = _iso_day(value)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            self._refuse_type(key, "must be a date such as 2026-11-01")
            return None
        if not_after is not None and found > not_after:
            self.refuse(key, f"{found} lies in the future")
            return None
        return found

    def yes_or_no(self, key: str) -> bool:
        """Give true or false; missing is false."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._refuse_type(key, "must be true or false")
        return False

    def minute(self, key: str) -> int | None:
        """Give a time of day as minutes after midnight, 0 to 1440."""
        value = self.values.get(key)
        if value is None:
            return None
        matched = CLOCK.fullmatch(value) if isinstance(value, str) else None
        minute = MINUTES_IN_A_DAY + 1 if matched is None else int(matched[1]) * 60 + int(matched[2])
        if minute > MINUTES_IN_A_DAY:
            self._refuse_type(key, "must be a time such as 09:30, from 00:00 to 24:00")
            return None
        return minute

    def choice(self, key: str, allowed: Mapping[str, Value]) -> Value | None:
        """Give what `allowed` holds for the value, which it must name."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in allowed:
            return allowed[value]
        self.refuse(key, unknown(key, value, tuple(allowed)))
        return None

    def needed_choice(self, key: str, allowed: Mapping[str, Value]) -> Value | None:
        """Give what `allowed` holds for the value, which must be there."""
        if self.values.get(key) is None:
            self.refuse(key, f"is missing; {listed(tuple(allowed))}")
            return None
        return self.choice(key, allowed)

    def terms(self, key: str, noun: str, allowed: Mapping[str, TermView]) -> tuple[str, ...]:
        """Give the slugs of terms out of `allowed`, each once, in the order stated.

        One that was merged is read as what took its place.
        """
        found: dict[str, None] = {}
        for number, value in enumerate(self.items(key)):
            if isinstance(value, str) and value in allowed:
                found[allowed[value].slug] = None
            else:
                self.refuse(f"{key}[{number}]", unknown(noun, value, tuple(allowed)))
        return tuple(found)

    def lines(self, key: str, limit: int) -> tuple[str, ...]:
        """Give a list of texts, each on one line; blank ones are left out."""
        values = self.items(key)
        part = Part(
            {f"{key}[{n}]": value for n, value in enumerate(values)}, self.path, self.faults
        )
        found = (part.line(name, limit) for name in part.values)
        return tuple(text for text in found if text is not None)

    def parts(self, key: str, known: frozenset[str]) -> list[Part]:
        """Give the objects of a list, each with its own path."""
        found = []
        for number, value in enumerate(self.items(key)):
            if isinstance(value, dict):
                part = Part(value, f"{self.path}{key}[{number}].", self.faults)
                part.expect(known)
                found.append(part)
            else:
                self.refuse(f"{key}[{number}]", f"must be an object, not {shown(value)}")
        return found

    def items(self, key: str) -> Sequence[Any]:
        """Give a list; missing is empty."""
        value = self.values.get(key)
        if value is None:
            return []
        if isinstance(value, list | tuple):
            return value
        self._refuse_type(key, "must be a list")
        return []

    def _clean(self, key: str, text: str, limit: int) -> str | None:
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        bad = None if text.isprintable() else UNPRINTABLE.search(text)
        if bad is not None:
            self.refuse(key, f"holds a character that cannot be shown (U+{ord(bad[0]):04X})")
            return None
        if len(text) > limit:
            self.refuse(key, f"is {len(text)} characters long; {limit} is the most")
            return None
        return text or None

    def _refuse_type(self, key: str, reason: str) -> None:
        self.refuse(key, f"{reason}, not {shown(self.values.get(key))}")


def shown(value: object) -> str:
    """Give a value as an error line may show it: on one line, short, printable."""
    text = f"'{value}'" if isinstance(value, str) else _json_word(value)
    text = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def unknown(noun: str, value: object, allowed: tuple[str, ...]) -> str:
    """Give the reason for a value outside its list, with the nearest one or the whole list."""
    if not isinstance(value, str):
        return f"unknown {noun} {shown(value)}; {listed(allowed)}"
    return f"unknown {noun} {shown(value)}{suggestion(value, allowed)}"


def listed(allowed: tuple[str, ...]) -> str:
    """Give the allowed values in words, or the first few of a long list."""
    if len(allowed) > SHORT_LIST:
        return f"use a slug of the vocabulary, such as {allowed[0]}"
    return f"use {' or '.join(filter(None, (', '.join(allowed[:-1]), allowed[-1])))}"


@lru_cache(maxsize=1024)
def suggestion(value: str, allowed: tuple[str, ...]) -> str:
    """Give `; did you mean 'saket'?` for the nearest allowed value, else what is allowed."""
    wish = re.sub(r"[\s_]+", "-", value[:SHOWN_LENGTH].strip().lower())
    wish = wish if wish in allowed else value[:SHOWN_LENGTH].strip().lower()
    near = get_close_matches(wish, allowed, n=1, cutoff=NEAR_ENOUGH)
    return f"; did you mean '{near[0]}'?" if near else f"; {listed(allowed)}"


def near_key(key: object, known: frozenset[str]) -> str:
    """Give `; did you mean 'name'?` for the nearest known key, or nothing."""
    near = get_close_matches(str(key)[:SHOWN_LENGTH], sorted(known), n=1, cutoff=NEAR_ENOUGH)
    return f"; did you mean '{near[0]}'?" if near else ""


def _iso_day(value: object) -> date | None:
    if not isinstance(value, str) or ISO_DAY.fullmatch(value) is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _json_word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return "null" if value is None else str(value)
