"""How Alembic reaches this directory's database; called by `flask db …` through Flask-Migrate."""

from __future__ import annotations

from alembic import context
from flask import current_app

from directory.core.db import WRITING, Base
from directory.core.types import UTCDateTime


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as plain SQLAlchemy ones, so that old migrations keep running."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations() -> None:
    """Run in one writing transaction; SQLite's foreign keys rest while tables are rebuilt."""
    migrate = current_app.extensions["migrate"]
    with migrate.db.engine.connect() as plain:
        connection = plain.execution_options(**{WRITING: True})
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if on_sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


run_migrations()
