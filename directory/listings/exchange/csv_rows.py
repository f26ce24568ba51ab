"""CSV in and out: one listing a row, the columns of `columns.py`, UTF-8, commas.

Called by `files.py`. Reading goes on after a bad row, but not after a quotation mark that is
never closed: nobody can say where the next row begins.
"""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from directory.core.errors import InvalidError
from directory.listings.exchange.checking import Fault, shown
from directory.listings.exchange.columns import (
    cells_of,
    document_of_cells,
    header,
    is_column,
)
from directory.listings.exchange.reading import FileRow, numbered_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

LOCATIONS_IN_TEMPLATE = 2


def read_csv(file: BinaryIO) -> Iterator[FileRow]:
    """Give a row for each listing; raises `InvalidError` for a header that cannot be used."""
    reader = csv.reader(_texts(file), strict=True)
    names = _header(reader)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield FileRow(line, None, (Fault("", _unreadable(problem)),))
            if "expected after" not in str(problem):
                return
            continue
        if cells is None:
            return
        if any(cell and not cell.isspace() for cell in cells):
            yield _row(line, names, cells)


def write_csv(documents: Iterable[Mapping[str, Any]], file: BinaryIO, *, locations: int) -> int:
    """Write a header and a row for each canonical document; give how many there were.

    `locations` is how many groups of columns locations have; the widest document needs as
    many as it has locations.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header(locations))
    count = 0
    for document in documents:
        writer.writerow(cells_of(document, locations))
        count += 1
    text.detach()
    return count


def template_header() -> str:
    """Give the header line of an empty file."""
    return ",".join(header(LOCATIONS_IN_TEMPLATE))


def _texts(file: BinaryIO) -> Iterator[str]:
    """Give the lines as text; bytes that are not UTF-8 become marks `_row` finds again."""
    for number, line in numbered_lines(file):
        if line is None:
            raise InvalidError("", f"line {number} is longer than a listing can be")
        yield line.decode(errors="surrogateescape")


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        names = [name.strip() for name in next(reader)]
    except csv.Error as problem:
        raise InvalidError("", f"the header {_unreadable(problem)}") from None
    if len(names) == 1 and ";" in names[0]:
        raise InvalidError("", "the columns are separated by semicolons; save it with commas")
    faults = [_unknown_column(name) for name in names if not is_column(name)]
    faults += [f"column {shown(name)} stands twice" for name in set(names) if names.count(name) > 1]
    if faults:
        raise InvalidError("", f"the header cannot be used: {', '.join(sorted(faults))}")
    return names


def _unknown_column(name: str) -> str:
    near = get_close_matches(name, header(LOCATIONS_IN_TEMPLATE), n=1)
    return f"unknown column {shown(name)}" + (f" (did you mean '{near[0]}'?)" if near else "")


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> FileRow:
    if len(cells) > len(names):
        reason = f"has {len(cells)} cells, but the header names {len(names)} columns"
        return FileRow(line, None, (Fault("", f"{reason}; quote a text that holds a comma"),))
    wrong = next((name for name, cell in zip(names, cells, strict=False) if _is_broken(cell)), None)
    if wrong is not None:
        return FileRow(line, None, (Fault(wrong, "is not UTF-8; save the file as UTF-8"),))
    document, faults = document_of_cells(dict(zip(names, cells, strict=False)))
    return FileRow(line, document, faults)


def _is_broken(cell: str) -> bool:
    return not cell.isascii() and any("\ud800" <= character <= "\udfff" for character in cell)


def _unreadable(problem: csv.Error) -> str:
    if "field larger" in str(problem) or "end of data" in str(problem):
        return "has a quotation mark that is never closed; nothing after it was read"
    return f"is not CSV ({problem}); double each quotation mark inside a quoted text"
