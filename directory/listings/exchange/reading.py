"""Rows of a file, read but not yet checked, and its lines with a bound on their length.

Used by `jsonl.py` and `csv_rows.py`, which know the formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from directory.listings.exchange.checking import Fault

# A listing with every field at its longest stays well under this.
LONGEST_LINE = 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One listing's row: its line in the file and its document, or why there is none."""

    line: int
    document: dict[str, Any] | None
    faults: tuple[Fault, ...] = ()


def numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Give each line with its number from 1; None for one that is too long, which is skipped.

    The byte order mark some programs put before UTF-8 is left out.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
            pass
        yield number, None
