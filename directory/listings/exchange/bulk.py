"""Inserts many plain rows into a table with one prepared statement.

SQLAlchemy writes the statement and converts the values of each type, as always; what is left
out is its work for each single row, which costs more than the database's own. Called by
`storing.py` with rows that came through `validation.py`.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.engine import Dialect
    from sqlalchemy.orm import Session

    from directory.core.db import Base


def table_of(model: type[Base]) -> Table:
    """Give the table a model is mapped to."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table


def insert_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same keys; their values are converted in place."""
    if not rows:
        return
    connection = session.connection()
    table, keys = table_of(model), list(rows[0])
    for key, convert in _converters(table, keys, connection.dialect).items():
        for row in rows:
            value = row[key]
            if value is not None:
                row[key] = convert(value)
    statement = insert(table).compile(dialect=connection.dialect, column_keys=keys)
    parameters: Sequence[Mapping[str, Any]] | list[tuple[Any, ...]] = rows
    if statement.positional:
        parameters = list(map(itemgetter(*(statement.positiontup or ())), rows))
    connection.exec_driver_sql(str(statement), parameters)


def _converters(
    table: Table, keys: Sequence[str], dialect: Dialect
) -> dict[str, Callable[[Any], Any]]:
    """Give, for each column whose values are not stored as they stand, what turns them."""
    found: dict[str, Callable[[Any], Any]] = {}
    for key in keys:
        column_type = table.c[key].type
        convert = column_type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            found[key] = convert
    return found
