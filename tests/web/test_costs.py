"""What a page costs: as many queries for fifty listings as for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import FeePurpose, RegistrationState
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.support.page import PageClient

# Path, and the most queries it may take with nothing kept from before.
CEILINGS = [
    ("/", 11),
    ("/search", 21),
    ("/search?near=saket&language=hi&profession=psychiatrist", 22),
    ("/conditions", 10),
    ("/conditions/depression", 27),
    ("/treatments/cbt", 27),
    ("/professions/psychiatrist", 27),
    ("/localities", 10),
    ("/localities/saket", 26),
    ("/metro/yellow", 10),
    ("/urgent", 16),
    ("/urgent/all", 16),
    ("/sitemaps/listings-1.xml", 2),
]


def fill(vocabulary: Vocabulary, number: int) -> None:
    """Make so many practitioners and centres that every page shows them."""
    for one in range(number):
        facts = Facts(
            name=f"Asha {one}",
            conditions=["depression"],
            treatments=["cbt"],
            languages=["hi"],
            modes=["video"],
            fees=[(FeePurpose.FIRST_SESSION, 500 + one)],
            registrations=[("dmc", f"DMC/R/{one}", RegistrationState.UNCHECKED, None)],
            places=(Place("saket", open_24x7=True), Place("malviya-nagar")),
        )
        if one % 5 == 4:
            make_centre(vocabulary, facts, centre_type="psychiatric-hospital")
        else:
            make_practitioner(vocabulary, facts, profession="psychiatrist")


@pytest.mark.timeout(60)
def test_fifty_listings_take_as_many_queries_as_five(
    client: PageClient, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    def cost(path: str) -> int:
        with count_sql() as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    fill(vocabulary, 5)
    few = {path: cost(path) for path, _ceiling in CEILINGS}
    fill(vocabulary, 45)
    many = {path: cost(path) for path, _ceiling in CEILINGS}

    assert many == few
    assert {path: number for path, number in many.items() if number > dict(CEILINGS)[path]} == {}
