"""JSON Lines in and out: one listing a line, UTF-8.

Reading never stops at a bad line: it becomes a row with the reason. Called by `files.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from directory.listings.exchange.checking import Fault, shown
from directory.listings.exchange.reading import FileRow, numbered_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO


def read_json_lines(file: BinaryIO) -> Iterator[FileRow]:
    """Give a row for each line that is not blank."""
    for number, line in numbered_lines(file):
        if line is None:
            yield FileRow(number, None, (Fault("", "is longer than a listing can be"),))
        elif not line.isspace():
            yield _row(number, line)


def write_json_lines(documents: Iterable[Mapping[str, Any]], file: BinaryIO) -> int:
    """Write one document a line, keys as they stand, and give how many there were."""
    count = 0
    for document in documents:
        file.write(json.dumps(document, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _row(number: int, line: bytes) -> FileRow:
    try:
        document = _decoder.decode(line.decode().strip())
    except UnicodeDecodeError as problem:
        reason = (
            f"is not UTF-8 (byte 0x{line[problem.start]:02x} at {problem.start + 1}); "
            "save the file as UTF-8"
        )
    except json.JSONDecodeError as problem:
        reason = f"is not JSON: {problem.msg.removesuffix(' at')} at character {problem.pos + 1}"
    except _UnusableJsonError as problem:
        reason = str(problem)
    except (ValueError, RecursionError):
        reason = "is not a listing: a number is too long or brackets stand too deep"
    else:
        if isinstance(document, dict):
            return FileRow(number, document)
        reason = f"is not a listing: a listing is one JSON object, not {shown(document)}"
    return FileRow(number, None, (Fault("", reason),))


class _UnusableJsonError(Exception):
    """JSON that Python would read but that says nothing certain."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _UnusableJsonError(f"has the key {shown(twice)} twice")
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise _UnusableJsonError(f"holds {word}, which is not a number")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
