"""What the map of a search asks the database: who may be seen, and where they stand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import ListingState
from directory.listings.queries.pins import listing_at, pins, places_found, public_among
from directory.listings.queries.search import ListingSearch
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

pytestmark = pytest.mark.db

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
SAKET = (28.5245, 77.2066)


def test_only_public_listings_stand_on_a_map(session: Session, vocabulary: Vocabulary) -> None:
    two = (Place("saket", point=SAKET), Place("dwarka"))
    asha = make_practitioner(vocabulary, Facts(name="Asha", places=two), profession="psychiatrist")
    house = make_centre(
        vocabulary, Facts(name="House", places=()), centre_type="private-nursing-home"
    )
    hidden = make_practitioner(vocabulary, Facts(name="Away", state=ListingState.SUSPENDED))
    ids = [asha.id, house.id, hidden.id]

    found, dwarka = pins(session, ids), vocabulary.localities["dwarka"]
    assert sorted(public_among(session, ids)) == sorted((asha.id, house.id))
    assert public_among(session, []) == []
    assert [found[made.id].name for made in (asha, house)] == ["Asha", "House"]
    assert vocabulary.term_by_id[found[asha.id].role_id].slug == "psychiatrist"
    assert hidden.id not in found
    assert listing_at(session, asha.slug) == asha.id
    assert listing_at(session, hidden.slug) is None
    assert places_found(session, ListingSearch(), NOW) == [
        (asha.id, *SAKET),
        (asha.id, dwarka.lat, dwarka.lon),
        (house.id, None, None),
    ]


def test_however_many_are_asked_for_they_are_one_parameter(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    made = [make_practitioner(vocabulary, Facts(name=f"Person {one}")).id for one in range(3)]
    many = [*made, *range(10_000, 13_000)]
    with count_sql() as statements:
        for ids in (made, many, []):
            assert sorted(public_among(session, ids)) == sorted(made if ids else [])
            assert sorted(pins(session, ids)) == sorted(made if ids else [])

    assert len(statements) == 6
    assert len(set(statements)) == 2
    assert all(len(statement) < 600 for statement in statements)
