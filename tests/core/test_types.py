"""Instants in the database are aware and in UTC, on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from directory.core.clock import DELHI
from directory.core.db import writing
from directory.core.types import UTCDateTime
from directory.vocabulary.models import ReferenceLoad

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

pytestmark = pytest.mark.db


def store(loaded_at: datetime) -> None:
    with writing() as session:
        load = session.get_one(ReferenceLoad, 1)
        load.loaded_at = loaded_at


def test_an_instant_comes_back_in_utc(session: Session) -> None:
    store(datetime(2026, 11, 23, 14, 30, 1, 250, tzinfo=DELHI))

    session.expire_all()
    loaded_at = session.scalars(select(ReferenceLoad.loaded_at)).one()
    assert loaded_at == datetime(2026, 11, 23, 9, 0, 1, 250, tzinfo=UTC)
    assert loaded_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    naive = datetime(2026, 11, 23, 14, 30)  # noqa: DTZ001 - what is to be refused

    with pytest.raises(StatementError, match="a time without a zone cannot be stored"):
        store(naive)

    assert session.scalars(select(ReferenceLoad.loaded_at)).one() != naive


def test_no_time_stays_no_time(session: Session) -> None:
    kept = UTCDateTime()
    dialect = session.get_bind().dialect

    assert kept.process_bind_param(None, dialect) is None
    assert kept.process_result_value(None, dialect) is None
