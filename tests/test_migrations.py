"""Migrations go both ways on data, and end where the models say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select

from directory.app import create_app
from directory.core.db import Base, db
from directory.core.types import UTCDateTime
from directory.listings.models import Listing
from directory.vocabulary.operations import load_reference
from directory.vocabulary.queries import load_vocabulary
from tests.factories.listings import make_centre, make_practitioner
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from alembic.config import Config
    from flask import Flask
    from sqlalchemy import Inspector

    Names = dict[str, set[str | None]]

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]
VERSION_TABLE = "alembic_version"


@pytest.fixture
def empty_app(empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Give an application, its context pushed, on a database without any table."""
    app = create_app(settings_for(tmp_path, empty_database_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def alembic(empty_app: Flask) -> Config:
    """Give Alembic's settings for that application."""
    config: Config = empty_app.extensions["migrate"].migrate.get_config()
    return config


def fill(now: datetime) -> None:
    load_reference(now=now)
    vocabulary = load_vocabulary(db.session())
    centre = make_centre(vocabulary)
    make_practitioner(vocabulary, works_at=[centre])
    db.session.remove()


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        found = inspect(connection).get_table_names()
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name in found
        }


def test_up_down_and_up_again_on_data(alembic: Config, now: datetime) -> None:
    script = ScriptDirectory.from_config(alembic)
    revisions = [revision.revision for revision in script.walk_revisions()]
    command.upgrade(alembic, "head")
    fill(now)
    before = counts()

    for _ in revisions:
        command.downgrade(alembic, "-1")
    with db.engine.connect() as connection:
        left = inspect(connection).get_table_names()
    command.upgrade(alembic, "head")
    fill(now)

    assert left == [VERSION_TABLE]
    assert before[Listing.__tablename__] == 2
    assert counts() == before


def test_the_migrated_database_is_what_the_models_say(empty_app: Flask, alembic: Config) -> None:
    command.upgrade(alembic, "head")

    with db.engine.connect() as connection:
        options = {"compare_type": same_type, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        difference = compare_metadata(context, Base.metadata)

    assert difference == []
    assert empty_app.extensions["migrate"].db is db


def same_type(*given: Any) -> bool | None:
    """Tell Alembic that our own column type is the one it is stored as."""
    return False if isinstance(given[-1], UTCDateTime) else None


def test_constraints_have_the_names_of_the_models(alembic: Config) -> None:
    command.upgrade(alembic, "head")
    expected = {name: names_in_models(name) for name in Base.metadata.tables}

    with db.engine.connect() as connection:
        found = {name: names_in_database(inspect(connection), name) for name in expected}

    assert found == expected


def names_in_models(table_name: str) -> Names:
    """Give the names of a table's constraints and indexes, by kind."""
    table = Base.metadata.tables[table_name]
    names: Names = defaultdict(set)
    for constraint in table.constraints:
        kind = type(constraint).__name__.removesuffix("Constraint").lower()
        names[kind].add(str(constraint.name))
    names["index"] = {str(index.name) for index in table.indexes}
    return {kind: found for kind, found in names.items() if found}


def names_in_database(inspector: Inspector, table_name: str) -> Names:
    """Give the same from the database itself; indexes made for unique constraints left out."""
    unique = {found["name"] for found in inspector.get_unique_constraints(table_name)}
    names = {
        "primarykey": {inspector.get_pk_constraint(table_name)["name"]},
        "unique": unique,
        "check": {found["name"] for found in inspector.get_check_constraints(table_name)},
        "foreignkey": {found["name"] for found in inspector.get_foreign_keys(table_name)},
        "index": {found["name"] for found in inspector.get_indexes(table_name)} - unique,
    }
    return {kind: found for kind, found in names.items() if found}
