"""Planned rows on their way into the database: on disk beyond a few megabytes.

Called by `reading.py`, which plans outside a transaction and keeps everything in one.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from directory.listings.models import RowOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROWS_AT_ONCE = 500
BYTES_IN_MEMORY = 4 * 1024 * 1024


class Spool:
    """Rows by column, in the order they were planned, and how many of each outcome."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.counts = dict.fromkeys(RowOutcome, 0)

    def add(self, values: Mapping[str, Any]) -> None:
        """Keep a row."""
        self._file.write(json.dumps(values) + "\n")
        self.counts[RowOutcome(values["outcome"])] += 1

    def batches(self) -> Iterator[list[dict[str, Any]]]:
        """Give the rows back, some hundred at a time."""
        self._file.seek(0)
        while texts := list(islice(self._file, ROWS_AT_ONCE)):
            yield [json.loads(text) for text in texts]


@contextmanager
def open_spool() -> Iterator[Spool]:
    """Lend an empty one."""
    with tempfile.SpooledTemporaryFile(
        max_size=BYTES_IN_MEMORY, mode="w+", encoding="ascii"
    ) as file:
        yield Spool(file)
