r"""A document as the cells of a spreadsheet row, and back.

Plain fields have a column each. A list is one cell, its items separated by `|`. An item that
has parts (a fee, an opening span) writes them in a fixed order separated by `;`. Locations
have numbered groups of columns. A backslash before `|`, `;` or `\` makes it plain text.
Called by `csv_rows.py`; the columns are described in `docs/import-format.md`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from directory.listings.exchange.checking import Fault
from directory.listings.exchange.drafts import TERM_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The parts of an item, in the order they are written in a cell.
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "registrations": ("register", "number", "state", "checked_on", "valid_until"),
        "fees": ("for", "amount", "minutes", "note"),
        "staffing": ("role", "presence", "from", "to", "count", "within_minutes"),
        "checks": ("fact", "method", "by", "checked_on", "expires_on", "note"),
        "hours": ("days", "opens", "closes"),
        "exceptions": ("on", "opens", "closes", "note"),
        "phones": ("use", "number"),
    }
)
LOCATION_COLUMNS = (
    *("label", "address", "locality", "pincode", "lat", "lon", "open_24x7"),
    *("hours", "exceptions", "phones"),
)
SOURCE_COLUMNS = ("name", "url", "retrieved_on", "confidence")
PLAIN_LISTS = frozenset(("qualifications", "works_at", *TERM_KEYS))
NUMBERS = frozenset(
    ("practising_since", "beds", "lat", "lon", "amount", "minutes", "count", "within_minutes")
)
TRUTHS = frozenset(("demo", "open_24x7"))
BEFORE_LOCATIONS = (
    *("ref", "kind", "slug", "state", "closed_on", "name", "name_hi", "profession"),
    *("centre_type", "gender", "practising_since", "headline", "about", "qualifications"),
    *("registrations", "conditions", "treatments", "languages", "modes", "age_groups"),
    *("identities", "payment", "facilities", "accessibility", "fees", "accepting"),
    "accepting_checked_on",
)
AFTER_LOCATIONS = (
    *("beds", "admission_types", "staffing", "works_at", "website"),
    *(f"source_{key}" for key in SOURCE_COLUMNS),
    *("checks", "demo"),
)
COLUMN_OF_LOCATION = re.compile(r"location_([1-9][0-9]?)_([a-z0-9_]+)")

TO_ESCAPE = re.compile(r"[|;\\]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ESCAPE_OR_CHARACTER = re.compile(r"\\.|.", re.DOTALL)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
DECIMAL_NUMBER = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,20}")
TRUTH_WORDS: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
)
# What a spreadsheet would run as a formula; an apostrophe before it keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "'")


def header(locations: int) -> list[str]:
    """Give the names of all columns, with this many groups for locations."""
    groups = (
        f"location_{number}_{column}"
        for number in range(1, locations + 1)
        for column in LOCATION_COLUMNS
    )
    return [*BEFORE_LOCATIONS, *groups, *AFTER_LOCATIONS]


def is_column(name: str) -> bool:
    """Tell whether a header may hold this name."""
    group = COLUMN_OF_LOCATION.fullmatch(name)
    if group is not None:
        return group[2] in LOCATION_COLUMNS
    return name in BEFORE_LOCATIONS or name in AFTER_LOCATIONS


def cells_of(document: Mapping[str, Any], locations: int) -> list[str]:
    """Give the cells of a canonical document, in the order of `header(locations)`."""
    source = document["source"] or {}
    places = document["locations"]
    cells = [_cell(key, document[key]) for key in BEFORE_LOCATIONS]
    for number in range(locations):
        place = places[number] if number < len(places) else {}
        cells += [_cell(column, place.get(column)) for column in LOCATION_COLUMNS]
    for name in AFTER_LOCATIONS:
        head, _underline, rest = name.partition("_")
        cells.append(_cell(name, source.get(rest) if head == "source" else document[name]))
    return cells


def document_of_cells(cells: Mapping[str, str]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Give the document a row's cells describe (by column name; blank ones left out)."""
    faults: list[Fault] = []
    document: dict[str, Any] = {}
    places: dict[int, dict[str, Any]] = {}
    source: dict[str, Any] = {}
    for name, cell in cells.items():
        text = _unguarded(cell)
        group = COLUMN_OF_LOCATION.fullmatch(name)
        if not text or text.isspace():
            continue
        if group is not None:
            place = places.setdefault(int(group[1]), {})
            place[group[2]] = _value(group[2], text, name, faults)
        elif name.startswith("source_"):
            source[name.removeprefix("source_")] = text
        else:
            document[name] = _value(name, text, name, faults)
    document["locations"] = [place for _number, place in sorted(places.items())]
    document["source"] = source or None
    return document, tuple(faults)


def _cell(key: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return ""
    if key in PARTS:
        return " | ".join(_item(PARTS[key], item) for item in value)
    if key in PLAIN_LISTS:
        return _guarded("|".join(_escaped(text) for text in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return _guarded(value) if isinstance(value, str) else repr(value)


def _item(keys: Sequence[str], values: Mapping[str, Any]) -> str:
    parts = ["" if values[key] is None else _part(values[key]) for key in keys]
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def _part(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return _escaped(" ".join(value) if isinstance(value, list) else str(value))


def _value(key: str, text: str, column: str, faults: list[Fault]) -> Any:  # noqa: ANN401 - any JSON value
    if key in PARTS:
        items = enumerate(_split(text, "|"))
        return [_parts(key, item, f"{column}[{number}]", faults) for number, item in items]
    if key in PLAIN_LISTS:
        return [_unescaped(item) for item in _split(text, "|") if item.strip()]
    if key in TRUTHS:
        return TRUTH_WORDS.get(text.strip().lower(), text)
    return _number(text) if key in NUMBERS else text


def _parts(key: str, item: str, path: str, faults: list[Fault]) -> dict[str, Any]:
    keys, texts = PARTS[key], _split(item, ";")
    if len(texts) > len(keys):
        order = "; ".join(keys)
        reason = f"has {len(texts)} parts; the parts are {order} (write \\; for a plain semicolon)"
        faults.append(Fault(path, reason))
    values: dict[str, Any] = {}
    for name, text in zip(keys, texts, strict=False):
        plain = _unescaped(text)
        if plain:
            values[name] = _number(plain) if name in NUMBERS else plain
    if isinstance(values.get("days"), str):
        values["days"] = values["days"].split()
    return values


def _number(text: str) -> int | float | str:
    """Give the number a text writes, or the text for the validation to refuse."""
    plain = text.strip()
    if WHOLE_NUMBER.fullmatch(plain):
        return int(plain)
    return float(plain) if DECIMAL_NUMBER.fullmatch(plain) else text


def _split(text: str, separator: str) -> list[str]:
    """Split at each separator that has no backslash before it; escapes stay as they are."""
    if "\\" not in text:
        return text.split(separator)
    pieces = [""]
    for token in ESCAPE_OR_CHARACTER.findall(text):
        if token == separator:
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces


def _escaped(text: str) -> str:
    return TO_ESCAPE.sub(r"\\\g<0>", text)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text.strip())


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
