"""Fixtures for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.searching import make_three

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made


@pytest.fixture
def three(vocabulary: Vocabulary) -> list[Made]:
    """Give a psychiatrist in Saket, a counsellor in Rohini and a centre in Dwarka."""
    return make_three(vocabulary)
