"""Tables: a row never says in a log line what it holds, and every enum is kept by its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Enum, String, Text

from directory.core.db import Base

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Table
    from sqlalchemy.orm import Mapper

MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
TABLES = Base.metadata.sorted_tables
ONLY_KEYS = re.compile(r"<\w+(?: of)? -?\d+(?:/-?\d+)?>")


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
def test_a_row_shows_its_keys_and_nothing_else(mapper: Mapper[Any]) -> None:
    row = mapper.class_()
    for column in mapper.columns:
        private = isinstance(column.type, String | Text)
        setattr(row, column.key, "private words" if private else 7)

    assert ONLY_KEYS.fullmatch(repr(row)) or " object at 0x" in repr(row)
    assert "private words" not in repr(row)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_enum_is_kept_by_its_value_under_a_constraint(table: Table) -> None:
    for column in table.columns:
        if isinstance(column.type, Enum):
            values = [member.value for member in column.type.enum_class or ()]
            assert column.type.enums == values
            assert column.type.create_constraint
            assert not column.type.native_enum
