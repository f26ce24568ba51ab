"""The factory of reviews reaches every state the way the directory itself does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.audit.queries import verify_chain
from directory.reviews.models import Review, ReviewState
from tests.factories.listings import make_practitioner
from tests.factories.reviews import NEVER_PUBLISHED, PATHS, ReviewFacts, make_review

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db


@pytest.mark.parametrize("overall", [1, 4])
def test_every_state_is_reached_through_the_triggers(
    session: Session, vocabulary: Vocabulary, overall: int
) -> None:
    listing = make_practitioner(vocabulary)
    made = [make_review(listing, ReviewFacts(state=state, overall=overall)) for state in PATHS]
    made += [make_review(listing, state=state, was_public=False) for state in NEVER_PUBLISHED]

    states = list(session.scalars(select(Review.state).order_by(Review.id)))

    assert set(PATHS) == set(ReviewState)
    assert states == [*PATHS, *NEVER_PUBLISHED]
    assert verify_chain(session) == []
