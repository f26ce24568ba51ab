"""Opens files of listings: which format, which encoding, and one plain line when it is neither.

Also writes them: to a file beside the target first, so that a reader never meets half a file.
Called by `directory/cli/listings.py`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from directory.core.errors import InvalidError
from directory.listings.exchange.csv_rows import read_csv, write_csv
from directory.listings.exchange.jsonl import read_json_lines, write_json_lines
from directory.listings.exchange.reading import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from io import BufferedReader
    from pathlib import Path

    from directory.listings.exchange.reading import FileRow

HEAD_BYTES = 4096
CSV_ENDING = ".csv"
JSON_LINES_ENDINGS = (".jsonl", ".ndjson", ".json")
# How files begin that are not text in UTF-8, and what to do about each.
FOREIGN_STARTS: Mapping[bytes, str] = {
    b"\xff\xfe": "is UTF-16; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"PK\x03\x04": "is a spreadsheet or an archive; save it as CSV in UTF-8",
    b"\x1f\x8b": "is compressed; unpack it first",
}


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Open a file for reading; raises `InvalidError` when that cannot be done."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise InvalidError("", f"cannot be read: {problem.strerror}") from None
    with file:
        yield file


def read_rows(file: BufferedReader, name: str) -> Iterator[FileRow]:
    """Give the rows of a file of listings; the format is told by its name, else its first byte.

    Raises `InvalidError` at the first row asked for when the whole file cannot be used.
    """
    try:
        head = file.peek(HEAD_BYTES)[:HEAD_BYTES]
    except OSError as problem:
        raise InvalidError("", f"cannot be read: {problem.strerror}") from None
    _refuse_foreign(head)
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    if name.lower().endswith(CSV_ENDING) or not (
        name.lower().endswith(JSON_LINES_ENDINGS) or start.startswith(b"{")
    ):
        yield from read_csv(file)
        return
    if start.startswith(b"["):
        raise InvalidError("", "is one JSON array; write one listing a line, without brackets")
    if start.split(b"\n", 1)[0].strip() == b"{":
        raise InvalidError("", "has a listing on many lines; write each listing on one line")
    yield from read_json_lines(file)


def write_file(documents: Iterable[Mapping[str, Any]], path: Path, *, locations: int) -> int:
    """Write documents to a file, whole or not at all, and give how many there were.

    The format is told by the ending; raises `InvalidError` for another ending or a folder that
    cannot be written to.
    """
    ending = path.suffix.lower()
    if ending not in (CSV_ENDING, *JSON_LINES_ENDINGS):
        raise InvalidError("", "needs a name that ends in .jsonl or .csv")
    try:
        with _replacing(path) as file:
            if ending == CSV_ENDING:
                return write_csv(documents, file, locations=locations)
            return write_json_lines(documents, file)
    except OSError as problem:
        raise InvalidError("", f"cannot be written: {problem.strerror}") from None


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file beside `path` that takes its place at the end, or goes when that fails."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _refuse_foreign(head: bytes) -> None:
    for start, reason in FOREIGN_STARTS.items():
        if head.startswith(start):
            raise InvalidError("", reason)
    if b"\x00" in head:
        raise InvalidError("", "is not text; save it as JSON Lines or CSV in UTF-8")
    if not head.removeprefix(BYTE_ORDER_MARK).strip():
        raise InvalidError("", "is empty")
