"""Pieces of one value: a line, a number, a day, a time, a choice, a tick."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.listings.policy import phone_number
from directory.web.forms.listing.spots import Drawn, Raw
from directory.web.text import phone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.listing.spots import Spot

SEPARATORS = re.compile(r"[\s,₹]|/-")
# A time as people type it: 9, 9:30, 9.30, 0930, 5 pm, 5:30 pm.
CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
HALF_DAY = 12


def line_of(text: str) -> Any:  # noqa: ANN401 - a value of a document
    """Give a text, None for a blank one."""
    return text.strip() or None


def lines_of(text: str) -> Any:  # noqa: ANN401 - a value of a document
    """Give a text of several lines, ended in one way, None for a blank one."""
    return "\n".join(text.splitlines()).strip() or None


def number_of(text: str) -> Any:  # noqa: ANN401 - what is no number stays as it is, to be refused
    """Give a whole number, also one written 1,800 or ₹1800/-."""
    bare = SEPARATORS.sub("", text)
    return int(bare) if bare.isascii() and bare.isdigit() else line_of(text)


def degrees_of(text: str) -> Any:  # noqa: ANN401 - what is no number stays as it is, to be refused
    """Give a decimal number."""
    try:
        return float(text) if text.strip() else None
    except ValueError:
        return text.strip()


def clock_of(text: str) -> Any:  # noqa: ANN401 - what is no time stays as it is, to be refused
    """Give a time of day as the document has it, 09:30, from how people write it."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return line_of(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half and hour <= HALF_DAY:
        hour = hour % HALF_DAY + (HALF_DAY if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def phone_of(text: str) -> Any:  # noqa: ANN401 - what is no number stays as it is, to be refused
    """Give a telephone number in the document's one form, from how people write it."""
    return phone_number(text) or line_of(text)


READ: Mapping[str, Callable[[str], Any]] = {
    "line": line_of,
    "area": lines_of,
    "number": number_of,
    "degrees": degrees_of,
    "day": line_of,
    "clock": clock_of,
    "phone": phone_of,
    "web": line_of,
}


@dataclass(frozen=True)
class Field:
    """A value typed as text; `kind` is one of `READ`."""

    key: str
    words: str
    kind: str = "line"
    hint: str | None = None
    most: int | None = None
    short: bool = False

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give the value as text."""
        value = values.get(self.key)
        if self.kind == "phone" and value:
            return phone(str(value))
        return "" if value is None else str(value)

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the text as typed."""
        return sent.get(spot.name, "")

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing was typed."""
        return not raw

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the value the text means; a text that means none is refused with the document."""
        spot.note()
        return {self.key: READ[self.kind](raw)}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        notes = {"most": self.most, "short": self.short}
        return Drawn(self.kind, spot.name, self.words, raw, self.hint, spot.error, notes=notes)


@dataclass(frozen=True)
class Choice:
    """One of a list; `options` gives (value, words) pairs, `first` stands chosen in a new row."""

    key: str
    words: str
    options: Callable[[Vocabulary], Sequence[tuple[str, str]]]
    hint: str | None = None
    first: str = ""
    nothing: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give the value chosen."""
        return str(values.get(self.key) or self.first)

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the value chosen."""
        return sent.get(spot.name, "")

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the value, None for none."""
        spot.note()
        return {self.key: raw or None}

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing but what stands there by itself is chosen."""
        return raw in {"", self.first}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template, with an empty option where nothing may be chosen."""
        options = list(self.options(spot.vocabulary))
        if self.nothing is not None:
            options.insert(0, ("", str(self.nothing)))
        if raw and raw not in dict(options):
            options.append((raw, raw))
        return Drawn("choice", spot.name, self.words, raw, self.hint, spot.error, options)


@dataclass(frozen=True)
class Tick:
    """A yes or no."""

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give whether it is ticked."""
        return bool(values.get(self.key))

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give whether it is ticked."""
        return sent.get(spot.name) == "yes"

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether it is not ticked."""
        return not raw

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give true or false."""
        spot.note()
        return {self.key: bool(raw)}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        return Drawn("tick", spot.name, self.words, raw, self.hint, spot.error)


@dataclass(frozen=True)
class Said:
    """Something shown beside the fields that no field changes, such as what a check found."""

    key: str
    words: str
    says: Callable[[Mapping[str, Any]], str]

    def opened(self, _values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give nothing: it has no field."""
        return None

    def typed(self, _sent: MultiDict[str, str], _spot: Spot) -> Raw:
        """Give nothing: it has no field."""
        return None

    def is_blank(self, _raw: Raw) -> bool:
        """Tell that nothing is ever typed here."""
        return True

    def told(self, _raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Say nothing; a fault of what it shows still leads here."""
        spot.note()
        return {}

    def drawn(self, _raw: Raw, before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        return Drawn("said", spot.name, self.words, self.says(before), None, spot.error)
