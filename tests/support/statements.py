"""Counting of SQL statements, so that a page's cost is part of its tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import event

from directory.core.db import BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine


@contextmanager
def recorded(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile, in order, without the opening of transactions.

    What keeps the search index fresh is left out: outside tests no request waits for it.
    """
    statements: list[str] = []

    def record(connection: Connection, *given: object) -> None:
        statement = str(given[1])
        is_background = connection.get_execution_options().get(BACKGROUND, False)
        if not statement.startswith("BEGIN") and not is_background:
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", record)
