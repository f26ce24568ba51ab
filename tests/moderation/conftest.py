"""Fixtures of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.moderation.desk import Desk

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


@pytest.fixture
def desk(session: Session, vocabulary: Vocabulary, now: datetime) -> Desk:
    """Give a desk with people and a listing."""
    return Desk.open(vocabulary, now)
