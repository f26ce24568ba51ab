"""Whether a database can be trusted: a look at the whole file before the site is served.

Not for readiness of a running site, which asks only for one row. Called by `flask serve`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def damage_of(engine: Engine) -> str | None:
    """Give the first damage found in a SQLite file, or None; reads every page of it once.

    On PostgreSQL it only connects. Raises `sqlalchemy.exc.DBAPIError` when the database
    cannot be opened at all.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text("SELECT 1"))
            return None
        found = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    return None if found == "ok" else found.splitlines()[-1]
